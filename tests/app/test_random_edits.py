"""Three hundred edits of an example, blocks included: all undone is the start, redone the end.

After every step what is known of the network is what is found out when all is worked out anew.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.project.document import Document
from graph_model.editing.block_edits import detach, make_block, may_use, new_use
from graph_model.editing.block_parameters import add_parameter, make_parameter, remove_parameter
from graph_model.editing.project_edits import choose_main, duplicate_network, remove_network
from graph_model.editing.ungrouping import ungroup
from graph_model.files.storage import dumps, load
from graph_model.formulas import Binary, Constant, Formula, Name
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import (
    Network,
    NodeId,
    Project,
    add_nodes,
    empty_project,
    freeze,
    set_repeat,
    share_weights,
    stop_sharing,
    used_network,
    with_network,
)
from graph_model.problems import GraphError, Refusal
from graph_model.values import boolean, integer
from tests.graph_model.random_edits import random_edit

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
STEPS = 300


class Editor:
    """Edits a document at random, as a user with much patience would."""

    def __init__(self, document: Document, seed: int) -> None:
        self.document, self.rng = document, random.Random(seed)

    def step(self) -> None:
        """Do one thing to the project, or look at another of its networks."""
        project = self.document.project
        if self.rng.random() < 0.1:
            self.document.open_network(self.rng.choice(list(project.networks)))
            return
        network = self.rng.choice(list(project.networks.values()))
        if self.rng.random() < 0.4 or not network.nodes:
            known = infer(network, blocks=project.networks)
            self.edit(with_network(project, random_edit(self.rng, network, known)))
            return
        ways: list[Callable[[Project, Network, NodeId], Project]] = [
            self.make, self.make, self.ungrouped, self.detached, self.used, self.used,
            self.repeated, self.shared, self.unshared, self.frozen,
            self.parameter, self.parameter, self.followed,
            self.removed_parameter, self.duplicated, self.removed, self.chosen,
        ]  # fmt: skip
        try:
            self.edit(self.rng.choice(ways)(project, network, self.rng.choice(list(network.nodes))))
        except (GraphError, Refusal):
            return  # what the window does not offer here

    def edit(self, project: Project) -> None:
        self.document.edit(project, "Random Edit")

    def make(self, project: Project, network: Network, id: NodeId) -> Project:
        ids = self.rng.sample(list(network.nodes), min(3, len(network.nodes)))
        return make_block(project, network.id, [id, *ids], "Part")[0]

    def ungrouped(self, project: Project, network: Network, id: NodeId) -> Project:
        within = used_network(network.nodes[id].kind)
        return ungroup(project, network.id, id) if within in project.networks else project

    def detached(self, project: Project, network: Network, id: NodeId) -> Project:
        within = used_network(network.nodes[id].kind)
        return detach(project, network.id, id) if within in project.networks else project

    def used(self, project: Project, network: Network, _: NodeId) -> Project:
        blocks = [each for each in project.networks.values() if each.role == "block"]
        block = self.rng.choice([*blocks, network])
        if block.role != "block" or not may_use(project, network.id, block.id):
            return project
        return with_network(project, add_nodes(network, [new_use(network, block)]))

    def repeated(self, project: Project, network: Network, id: NodeId) -> Project:
        names = [Name(each.name) for each in network.parameters]
        repeat: int | Formula = self.rng.choice([1, 2, 3, *names, Binary("==", *[Constant(1)] * 2)])
        return with_network(project, set_repeat(network, id, repeat))

    def shared(self, project: Project, network: Network, id: NodeId) -> Project:
        other = self.rng.choice(list(network.nodes))
        if other == id:
            return project
        return with_network(project, share_weights(network, id, other))

    def unshared(self, project: Project, network: Network, id: NodeId) -> Project:
        return with_network(project, stop_sharing(network, id))

    def frozen(self, project: Project, network: Network, id: NodeId) -> Project:
        return with_network(project, freeze(network, id, frozen=not network.nodes[id].frozen))

    def parameter(self, project: Project, network: Network, id: NodeId) -> Project:
        kind = LAYERS.get(network.nodes[id].kind)
        if network.role != "block" or kind is None or not kind.parameters:
            return project
        chosen = self.rng.choice(kind.parameters)
        return make_parameter(project, network.id, id, chosen, chosen.default)

    def followed(self, project: Project, network: Network, _: NodeId) -> Project:
        taken = {each.name for each in network.parameters}
        wanted = self.rng.choice([integer("depth", 2), boolean("deep", True)])
        is_free = network.role == "block" and wanted.name not in taken
        return add_parameter(project, network.id, wanted) if is_free else project

    def removed_parameter(self, project: Project, network: Network, _: NodeId) -> Project:
        names = [each.name for each in network.parameters]
        return remove_parameter(project, network.id, self.rng.choice(names)) if names else project

    def duplicated(self, project: Project, network: Network, _: NodeId) -> Project:
        is_small = len(project.networks) < 20
        return duplicate_network(project, network.id)[0] if is_small else project

    def removed(self, project: Project, network: Network, _: NodeId) -> Project:
        return remove_network(project, network.id)

    def chosen(self, project: Project, network: Network, _: NodeId) -> Project:
        return choose_main(project, network.id) if network.role == "network" else project


@pytest.mark.parametrize(
    "name", ["resnet-18", "gpt-2", "u-net", "googlenet", "seq2seq-transformer", ""]
)
def test_all_is_undone_and_redone_and_known_at_every_step(qapp, name: str) -> None:
    start = load(EXAMPLES / f"{name}.weft") if name else empty_project()
    before, document = dumps(start), Document(start)
    editor = Editor(document, 7)
    for _ in range(STEPS):
        editor.step()
        _assert_known(document)
    end, after, last = document.project, dumps(document.project), document.history.index()
    assert last >= STEPS / 3
    while document.history.canUndo():
        document.history.undo()
        _assert_known(document)
    assert document.project is start
    assert dumps(document.project) == before
    while document.history.canRedo():
        document.history.redo()
    _assert_known(document)
    assert document.project is end
    assert dumps(document.project) == after


def _assert_known(document: Document) -> None:
    """Hold what is known to what is found out when the main network is worked out anew."""
    project = document.project
    anew = infer(project.network, blocks=project.networks)
    known = document.main
    assert known.nodes.keys() == anew.nodes.keys()
    for id, result in anew.nodes.items():
        mine = known.nodes[id]
        assert (mine.inputs, mine.outputs, mine.arguments, mine.weights, mine.problems) == (
            result.inputs, result.outputs, result.arguments, result.weights, result.problems,
        )  # fmt: skip
        assert mine.parameter_count == result.parameter_count
    assert known.structure == anew.structure
    assert known.problems == anew.problems
