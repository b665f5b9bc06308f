"""Splitters whose places are remembered between starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.settings import SettingsStore

HORIZONTAL: Final = Qt.Orientation.Horizontal
VERTICAL: Final = Qt.Orientation.Vertical


class Splitters:
    """The splitters of a window by name; those that are not made yet stay as remembered."""

    def __init__(self, store: SettingsStore) -> None:
        self._store = store
        self._made: dict[str, QSplitter] = {}

    def make(
        self, name: str, orientation: Qt.Orientation, widgets: Sequence[QWidget], growing: int
    ) -> QSplitter:
        """Return widgets side by side, of which number ``growing`` takes what room is gained."""
        splitter = QSplitter(orientation)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for widget in widgets:
            splitter.addWidget(widget)
        splitter.setStretchFactor(growing, 1)
        self._made[name] = splitter
        return splitter

    def restore(self, name: str, sizes: Sequence[int]) -> None:
        """Give a splitter the places that it had, else these sizes in pixels."""
        stored = QByteArray.fromBase64(self._store.value.splitters.get(name, "").encode())
        if not self._made[name].restoreState(stored):
            self._made[name].setSizes(list(sizes))

    def states(self) -> dict[str, str]:
        """Return how all of them lie, in base64."""
        made = {
            name: bytes(splitter.saveState().toBase64().data()).decode()
            for name, splitter in self._made.items()
        }
        return {**self._store.value.splitters, **made}
