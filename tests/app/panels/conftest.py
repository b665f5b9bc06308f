"""Small projects for the panels."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.look import theme
from app.project.document import Document, Selection
from graph_model.editing.edits import new_node
from graph_model.layers import LAYERS
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.values import Arguments
from tests.codegen.blocks import SAMPLES


def chain(*kinds: tuple[str, Arguments]) -> Project:
    """Return a project whose nodes follow one another."""
    network = Network("main", "Chain")
    nodes = []
    for kind, arguments in kinds:
        nodes.append(new_node(network, kind, arguments))
        network = add_nodes(network, [nodes[-1]])
    for before, after in pairwise(nodes):
        output = LAYERS[before.kind].outputs(LAYERS[before.kind].complete(before.arguments))[0]
        port = LAYERS[after.kind].inputs(LAYERS[after.kind].complete(after.arguments))[0]
        network = connect(network, Port(before.id, output), Port(after.id, port))
    return Project({"main": network}, "main")


@pytest.fixture
def document(qapp) -> Document:
    theme.manager().install()
    return Document(
        chain(
            ("Input", {"shape": ("N", 3, 32, 32)}),
            ("Conv2d", {"out_channels": 64, "kernel_size": 3}),
            ("ReLU", {}),
            ("Flatten", {}),
            ("Linear", {"out_features": 10}),
            ("Output", {}),
        )
    )


@pytest.fixture
def inside_a_block(qapp) -> Document:
    """A small DenseNet, within its block called stage, as the first use has it."""
    theme.manager().install()
    made = Document(Project(SAMPLES["dense"], "main"))
    made.enter("stage1")
    return made


@pytest.fixture
def selection(document) -> Selection:
    return Selection(document)


@pytest.fixture
def find(document):
    """Return the first node of a kind, as it is now."""
    return lambda kind: next(n for n in document.network.nodes.values() if n.kind == kind)
