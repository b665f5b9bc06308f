"""A form made from parameters: for layers, and for data, losses and optimizers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.language.sentences import parameter_help
from app.look.icons import icon
from app.look.theme import CONTROL_HEIGHT, SMALL, SPACE, monospace_font
from app.widgets.complaint import Complaint
from app.widgets.fields import Field, make_field
from app.widgets.formula_field import FormulaField
from graph_model.formulas import Formula, Scope
from graph_model.values import Arguments, Parameter, Value

LABEL_WIDTH: Final = 108
"""The room that the names of parameters have, in pixels."""
_NARROWEST: Final = 66
"""How wide letters are at least, in percent, before a name is cut short."""
ROOM_FOR_RESET: Final = 31
"""The room that the way back to the default has behind a field, in pixels."""


class ParameterForm(QWidget):
    """One row for each parameter: its name, its field, and a way back to the default.

    ``edited`` carries the name and the new value, ``reset`` the name of the parameter that goes
    back to its default. :meth:`show_arguments` changes values in place, so that the focus and
    the cursor survive every edit. Where ``make`` makes fields that take formulas,
    ``formula_edited`` carries the name and the formula, ``parameter_wanted`` these two with that
    of a parameter between them which the block lacks, ``promotion_wanted`` what is to become one.
    """

    edited = Signal(str, object)
    reset = Signal(str)
    formula_edited = Signal(str, object)
    parameter_wanted = Signal(str, str, object)
    promotion_wanted = Signal(str)

    def __init__(
        self,
        parameters: Iterable[Parameter],
        arguments: Arguments,
        resolved: Arguments | None = None,
        parent: QWidget | None = None,
        make: Callable[[Parameter], Field] = make_field,
    ) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        # A page in which something is shown lacks room until it has grown: rows do not move up.
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self._rows = {parameter.name: _Row(make(parameter)) for parameter in parameters}
        for name, row in self._rows.items():
            rows.addWidget(row)
            row.field.edited.connect(lambda value, name=name: self.edited.emit(name, value))
            row.back.clicked.connect(lambda _, name=name: self.reset.emit(name))
            if isinstance(row.field, FormulaField):
                row.field.formula_edited.connect(partial(self.formula_edited.emit, name))
                row.field.parameter_wanted.connect(partial(self.parameter_wanted.emit, name))
                row.field.reset_wanted.connect(partial(self.reset.emit, name))
                row.field.promotion_wanted.connect(partial(self.promotion_wanted.emit, name))
        self.show_arguments(arguments, resolved or {})

    def show_arguments(
        self,
        arguments: Arguments,
        resolved: Arguments,
        formulas: Mapping[str, Formula] | None = None,
        scope: Scope | None = None,
    ) -> None:
        """Show values; ``resolved`` says what follows for those that are ``None``.

        ``formulas`` stand in place of values, and have their own where the parameters of the
        block are those of ``scope``.
        """
        for name, row in self._rows.items():
            value = arguments.get(name, row.field.parameter.default)
            formula = formulas.get(name) if formulas else None
            row.show_value(value, resolved.get(name), formula, self.scope_of(name, scope or {}))

    def scope_of(self, name: str, scope: Scope) -> Scope:
        """Return what a formula in the place of a value may name, where others may ``scope``."""
        return scope

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of all parameters."""
        return tuple(row.field for row in self._rows.values())

    def field(self, name: str) -> Field:
        """Return the field of a parameter.

        Raises ``KeyError`` where the form has none of that name.
        """
        return self._rows[name].field

    def focused(self) -> str:
        """Return the name of the parameter whose field has the focus, or nothing."""
        at = self.focusWidget()
        rows = self._rows.items()
        found = (name for name, row in rows if at and row.isAncestorOf(at) and at.hasFocus())
        return next(found, "")

    def focus(self, name: str) -> None:
        """Put the cursor behind what stands in the field of a parameter, if there is one."""
        if row := self._rows.get(name):
            row.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if line := row.field.findChild(QLineEdit):
                line.end(False)


class _Row(QWidget):
    """Name, field and reset button, and over what follows what is wrong with what is typed."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._label = QLabel()
        _name(self._label, field.parameter.name, is_alone=field.is_long)
        self._label.setBuddy(self.field)
        self._label.setFixedHeight(CONTROL_HEIGHT)
        self.field.set_control_height(CONTROL_HEIGHT)
        self.back = QToolButton()
        self.back.setIcon(icon("reset", "text_muted"))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(not isinstance(field, FormulaField))
        self.back.setSizePolicy(policy)
        self._label.installEventFilter(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._label, 0, 0, top)
        if field.is_long:
            grid.addWidget(self.field, 1, 0, 1, 3)
        else:
            grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.back, 0, 2, top)
        self.back.hide()
        if isinstance(field, FormulaField):
            grid.addWidget(field.below, 2, 0, 1, 3)
        offer = field.offer_button if isinstance(field, FormulaField) else None
        self._complaint = Complaint(self, offer)
        self.field.complained.connect(self._complaint.say)
        self._retranslate()

    def show_value(
        self, value: Value, resolved: Value, formula: Formula | None, scope: Scope
    ) -> None:
        """Show a value or formula, and the way back where it is not the default."""
        self.field.show_value(value, resolved)
        if isinstance(self.field, FormulaField):
            self.field.show_formula(formula, scope)
        else:  # with formulas, a menu has it
            self.back.setVisible(value != self.field.parameter.default)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the field on a click on its name."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.field.setFocus(Qt.FocusReason.MouseFocusReason)
        return False

    def _retranslate(self) -> None:
        parameter = self.field.parameter
        self.setToolTip(parameter_help(parameter))
        text = self.tr("Back to the default, {0}").format(_written(parameter.default))
        self.back.setToolTip(text)
        self.back.setAccessibleName(text)


def _name(label: QLabel, name: str, *, is_alone: bool) -> None:
    """Write a name into its column, in narrower letters where it is long: fields stay in line."""
    font = monospace_font(SMALL)
    width = QFontMetricsF(font).horizontalAdvance(name)
    if width > LABEL_WIDTH and not is_alone:
        font.setStretch(max(_NARROWEST, int(100 * LABEL_WIDTH / width)))
        label.setFixedWidth(LABEL_WIDTH)
        name = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, LABEL_WIDTH)
    label.setFont(font)
    label.setText(name)


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "None" if value is None else str(value)
