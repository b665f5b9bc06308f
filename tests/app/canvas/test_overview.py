"""From far away the canvas paints an overview; it has to be painted anew with every change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication

from app.canvas.geometry import CARD
from app.canvas.overview import BELOW
from graph_model.network import remove_nodes


class Painted(QObject):
    """Keeps what is painted of a widget from now on."""

    def __init__(self, widget) -> None:
        super().__init__(widget)
        QApplication.processEvents()
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        return False

    def covers(self, rect: QRect) -> bool:
        """Whether all of this was painted."""
        QApplication.processEvents()
        return QRegion(rect).subtracted(self.region).isEmpty()


@pytest.fixture
def far(view):
    while view.zoom >= BELOW:
        view.zoom_out()
    return view


def around(view, node: str) -> QRect:
    """Return where the middle of a card is on the screen."""
    at = view.mapFromScene(view.canvas.cards[node].pos())
    return QRect(at.x() - 2, at.y() - 2, 4, 4)


def test_what_is_removed_vanishes(far, document):
    where = around(far, "r")
    painted = Painted(far.viewport())
    document.edit_network(remove_nodes(document.network, ["r"]), "")
    assert painted.covers(where)


def test_what_is_selected_is_marked(far, selection):
    painted = Painted(far.viewport())
    selection.set(["l"])
    assert painted.covers(around(far, "l"))


def test_what_marks_a_card_leaves_its_name_as_it_is(far, document, selection):
    """The edge lies around the card; the last row of pixels may be shared by both."""
    selection.set(())
    QApplication.processEvents()
    before = far.viewport().grab().toImage()
    selection.set(["l"])
    QApplication.processEvents()
    after = far.viewport().grab().toImage()
    at = far.canvas.cards["l"].pos()
    card = far.mapFromScene(CARD.translated(at)).boundingRect().adjusted(1, 1, -2, -2)
    assert before != after
    assert before.copy(card) == after.copy(card)


def test_what_is_dragged_follows_the_mouse(far, mouse):
    start = far.canvas.cards["l"].pos()
    before = around(far, "l")
    mouse.press(start)
    painted = Painted(far.viewport())
    mouse.move(start + QPointF(200, 0), start + QPointF(400, 0))
    assert painted.covers(before)
    assert painted.covers(around(far, "l"))
    mouse.release(start + QPointF(400, 0))


def test_names_are_written_as_long_as_they_can_be_read(far, qapp):
    ground = far.backgroundBrush().color().rgb()

    def written() -> bool:
        qapp.processEvents()
        picture, where = far.viewport().grab().toImage(), far.canvas.cards["l"].pos()
        card = far.mapFromScene(CARD.adjusted(14, 8, -8, -8).translated(where)).boundingRect()
        points = (
            (x, y)
            for x in range(card.left(), card.right())
            for y in range(card.top(), card.bottom())
        )
        return any(picture.pixel(*point) == ground for point in points)

    far.look_at(0.3, far.canvas.cards["l"].pos())
    assert written()
    far.look_at(0.15, far.canvas.cards["l"].pos())
    assert not written()
