"""A card that comes to the canvas never lies on another, by whichever way it comes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from app.layout.measures import HEIGHT, WIDTH
from graph_model.network import Node, Port, Position, add_nodes


def overlaps(document) -> list[tuple[str, str]]:
    layout = document.state.layout
    ids = sorted(document.network.nodes)
    return [
        (a, b)
        for place, a in enumerate(ids)
        for b in ids[:place]
        if abs(layout[a].x - layout[b].x) < WIDTH and abs(layout[a].y - layout[b].y) < HEIGHT
    ]


@pytest.fixture
def beside(document):
    """Put cards where duplicates of the chain would lie."""
    nodes = [Node(f"b{row}", "Identity", f"beside{row}") for row in range(4)]
    layout = dict(document.state.layout)
    layout |= {each.id: Position(248, 160 * row + 24) for row, each in enumerate(nodes)}
    document.edit_network(add_nodes(document.network, nodes), "", layout=layout)
    assert not overlaps(document)


@pytest.mark.usefixtures("beside")
def test_duplicates_make_room(view, document, selection):
    selection.set(["i", "l", "r"])
    view.editing.duplicate()
    layout = document.state.layout
    copies = [layout[id] for id in selection.nodes]
    assert sorted(at.y - min(copy.y for copy in copies) for at in copies) == [0, 160, 320]
    assert not overlaps(document)


@pytest.mark.usefixtures("beside")
def test_pasted_parts_make_room(view, document, selection):
    selection.set(["i", "l", "r"])
    view.editing.copy()
    for _ in range(3):
        view.paste()
    assert len(document.network.nodes) == 17
    assert not overlaps(document)
    QGuiApplication.clipboard().clear()


@pytest.mark.usefixtures("beside")
def test_layers_added_at_a_point_lie_free(view, document, port):
    for kind, at in (("ReLU", QPointF(10, 150)), ("Tanh", QPointF(250, 200))):
        view.add_kind(kind, at)
    view.add_kind("Dropout", QPointF(20, 300), None, None)
    assert not overlaps(document)


@pytest.mark.usefixtures("beside")
def test_layers_added_after_another_lie_free(view, document, selection):
    for _ in range(4):
        selection.set(["l"])
        view.add_kind("ReLU")
    assert not overlaps(document)


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("x", [0, 130, 248])
def test_splices_make_room(view, document, x):
    for _ in range(3):
        edge = document.network.edges[Port("r", "input")]
        view.add_kind("Dropout", QPointF(x, 240), None, edge)
    assert not overlaps(document)
    assert len(document.network.nodes) == 11


@pytest.mark.usefixtures("beside")
def test_a_block_and_what_comes_out_of_it_lie_free(view, document, selection):
    layout = {**document.state.layout, "b1": Position(300, 160), "b2": Position(-300, 160)}
    document.edit_network(document.network, "", layout=layout)
    selection.set(["l", "b0", "b3"])  # whose middle lies on another card
    view.blocks.make()
    view.blocks._prompt.hide()
    assert not overlaps(document)
    view.blocks.ungroup()
    assert not overlaps(document)
