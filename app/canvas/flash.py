"""A ring around a card that fades, to show where it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

from app.canvas.geometry import CARD

_MILLISECONDS: Final = 900
_SPREAD: Final = 5


class Flash(QObject):
    """Shows one ring at a time."""

    def __init__(self, scene: QGraphicsScene) -> None:
        super().__init__(scene)
        self._ring = QGraphicsPathItem()
        path = QPainterPath()
        path.addRoundedRect(CARD.adjusted(-_SPREAD, -_SPREAD, _SPREAD, _SPREAD), 12, 12)
        self._ring.setPath(path)
        self._ring.setZValue(20)
        self._ring.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._ring.hide()
        scene.addItem(self._ring)
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(_MILLISECONDS)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.setEasingCurve(QEasingCurve.Type.InQuad)
        self._fading.valueChanged.connect(self._ring.setOpacity)
        self._fading.finished.connect(self._ring.hide)

    def show(self, at: QPointF, colour: QColor) -> None:
        """Show the ring around the card whose centre lies at a point."""
        self._fading.stop()
        self._ring.setPen(QPen(colour, 3))
        self._ring.setPos(at)
        self._ring.setOpacity(1.0)
        self._ring.show()
        self._fading.start()
