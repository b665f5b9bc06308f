"""A place in a workspace where the one canvas of the window lies while that workspace is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class CanvasPlace(QWidget):
    """Holds the canvas, or nothing while it lies in another workspace."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def take(self, canvas: QWidget) -> None:
        """Have the canvas here from now on, at its size at once."""
        self._box.addWidget(canvas)
        canvas.show()
        self._box.activate()
