"""The widgets that edit one value each, chosen by the type of its parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.look.icons import icon
from app.look.theme import SMALL, monospace_font
from app.widgets.field import Field
from app.widgets.line_field import LineField
from app.widgets.number_fields import NumbersField
from app.widgets.scrolling import unmoved_by_wheel
from app.widgets.size_fields import ListField, SizeField
from graph_model.values import LARGEST, Parameter, Type, Value


class NumberBox(QSpinBox):
    """A spin box for whole numbers whose lowest step stands for "no value"."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lowest = -LARGEST if parameter.minimum is None else int(parameter.minimum)
        highest = LARGEST if parameter.maximum is None else int(parameter.maximum)
        self._none = lowest - 1 if parameter.accepts_none else None
        self.setRange(lowest if self._none is None else self._none, highest)
        self.setMinimumWidth(45)
        self.lineEdit().setTextMargins(5, 0, 0, 0)
        unmoved_by_wheel(self)

    @property
    def number(self) -> int | None:
        """The number shown."""
        return None if self.value() == self._none else self.value()

    def show_number(self, number: int | None, empty: str) -> None:
        """Show a number, or ``empty`` in its place, without saying that it was edited."""
        self.blockSignals(True)
        if self._none is not None:
            self.setSpecialValueText(empty)
        target = self._none if number is None else number
        if target is not None and target != self.value():
            self.setValue(target)
        self.blockSignals(False)


