"""What is done to samples before they enter the network: a list in its order, and what else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.language.sentences import problem_sentence, translate
from app.look.icons import icon
from app.look.theme import SPACE
from app.project.document import Document
from app.training_panel.data_watch import DataWatch
from app.training_panel.growing_list import GrowingList
from app.widgets.forms import ParameterForm
from app.widgets.reasons import GuidedAction, Reason, add_guided
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.transform_checks import obstacle
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Arguments, Value

Transforms = tuple[Choice, ...]


class TransformsEditor(GrowingList):
    """Edits the transforms of the recipe; every edit is a step of the document's history.

    What does not suit the data that ``watch`` knows is grey in the menu, and says why.
    """

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self._shown: tuple[str, ...] | None = None
        self._forms: list[ParameterForm | None] = []
        self.menu.aboutToShow.connect(self._say_what_suits)
        document.changed.connect(self._show)
        self._retranslate()

    @property
    def summary(self) -> str:
        """The transforms in a few words."""
        return ", ".join(self.titles) or self.tr("none")

    @property
    def titles(self) -> tuple[str, ...]:
        """What each of the transforms is called."""
        return tuple(map(_title, self._transforms))

    @property
    def is_used(self) -> bool:
        """Whether anything is done to samples."""
        return bool(self._transforms)

    @property
    def _transforms(self) -> Transforms:
        return self._document.project.recipe.transforms

    def _show(self) -> None:
        """Show the transforms, keeping the forms where only values differ."""
        kinds = tuple(each.kind for each in self._transforms)
        if kinds != self._shown:
            self._shown = kinds
            self._rebuild()
            return
        for form, each in zip(self._forms, self._transforms, strict=True):
            if form is not None:
                form.show_arguments(each.arguments, {})

    def _rebuild(self) -> None:
        self.take_all()
        self._forms = []
        for place, each in enumerate(self._transforms):
            self.rows.addWidget(self._row(place, each))

    def _row(self, place: int, chosen: Choice) -> QWidget:
        """Return what shows one of them: its name, its place among the others, its arguments."""
        page, entry = QWidget(), TRANSFORMS.get(chosen.kind)
        title = QLabel(_title(chosen))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setToolTip(translate("Recipe", entry.help) if entry else "")
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(title, 1)
        last = len(self._transforms) - 1
        for name, told, is_open, change in (
            ("chevron-up", self.tr("Do it earlier"), place > 0, partial(_moved, place, -1)),
            ("chevron-down", self.tr("Do it later"), place < last, partial(_moved, place, 1)),
            ("close", self.tr("Leave it out"), True, partial(_without, place)),
        ):
            button = QToolButton()
            button.setIcon(icon(name, "text_muted"))
            button.setToolTip(told)
            button.setAccessibleName(f"{told}: {title.text()}")
            button.setEnabled(is_open)
            button.clicked.connect(partial(self._change, change))
            head.addWidget(button)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(head)
        form = None
        if entry is not None and entry.parameters:
            form = ParameterForm(entry.parameters, chosen.arguments)
            form.edited.connect(partial(self._set_argument, place))
            form.reset.connect(partial(self._reset_argument, place))
            box.addWidget(form)
        self._forms.append(form)
        return page

    def _add(self, kind: str, *_: object) -> None:
        self._change(lambda transforms: (*transforms, Choice(kind)))

    def _set_argument(self, place: int, name: str, value: Value) -> None:
        self._set_arguments(place, {**self._transforms[place].arguments, name: value})

    def _reset_argument(self, place: int, name: str) -> None:
        arguments = self._transforms[place].arguments
        self._set_arguments(place, {key: arguments[key] for key in arguments if key != name})

    def _set_arguments(self, place: int, arguments: Arguments) -> None:
        chosen = replace(self._transforms[place], arguments=arguments)
        merge = f"recipe.transforms.{place}"
        self._change(lambda each: (*each[:place], chosen, *each[place + 1 :]), merge=merge)

    def _change(
        self, change: Callable[[Transforms], Transforms], *_: object, merge: str = ""
    ) -> None:
        project = self._document.project
        recipe = replace(project.recipe, transforms=change(project.recipe.transforms))
        text = self.tr("Change what is done to samples")
        self._document.edit(replace(project, recipe=recipe), text, merge)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.add_button.setText(self.tr("Add…"))
        self.menu.clear()
        for kind, entry in TRANSFORMS.items():
            action = add_guided(self.menu, translate("Recipe", entry.title), None)
            action.setData(kind)
            action.setToolTip(translate("Recipe", entry.help))
            action.triggered.connect(partial(self._add, kind))
        self._shown = None
        self._show()

    def _say_what_suits(self) -> None:
        """Make those grey that cannot be done to these data."""
        recipe, facts = self._document.project.recipe, self._watch.facts
        for action in self.menu.actions():
            found = None
            if isinstance(facts, DataFacts):
                found = obstacle(action.data(), recipe, self._document.main, facts)
            if isinstance(action, GuidedAction):
                action.set_reason(Reason(problem_sentence(found)) if found else None)


def _title(chosen: Choice) -> str:
    entry = TRANSFORMS.get(chosen.kind)
    return translate("Recipe", entry.title) if entry else chosen.kind


def _moved(place: int, by: int, transforms: Transforms) -> Transforms:
    order = list(transforms)
    order.insert(place + by, order.pop(place))
    return tuple(order)


def _without(place: int, transforms: Transforms) -> Transforms:
    return (*transforms[:place], *transforms[place + 1 :])
