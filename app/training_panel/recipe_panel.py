"""How to train: the data and what is changed most in sight, all else in sections that open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import found_in_main
from app.project.state import State, is_mere_move
from app.training_panel.beginning_form import BeginningForm
from app.training_panel.data_line import DataLine
from app.training_panel.destination import Where
from app.training_panel.essentials import RATE, Essentials
from app.training_panel.objectives import ObjectivesEditor
from app.training_panel.option_fields import surroundings
from app.training_panel.options_editor import OptionsEditor
from app.training_panel.phases_editor import PhasesEditor
from app.training_panel.players_editor import PlayersEditor
from app.training_panel.rate_curve import RateCurve
from app.training_panel.split_form import SplitForm
from app.training_panel.trainer import Trainer
from app.training_panel.transforms_editor import TransformsEditor
from app.training_panel.where_form import WhereForm
from app.widgets.arrangement import Arrangement
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.folding_section import FoldingSection
from app.widgets.page_parts import discard, heading
from app.widgets.problem_card import ProblemCard
from app.widgets.reasons import set_reason, unless
from graph_model.editing.dismissals import standing
from graph_model.recipe import SETTINGS
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.splits import steps_per_epoch
from graph_model.values import Value

_NARROWEST: Final = 272
"""The width, in pixels, that the longest row of a form needs beside the scroll bar."""


class RecipePanel(QScrollArea):
    """Edits the recipe of the project; every edit is a step of the document's history."""

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        arrangement: Arrangement,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._watch = document, trainer.watch
        self._is_behind = False
        recipe = document.project.recipe
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self.data = DataLine()
        self.essentials = Essentials(trainer.devices, recipe)
        self.where = WhereForm(trainer, recipe)
        self.objectives = ObjectivesEditor(document, trainer.watch)
        self.optimizer = ChoiceEditor(OPTIMIZERS, recipe.optimizer, elsewhere=(RATE,))
        self.players = PlayersEditor(document)
        self.schedule = ChoiceEditor(SCHEDULES, recipe.schedule)
        self.rate_curve = RateCurve(recipe, self)
        self.phases = PhasesEditor(recipe, self)
        self.split = SplitForm(recipe)
        self.transforms = TransformsEditor(document, trainer.watch)
        self.options = OptionsEditor(recipe.options)
        self.beginning = BeginningForm(document, trainer)
        self._problems = QVBoxLayout()
        self._data_title, self._run_title = heading(), heading()
        self.sections = {
            "objectives": FoldingSection(self.objectives),
            "optimizer": FoldingSection(self.optimizer),
            "players": FoldingSection(self.players),
            "schedule": FoldingSection(self.schedule, self.phases, self.rate_curve),
            "split": FoldingSection(self.split),
            "transforms": FoldingSection(self.transforms),
            "options": FoldingSection(self.options),
            "beginning": FoldingSection(self.beginning),
        }
        """What opens below the settings that are always in sight."""
        for name, section in self.sections.items():
            section.set_open(arrangement.is_shown(f"recipe.{name}", usually=False))
            section.toggled.connect(partial(arrangement.set_shown, f"recipe.{name}"))
        self._lay_out()
        self.optimizer.edited.connect(lambda choice: self._change("optimizer", choice))
        self.schedule.edited.connect(lambda choice: self._change("schedule", choice))
        self.players.edited.connect(lambda players: self._change("players", players))
        self.phases.edited.connect(lambda phases: self._change("phases", phases))
        for editor in (self.options.edited, self.where.options_edited):
            editor.connect(lambda options: self._change("options", options))
        trainer.destination.changed.connect(self._show_device)
        self._destination = trainer.destination
        for form in (self.essentials, self.split):
            form.edited.connect(self._set)
            form.reset.connect(self._reset)
        self.split.chosen.connect(lambda choice: self._change("split", choice))
        document.changed.connect(self._follow)
        trainer.watch.changed.connect(self._show_facts)
        trainer.state_changed.connect(self._sum_up)
        theme.manager().changed.connect(self._show_facts)
        self._retranslate()
        self._show()
        self._keep_width()

    def _lay_out(self) -> None:
        content = QWidget()
        set_role(content, "panel")
        box = QVBoxLayout(content)
        bar = self.verticalScrollBar().sizeHint().width()
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE - bar, 2 * SPACE)
        box.setSpacing(SPACE // 2)
        box.addLayout(self._problems)
        for widget in (self._data_title, self.data, self._run_title):
            box.addWidget(widget)
        box.addWidget(self.essentials)
        box.addWidget(self.where)
        box.addSpacing(SPACE)
        self._lines = {name: QFrame() for name in self.sections}
        for name, section in self.sections.items():
            set_role(self._lines[name], "line")
            box.addWidget(self._lines[name])
            box.addWidget(section)
        box.addStretch()
        self.setWidget(content)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _keep_width(self) -> None:
        """Let the fields keep their width when the scroll bar comes and goes."""
        bar = self.verticalScrollBar()
        is_shown = bar.maximum() > bar.minimum()
        self.setViewportMargins(0, 0, 0 if is_shown else bar.sizeHint().width(), 0)

    def _set(self, name: str, value: Value) -> None:
        """Set a plain setting, or the rate, which is an argument of the optimizer."""
        optimizer = self._document.project.recipe.optimizer
        if name == RATE:
            arguments = {**optimizer.arguments, RATE: value}
            self._change("optimizer", replace(optimizer, arguments=arguments))
        else:
            self._change(name, value)

    def _reset(self, name: str) -> None:
        optimizer = self._document.project.recipe.optimizer
        if name == RATE:
            arguments = {key: each for key, each in optimizer.arguments.items() if key != RATE}
            self._change("optimizer", replace(optimizer, arguments=arguments))
        else:
            self._change(name, next(each.default for each in SETTINGS if each.name == name))

    def _change(self, field: str, value: object) -> None:
        project = self._document.project
        recipe = replace(project.recipe, **{field: value})  # type: ignore[arg-type]
        project = replace(project, recipe=recipe)
        # A choice is called as its heading is, a setting as the form and the exported file have it.
        called = field
        section = {"phases": "schedule"}.get(field, field)
        if section in self.sections:
            called = self.sections[section].title
        self._document.edit(project, self.tr("Change {0}").format(called), f"recipe.{field}")

    def _follow(self, old: State, new: State) -> None:
        """Show the recipe after an edit, once it is seen."""
        if is_mere_move(old, new):
            return
        self._is_behind = not self.isVisibleTo(self.window())
        if not self._is_behind:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what was edited while nobody saw it."""
        if self._is_behind:
            self._show()
        super().showEvent(event)

    def _show(self) -> None:
        self._is_behind = False
        recipe = self._document.project.recipe
        self.data.show_data(recipe.data, self._watch.facts)
        self.essentials.show_recipe(recipe, has_rate=not self.players.has_all_own)
        self.where.show_recipe(recipe)
        self.optimizer.show_choice(recipe.optimizer)
        self.schedule.show_choice(recipe.schedule)
        self.split.show_recipe(recipe)
        self._show_surroundings()
        self.players.refresh()
        self.options.show_options(recipe.options)
        self.phases.show_recipe(recipe)
        self._sum_up()

    def _show_device(self) -> None:
        """Let the device be chosen where the run is done here; another computer has its own."""
        where = self._destination.where
        self.essentials.device.setVisible(where is not Where.HOST)
        elsewhere = self.tr("The cluster says on which devices the run is done.")
        set_reason(self.essentials.menu, unless(where is Where.HERE, elsewhere))

    def _show_surroundings(self) -> None:
        project, watch = self._document.project, self._watch
        found = surroundings(self._document.main, project.recipe, watch.facts)
        self.options.show_surroundings(found)
        if isinstance(watch.facts, DataFacts):
            self.rate_curve.show_recipe(
                project.recipe, steps_per_epoch(project.recipe, watch.facts)
            )
        else:
            self.rate_curve.show_recipe(project.recipe)

    def _show_facts(self) -> None:
        self._show_surroundings()
        self.data.show_data(self._document.project.recipe.data, self._watch.facts)
        self.split.show_facts(self._watch.facts)
        while (item := self._problems.takeAt(0)) is not None:
            discard(item.widget())
        project = self._document.project
        for problem in standing(project, project.main, self._watch.problems):
            where = found_in_main(problem, self._document.state)
            self._problems.addWidget(ProblemCard(self._document, problem, where))
        self._sum_up()

    def _sum_up(self) -> None:
        """Say beside each title what its section holds."""
        recipe = self._document.project.recipe
        options = [OPTIONS[each.kind].title for each in recipe.options if each.kind in OPTIONS]
        for name, text in {
            "objectives": self.objectives.summary,
            "optimizer": self.optimizer.menu.currentText(),
            "players": self.players.summary,
            "schedule": self.schedule.menu.currentText(),
            "split": self.split.summary,
            "transforms": self.transforms.summary,
            "options": ", ".join(map(_translated, options)) or self.tr("none"),
            "beginning": self.beginning.summary,
        }.items():
            self.sections[name].sum_up(text)
        shown = {"players": self.players.has_several, "optimizer": not self.players.has_all_own}
        for name, is_shown in shown.items():
            self._lines[name].setVisible(is_shown)
            self.sections[name].setVisible(is_shown)

    def _retranslate(self) -> None:
        self._data_title.setText(self.tr("Data"))
        self._run_title.setText(self.tr("Run"))
        for name, title in {
            "objectives": self.tr("Loss and metrics"),
            "optimizer": self.tr("Optimizer"),
            "players": self.tr("Several players"),
            "schedule": self.tr("Learning-rate schedule"),
            "split": self.tr("Split and seed"),
            "transforms": self.tr("Transforms"),
            "options": self.tr("Options"),
            "beginning": self.tr("How it begins"),
        }.items():
            self.sections[name].set_title(title)
        self._show_facts()


def _translated(text: str) -> str:
    return QCoreApplication.translate("Recipe", text)
