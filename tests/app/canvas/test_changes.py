"""An edit touches what it changed: no other card is written, no wire out of view is waited for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.canvas.changes import changes
from app.project.document import Document
from app.project.state import is_mere_move
from graph_model.network import (
    Edge,
    Node,
    Port,
    Position,
    remove_nodes,
    rename,
    set_arguments,
)
from tests.app.canvas.conftest import project

COUNT = 400


@pytest.fixture
def tall(document):
    """A chain far taller than the view, every layer of which follows the size of the first."""
    nodes = {"0": Node("0", "Input", "x", {"shape": ("N", 8)})}
    nodes |= {str(i): Node(str(i), "Identity", f"same{i}") for i in range(1, COUNT)}
    edges = [Edge(Port(a, "output"), Port(b, "input")) for a, b in pairwise(nodes)]
    document.open(project(nodes, edges, {id: Position(0, 160 * int(id)) for id in nodes}))
    return document


def difference(document: Document, edit):
    """Return what differs by an edit."""
    before = document.state
    edit()
    return changes(before, document.state)


def test_a_move_concerns_the_card_alone(document):
    place = {**document.state.layout, "l": Position(80, 160)}
    found = difference(document, lambda: document.edit_network(document.network, "", layout=place))
    assert list(found.placed) == ["l"]
    assert not any((found.nodes, found.told, found.ports, found.wires, found.flows))


def test_a_name_concerns_its_card_and_no_wire(document):
    network = rename(document.network, "r", "act")
    found = difference(document, lambda: document.edit_network(network, ""))
    assert set(found.told) == {"r"}
    assert not any((found.placed, found.ports, found.wires, found.flows))


def test_a_size_concerns_what_lies_behind_it(document):
    network = set_arguments(document.network, "l", {"out_features": 9})
    found = difference(document, lambda: document.edit_network(network, ""))
    assert set(found.told) == {"l", "r", "o"}
    assert set(found.flows) == {Port("r", "input"), Port("o", "input")}


def test_a_node_that_is_gone_takes_its_wires_with_it(document):
    network = remove_nodes(document.network, ["r"])
    found = difference(document, lambda: document.edit_network(network, ""))
    assert list(found.nodes) == ["r"]
    assert set(found.wires) == {Port("r", "input"), Port("o", "input")}


def test_wires_out_of_view_follow_when_the_edit_is_painted(view, tall, qtbot):
    view.centerOn(0, 0)
    near, far = (view.canvas.wires[Port(id, "input")] for id in ("1", str(COUNT - 1)))
    network = set_arguments(tall.network, "0", {"dtype": "int64"})
    tall.edit_network(network, "")
    wanted = view.canvas.card_style.theme.dtype("int64")
    assert near.pen().color() == wanted != far.pen().color()
    tall.edit_network(rename(tall.network, "9", "ninth"), "")  # does not take their turn from them
    wires = view.canvas.wires.values()
    qtbot.waitUntil(lambda: all(wire.pen().color() == wanted for wire in wires))


def test_cards_out_of_view_are_not_written_before_they_are_seen(view, tall, monkeypatch):
    view.centerOn(0, 0)
    written = []
    tell = view.canvas._content
    for card in view.canvas.cards.values():
        monkeypatch.setattr(card, "_tell", lambda id: written.append(id) or tell(id))
    tall.edit_network(set_arguments(tall.network, "0", {"shape": ("N", 9)}), "")
    view.grab()
    assert 0 < len(written) < 20
    assert view.canvas.cards[str(COUNT - 1)].content.shape == "N×9"


def test_a_move_is_nothing_but_a_move(document):
    before = document.state
    document.edit_network(document.network, "", layout={"l": Position(8, 8)})
    moved = document.state
    assert is_mere_move(before, moved)
    document.edit_network(rename(document.network, "l", "head"), "")
    assert not is_mere_move(moved, document.state)
