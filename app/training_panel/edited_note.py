"""A line that says how the network differs from the one that a run trained, and leads there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.look.style import set_role
from app.look.theme import SPACE
from graph_model.editing.differences import Change, Differences
from graph_model.layers.card import format_value

_AT_ONCE: Final = 12
"""How many differences the tip lists before it only counts them."""


class EditedNote(QPushButton):
    """One line, cut short where there is no room; its tip says all. Its length moves nothing.

    ``wanted`` carries the differences that are to be shown on the canvas.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found = Differences()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.wanted.emit(self._found))
        set_role(self, "note")

    def show_differences(self, found: Differences) -> None:
        """Say what differs; nothing where nothing does."""
        self._found = found
        pieces = self._pieces()
        self._words = self.tr("Edited since: {0}").format(", ".join(pieces)) if pieces else ""
        lines = pieces[:_AT_ONCE]
        if len(pieces) > _AT_ONCE:
            lines.append(self.tr("… and {0} more").format(len(pieces) - _AT_ONCE))
        if lines:
            lines += ["", self.tr("Click to see it on the canvas")]
        self.setToolTip("\n".join(lines))
        self.setEnabled(bool(pieces))
        self.setAccessibleName(self._words)
        self._fit()

    def retranslate(self) -> None:
        """Follow the language."""
        self.show_differences(self._found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        room = self.width() - 2 * SPACE
        self.setText(self.fontMetrics().elidedText(self._words, right, room).replace("&", "&&"))

    def _pieces(self) -> list[str]:
        found = self._found
        pieces = [self.tr("{0} added").format(name) for name in found.added]
        pieces += [self.tr("{0} removed").format(name) for name in found.removed]
        pieces += map(self._change, found.changed)
        if found.is_rewired and not found.added and not found.removed:
            pieces.append(self.tr("wires laid otherwise"))
        return pieces

    def _change(self, change: Change) -> str:
        missing = self.tr("default")
        before, after = (
            missing if value is None else format_value(value)
            for value in (change.before, change.after)
        )
        return f"{change.node}: {change.what} {before} → {after}"
