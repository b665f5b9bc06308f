"""What chosen runs show: one its settings, figures and curves, several what they have apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.sentences import figures_text, phrase_text, problem_sentence
from app.live_panels.board import Board
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.folder import log_of
from app.runs.groups import Group
from app.runs.job import Job
from app.runs.record import Record
from app.runs.store import Run
from app.runs.summaries import Summary
from app.runs.told import told_until
from app.runs_panel.comparison_view import ComparisonView
from app.runs_panel.effects_view import EffectsView
from app.runs_panel.parallel_view import ParallelView
from app.runs_panel.past_results import PastResults, outcome_of
from app.widgets.arrangement import Arrangement
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.entry import Entry
from graph_model.network import Project
from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES

_FACTS: Final = 296
"""The width, in pixels, of what is told in words."""


class RunView(QWidget):
    """Tells of the runs that are chosen; the log of a single one is read beside the window."""

    def __init__(self, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: Sequence[Summary] = ()
        self._project: Project | None = None
        self._record: Record | None = None
        self._known = NOTHING
        self._facts = _Facts()
        self.curves = Board(arrangement, "run")
        """The curves of a single run."""
        self.results = PastResults()
        """What the trained model of a single run says."""
        self.single = QTabWidget()
        """The ways to look at one."""
        self.single.addTab(self.curves, "")
        self.single.addTab(self.results, "")
        self.comparison = ComparisonView(arrangement)
        """What there is to several."""
        self.effects, self.parallel = EffectsView(), ParallelView()
        self.several = QTabWidget()
        """The ways to look at several."""
        for view in (self.comparison, self.parallel, self.effects):
            self.several.addTab(view, "")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.single)
        self._pages.addWidget(self.several)
        self._reader = Latest(self)
        self._reader.done.connect(self._show_record)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._facts)
        row.addWidget(self._pages, 1)
        self._retranslate()

    def show_runs(self, chosen: Sequence[Summary], groups: Sequence[Group] = ()) -> None:
        """Show one run whole, or what several have reached and what differs between them."""
        is_same = [each.run.folder for each in chosen] == [each.run.folder for each in self._chosen]
        self._chosen, self._project, self._record = chosen, None, None
        self._facts.setVisible(len(chosen) == 1)
        self._pages.setCurrentWidget(self.several if len(chosen) > 1 else self.single)
        if not is_same:
            self.results.show_run(None, None)
            if len(chosen) != 1:
                self.results.forget()
        self.curves.show_record(Record())
        several = chosen if len(chosen) > 1 else ()
        self.comparison.show_runs(several, groups)
        for view in (self.effects, self.parallel):
            view.show_runs(several)
        if len(chosen) == 1:
            self._tell()
            self._reader.ask(_record, chosen[0].run.folder)

    def show_project(self, project: Project | None, known: Known = NOTHING) -> None:
        """Tell what the single run that is chosen trained."""
        self._project, self._known = project, known
        if len(self._chosen) == 1:
            self._tell()
            self._show_results()

    def _show_results(self) -> None:
        """Let the trained model be asked, once it is known what it is and what it came to."""
        if self._project is None or self._record is None:
            return
        run = self._chosen[0].run
        finished = outcome_of(run, self._record)
        if finished is not None:
            job = Job(self._project, folder=run.folder, known=self._known)
            self.results.show_run(job, finished)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_record(self, record: Record) -> None:
        if len(self._chosen) == 1:
            self.curves.show_record(record)
            self._record = record
            self._tell()
            self._show_results()

    def _tell(self) -> None:
        (summary,) = self._chosen
        run = summary.run
        rows = [*self._figures(run), *self._settings(), ("device", run.device)]
        if summary.labels.note:
            rows.append((self.tr("Note"), summary.labels.note))
        for noticed in self._record.noticed if self._record is not None else ():
            rows.append((self.tr("Noticed"), problem_sentence(noticed.problem)))
        self._facts.tell(summary.name, rows)

    def _figures(self, run: Run) -> Iterator[tuple[str, str]]:
        if run.host:
            yield "host", run.host
        if run.reason:
            yield self.tr("Outcome"), phrase_text(run.reason)
        yield self.tr("Validation"), figures_text(run.validation)
        yield self.tr("Test"), figures_text(run.test)

    def _settings(self) -> Iterator[tuple[str, str]]:
        if self._project is None:
            return
        recipe = self._project.recipe
        yield self.tr("Data"), _title(SOURCES, recipe.data.kind)
        yield "epochs", str(recipe.epochs)
        yield "batch_size", str(recipe.batch_size)
        yield "lr", _rate(recipe)
        yield self.tr("Optimizer"), _title(OPTIMIZERS, recipe.optimizer.kind)
        schedules = (recipe.schedule, *(each.schedule for each in recipe.phases))
        titles = (_title(SCHEDULES, each.kind) for each in schedules)
        yield self.tr("Schedule"), " → ".join(titles)
        yield "seed", str(recipe.seed)

    def _retranslate(self) -> None:
        titles = (self.tr("Curves"), self.tr("Parallel coordinates"), self.tr("Effects"))
        for at, title in enumerate(titles):
            self.several.setTabText(at, title)
        for at, title in enumerate((self.tr("Curves"), self.tr("Results"))):
            self.single.setTabText(at, title)
        if len(self._chosen) == 1:
            self._tell()


class _Facts(QWidget):
    """A title, and rows of a name and a value."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_FACTS)
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._title, "heading")
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addStretch(1)

    def tell(self, title: str, told: list[tuple[str, str]]) -> None:
        """Show these rows, of which those without a value are left out."""
        self._title.setText(title)
        rows = [(name, value) for name, value in told if value]
        while len(self._rows) < len(rows):
            self._add_row()
        for place, labels in enumerate(self._rows):
            words = rows[place] if place < len(rows) else ("", "")
            for label, text in zip(labels, words, strict=True):
                label.setText(text)
                label.setVisible(place < len(rows))

    def _add_row(self) -> None:
        name, value = QLabel(), QLabel()
        set_role(name, "caption")
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place = len(self._rows)
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, place, 1)
        self._rows.append((name, value))


def _record(folder: Path) -> Record:
    """Read all that a run has told; runs beside the window."""
    record = Record()
    for event in told_until(log_of(folder), sys.maxsize, sys.maxsize).events:
        record.add(event)
    return record


def _title(catalogue: Mapping[str, Entry], kind: str) -> str:
    """Return what an entry of a catalogue is called, by its name where there is none of it."""
    entry = catalogue.get(kind)
    return QCoreApplication.translate("Recipe", entry.title) if entry is not None else kind


def _rate(recipe: Recipe) -> str:
    kind = OPTIMIZERS.get(recipe.optimizer.kind)
    rate = kind.complete(recipe.optimizer.arguments).get("lr") if kind is not None else None
    return f"{rate:g}" if isinstance(rate, int | float) else ""
