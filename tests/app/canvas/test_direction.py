"""Left to right as well as top to bottom: one step of the history, and all follows it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage

from app.canvas.geometry import CARD
from app.canvas.picture import write_picture
from app.look import theme
from app.project.examples import load_example
from graph_model.files.project_format import dumps, loads
from graph_model.network import Edge, Node, Port, Position
from tests.app.canvas.conftest import project


def sides(view, node: str) -> tuple[QPointF, QPointF]:
    """Return where the first input and the first output lie, from the centre of the card."""
    card = view.canvas.cards[node]
    ports = card.ports(inputs=True), card.ports(inputs=False)
    return tuple(side[0][1] - card.pos() for side in ports)


def test_the_direction_is_one_step_and_undone_as_one(view, document, undone):
    view.arranging.set_direction("right")
    layout = document.state.layout
    assert document.project.direction == "right"
    assert document.history.count() == 1
    assert [layout[id].x for id in "ilro"] == sorted(layout[id].x for id in "ilro")
    assert len({layout[id].y for id in "ilro"}) == 1
    enters, leaves = sides(view, "l")
    assert (enters.x(), leaves.x()) == (-104, 104)
    assert undone()
    assert document.project.direction == "down"
    enters, leaves = sides(view, "l")
    assert (enters.y(), leaves.y()) == (-40, 40)


def test_wires_new_cards_and_insertions_follow_it(view, document, selection):
    view.arranging.set_direction("right")
    for port, wire in view.canvas.wires.items():
        start, end = wire.path().pointAtPercent(0), wire.path().pointAtPercent(1)
        assert start == view.canvas.cards[wire.edge.source.node].pos() + QPointF(104, 0)
        assert end == view.canvas.cards[port.node].pos() - QPointF(104, 0)
    view.add_kind("Dropout")
    selection.set(["r"])
    view.add_kind("Dropout")
    added = selection.single
    at, before = document.state.layout[added], document.state.layout["r"]
    assert at.x > before.x
    edge = document.network.edges[Port("r", "input")]
    view.editing.insert("Tanh", edge, Position(0, 0))
    layout = document.state.layout
    assert layout["l"].x + 208 < layout[selection.single].x < layout["r"].x - 208


def test_what_is_copied_from_the_other_direction_is_turned(view, document, selection):
    selection.set("lr")
    view.editing.copy()
    view.arranging.set_direction("right")
    view.paste()
    first, second = (
        document.state.layout[id]
        for id in sorted(selection.nodes, key=lambda id: document.network.nodes[id].kind)
    )
    assert second.x - first.x >= 208
    assert second.y == first.y


def test_what_was_laid_out_by_hand_keeps_its_form(view, document):
    view.editing.place({"l": Position(496, 128)})
    view.arranging.set_direction("right")
    right = document.state.layout
    assert right["l"].y > right["r"].y
    view.arranging.set_direction("down")
    layout = document.state.layout
    assert layout["l"].x == 496
    assert layout["l"].y == 128


def test_a_card_that_feeds_what_lies_above_is_turned_once_it_is_put_there(view, document):
    view.editing.place({"o": Position(0, -200), "r": Position(300, 320)})
    enters, leaves = sides(view, "r")
    assert (enters.y(), leaves.y()) == (-40, 40)  # one wire with the flow is enough to leave it
    view.editing.place({"r": Position(300, 0)})
    enters, leaves = sides(view, "r")
    assert (enters.y(), leaves.y()) == (40, -40)
    path = view.canvas.wires[Port("r", "input")].path()
    assert path.pointAtPercent(1) == QPointF(300, 40)
    document.history.undo()
    assert sides(view, "r")[0].y() == -40


def test_a_wire_makes_way_for_a_card_that_is_put_upon_it_and_comes_back(view, document):
    nodes = {id: Node(id, "Identity", id) for id in "abc"}
    nodes |= {"x": Node("x", "Input", "x", {"shape": ("N", 8)})}
    edges = [Edge(Port("x", "output"), Port("a", "input"))]
    layout = {"x": Position(0, 0), "a": Position(0, 600), "b": Position(400, 300)}
    document.open(project(nodes, edges, {**layout, "c": Position(-400, 0)}))
    wire = view.canvas.wires[Port("a", "input")]
    straight = wire.path()
    view.editing.place({"b": Position(0, 300)})
    assert wire.path() != straight
    assert not wire.runs_through(CARD.translated(0, 300))
    view.editing.place({"b": Position(400, 300)})
    assert wire.path() == straight


def test_a_project_remembers_where_it_flows(tmp_path):

    whole = replace(load_example("iris-mlp"), direction="right")
    assert loads(dumps(whole)) == whole
    assert '"direction"' not in dumps(load_example("iris-mlp"))


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_pictures_follow_it(view, document, tmp_path, suffix):
    sizes: list[QSize] = []
    for direction in ("down", "right"):
        view.arranging.set_direction(direction)
        path = tmp_path / f"{direction}{suffix}"
        write_picture(document.project, path, theme.current())
        sizes.append(_size(path))
    (narrow, tall), (wide, low) = (each.toTuple() for each in sizes)
    assert tall > 2 * narrow
    assert wide > 2 * low


def _size(path) -> QSize:
    if path.suffix == ".svg":
        found = re.search(r'viewBox="0 0 (\d+) (\d+)"', path.read_text())
        return QSize(*map(int, found.groups()))

    return QImage(str(path)).size()
