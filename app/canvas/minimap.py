"""The whole network in a corner, and which part of it is in view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame

from app.canvas.batch import area_of
from app.canvas.card_style import faded
from app.canvas.surface import Surface
from app.look.style import set_role
from app.look.theme import SPACE

_WIDTH: Final = 176
_HEIGHT: Final = 144


class Minimap(QFrame):
    """Shows where one is; a press or drag goes there."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._picture: QPixmap | None = None
        set_role(self, "card")
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.update)

    def refresh(self) -> None:
        """Draw the network anew."""
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map and what is in view."""
        super().paintEvent(event)
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        accent = self._view.canvas.card_style.theme.color("accent")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(faded(accent, 0.12))
        place = self._from_scene(self._view.area()) & QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        self._go_to(event.position())

    def _go_to(self, at: QPointF) -> None:
        scale, offset = self._scale()
        self._view.centerOn((at - offset) / scale)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        scale, offset = self._scale()
        painter.translate(offset)
        painter.scale(scale, scale)
        scene = self._view.canvas
        scene.overview().paint(painter, scene.card_style, [area_of(scene.contents_rect())])
        painter.end()
        return picture

    def _scale(self) -> tuple[float, QPointF]:
        """Return by what the scene is scaled to lie in the map, and where its origin is."""
        contents = self._view.canvas.contents_rect()
        room = QRectF(self.rect()).adjusted(SPACE, SPACE, -SPACE, -SPACE)
        if contents.isEmpty():
            return 0.1, room.center()
        scale = min(room.width() / contents.width(), room.height() / contents.height())
        return scale, room.center() - contents.center() * scale

    def _from_scene(self, rect: QRectF) -> QRectF:
        scale, offset = self._scale()
        return QRectF(rect.topLeft() * scale + offset, rect.size() * scale)
