"""Closing the window during a run: what it waits for is said, and the window stays alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.look.theme import SPACE
from app.training_panel.keeping_bar import KeepingBar

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer

_AT_ONCE: Final = 250
"""Milliseconds within which most runs end, so that nothing need be said."""


class LeavingDialog(QDialog):
    """Says what is waited for while a run ends; accepted when it has, rejected on Cancel."""

    def __init__(self, trainer: Trainer, window: QWidget) -> None:
        super().__init__(window)
        self._trainer = trainer
        self.setWindowTitle(self.tr("Closing"))
        self.setMinimumWidth(440)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self.bar = KeepingBar(trainer)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(2 * SPACE)
        for widget in (self._text, self._busy, self.bar, buttons):
            box.addWidget(widget)
        trainer.session.progressed.connect(self._say)
        trainer.session.ended.connect(self.accept)
        self._say()

    def has_ended(self) -> bool:
        """Wait for the end of the run, the window repainting; tell whether it came.

        One that has not begun is not waited for: there is nothing of it to be kept.
        """
        loop = QEventLoop()
        self._trainer.session.ended.connect(loop.quit)
        QTimer.singleShot(_AT_ONCE, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        is_over = not self._trainer.is_running or self._trainer.has_nothing_yet
        return is_over or self.exec() == QDialog.DialogCode.Accepted

    def _say(self) -> None:
        self._text.setText(self._waited_for())
        self._busy.setVisible(self._trainer.not_kept is None)
        self.bar.refresh()

    def _waited_for(self) -> str:
        if self._trainer.not_kept is not None:
            return self.tr("The window closes as soon as the run is kept somewhere, or given up.")
        if self._trainer.host:
            told = self.tr("The connection to {0} is closed, and the run goes on there.")
            return told.format(self._trainer.host)
        if self._trainer.session.record.started is None:
            return self.tr("The run ends as soon as PyTorch and the data are loaded.")
        return self.tr("The step under way is finished, then the weights are written.")
