"""A text of one's own to try a model on: what it is is said at once, or how it goes on if asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.training.text_trial import Continuation, TextField

_PAUSE: Final = 250
"""Milliseconds without another letter after which the model is asked."""
_LINES: Final = 4
_ANSWER_LINES: Final = 8
_MOST: Final = 2000


class TextForm(QWidget):
    """A field for a text; ``edited`` carries it, ``wanted`` also how it is to be gone on with."""

    edited = Signal(str)
    wanted = Signal(str, int, float, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.answer = QPlainTextEdit(), QPlainTextEdit()
        self.answer.setReadOnly(True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(lambda: self.edited.emit(self.text.toPlainText()))
        self.text.textChanged.connect(self._typed)
        self.count, self.seed = unmoved_by_wheel(QSpinBox()), unmoved_by_wheel(QSpinBox())
        self.count.setRange(1, _MOST)
        self.count.setValue(200)
        self.seed.setMaximum(2**31 - 1)
        self.temperature = unmoved_by_wheel(QDoubleSpinBox())
        self.temperature.setRange(0, 5)
        self.temperature.setSingleStep(0.1)
        self.temperature.setValue(0.8)
        self.go_on = Button()
        self.go_on.clicked.connect(self._ask)
        self._names = [QLabel() for _ in range(3)]
        self._told = QLabel()
        self._told.setWordWrap(True)
        set_role(self._told, "caption")
        self._gone_on = QWidget()
        self._gone_on.setLayout(self._settings())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        for widget in (self.text, self._gone_on, self.answer, self._told):
            box.addWidget(widget)
        for field, lines in ((self.text, _LINES), (self.answer, _ANSWER_LINES)):
            field.setFixedHeight(lines * field.fontMetrics().lineSpacing() + 2 * SPACE)
        self._field: TextField | None = None
        self._continuation: Continuation | None = None
        self._retranslate()
        self.hide()

    def _settings(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(SPACE // 2)
        fields = (self.count, self.temperature, self.seed)
        for row, (name, field) in enumerate(zip(self._names, fields, strict=True)):
            name.setBuddy(field)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.go_on, len(fields), 0, 1, 2)
        return grid

    @property
    def is_gone_on(self) -> bool:
        """Whether the model says how a text goes on."""
        return self._field is not None and self._field.gone_on

    def show_field(self, field: TextField | None) -> None:
        """Ask for a text as a model takes it; for none where there is none."""
        self._field, self._continuation = field, None
        self.setVisible(field is not None)
        self._gone_on.setVisible(self.is_gone_on)
        self.answer.setVisible(self.is_gone_on)
        self.answer.clear()
        self._told.hide()
        if field is not None:
            self.show_text(field.example)

    def show_text(self, text: str) -> None:
        """Let a text stand in the field, of which the model is not asked."""
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._soon.stop()
        self._told.hide()

    def show_continuation(self, found: Continuation) -> None:
        """Show how a text goes on."""
        self._continuation = found
        self.answer.setPlainText(found.text + found.added)
        self.tell_unknown(found.unknown)

    def tell_unknown(self, tokens: tuple[str, ...]) -> None:
        """Say which tokens the training did not know, if there are any."""
        self._told.setVisible(bool(tokens))
        named = ", ".join(f"“{each}”" for each in tokens)
        self._told.setText(self.tr("Unknown in training, and taken as the same: {0}").format(named))

    def _typed(self) -> None:
        if not self.is_gone_on:
            self._soon.start()

    def _ask(self) -> None:
        count, seed = self.count.value(), self.seed.value()
        self.wanted.emit(self.text.toPlainText(), count, self.temperature.value(), seed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = (self.tr("Tokens"), self.tr("Temperature"), self.tr("Seed"))
        fields = (self.count, self.temperature, self.seed)
        for label, word, field in zip(self._names, words, fields, strict=True):
            label.setText(word)
            field.setAccessibleName(word)
        self.temperature.setToolTip(
            self.tr("The lower, the more probable tokens are drawn; 0 takes the most probable")
        )
        self.go_on.setText(self.tr("Go on"))
        self.text.setPlaceholderText(self.tr("A text to try it on"))
        self.text.setAccessibleName(self.tr("A text to try it on"))
        self.answer.setAccessibleName(self.tr("How the text goes on"))
