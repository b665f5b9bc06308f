"""The devices there are to train on, and the one that is chosen."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

Named: TypeAlias = tuple[str, str]
"""A title for people, and torch's name."""


class Devices(QObject):
    """The CPU alone, until PyTorch could be asked; ``changed`` says that there is other news.

    ``chosen`` carries torch's name of what the user has chosen.
    """

    changed = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offered: tuple[Named, ...] = (("CPU", "cpu"),)
        self.current = "cpu"
        """The device of the next run, as torch names it."""

    def offer(self, found: tuple[Named, ...], wanted: str) -> None:
        """Offer what there is, and take what was wanted the last time if that is among it."""
        self.offered = found
        if any(name == wanted for _, name in found):
            self.current = wanted
        self.changed.emit()

    def choose(self, name: str) -> None:
        """Train on this device from the next run on."""
        self.current = name
        self.changed.emit()
        self.chosen.emit(name)
