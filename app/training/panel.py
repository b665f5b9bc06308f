"""The training tab: what to train on, how, and the curves of the run under way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.document import Document


class TrainingPanel(QWidget):
    """Starts, steers and shows one run at a time.

    ``state_changed`` says that :attr:`is_running` or :attr:`is_paused` differ. ``progressed``
    carries the fraction done, or ``None``, and a text with the time left.
    """

    state_changed = Signal()
    progressed = Signal(object, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.is_running = False
        self.is_paused = False

    def start(self) -> None:
        """Start a run, or go on with one that is paused."""

    def pause(self) -> None:
        """Pause the run, or go on with it."""

    def step(self) -> None:
        """Do one step and pause."""

    def stop(self) -> None:
        """End the run, keeping its weights."""

    def set_device(self, device: str) -> None:
        """Train on this device, as torch names it, from the next run on."""

    def may_close(self) -> bool:
        """Ask what is to become of a run under way; say whether the window may close."""
        return True
