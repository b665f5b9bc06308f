"""Where one trains: the recipe, the curves and results of the run, and the network beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import grouped
from app.language.sentences import problem_sentence, translate
from app.live_panels.board import Board
from app.live_panels.kinds import Circumstances
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.results_panel.epoch_pictures import EpochPictures
from app.results_panel.epoch_samples import EpochSamples
from app.results_panel.results import ResultsView, is_of_bundled
from app.runs.events import ANSWERS, PICTURES, Failed, Finished, Unreached
from app.runs.record import Record
from app.training_panel.destination import Where
from app.training_panel.edited_note import EditedNote
from app.training_panel.keeping_bar import KeepingBar
from app.training_panel.noticed_strip import NoticedStrip
from app.training_panel.recipe_panel import RecipePanel
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import HORIZONTAL, Arrangement
from app.widgets.button import Button
from app.widgets.reasons import set_reason, unless
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.editing.differences import Differences, are_related, differences
from graph_model.problems import Problem
from graph_model.recipes.facts import DataFacts

_PICTURES_TAB, _SAMPLES_TAB = 2, 3
_NAMES: Final = 8
"""How many weights are listed at once; the tip has all."""
_WIDTHS, _WIDE_WIDTHS = (312, 704, 264), (352, 968, 480)
"""The widths, in pixels, that recipe, curves and network have first, and on a wide screen.

