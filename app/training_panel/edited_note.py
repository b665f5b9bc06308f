"""A line that says how the network differs from the one that a run trained."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.look.style import set_role
from graph_model.editing.differences import Change, Differences
from graph_model.layers.card import format_value

_AT_ONCE: Final = 12
"""How many differences the tip lists before it only counts them."""


class EditedNote(QLabel):
    """One line, cut short where there is no room; its tip says all. Its length moves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._found = Differences()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self, "warning")

    def show_differences(self, found: Differences) -> None:
        """Say what differs; nothing where nothing does."""
        self._found = found
        pieces = self._pieces()
        self._words = self.tr("Edited since: {0}").format(", ".join(pieces)) if pieces else ""
        lines = pieces[:_AT_ONCE]
        if len(pieces) > _AT_ONCE:
            lines.append(self.tr("… and {0} more").format(len(pieces) - _AT_ONCE))
        self.setToolTip("\n".join(lines))
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
        self.setText(self.fontMetrics().elidedText(self._words, right, self.width()))

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
