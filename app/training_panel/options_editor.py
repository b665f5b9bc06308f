"""What a recipe adds to a training: a list of what was chosen, and a menu of what else there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.training_panel.growing_list import GrowingList
from app.training_panel.option_fields import Surroundings, option_field
from app.widgets.forms import ParameterForm
from app.widgets.reasons import Reason, add_guided
from graph_model.recipe import Choice
from graph_model.recipes.options import OPTIONS
from graph_model.values import OF_NODES, Parameter, Type, Value


class OptionsEditor(GrowingList):
    """Edits the options of a recipe; ``edited`` carries all that are chosen then."""

    edited = Signal(object)

    def __init__(self, options: tuple[Choice, ...]) -> None:
        super().__init__()
        self._options, self._surroundings = options, Surroundings()
        self._forms: dict[str, ParameterForm] = {}
        self._rebuild()

    def show_options(self, options: tuple[Choice, ...]) -> None:
        """Show these options, keeping the forms where only values differ."""
        before, self._options = self._options, options
        if [each.kind for each in before] != [each.kind for each in options]:
            self._rebuild()
            return
        for each in options:
            if each.kind in self._forms:
                self._forms[each.kind].show_arguments(each.arguments, {})

    def form(self, kind: str) -> ParameterForm:
        """Return the form of an option that was chosen.

        Raises ``KeyError`` where it was not, or has nothing to be told.
        """
        return self._forms[kind]

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Offer these layers and figures from now on."""
        if surroundings != self._surroundings:
            self._surroundings = surroundings
            if any(each.type in {*OF_NODES, Type.FIGURE} for each in self._parameters()):
                self._rebuild()

    def _parameters(self) -> Iterator[Parameter]:
        for each in self._options:
            yield from OPTIONS[each.kind].parameters if each.kind in OPTIONS else ()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        self._forms.clear()
        self.take_all()
        for each in self._options:
            self.rows.addWidget(self._row(each))
        self.add_button.setText(self.tr("Add…"))
        self.menu.clear()
        chosen = {each.kind for each in self._options}
        for kind, entry in OPTIONS.items():
            action = add_guided(self.menu, _translated(entry.title), self._why_not(kind, chosen))
            action.setToolTip(_translated(entry.help))
            action.triggered.connect(partial(self._add, kind))

    def _why_not(self, kind: str, chosen: Collection[str]) -> Reason | None:
        """Return why an option cannot be added to those that were chosen."""
        if kind in chosen:
            return Reason(self.tr("It is among them already."))
        other = next((each for each in OPTIONS[kind].excludes if each in chosen), "")
        told = self.tr("“{0}” was chosen instead.")
        return Reason(told.format(_translated(OPTIONS[other].title))) if other else None

    def _row(self, option: Choice) -> QWidget:
        """Return what shows one option: its name, a button that removes it, its arguments."""
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        entry = OPTIONS.get(option.kind)
        title = QLabel(_translated(entry.title) if entry else option.kind)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setToolTip(_translated(entry.help) if entry else "")
        remove = QToolButton()
        remove.setText("×")
        remove.setAutoRaise(True)
        remove.setToolTip(self.tr("Leave it out"))
        remove.setAccessibleName(self.tr("Leave out {0}").format(title.text()))
        remove.clicked.connect(partial(self._remove, option.kind))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(remove)
        box.addLayout(head)
        if entry is not None and entry.parameters:
            make = partial(option_field, option=option.kind, around=self._surroundings)
            form = ParameterForm(entry.parameters, option.arguments, make=make)
            form.edited.connect(partial(self._set_argument, option.kind))
            form.reset.connect(partial(self._reset_argument, option.kind))
            self._forms[option.kind] = form
            box.addWidget(form)
        elif entry is not None:
            told = QLabel(_translated(entry.help))
            told.setWordWrap(True)
            set_role(told, "caption")
            box.addWidget(told)
        return page

    def _add(self, kind: str, *_: object) -> None:
        self.edited.emit((*self._options, Choice(kind)))

    def _remove(self, kind: str) -> None:
        self.edited.emit(tuple(each for each in self._options if each.kind != kind))

    def _set_argument(self, kind: str, name: str, value: Value) -> None:
        self._change(kind, lambda choice: {**choice.arguments, name: value})

    def _reset_argument(self, kind: str, name: str) -> None:
        def without(choice: Choice) -> dict[str, Value]:
            return {key: value for key, value in choice.arguments.items() if key != name}

        self._change(kind, without)

    def _change(self, kind: str, change: Callable[[Choice], dict[str, Value]]) -> None:
        self.edited.emit(
            tuple(
                Choice(kind, change(each)) if each.kind == kind else each for each in self._options
            )
        )


def _translated(text: str) -> str:
    return QCoreApplication.translate("Recipe", text)
