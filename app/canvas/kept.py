"""What floats above the canvas is painted with each frame, from a picture that is kept of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsEffect, QWidget

_CHANGES_NOTHING: Final = {
    QEvent.Type.Paint,
    QEvent.Type.MouseMove,
    QEvent.Type.HoverMove,
    QEvent.Type.ToolTip,
    QEvent.Type.UpdateRequest,
    QEvent.Type.UpdateLater,
}


class KeptPicture(QGraphicsEffect):
    """Paints a widget and all in it in one stroke.

    Qt does not tell of what changes in a widget: so whatever happens to one of them may change it.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._picture: QPixmap | None = None
        for each in (widget, *widget.findChildren(QWidget)):
            each.installEventFilter(self)
        widget.setGraphicsEffect(self)

    def forget(self) -> None:
        """Paint the widget itself the next time."""
        self._picture = None
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget the picture where something happens that may change it."""
        if event.type() not in _CHANGES_NOTHING:
            self._picture = None
        return False

    def draw(self, painter: QPainter) -> None:
        """Paint the picture, made where there is none."""
        if self._picture is None:
            mode = QGraphicsEffect.PixmapPadMode.NoPad
            self._picture = self.sourcePixmap(
                Qt.CoordinateSystem.LogicalCoordinates, QPoint(), mode
            )
        painter.drawPixmap(0, 0, self._picture)
