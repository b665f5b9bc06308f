"""Going from one level of blocks to another: where one was on each, and a short dive between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QEasingCurve, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.canvas.block_editing import BlockEditing
from app.canvas.surface import Surface
from app.project.state import State, Trail
from graph_model.network import NetworkId, NodeId

_MILLISECONDS: Final = 160
_NEARER: Final = 1.4


class _Place(NamedTuple):
    """What was in view."""

    zoom: float
    centre: QPointF


class Places:
    """Remembers the last place and zoom of each level that was shown."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._places: dict[tuple[NetworkId | NodeId, ...], _Place] = {}
        view.document.replaced.connect(self._places.clear)

    def follow(self, old: State, new: State) -> None:
        """Keep the place on one level and return to that on the other, if they are two."""
        left, entered = _level(old.trail), _level(new.trail)
        if left == entered:
            return
        view = self._view
        self._places[left] = _Place(view.zoom, view.area().center())
        if entered in self._places:
            view.look_at(*self._places[entered])
        else:
            view.show_from_start()


def _level(trail: Trail) -> tuple[NetworkId | NodeId, ...]:
    return (trail.network, *(step.node for step in trail.steps))


class Levels(QWidget):
    """What was in view, growing or shrinking away over what is in view now."""

    def __init__(self, view: Surface, blocks: BlockEditing) -> None:
        super().__init__(view)
        self._view, self._blocks = view, blocks
        self._picture = QPixmap()
        self._around = QPointF()
        self._is_inwards = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_MILLISECONDS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self.update)
        self._motion.finished.connect(self.hide)

    def open_block(self) -> None:
        """Open the block that the selected node uses, or the text of its custom layer."""
        view = self._view
        node = view.document.network.nodes.get(view.selection.single or "")
        if node is not None and self._blocks.block_of(node) is not None:
            self.go(partial(view.document.enter, node.id), view.canvas.cards[node.id].pos())
        elif node is not None:
            view.document.open_layer(node.id)

    def leave_block(self) -> None:
        """Go back out of the block on the canvas."""
        document = self._view.document
        above = document.state.above
        if above is not None:
            self.go(partial(document.go_to, above))

    def go(self, act: Callable[[], object], around: QPointF | None = None) -> None:
        """Go to another level: inwards at a point of the scene, else outwards."""
        viewport = self._view.viewport()
        self._motion.stop()
        self.hide()
        self._picture = viewport.grab()
        self._is_inwards = around is not None
        middle = self._view.area().center()
        self._around = QPointF(self._view.mapFromScene(around if around is not None else middle))
        act()
        self.setGeometry(viewport.geometry())
        self.show()
        self._motion.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the paler the farther it has gone."""
        done = float(self._motion.currentValue() or 0.0)
        scale = 1 + done * (_NEARER - 1)
        scale = scale if self._is_inwards else 1 / scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(1 - done)
        painter.translate(self._around)
        painter.scale(scale, scale)
        painter.drawPixmap(-self._around, self._picture)
