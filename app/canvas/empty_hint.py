"""The first word on an empty canvas, with examples to begin from."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.examples import EXAMPLES, Example
from app.widgets.button import Button

_OFFERED: Final = ("iris-mlp", "fashion-cnn", "digits-resnet")
_CARD: Final = (208, 112)


class EmptyHint(QFrame):
    """Says how to begin; ``example_chosen`` names an example.

    Where data were opened already, ``data_wanted`` leads to them: an example has data of its own.
    """

    example_chosen = Signal(str)
    data_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._text = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._text, "muted")
        font = self._title.font()
        font.setPixelSize(20)
        self._title.setFont(font)
        box = QVBoxLayout(self)
        box.setSpacing(SPACE)
        box.addWidget(self._title, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._text, 0, Qt.AlignmentFlag.AlignCenter)
        box.addSpacing(SPACE)
        self.to_data, self._name = Button(), ""
        self.to_data.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab is to open quick-add here
        set_role(self.to_data, "primary")
        self.to_data.clicked.connect(self.data_wanted)
        self.to_data.hide()
        box.insertWidget(1, self.to_data, 0, Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        box.addLayout(row)
        offered = {each.name: each for each in EXAMPLES}
        self.cards = [_ExampleCard(offered[name]) for name in _OFFERED]
        for card in self.cards:
            card.clicked.connect(self._choose)
            row.addWidget(card)

    def show_data(self, name: str) -> None:
        """Lead to data of this name as well, to none where it is empty."""
        if name != self._name:
            self._name = name
            self.to_data.setVisible(bool(name))
            self._say_of_data()

    def _say_of_data(self) -> None:
        self.to_data.setText(self.tr("Begin with {0}").format(self._name))

    def retranslate(self) -> None:
        """Follow the language."""
        self._say_of_data()
        self._title.setText(self.tr("Drag a layer here, or press Tab"))
        self._text.setText(self.tr("… or begin with an example:"))
        for card in self.cards:
            card.retranslate()

    def event(self, event: QEvent) -> bool:
        """Hand what the mouse does beside the examples on to the canvas below."""
        view = self.parentWidget()
        if isinstance(view, QAbstractScrollArea) and isinstance(event, QMouseEvent):
            canvas = view.viewport()
            at = QPointF(self.mapTo(canvas.window(), event.position().toPoint()))
            at = canvas.mapFrom(canvas.window(), at)
            handed_on = QMouseEvent(
                event.type(),
                at,
                event.globalPosition(),
                event.button(),
                event.buttons(),
                event.modifiers(),
            )
            return QCoreApplication.sendEvent(canvas, handed_on)
        return super().event(event)

    def _choose(self) -> None:
        card = self.sender()
        assert isinstance(card, _ExampleCard)
        self.example_chosen.emit(card.example.name)


class _ExampleCard(Button):
    """A button with a title and a description below it."""

    def __init__(self, example: Example) -> None:
        super().__init__()
        self.example = example
        self.setFixedSize(*_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab is to open quick-add here
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title, self._text = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._text, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(4)
        for label in (self._title, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setWordWrap(True)
            box.addWidget(label)
        box.addStretch()

    def retranslate(self) -> None:
        title = translate("Example", self.example.title)
        self._title.setText(title)
        self._text.setText(translate("Example", self.example.description))
        self.setAccessibleName(title)
