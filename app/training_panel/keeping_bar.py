"""A line that says that the run cannot be kept, and offers to keep it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language.sentences import phrase_text, problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button

if TYPE_CHECKING:
    from app.training_panel.trainer import Trainer


class KeepingBar(QFrame):
    """Seen while the run of a trainer cannot be written; hidden while it can."""

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainer = trainer
        set_role(self, "banner", "warning")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.elsewhere, self.give_up = Button(), Button()
        set_role(self.give_up, "danger")
        self.elsewhere.clicked.connect(trainer.keep_elsewhere)
        self.give_up.clicked.connect(trainer.give_up)
        buttons = QVBoxLayout()
        buttons.setSpacing(SPACE // 2)
        buttons.addWidget(self.elsewhere)
        buttons.addWidget(self.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._text, 1)
        row.addLayout(buttons)
        self.refresh()

    def refresh(self) -> None:
        """Show how the run stands."""
        trouble = self._trainer.not_kept
        self.setVisible(trouble is not None)
        if trouble is None:
            return
        if trouble.is_over:
            text = self.tr("The training is over, but cannot be kept: {0}. It waits in memory.")
        else:
            text = self.tr("The run cannot be kept: {0}. It goes on, held in memory.")
        self._text.setText(
            text.format(phrase_text(trouble.problem.values["reason"]))
            + "\n"
            + self.tr("Writing is tried again every few seconds.")
        )
        self._text.setToolTip(problem_sentence(trouble.problem))
        self.elsewhere.setText(self.tr("Keep elsewhere…"))
        self.give_up.setText(self.tr("Give it up…"))
        self.give_up.setVisible(trouble.is_over)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)