class IntegerField(Field):
    """A whole number; an inferred one shows what follows from the input, and can be pinned."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._box = NumberBox(parameter)
        self._resolved: Value = None
        self._add(self._box)
        self._box.valueChanged.connect(lambda _: self.offer(self._box.number))
        self._pin = QToolButton(self)
        self._pin.setVisible(parameter.inferred)
        if parameter.inferred:
            self._pin.setIcon(icon("pin", "text_muted"))
            self._pin.setCheckable(True)
            self._pin.clicked.connect(self._toggle_pin)
            self._row.addWidget(self._pin)
        self._label()

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the number, or ``auto (64)`` where it follows from the input."""
        self._resolved = resolved
        self._box.show_number(value if isinstance(value, int) else None, self._empty())
        self._pin.setChecked(value is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._label()
        super().changeEvent(event)

    def _label(self) -> None:
        text = self.tr("Keep this number instead of letting it follow from the input")
        self._pin.setToolTip(text)
        self._pin.setAccessibleName(text)

    def _empty(self) -> str:
        follows = isinstance(self._resolved, int if self.parameter.inferred else str)
        if follows and self._resolved != "":
            return self.tr("auto ({0})").format(self._resolved)
        return self.tr("auto") if self.parameter.inferred else self.tr("none")

    def _toggle_pin(self, pinned: bool) -> None:
        self.offer((self._resolved or 1) if pinned else None)


class RealField(LineField):
    """A real number, written as people write it: ``0.001``, ``1e-3``, ``inf``."""

    def _read(self, text: str) -> Value:
        text = text.strip().replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            return text

    _resolved: Value = None

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the number, or what it was taken for where it was left open."""
        self._resolved = resolved
        super().show_value(value, resolved)
        self._line.setPlaceholderText(self._empty())

    def _write(self, value: Value) -> str:
        return f"{value:.12g}" if isinstance(value, int | float) else ""

    def _empty(self) -> str:
        is_told = isinstance(self._resolved, str) and self._resolved
        return self.tr("auto ({0})").format(self._resolved) if is_told else self.tr("none")


class BooleanField(Field):
    """On or off."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._box = QCheckBox()
        self._add(self._box)
        self._box.clicked.connect(self.offer)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Set the tick."""
        self._box.setChecked(bool(value))


class ChoiceField(Field):
    """One of a few words."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._box = unmoved_by_wheel(QComboBox())
        for word in parameter.choices:
            self._box.addItem(word, word)
        self._box.setMinimumWidth(64)
        self._add(self._box)
        self._box.activated.connect(lambda place: self.offer(self._box.itemData(place)))

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the word, with what it was taken for where that was left open: ``auto (tab)``."""
        automatic = self.tr("auto")
        if value == "auto" and resolved not in (None, ""):
            automatic = self.tr("auto ({0})").format(resolved)
        for place, word in enumerate(self.parameter.choices):
            self._box.setItemText(place, automatic if word == "auto" else word)
        self._box.setCurrentIndex(self._box.findData(value))
        self._box.setToolTip(self._box.currentText() if value == "auto" else "")


class SizesField(Field):
    """One number for each spatial dimension; linked, they are the same.

    Where a word may stand for them, a menu has the words and the way back to numbers.
    """

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._word, self._words = QLabel(self), QMenu(self)
        self._word.setVisible(False)
        self._boxes = [NumberBox(parameter) for _ in range(max(1, parameter.length))]
        self.is_long = len(self._boxes) + bool(parameter.choices) > 2
        for box in self._boxes:
            self._add(box)
            if len(self._boxes) > 3:  # numbers have the room of the steps
                box.setMinimumWidth(31)
                box.setButtonSymbols(NumberBox.ButtonSymbols.NoButtons)
            box.valueChanged.connect(lambda _, box=box: self._read(box))
        self._link = QToolButton(self)
        self._link.setVisible(len(self._boxes) > 1)
        self._link.setCheckable(True)
        self._link.setIcon(icon("link", "text_muted"))
        self._link.clicked.connect(lambda _: self._read(self._boxes[0]))
        if len(self._boxes) > 1:
            self._row.addWidget(self._link)
        self._more = QToolButton(self)
        self._more.setVisible(bool(parameter.choices))
        if parameter.choices:
            self._offer_words()
        self._label()

    def _offer_words(self) -> None:
        """Put a menu of the words beside the numbers, and a place for the one that is chosen."""
        self._word.setFont(monospace_font(SMALL))
        self._row.insertWidget(0, self._word, 1)
        self._more.setIcon(icon("chevron-down", "text_muted"))
        self._more.setMenu(self._words)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row.addWidget(self._more)
        for each in self.parameter.choices:
            self._words.addAction(each).triggered.connect(lambda _, each=each: self.offer(each))
        self._numbers = self._words.addAction("")
        self._numbers.triggered.connect(lambda _: self.offer(self._boxes[0].number))

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the numbers, of which equal ones are linked, or the word in their place."""
        is_word = isinstance(value, str)
        self._word.setText(str(value) if is_word else "")
        self._word.setVisible(is_word)
        for widget in (*self._boxes, *([self._link] if len(self._boxes) > 1 else [])):
            widget.setVisible(not is_word)
        if is_word:
            return
        entries = value if isinstance(value, tuple) else (value,) * len(self._boxes)
        self._link.setChecked(not isinstance(value, tuple))
        for box, entry in zip(self._boxes, entries, strict=False):
            box.show_number(entry if isinstance(entry, int) else None, self._empty())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._label()
        super().changeEvent(event)

    def _label(self) -> None:
        text = self.tr("The same in every dimension")
        self._link.setToolTip(text)
        self._link.setAccessibleName(text)
        if self.parameter.choices:
            self._numbers.setText(self.tr("As a number"))
            self._more.setToolTip(self.tr("A number, or a word"))
            self._more.setAccessibleName(self.tr("A number, or a word"))

    def _empty(self) -> str:
        """Return what stands for no number: several boxes side by side have no room for a word."""
        return self.tr("none") if len(self._boxes) == 1 else "–"

    def _read(self, box: NumberBox) -> None:
        if len(self._boxes) == 1 or self._link.isChecked() or box.number is None:
            self.offer(box.number)
            return
        fallback = box.number
        self.offer(tuple(fallback if each.number is None else each.number for each in self._boxes))


class TextField(Field):
    """A line of text."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._line = QLineEdit()
        self._add(self._line)
        self._listen()

    def _listen(self) -> None:
        """Take each letter that is typed."""
        self._line.textEdited.connect(self.offer)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the text, or in its place what was taken where it is empty."""
        if self._line.text() != value:
            self._line.setText(str(value or ""))
        self._line.setPlaceholderText(str(resolved or ""))


class PathField(TextField):
    """The path of a file, typed or chosen."""

    is_long = True

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self._value: Value = None
        button = QToolButton()
        button.setIcon(icon("folder", "text_muted"))
        button.setAccessibleName(self.tr("Choose a file"))
        button.clicked.connect(self._browse)
        self._row.addWidget(button)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the path, whose end may lie out of sight, and all of it under the mouse."""
        self._value = value
        super().show_value(value, resolved)
        self._line.setToolTip(str(value or ""))

    def _listen(self) -> None:
        """Take what is typed when it is complete: half a path leads nowhere."""
        self._line.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self._line.text() != (self._value or ""):
            self.offer(self._line.text())

    def _browse(self) -> None:
        path = self._ask()
        if path:
            self._line.setText(path)
            self.offer(path)

    def _ask(self) -> str:
        """Let the user choose; return nothing where they do not."""
        path, _ = QFileDialog.getOpenFileName(self, self.parameter.name, self._line.text())
        return path


class FolderField(PathField):
    """The path of a folder, typed or chosen."""

    def _ask(self) -> str:
        return QFileDialog.getExistingDirectory(self, self.parameter.name, self._line.text())


_FIELDS: Final[Mapping[Type, Callable[[Parameter], Field]]] = {
    Type.INTEGER: IntegerField,
    Type.NUMBER: RealField,
    Type.BOOLEAN: BooleanField,
    Type.CHOICE: ChoiceField,
    Type.LAYER: ChoiceField,
    Type.TEXT: TextField,
    Type.PATH: PathField,
    Type.FOLDER: FolderField,
    Type.SIZES: SizesField,
    Type.INTEGERS: ListField,
    Type.NUMBERS: NumbersField,
    Type.SHAPE: ListField,
    Type.MULTIPLES: ListField,
}


def make_field(parameter: Parameter) -> Field:
    """Return the widget that suits the type of a parameter."""
    if parameter.symbolic and parameter.type is Type.INTEGER:
        return SizeField(parameter)
    return _FIELDS[parameter.type](parameter)
