"""What is in view follows an edit at once; the rest later, and is then what it would be anew."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF

from app.canvas import changes, scene
from app.canvas.card import CardItem
from app.canvas.view import CanvasView
from app.canvas.wire import WireItem
from app.project.document import Document, Selection
from graph_model.inference.infer import infer
from graph_model.network import Edge, Node, Port, Position, rename, set_arguments, used_network
from tests.app.canvas.block_steps import sample
from tests.app.canvas.conftest import project
from tests.graph_model.random_edits import random_edit

NEAR = 3
"""How many cards stand in a row."""


def said(items) -> dict[object, object]:
    """Return what cards say and wires show."""
    told: dict[object, object] = {}
    for item in items:
        if isinstance(item, CardItem):
            told[item.node] = item.content
        elif isinstance(item, WireItem):
            told[item.edge.target] = (item._spec, item._reason, item._text, item.pen())
    return told


@pytest.fixture
def told_anew(document, themes, qtbot):
    """Return what a canvas tells that was opened on what the document holds now."""

    def tell() -> dict[object, object]:
        opened = Document(document.project)
        made = CanvasView(opened, Selection(opened), themes)
        qtbot.addWidget(made)
        made.canvas.catch_up()
        return said(made.canvas.items())

    return tell


def place(index: int) -> Position:
    return Position(300 * (index % NEAR), 170 * (index // NEAR))


def open_chain(document: Document) -> None:
    """Open a chain of linear layers, which fill a few rows."""
    nodes = {"0": Node("0", "Input", "x", {"shape": ("N", 8)})}
    kinds = ("Linear", "ReLU", "Linear", "BatchNorm1d")
    nodes |= {str(i): Node(str(i), kinds[i % 4], f"layer{i}") for i in range(1, 20)}
    edges = [Edge(Port(a, "output"), Port(b, "input")) for a, b in pairwise(nodes)]
    document.open(project(nodes, edges, {id: place(int(id)) for id in nodes}))


def edit(rng: random.Random, document: Document) -> None:
    """Set a size, rename a layer, do an edit of any kind, or take one back."""
    history, network = document.history, document.network
    linear = [id for id, node in network.nodes.items() if node.kind == "Linear"]
    turn = rng.random()
    if turn < 0.2 and history.canUndo():
        (history.redo if history.canRedo() and turn < 0.1 else history.undo)()
        return
    if turn < 0.6 and linear:
        network = set_arguments(network, rng.choice(linear), {"out_features": rng.randint(1, 9)})
    elif turn < 0.7 and network.nodes:
        network = rename(network, rng.choice(list(network.nodes)), f"called{rng.random()}")
    else:
        network = random_edit(rng, network, infer(network))
    layout = dict(document.state.layout)
    for index, id in enumerate(network.nodes):
        layout.setdefault(id, place(index))
    document.edit_network(network, "", layout=layout)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_seen_is_what_a_new_canvas_shows(view, document, told_anew, monkeypatch, seed):
    rng = random.Random(seed)
    view.resize(500, 400)
    open_chain(document)
    for step in range(60):
        for module in (changes, scene):  # now and then an edit is too large to be followed at once
            monkeypatch.setattr(module, "AT_ONCE", rng.choice([-1, -1, 250]))
        if rng.random() < 0.5:
            view.look_at(1.0, QPointF(rng.randrange(900), rng.randrange(1200)))
            view.canvas.catch_up(view.area())
        edit(rng, document)
        if rng.random() < 0.4:
            continue  # the next edit comes before the frame
        if rng.random() < 0.3:
            view.look_at(1.0, QPointF(rng.randrange(900), rng.randrange(1200)))
        area = view.area()
        view.canvas.catch_up(area)
        seen, whole = said(view.canvas.items(area)), told_anew()
        assert seen == {key: whole[key] for key in seen}
        if step % 5 == 0:
            view.canvas.catch_up()
            assert said(view.canvas.items()) == whole


def test_what_waits_is_that_of_the_network_which_one_leaves(view, document, told_anew, monkeypatch):
    sample(document, "resnet18")
    for module in (changes, scene):
        monkeypatch.setattr(module, "AT_ONCE", -1)
    nodes = document.network.nodes
    use = next(id for id, node in nodes.items() if used_network(node.kind))
    input = next(id for id, node in nodes.items() if node.kind == "Input")
    shape = nodes[input].arguments["shape"]
    view.look_at(1.0, QPointF(-5000, -5000))  # nothing of it is in view
    network = set_arguments(document.network, input, {"shape": (*shape[:-1], 2 * shape[-1])})
    document.edit_network(network, "")
    document.enter(use)
    document.leave()
    view.canvas.catch_up()
    assert said(view.canvas.items()) == told_anew()
