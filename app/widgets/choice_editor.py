"""One choice from a catalogue: a menu of its entries, and a form for the one chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.widgets.forms import LABEL_WIDTH, ParameterForm
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.entry import Entry
from graph_model.recipe import Choice
from graph_model.values import Arguments, Value


class ChoiceEditor(QWidget):
    """Edits a :class:`Choice`; ``edited`` carries the new one.

    A ``label`` stands before the menu, as that of a form's field does. Arguments that are edited
    ``elsewhere`` have no field.
    """

    edited = Signal(object)

    def __init__(
        self,
        catalogue: Mapping[str, Entry],
        choice: Choice,
        label: str = "",
        elsewhere: Collection[str] = (),
    ) -> None:
        super().__init__()
        self._elsewhere = elsewhere
        self._catalogue = catalogue
        self._choice = choice
        self._resolved: Arguments = {}
        self._menu = unmoved_by_wheel(QComboBox())
        self._menu.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._menu.setMinimumContentsLength(6 if label else 12)
        self._menu.activated.connect(self._choose)
        self._help = QLabel()
        self._help.setWordWrap(True)
        self._help.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._help, "caption")
        self._form: ParameterForm | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE // 2)
        self._box.addLayout(self._first_row(label))
        self._box.addWidget(self._help)
        self._retranslate()

    def _first_row(self, label: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        if label:
            named = QLabel(label)
            named.setFont(monospace_font(SMALL))
            named.setMinimumWidth(LABEL_WIDTH)
            named.setBuddy(self._menu)
            self._menu.setAccessibleName(label)
            row.addWidget(named)
        row.addWidget(self._menu, 1)
        return row

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self._choice

    @property
    def menu(self) -> QComboBox:
        """The menu of the entries."""
        return self._menu

    def show_choice(self, choice: Choice) -> None:
        """Show a choice, keeping the form where only its values differ."""
        if choice == self._choice:
            return
        same_kind = choice.kind == self._choice.kind
        self._choice = choice
        if same_kind and self._form is not None:
            self._form.show_arguments(choice.arguments, self._resolved)
        else:
            self._resolved = {}
            self._show_kind()

    def show_elsewhere(self, names: Collection[str]) -> None:
        """Have no field for the arguments of these names, and one for all others."""
        if set(names) != set(self._elsewhere):
            self._elsewhere = names
            self._show_kind()

    def show_resolved(self, resolved: Arguments) -> None:
        """Show what settings that were left open were taken for."""
        self._resolved = resolved
        if self._form is not None:
            self._form.show_arguments(self._choice.arguments, resolved)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._menu.clear()
        for name, entry in self._catalogue.items():
            self._menu.addItem(_translated(entry.title), name)
            self._menu.setItemData(
                self._menu.count() - 1, _translated(entry.help), Qt.ItemDataRole.ToolTipRole
            )
        self._show_kind()

    def _show_kind(self) -> None:
        self._menu.setCurrentIndex(self._menu.findData(self._choice.kind))
        entry = self._catalogue.get(self._choice.kind)
        self._help.setText(_translated(entry.help) if entry else "")
        self._help.setVisible(bool(self._help.text()))
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        parameters = entry.parameters if entry is not None else ()
        parameters = tuple(each for each in parameters if each.name not in self._elsewhere)
        if not parameters:
            return
        self._form = ParameterForm(parameters, self._choice.arguments, self._resolved)
        self._form.edited.connect(self._set_argument)
        self._form.reset.connect(self._reset_argument)
        self._box.addWidget(self._form)

    def _choose(self, _: int) -> None:
        kind = self._menu.currentData()
        if kind != self._choice.kind:
            self.edited.emit(Choice(kind))

    def _set_argument(self, name: str, value: Value) -> None:
        arguments = {**self._choice.arguments, name: value}
        self.edited.emit(Choice(self._choice.kind, arguments))

    def _reset_argument(self, name: str) -> None:
        arguments = {key: value for key, value in self._choice.arguments.items() if key != name}
        self.edited.emit(Choice(self._choice.kind, arguments))


def _translated(sentence: str) -> str:
    return QCoreApplication.translate("Recipe", sentence) if sentence else ""
