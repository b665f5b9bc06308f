"""A field whose value may be a formula over the parameters of the block around it."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import complaint_sentence, problem_sentence
from app.look.style import set_role
from app.look.theme import SMALL, monospace_font
from app.widgets.button import Button
from app.widgets.fields import Field, RealField, make_field
from app.widgets.formula_line import FormulaLine
from app.widgets.reasons import MenuGuide, add_guided, unless
from app.widgets.size_fields import SizeField
from graph_model.blocks import INDEX, REPEAT
from graph_model.complaints import complaint
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Formula, Scope, as_value, evaluate, names_in, write
from graph_model.inference.named_sizes import named_in
from graph_model.problems import Problem, Refusal
from graph_model.values import PATHS, Parameter, Type, Value

_MOST_TURNS: Final = 4
"""The values at how many repeats are shown."""
_NUMBER_BEGUN: Final = re.compile(r"[-+]?(\d*[.,]?\d*(e[-+]?\d*)?|i(n(f)?)?)", re.IGNORECASE)


class FormulaField(Field):
    """A plain field, and in its place a line for a formula once one is typed.

    ``=``, or a letter where a number is due, begins a formula; a plain value ends it. The line is
    in ``below``, for which whoever lays the field out has more room; ``offer_button`` goes with
    what it complains of.
    ``formula_edited`` carries each formula that can be read, ``parameter_wanted`` a name that the
    block has no parameter for and the formula with it, ``promotion_wanted`` asks to make the
    argument a parameter, ``reset_wanted`` to return to its default.
    """

    formula_edited = Signal(object)
    parameter_wanted = Signal(str, object)
    promotion_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.turns = 1
        self.is_in_block = True
        self._scope: Scope = {}
        self._stored: Formula | None = None
        self._unknown = ""
        self._names_sizes = False
        self.plain = make_field(parameter)
        self.is_long = self.plain.is_long
        self.line = FormulaLine()
        self.line.setAccessibleName(parameter.name)
        self._ways, self._menu = QToolButton(), QMenu(self)
        self._value, self.offer_button = QLabel(), Button()
        self.below = QWidget()
        self._put_together()
        self.plain.edited.connect(self.edited)
        self.plain.complained.connect(self.complained)
        self.line.textEdited.connect(lambda _: self._typed())
        self.line.finished.connect(self._finish)
        self.line.cancelled.connect(self._restore)
        self._menu.aboutToShow.connect(self._fill_menu)
        MenuGuide(self._menu)
        self.offer_button.clicked.connect(self._want_parameter)
        for widget in (self.plain, *self.plain.findChildren(QWidget)):
            widget.installEventFilter(self)
        self._open(False)
        self._retranslate()

    @property
    def is_formula(self) -> bool:
        """Whether the line for a formula is shown."""
        return not self.below.isHidden()

    def set_control_height(self, height: int) -> None:
        """Make what is typed into this high."""
        for widget in (self.plain, self.line, self._value, self._ways):
            widget.setFixedHeight(height)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the plain value."""
        self._names_sizes = self.parameter.symbolic and bool(named_in(value))
        self.plain.show_value(value, resolved)

    def show_formula(self, formula: Formula | None, scope: Scope) -> None:
        """Show a formula with the value it has where the parameters are those of ``scope``.

        With several ``turns``, its values at the first repeats are shown.
        """
        before, self._stored, self._scope = self._stored, formula, scope
        self.line.names = tuple(scope)
        if formula is None and before is not None:
            self._open(False)
        elif formula is not None and (formula != before or not self.is_formula):
            if self._read() != formula:
                self.line.setText(write(formula))
            self._open(True)
            self._complain(None)
        if self.line.is_wrong:
            self._finish()
        elif self.is_formula:
            self._say()

    def begin_formula(self, text: str) -> None:
        """Put a line for a formula in the place of the plain field."""
        self.line.setText(text)
        self._open(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)  # hiding the plain field had it selected
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin a formula at a key that no plain value has."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        begun = _formula_begun(self.plain, watched, event.text())
        if begun is None:
            return False
        self.begin_formula(begun)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _put_together(self) -> None:
        self._ways.setText("ƒ")
        self._ways.setMenu(self._menu)
        self._ways.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._ways.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for widget in (self.line, self._value):
            widget.setFont(monospace_font(SMALL))
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.offer_button, "link")
        for each in (self.plain, self._value):
            self._row.addWidget(each, 1)
        self._row.addWidget(self._ways)
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        self.offer_button.hide()

    def _retranslate(self) -> None:
        text = self.tr("Let {0} follow from the parameters of the block").format(
            self.parameter.name
        )
        self._ways.setToolTip(text)
        self._ways.setAccessibleName(text)
        self.line.setToolTip(self.tr("A formula, such as channels * 4"))

    def _open(self, opened: bool) -> None:
        self.below.setVisible(opened)
        self.plain.setVisible(not opened)
        self._value.setVisible(opened)
        self.setFocusProxy(self.line if opened else self.plain)
        if not opened:
            self._complain(None)

    def _read(self) -> Formula | Problem:
        """Return the formula in the line, or why it is none."""
        try:
            formula = parse_formula(_text_of(self.line))
        except Refusal as refusal:
            return refusal.problem
        for name in names_in(formula):
            if name not in self._scope:
                known = ", ".join(self._scope) or "–"
                return Problem("formula_unknown_name", {"name": name, "known": known})
        return formula

    def _typed(self) -> None:
        """Take on a formula as soon as it can be read; what may yet become one is not blamed."""
        read = self._read()
        self._complain(None)
        self._say()
        if not isinstance(read, Problem) and isinstance(as_value(read), Formula):
            self.formula_edited.emit(read)

    def _finish(self) -> None:
        """Take on what was typed, or say what is wrong with it."""
        if not self.line.text().strip():
            self._restore()
            return
        if self.line.text().strip() in self.parameter.choices:
            self._close()
            self.edited.emit(self.line.text().strip())
            return
        read = self._read()
        if isinstance(read, Problem):
            self._complain(read)
            return
        value = as_value(read)
        if isinstance(value, Formula):
            self._complain(None)
            self._say()
            return
        wrong = complaint(self.parameter, value)
        if wrong is not None:
            self.complained.emit(complaint_sentence(wrong))
            return
        self._close()
        self.edited.emit(value)

    def _restore(self) -> None:
        """Go back to what is stored."""
        if self._stored is None:
            self._close()
        else:
            self.line.setText(write(self._stored))
            self._complain(None)
            self._say()

    def _close(self) -> None:
        had_focus = self.line.hasFocus()
        self._open(False)
        if had_focus:
            self.plain.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, problem: Problem | None) -> None:
        self.line.is_wrong = problem is not None
        self._unknown = ""
        if problem is not None and problem.code == "formula_unknown_name":
            self._unknown = str(problem.values["name"])
        text = self.tr("Add parameter “{0}”")
        self.offer_button.setText(text.format(self._unknown))
        self.offer_button.setVisible(bool(self._unknown) and self.is_in_block)
        self.complained.emit(problem_sentence(problem) if problem else "")

    def _say(self) -> None:
        """Say what the formula gives, or why it gives nothing that suits."""
        read = self._read()
        if isinstance(read, Problem):
            self._value.setText("= ?")
            return
        try:
            value = evaluate(read, self._scope)
        except Refusal as refusal:
            self._value.setText("= ?")
            self.complained.emit(problem_sentence(refusal.problem))
            return
        self._value.setText(f"= {written(value)}{self._at_later_turns(read)}")
        is_condition = self.parameter is REPEAT and isinstance(value, bool)
        wrong = None if is_condition else complaint(self.parameter, value)
        self.complained.emit(complaint_sentence(wrong) if wrong else "")

    def _at_later_turns(self, formula: Formula) -> str:
        """Write what a formula gives at the repeats behind the first, the first few of them."""
        if self.turns == 1 or INDEX not in names_in(formula) or self._scope.get(INDEX) != 0:
            return ""
        text = ""
        for turn in range(1, min(self.turns, _MOST_TURNS)):
            try:
                text += f", {written(evaluate(formula, {**self._scope, INDEX: turn}))}"
            except Refusal:
                return f"{text}, ?"
        return f"{text}, …" if self.turns > _MOST_TURNS else text

    def _want_parameter(self) -> None:
        formula = parse_formula(_text_of(self.line))
        self.parameter_wanted.emit(self._unknown, formula)

    def _fill_menu(self) -> None:
        """Offer the parameters of the block, and to make the argument one of them."""
        self._menu.clear()
        for name, value in self._scope.items():
            is_turn = name == INDEX and self.turns > 1
            last = self.turns - 1
            shown = f"{value} … {last}" if is_turn else written(value)
            action = self._menu.addAction(f"{name} = {shown}")
            action.triggered.connect(partial(self._take_name, name))
        if self._scope:
            self._menu.addSeparator()
        begin = self._menu.addAction(self.tr("Type a formula"))
        begin.triggered.connect(lambda: self.begin_formula(self.line.text()))
        is_value = unless(self._stored is None, self.tr("It follows a formula already."))
        in_block = unless(self.is_in_block, self.tr("Only blocks have parameters."))
        is_own = unless(not self._names_sizes, self.tr("It names a size of this block’s Inputs."))
        why = in_block or is_value or is_own
        make = add_guided(self._menu, self.tr("Make this a parameter of the block"), why)
        make.triggered.connect(lambda: self.promotion_wanted.emit())
        back = self._menu.addAction(self.tr("Back to the default"))
        back.triggered.connect(lambda: self.reset_wanted.emit())

    def _take_name(self, name: str, _: bool = False) -> None:
        self.begin_formula(name)
        self._typed()


