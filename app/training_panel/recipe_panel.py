"""How the network is to be trained: data, losses, optimizer, schedule and settings as forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.language.numbers import grouped
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import found_in_main
from app.training_panel.data_watch import DataWatch
from app.training_panel.objectives import ObjectivesEditor
from app.training_panel.options_editor import OptionsEditor
from app.training_panel.rate_curve import RateCurve
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from app.widgets.page_parts import discard, heading
from app.widgets.problem_card import ProblemCard
from graph_model.editing.dismissals import standing
from graph_model.editing.project_edits import choose_data
from graph_model.recipe import SETTINGS, Choice, Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES
from graph_model.values import Value

_NARROWEST: Final = 272
"""The width, in pixels, that the longest row of a form needs beside the scroll bar."""
_HEADED: Final = {"data": 0, "optimizer": 2, "schedule": 3, "options": 5}
"""The parts of a recipe that have a heading of their own, and which."""


class RecipePanel(QScrollArea):
    """Edits the recipe of the project; every edit is a step of the document's history."""

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        recipe = document.project.recipe
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.data = ChoiceEditor(SOURCES, recipe.data)
        self.objectives = ObjectivesEditor(document, watch)
        self.optimizer = ChoiceEditor(OPTIMIZERS, recipe.optimizer)
        self.schedule = ChoiceEditor(SCHEDULES, recipe.schedule)
        self.settings = ParameterForm(SETTINGS, _settings(recipe))
        self.rate_curve = RateCurve(recipe)
        self.options = OptionsEditor(recipe.options)
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._facts, "muted")
        self._problems = QVBoxLayout()
        self._headings = [heading() for _ in range(6)]
        content = QWidget()
        set_role(content, "panel")
        box = QVBoxLayout(content)
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE // 2)
        box.addLayout(self._problems)
        for title, *widgets in (
            (self._headings[0], self.data, self._facts),
            (self._headings[1], self.objectives),
            (self._headings[2], self.optimizer),
            (self._headings[3], self.schedule, self.rate_curve),
            (self._headings[4], self.settings),
            (self._headings[5], self.options),
        ):
            box.addWidget(title)
            for widget in widgets:
                box.addWidget(widget)
        box.addStretch()
        self.setWidget(content)
        self.data.edited.connect(lambda choice: self._change("data", choice))
        self.optimizer.edited.connect(lambda choice: self._change("optimizer", choice))
        self.schedule.edited.connect(lambda choice: self._change("schedule", choice))
        self.options.edited.connect(lambda options: self._change("options", options))
        self.settings.edited.connect(self._change)
        self.settings.reset.connect(self._reset)
        document.changed.connect(self._show)
        watch.changed.connect(self._show_facts)
        theme.manager().changed.connect(self._show_facts)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _change(self, field: str, value: object) -> None:
        project = self._document.project
        if isinstance(value, Choice) and field == "data":
            project = choose_data(project, value)
        else:
            recipe = replace(project.recipe, **{field: value})  # type: ignore[arg-type]
            project = replace(project, recipe=recipe)
        # A choice is called as its heading is, a setting as the form and the exported file have it.
        called = self._headings[_HEADED[field]].text() if field in _HEADED else field
        self._document.edit(project, self.tr("Change {0}").format(called), f"recipe.{field}")

    def _reset(self, name: str) -> None:
        self._change(name, next(each.default for each in SETTINGS if each.name == name))

    def _show(self) -> None:
        recipe = self._document.project.recipe
        self.data.show_choice(recipe.data)
        self.optimizer.show_choice(recipe.optimizer)
        self.schedule.show_choice(recipe.schedule)
        self.settings.show_arguments(_settings(recipe), {})
        self.options.show_options(recipe.options)
        self.rate_curve.show_recipe(recipe)

    def _show_facts(self) -> None:
        self._facts.setText(self._facts_text())
        while (item := self._problems.takeAt(0)) is not None:
            discard(item.widget())
        project = self._document.project
        for problem in standing(project, project.main, self._watch.problems):
            where = found_in_main(problem, self._document.state)
            self._problems.addWidget(ProblemCard(self._document, problem, where))

    def _facts_text(self) -> str:
        facts = self._watch.facts
        if facts is None:
            return self.tr("Reading the data…")
        if not isinstance(facts, DataFacts):
            return ""
        shape = "×".join(map(str, facts.arrays[facts.features].shape))
        text = self.tr("{0} samples of shape {1}").format(grouped(facts.samples), shape)
        if facts.task == "classification":
            text += " · " + self.tr("{0} classes").format(len(facts.class_names))
        if facts.left_out:
            text += " · " + self.tr("%n row(s) left out", "", facts.left_out)
        return text

    def _retranslate(self) -> None:
        titles = (
            self.tr("Data"),
            self.tr("Loss"),
            self.tr("Optimizer"),
            self.tr("Learning-rate schedule"),
            self.tr("Run"),
            self.tr("Options"),
        )
        for label, title in zip(self._headings, titles, strict=True):
            label.setText(title)
        self._show_facts()


def _settings(recipe: Recipe) -> dict[str, Value]:
    return {parameter.name: getattr(recipe, parameter.name) for parameter in SETTINGS}
