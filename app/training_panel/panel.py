"""The training tab: what to train on, how, the curves of the run under way, and its results."""

from __future__ import annotations

import importlib
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.settings import home
from app.training.estimate import estimate, memory_problem
from app.training.events import Failed, Finished
from app.training.free_memory import free_on
from app.training.job import Job
from app.training_panel.data_watch import DataWatch
from app.training_panel.recipe_panel import RecipePanel
from app.training_panel.session import TrainingSession, engine
from graph_model.block_library import extract
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipes.facts import DataFacts

if TYPE_CHECKING:
    from app.training_panel.curves_view import CurvesView
    from app.training_panel.results import ResultsView

RUNS = "runs"
BEST = "best.safetensors"


class TrainingPanel(QWidget):
    """Starts, steers and shows one run at a time.

    ``state_changed`` says that :attr:`is_running` or :attr:`is_paused` differ. ``progressed``
    carries the fraction done, or ``None``, and a text with the time left. ``problem_found``
    carries what a run ended with; ``run_started`` and ``run_ended`` frame every run.
    """

    state_changed = Signal()
    progressed = Signal(object, str)
    problem_found = Signal(object)
    run_started = Signal()
    run_ended = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._device = "cpu"
        self._job: Job | None = None
        self.watch = DataWatch(document)
        self.session = TrainingSession(self)
        self.recipe = RecipePanel(document, self.watch)
        self._views: tuple[CurvesView, ResultsView] | None = None
        self._banner = QLabel()
        self._banner.setWordWrap(True)
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setMargin(SPACE)
        self._banner.hide()
        self._start = QPushButton()
        set_role(self._start, "primary")
        self._start.clicked.connect(self.start)
        self._again = QCheckBox()
        self._again.setEnabled(False)
        self._isolated = QCheckBox()
        self._build()
        self.session.state_changed.connect(self._show_state)
        self.session.progressed.connect(self._progress)
        self.session.ended.connect(self._end)
        self.watch.changed.connect(self._show_state)
        document.changed.connect(self._show_state)
        self._retranslate()

    def _build(self) -> None:
        left = QWidget()
        set_role(left, "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.recipe, 1)
        foot = QFrame()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.setSpacing(SPACE // 2)
        switches = QHBoxLayout()
        switches.setSpacing(2 * SPACE)
        switches.addWidget(self._isolated)
        switches.addWidget(self._again)
        switches.addStretch()
        rows.addLayout(switches)
        rows.addWidget(self._start)
        column.addWidget(foot)
        self._tabs = QTabBar()
        self._tabs.addTab("")
        self._tabs.addTab("")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._pages = QStackedWidget()
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._tabs)
        box.addWidget(self._banner)
        box.addWidget(self._pages, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([300, 700])
        splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    @property
    def curves(self) -> CurvesView:
        """The plots of the run."""
        return self._shown_views()[0]

    @property
    def results(self) -> ResultsView:
        """What the run came to."""
        return self._shown_views()[1]

    def _shown_views(self) -> tuple[CurvesView, ResultsView]:
        """Make the plots when they are first needed: pyqtgraph takes half a second to import."""
        if self._views is None:
            curves = importlib.import_module("app.training_panel.curves_view").CurvesView()
            results = importlib.import_module("app.training_panel.results").ResultsView()
            self._views = (curves, results)
            self._pages.addWidget(curves)
            self._pages.addWidget(results)
            self._pages.setCurrentIndex(self._tabs.currentIndex())
        return self._views

    def showEvent(self, event: QShowEvent) -> None:
        self._shown_views()
        super().showEvent(event)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self.session.is_running

    @property
    def is_paused(self) -> bool:
        """Whether the run under way waits."""
        return self.session.is_paused

    @property
    def can_start(self) -> bool:
        """Whether nothing stands between the network and a run."""
        return not self.is_running and not self._document.main.has_errors and self.fits_its_data

    @property
    def fits_its_data(self) -> bool:
        """Whether there are data, and the recipe suits them."""
        return isinstance(self.watch.facts, DataFacts) and not any(
            problem.is_error for problem in self.watch.problems
        )

    def weights_of(self, project: Project) -> Path | None:
        """Return the best weights of the last run, where it trained this very network."""
        job = self._job
        if job is None or job.folder is None or not _is_same_model(job.project, project):
            return None
        path = job.folder / BEST
        return path if path.exists() else None

    def start(self) -> None:
        """Start a run, or go on with one that is paused."""
        if self.is_running:
            if self.is_paused:
                self.session.pause()
            return
        if not self.can_start or not self._memory_suffices():
            return
        weights = self.weights_of(self._document.project) if self._again.isChecked() else None
        project = self._document.project
        folder = _new_folder(project.network.name)
        self._job = job = Job(project, self._device, folder, weights, known=self._document.known)
        run = (
            engine("process", "train_in_process")
            if self._isolated.isChecked()
            else engine("loop", "train")
        )
        self._banner.hide()
        self._tabs.setCurrentIndex(0)
        self.results.clear()
        self.session.start(lambda control: run(job, control))
        self.curves.show_record(self.session.record)
        self.run_started.emit()
        self.progressed.emit(None, self.tr("Loading PyTorch and the data…"))

    def pause(self) -> None:
        """Pause the run, or go on with it."""
        if self.is_running:
            self.session.pause()

    def step(self) -> None:
        """Do one step and pause; start a run with a single step where there is none."""
        if not self.is_running:
            self.start()
        if self.is_running:
            self.session.step()

    def stop(self) -> None:
        """End the run, keeping its weights."""
        if self.is_running:
            self.session.stop()

    def set_device(self, device: str) -> None:
        """Train on this device, as torch names it, from the next run on."""
        self._device = device

    def may_close(self) -> bool:
        """Ask what is to become of a run under way; say whether the window may close."""
        if not self.is_running:
            return True
        answer = QMessageBox.question(
            self,
            self.tr("Training is under way"),
            self.tr("Stop the run and close? Its weights so far are kept."),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
        )
        if answer != QMessageBox.StandardButton.Yes:
            return False
        self.session.wait()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _memory_suffices(self) -> bool:
        """Warn of a run that may not fit into memory; return whether to start it."""
        facts = self.watch.facts
        assert isinstance(facts, DataFacts)
        free = free_on(self._device)
        needed = estimate(self._document.project.recipe, self._document.main, facts, free)
        problem = memory_problem(needed, free, self._device)
        if problem is None:
            return True
        question = problem_sentence(problem) + "\n\n" + self.tr("Start all the same?")
        answer = QMessageBox.warning(
            self,
            self.tr("Memory"),
            question,
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
        )
        return answer == QMessageBox.StandardButton.Yes

    def _progress(self) -> None:
        record = self.session.record
        self.curves.refresh()
        if record.started is None or record.ended is not None:
            return
        epoch = min(len(record.epochs) + 1, record.started.epochs)
        text = self.tr("Epoch {0} of {1}").format(epoch, record.started.epochs)
        left = record.seconds_left()
        if left is not None:
            text += " · " + self.tr("{0} left").format(_duration(left))
        self.progressed.emit(record.fraction, text)

    def _end(self, event: object) -> None:
        self.curves.refresh()
        if isinstance(event, Failed):
            self._say(event.problem)
            self.problem_found.emit(event.problem)
        elif isinstance(event, Finished) and self._job is not None:
            self._again.setEnabled(True)
            self.results.show_run(self._job, event)
            self._tabs.setCurrentIndex(1 if not event.stopped else 0)
        if self._job is not None:
            self.run_ended.emit()

    def _say(self, problem: Problem) -> None:
        set_role(self._banner, "error")
        self._banner.setText(problem_sentence(problem))
        self._banner.show()

    def _show_state(self) -> None:
        self._start.setEnabled(self.can_start)
        self._isolated.setEnabled(not self.is_running)
        self.state_changed.emit()

    def _retranslate(self) -> None:
        self._start.setText(self.tr("Start training"))
        self._isolated.setText(self.tr("Separate process"))
        self._isolated.setToolTip(
            self.tr("Train in a process of its own: safer, and full speed for tiny steps")
        )
        self._again.setText(self.tr("From best weights"))
        self._again.setToolTip(self.tr("Begin with the best weights of the last run"))
        self._tabs.setTabText(0, self.tr("Curves"))
        self._tabs.setTabText(1, self.tr("Results"))
        self._show_state()


def runs_folder() -> Path:
    """Return the folder in which runs are kept."""
    return home() / RUNS


def _is_same_model(project: Project, other: Project) -> bool:
    """Tell whether two projects train the same network, however it and its blocks are called."""
    mine, others = (
        {
            id: (network.nodes, network.edges, network.parameters)
            for id, network in needed.networks.items()
        }
        | dict(needed.layers)
        for needed in (extract(each, each.main) for each in (project, other))
    )
    return mine == others


def _new_folder(name: str) -> Path:
    """Return a fresh folder for a run, named by the time and the network."""
    plain = re.sub(r"[^\w]+", "-", name).strip("-")[:40] or "network"
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    folder = runs_folder() / f"{stamp} {plain}"
    number = 2
    while folder.exists():
        folder = folder.with_name(f"{stamp} {plain} {number}")
        number += 1
    return folder


def _duration(seconds: float) -> str:
    """Write a duration as people do: ``48 s``, ``3:05``, ``2:07:30``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"