def written(value: Value) -> str:
    """Write a value as in a formula, a text without its quotes."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _formula_begun(plain: Field, watched: QObject, key: str) -> str | None:
    """Return the text of the formula that a key begins in a plain field, if it does."""
    if plain.parameter.type in {Type.TEXT, *PATHS}:
        return None  # where every key has a meaning
    if key == "=":
        return ""
    if len(key) != 1 or not (key.isalpha() or key in "_*/("):
        return None
    if isinstance(watched, QAbstractSpinBox):
        typed = _typed_before(watched.lineEdit())
    elif isinstance(plain, RealField) and isinstance(watched, QLineEdit):
        typed = _typed_before(watched)
        if _NUMBER_BEGUN.fullmatch(typed + key):
            return None
    elif isinstance(plain, SizeField) and isinstance(watched, QLineEdit):
        typed = _typed_before(watched)
        if typed or not (key.islower() or key == "_"):  # a size has a capital letter
            return None
    else:
        return None
    return key if typed[-1:].isdigit() and key.isalpha() else typed + key


def _text_of(line: QLineEdit) -> str:
    return line.text().strip().removeprefix("=")


def _typed_before(line: QLineEdit) -> str:
    """Return what stands before the cursor, and is not selected."""
    end = line.selectionStart() if line.hasSelectedText() else line.cursorPosition()
    return line.text()[:end]
