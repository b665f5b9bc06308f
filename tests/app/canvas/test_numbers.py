"""Numbers on cards and wires are clicked to be explained, and shown in full under the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QTextBrowser

from app.canvas.hits import label_at
from app.canvas.tips import tip
from app.explain.popover import Popover
from graph_model.network import Position


def _explained(view) -> str:
    shown = [each for each in view.findChildren(Popover) if each.isVisible()]
    return shown[0].findChild(QTextBrowser).toPlainText().replace("\xa0", " ") if shown else ""


@pytest.mark.parametrize(("node", "share", "said"), [
    ("l", 0.9, "out_features"),
    ("l", 0.1, "Linear leaves this dimension as it came."),
    ("o", 0.9, "ReLU leaves this dimension as it came."),
])  # fmt: skip
def test_a_click_on_a_size_of_a_card_explains_it(view, mouse, selection, node, share, said):
    area = view.canvas.cards[node].shape_area()
    at = QPointF(area.left() + share * area.width(), area.center().y())
    mouse.click(at)
    assert said in _explained(view)
    assert selection.nodes == {node}


def test_a_click_on_the_count_of_a_card_explains_it(view, mouse):
    mouse.click(view.canvas.cards["l"].count_area().center())
    assert "= 32 + 4" in _explained(view)


def test_a_drag_from_a_size_moves_the_card(view, mouse, document):
    centre = view.canvas.cards["l"].shape_area().center()
    mouse.drag(centre, centre + QPointF(80, 0))
    assert document.history.count() == 1
    assert _explained(view) == ""


def test_a_click_beside_the_numbers_explains_nothing(view, mouse):
    mouse.click(view.canvas.cards["l"].pos())
    assert _explained(view) == ""


def test_a_click_on_the_label_of_a_wire_explains_what_it_carries(view, mouse):
    start, end = (view.canvas.cards[node].pos() for node in ("i", "l"))
    view.canvas.move_cards({"i": _position(start - QPointF(0, 200))})
    middle = (start - QPointF(0, 200) + end) / 2
    label = label_at(view.canvas, middle)
    assert label is not None
    mouse.click(label.pos() + QPointF(label.boundingRect().width() / 4, 0))
    assert "You gave this size at the input." in _explained(view)


def _position(at: QPointF) -> Position:
    return Position(at.x(), at.y())


def test_under_the_mouse_a_shape_is_shown_in_symbols_and_in_numbers(view):
    area = view.canvas.cards["l"].shape_area()
    lines = tip(view, area.center()).splitlines()
    assert lines[:2] == ["N×4 float32", "32×4, N = 32"]
    port = view.canvas.cards["l"].port("output", is_input=False)
    assert tip(view, port).splitlines() == ["output: N×4 float32", "32×4, N = 32"]


def test_the_cursor_tells_what_can_be_clicked(view, mouse):
    card = view.canvas.cards["l"]
    mouse.move(card.shape_area().center())
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    mouse.move(card.pos())
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_zoomed_out_no_number_can_be_read_or_clicked(view):
    view.zoom_by(0.3, view.viewport().rect().center())
    assert view.canvas.cards["l"].shape_area().isEmpty()
