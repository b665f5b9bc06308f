"""How panels lie and which are shown, remembered between starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.settings import SettingsStore

HORIZONTAL: Final = Qt.Orientation.Horizontal
VERTICAL: Final = Qt.Orientation.Vertical


class Arrangement:
    """Splitters and panels of a window by name; those not made yet stay as remembered.

    Without a ``store`` nothing is remembered.
    """

    def __init__(self, store: SettingsStore | None = None) -> None:
        self._store = store
        self._splitters: dict[str, QSplitter] = {}
        self._panels: dict[str, QWidget] = {}
        self._shown: dict[str, bool] = {}
        self._lists: dict[str, str] = {}

    def split(
        self,
        name: str,
        orientation: Qt.Orientation,
        widgets: Sequence[QWidget],
        sizes: Sequence[int],
        growing: int,
        splitter: QSplitter | None = None,
    ) -> QSplitter:
        """Return widgets side by side, as they lay the last time; in this ``splitter``, if any.

        At first they have these ``sizes``, in pixels; number ``growing`` takes what is gained.
        """
        splitter = splitter or QSplitter()
        splitter.setOrientation(orientation)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        for widget in widgets:
            splitter.addWidget(widget)
        splitter.setStretchFactor(growing, 1)
        self._splitters[name] = splitter
        stored = self._store.value.splitters.get(name, "") if self._store else ""
        if not splitter.restoreState(QByteArray.fromBase64(stored.encode())):
            splitter.setSizes(list(sizes))
        return splitter

    def add_panel(self, name: str, widget: QWidget) -> None:
        """Show or hide a panel as it was the last time, and from now on as it is wanted."""
        self._panels[name] = widget
        widget.setVisible(self.is_shown(name))

    def is_shown(self, name: str, *, usually: bool = True) -> bool:
        """Whether a panel is shown or is to be; ``usually`` it is until somebody chooses."""
        stored = self._store.value.toggles if self._store else {}
        return self._shown.get(name, stored.get(name, usually))

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a panel, now or when it is made."""
        self._shown[name] = shown
        if name in self._panels:
            self._panels[name].setVisible(shown)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return what was chosen for a list to show, in its order; nothing until it was."""
        stored = self._store.value.lists if self._store else {}
        return tuple(filter(None, self._lists.get(name, stored.get(name, "")).split(",")))

    def set_listed(self, name: str, words: Sequence[str]) -> None:
        """Remember what a list is to show."""
        self._lists[name] = ",".join(words)

    def save(self) -> None:
        """Remember all of it."""
        if self._store is None:
            return
        states = {
            name: bytes(splitter.saveState().toBase64().data()).decode()
            for name, splitter in self._splitters.items()
        }
        stored = self._store.value
        self._store.update(
            splitters={**stored.splitters, **states},
            toggles={**stored.toggles, **self._shown},
            lists={**stored.lists, **self._lists},
        )
