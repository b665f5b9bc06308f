"""One parameter of a block, to be edited: its name, type, default and help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QToolButton,
    QVBoxLayout,
)

from app.language.sentences import parameter_help
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import CONTROL_HEIGHT, SMALL, SPACE, monospace_font
from app.project.document import Document
from app.widgets.complaint import Complaint
from app.widgets.fields import make_field
from app.widgets.formula_field import written
from app.widgets.page_parts import NameField
from app.widgets.reasons import MenuGuide, add_guided, unless
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.blocks import parameter_name_complaint
from graph_model.complaints import complaint
from graph_model.editing.block_parameters import (
    alter_parameter,
    move_parameter,
    nodes_naming,
    remove_parameter,
)
from graph_model.layers.layer_text import split_layers
from graph_model.network import Network, NetworkId
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.values import Parameter, Type, Value

translate = QCoreApplication.translate

_TYPES: Final[dict[Type, Any]] = {
    Type.INTEGER: QT_TRANSLATE_NOOP("Type", "Integer"),
    Type.NUMBER: QT_TRANSLATE_NOOP("Type", "Number"),
    Type.BOOLEAN: QT_TRANSLATE_NOOP("Type", "Yes or no"),
    Type.SIZES: QT_TRANSLATE_NOOP("Type", "Size"),
    Type.TEXT: QT_TRANSLATE_NOOP("Type", "Text"),
    Type.LAYER: QT_TRANSLATE_NOOP("Type", "Layer"),
    Type.CHOICE: QT_TRANSLATE_NOOP("Type", "Choice"),
    Type.INTEGERS: QT_TRANSLATE_NOOP("Type", "Integers"),
    Type.NUMBERS: QT_TRANSLATE_NOOP("Type", "Numbers"),
}
"""What each type is called; a choice stays one, but no parameter is made one here."""
_OFFERED: Final = (Type.INTEGER, Type.NUMBER, Type.BOOLEAN, Type.SIZES, Type.TEXT, Type.LAYER)
_DEFAULTS: Final[dict[Type, Value]] = {
    Type.INTEGER: 1,
    Type.NUMBER: 1.0,
    Type.BOOLEAN: False,
    Type.SIZES: 1,
    Type.TEXT: "",
    Type.LAYER: "ReLU",
}
_KINDS: Final = ("ReLU", "GELU", "SiLU", "Hardswish")
"""What a parameter of the type layer lists at first."""


class ParameterRow(QFrame):
    """Edits the parameter at one place of a block's list, for as long as its type stays."""

    def __init__(
        self, document: Document, block: NetworkId, place: int, parameter: Parameter
    ) -> None:
        super().__init__()
        self._document, self._block, self._place = document, block, place
        self._identity, self._shown = _identity(parameter), parameter
        set_role(self, "card")
        self._name, self._more, self._menu = NameField(), QToolButton(), QMenu(self)
        self._type, self._help = unmoved_by_wheel(QComboBox()), QLineEdit()
        self._default, self._kinds = make_field(parameter), QLineEdit(self)
        self._kinds.setVisible(parameter.type is Type.LAYER)
        self._complaint, self._here = Complaint(self._default), QLabel()
        self._here.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._here, "muted")
        self._put_together(parameter)
        self._name.edited.connect(self._rename)
        self._type.activated.connect(self._set_type)
        self._default.edited.connect(self._set_default)
        self._default.complained.connect(self._complaint.say)
        self._kinds.editingFinished.connect(self._set_kinds)
        self._help.textEdited.connect(lambda text: self._alter(help=text))
        self._menu.aboutToShow.connect(self._fill_menu)
        MenuGuide(self._menu)
        self._retranslate()

    def suits(self, block: NetworkId, parameter: Parameter) -> bool:
        """Tell whether this row can show a parameter."""
        return (block, _identity(parameter)) == (self._block, self._identity)

    def show_parameter(self, parameter: Parameter, here: Value) -> None:
        """Show the parameter as it is now, and what it is at the use looked at."""
        self._shown = parameter
        self._name.show_name(parameter.name)
        self._default.show_value(parameter.default, None)
        if parameter.type is Type.LAYER and not self._kinds.hasFocus():
            self._kinds.setText(", ".join(parameter.choices))
        self._show_help(parameter)
        self._here.setText(self.tr("Here it is {0}").format(written(here)))
        self._here.setVisible(here != parameter.default)

    def _show_help(self, parameter: Parameter) -> None:
        """Show what it is for; of a block that we made, in the language in use."""
        told = parameter_help(parameter)
        if self._help.text() != told:
            self._help.setText(told)
            self._help.setCursorPosition(0)  # its beginning is what is seen

    def focus_name(self) -> None:
        """Put the cursor into the name."""
        self._name.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.line.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def _is_gone(self) -> bool:
        """Whether there is no such parameter any more: a row may outlive it for a while."""
        network = self._document.project.networks.get(self._block)
        return network is None or self._place >= len(network.parameters)

    @property
    def _network(self) -> Network:
        return self._document.project.networks[self._block]

    @property
    def _parameter(self) -> Parameter:
        return self._network.parameters[self._place]

    def _put_together(self, parameter: Parameter) -> None:
        self._name.line.setFont(monospace_font(SMALL))
        self._more.setIcon(icon("more", "text_muted"))
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for each in dict.fromkeys((*_OFFERED, parameter.type)):
            self._type.addItem("", each)
        self._type.setCurrentIndex(self._type.findData(parameter.type))
        self._type.setMinimumContentsLength(5)  # a size beside it takes the room of two numbers
        self._type.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._default.set_control_height(CONTROL_HEIGHT)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._name, 1)
        first.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self._type, 1)
        second.addWidget(self._default, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        if parameter.type is Type.LAYER:
            column.addWidget(self._kinds)
        column.addWidget(self._here)
        column.addWidget(self._help)

    def _retranslate(self) -> None:
        for place in range(self._type.count()):
            text = translate("Type", _TYPES[self._type.itemData(place)])
            self._type.setItemText(place, text)
        self._name.line.setAccessibleName(self.tr("Name of the parameter"))
        self._type.setAccessibleName(self.tr("Type of the parameter"))
        self._type.setToolTip(self.tr("What it holds, and its default"))
        self._default.setToolTip(self.tr("Its default"))
        kinds = self.tr(
            "The layer kinds to choose from, such as ReLU, LeakyReLU(negative_slope=0.2)"
        )
        self._kinds.setToolTip(kinds)
        self._kinds.setAccessibleName(kinds)
        self._help.setPlaceholderText(self.tr("What it is for"))
        self._help.setAccessibleName(self.tr("What it is for"))
        self._more.setAccessibleName(self.tr("More"))
        if not self._help.hasFocus():
            self._show_help(self._shown)

    def _alter(self, **changes: Any) -> None:
        if self._is_gone:
            return
        name = self._parameter.name
        changed = replace(self._parameter, **changes)
        project = alter_parameter(self._document.project, self._block, name, changed)
        text = self.tr("Change parameter {0}").format(changed.name)
        key = " ".join(["parameter", self._block, str(self._place), *changes])
        self._document.edit(project, text, merge=key)

    def _rename(self, name: str) -> None:
        if self._is_gone:
            return
        others = [
            each.name for place, each in enumerate(self._network.parameters) if place != self._place
        ]
        problem = None
        if reason := parameter_name_complaint(name):
            values = {"parameter": name, "reason": phrase(reason)}
            problem = Problem("bad_parameter_name", values)
        elif name in others:
            problem = Problem("duplicate_parameter", {"parameter": name})
        self._name.complain(problem)
        if problem is None:
            self._alter(name=name)

    def _set_type(self, index: int) -> None:
        if self._is_gone:
            return
        type: Type = self._type.itemData(index)
        if type is self._parameter.type:
            return
        length = 2 if type is Type.SIZES else 0
        kinds = _KINDS if type is Type.LAYER else ()
        changed = replace(self._parameter, type=type, length=length, choices=kinds, optional=False)
        kept = changed.default
        if type is Type.NUMBER and isinstance(kept, int):
            kept = float(kept)
        default = _DEFAULTS[type] if complaint(changed, kept) else kept
        self._alter(type=type, length=length, choices=kinds, optional=False, default=default)

    def _set_kinds(self) -> None:
        """Take on the layer kinds that were typed; the default stays one of them."""
        if self._is_gone:
            return
        parameter, kinds = self._parameter, split_layers(self._kinds.text())
        if not kinds or kinds == parameter.choices:
            self._kinds.setText(", ".join(parameter.choices))
            return
        default = parameter.default if parameter.default in kinds else kinds[0]
        self._alter(choices=kinds, default=default)

    def _set_default(self, value: Value) -> None:
        self._alter(default=value)

    def _fill_menu(self) -> None:
        self._menu.clear()
        if self._is_gone:
            return
        last = len(self._network.parameters) - 1
        not_first = unless(self._place > 0, self.tr("It is the first already."))
        not_last = unless(self._place < last, self.tr("It is the last already."))
        up = add_guided(self._menu, self.tr("Move up"), not_first)
        down = add_guided(self._menu, self.tr("Move down"), not_last)
        up.triggered.connect(lambda: self._move(self._place - 1))
        down.triggered.connect(lambda: self._move(self._place + 1))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Remove")).triggered.connect(lambda: self.remove())

    def _move(self, place: int) -> None:
        if self._is_gone:
            return
        name = self._parameter.name
        project = move_parameter(self._document.project, self._block, name, place)
        self._document.edit(project, self.tr("Move parameter {0}").format(name))

    def remove(self) -> None:
        """Remove the parameter; where formulas name it, say first what becomes of them."""
        if self._is_gone:
            return
        parameter = self._parameter
        count = len(nodes_naming(self._network, parameter.name))
        if count:
            text = self.tr(
                "{0} is used in %n node(s). They have its default, {1}, instead.", "", count
            ).format(parameter.name, written(parameter.default))
            buttons = QMessageBox.StandardButton
            answer = QMessageBox.question(
                self.window(), self.tr("Remove Parameter"), text, buttons.Ok | buttons.Cancel
            )
            if answer != buttons.Ok:
                return
        project = remove_parameter(self._document.project, self._block, parameter.name)
        self._document.edit(project, self.tr("Remove parameter {0}").format(parameter.name))


def type_title(type: Type) -> str:
    """Return what a type is called."""
    return translate("Type", _TYPES[type])


def _identity(parameter: Parameter) -> Parameter:
    """Return what a row depends on besides what it shows."""
    return replace(parameter, name="", default=None, help="")