The curves take what is gained.
"""
_WIDE_SCREEN: Final = 1800
_SETTLED: Final = 150
"""How many milliseconds after an edit what differs is looked for."""


class TrainingPanel(QWidget):
    """Shows the recipe, and the run that a trainer has under way or had last."""

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        arrangement: Arrangement,
        network: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        # Each begins within what it is to lie in: for one that comes there later, Qt puts the
        # stylesheet on all within it anew, level by level, two fifths of what the page takes.
        splitter = QSplitter(self)
        self.recipe_side, self.run_side = QWidget(splitter), QWidget(splitter)
        self._pages = QStackedWidget(self.run_side)
        self.recipe = RecipePanel(document, trainer, arrangement, self.recipe_side)
        self.curves = Board(arrangement, "curves", self._pages)
        """The panels of the run."""
        self.pictures = EpochPictures()
        """What outputs that give pictures give meanwhile."""
        self.samples = EpochSamples()
        """What outputs with a target say of some samples meanwhile."""
        self.results = ResultsView()
        """What the run came to."""
        self.edited = EditedNote()
        """How the network differs from the one that the run trained."""
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._compare)
        self._banner = QLabel()
        self._banner.setWordWrap(True)
        self._banner.setTextFormat(Qt.TextFormat.PlainText)
        self._banner.setMargin(SPACE)
        self._banner.hide()
        self._unreached: Unreached | None = None
        self.keeping = KeepingBar(trainer)
        """What is said where the run cannot be kept."""
        self.noticed = NoticedStrip(document)
        """What was noticed of the run."""
        self.noticed.place_chosen.connect(trainer.place_wanted)
        self._start = Button()
        set_role(self._start, "primary")
        self._start.clicked.connect(trainer.start)
        self._fill_recipe_side(self.recipe_side)
        self._fill_run_side(self.run_side)
        sides = (self.recipe_side, self.run_side, network)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        widths = _WIDE_WIDTHS if screen.width() >= _WIDE_SCREEN else _WIDTHS
        arrangement.split("training", HORIZONTAL, sides, widths, 1, splitter)
        outer.addWidget(splitter)
        trainer.state_changed.connect(self._show_state)
        trainer.run_started.connect(self._begin)
        self.curves.asked_changed.connect(self._observe)
        self._observe()
        trainer.session.progressed.connect(self.curves.follow)
        trainer.session.progressed.connect(self._show_pictures)
        trainer.session.progressed.connect(self.keeping.refresh)
        trainer.session.progressed.connect(self._say_beginning)
        trainer.session.progressed.connect(self._say_reach)
        trainer.session.progressed.connect(self._say_unreadable)
        trainer.session.ended.connect(self._end)
        document.replaced.connect(self._leave_run)
        document.changed.connect(lambda: self._settled.start())
        self._retranslate()
        if trainer.is_running:
            self._begin()

    def _observe(self) -> None:
        """Have a run tell what the panels in view show, and nothing else."""
        self._trainer.session.observe("panels", *self.curves.asked, PICTURES, ANSWERS)

    def _fill_recipe_side(self, left: QWidget) -> None:
        """Put in what a run is chosen and begun with."""
        set_role(left, "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.recipe, 1)
        foot = QFrame()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        rows.addWidget(self._start)
        column.addWidget(foot)

    def _fill_run_side(self, right: QWidget) -> None:
        """Put in what a run is watched on, in tabs."""
        self._tabs = unmoved_by_wheel(QTabBar())
        for _ in range(4):
            self._tabs.addTab("")
        for place in (_PICTURES_TAB, _SAMPLES_TAB):
            self._tabs.setTabVisible(place, False)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pages.addWidget(self.curves)
        self._pages.addWidget(self.results)
        self._pages.addWidget(self.pictures)
        self._pages.addWidget(self.samples)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SPACE, 0)
        head.setSpacing(2 * SPACE)
        head.addWidget(self._tabs)
        head.addWidget(self.edited, 1)
        box.addLayout(head)
        box.addWidget(self._banner)
        box.addWidget(self.keeping)
        box.addWidget(self.noticed)
        box.addWidget(self._pages, 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was edited while this was hidden."""
        super().showEvent(event)
        self._compare()

    def _compare(self) -> None:
        """Say how the network differs from the one whose run is shown."""
        if self.isVisible():
            job, record = self._trainer.job, self._trainer.session.record
            is_of_run = job is not None and self.curves.record is record
            project = self._document.project
            is_same = job is not None and are_related(job.project, project)
            found = differences(job.project, project) if job and is_same and is_of_run else None
            self.edited.show_differences(found or Differences())

    def _begin(self) -> None:
        """Show the run that has just been started."""
        self._banner.hide()
        self.edited.show_differences(Differences())
        self._tabs.setCurrentIndex(0)
        self.results.clear()
        self._show_record(self._trainer.session.record)

    def _show_pictures(self) -> None:
        """Show what outputs gave; there is a tab for it once there are pictures."""
        self.pictures.refresh()
        self.samples.refresh()
        self._offer_pictures(self.curves.record)

    def _show_record(self, record: Record) -> None:
        self.curves.show_record(record)
        self.pictures.show_record(record)
        self.samples.show_record(record, is_bundled=is_of_bundled(self._trainer.job))
        self._offer_pictures(record)

    def _offer_pictures(self, record: Record) -> None:
        for place, told in ((_PICTURES_TAB, record.pictures), (_SAMPLES_TAB, record.answers)):
            if bool(told) != self._tabs.isTabVisible(place):
                self._tabs.setTabVisible(place, bool(told))
                self._tabs.updateGeometry()  # which Qt forgets

    def _end(self, event: object) -> None:
        self.curves.refresh()
        self._show_pictures()
        if isinstance(event, Failed):
            self._say(event.problem)
        elif isinstance(event, Finished) and self._trainer.job is not None:
            self.results.show_run(self._trainer.job, event)
            if not event.stopped or self._tabs.currentIndex() < _PICTURES_TAB:
                self._tabs.setCurrentIndex(1 if not event.stopped else 0)

    def _leave_run(self) -> None:
        """Show nothing of the last run beside another network; one under way stays in view."""
        if self._trainer.is_running or self._has_weights():
            return
        self._banner.hide()
        self._show_record(Record())
        self.results.forget()
        self._compare()

    def _has_weights(self) -> bool:
        return self._trainer.weights_of(self._document.project) is not None

    def _say(self, problem: Problem, role: str = "error") -> None:
        set_role(self._banner, role)
        self._banner.setToolTip("")
        self._banner.setText(problem_sentence(problem))
        self._banner.show()

    def _say_reach(self) -> None:
        """Say that another computer is out of reach, as long as it is."""
        unreached = self._trainer.session.record.unreached
        if unreached is not None and unreached is not self._unreached:
            self._say(unreached.problem, "warning")
        elif unreached is None and self._unreached is not None:
            self._banner.hide()
        self._unreached = unreached

    def _say_unreadable(self) -> None:
        """Say how many pictures could not be read in the last epoch, if there were any."""
        epochs = self._trainer.session.record.epochs
        if not epochs or not epochs[-1].unreadable:
            return
        values = {
            "count": grouped(epochs[-1].unreadable),
            "first": epochs[-1].first_unreadable,
        }
        self._say(Problem("pictures_unreadable", values), "warning")

    def _say_beginning(self) -> None:
        """List what the weights that the run began with did not have, or had for nothing."""
        begun = self._trainer.session.record.begun_with
        if begun is None or not (begun.left or begun.unused) or self._banner.isVisibleTo(self):
            return
        parts = [self.tr("%n weight(s) taken from {0}.", "", begun.taken).format(begun.path)]
        if begun.left:
            parts.append(self.tr("Left as new: {0}").format(_some(begun.left)))
        if begun.unused:
            parts.append(self.tr("Not used: {0}").format(_some(begun.unused)))
        set_role(self._banner, "warning")
        self._banner.setText("\n".join(parts))
        self._banner.setToolTip("\n".join((*begun.left, *begun.unused)))
        self._banner.show()

    def _show_state(self) -> None:
        self.keeping.refresh()
        trainer = self._trainer
        self.curves.follow_circumstances(
            Circumstances(
                is_live=True,
                barred=trainer.watching_obstacle,
                is_elsewhere=trainer.is_elsewhere,
                is_compiled=trainer.is_compiled,
                class_names=self._class_names(),
            )
        )
        is_taken = trainer.destination.where is Where.SLURM
        self._start.setText(self.tr("Take the script…") if is_taken else self.tr("Start training"))
        set_reason(self._start, unless(trainer.can_start, trainer.obstacle, trainer.show_obstacle))

    def _class_names(self) -> tuple[str, ...]:
        facts = self._trainer.watch.facts
        names = facts.class_names if isinstance(facts, DataFacts) else ()
        return tuple(translate("ClassName", name) for name in names)

    def _retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Curves"))
        self._tabs.setTabText(1, self.tr("Results"))
        self._tabs.setTabText(_PICTURES_TAB, self.tr("Pictures"))
        self._tabs.setTabText(_SAMPLES_TAB, self.tr("Samples"))
        self.edited.retranslate()
        self._show_state()


def _some(names: tuple[str, ...]) -> str:
    """Return the first names, and an ellipsis where there are more."""
    return ", ".join((*names[:_NAMES], "…") if len(names) > _NAMES else names)
