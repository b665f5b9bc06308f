"""What a run came to: its figures, its mistakes, and the trained model tried on a sample."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.numbers import duration
from app.language.sentences import (
    figures_text,
    metric_title,
    problem_sentence,
    shares_texts,
    translate,
)
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.asking import Outcome, outcome
from app.results_panel.choices_bar import ChoicesBar
from app.results_panel.explain_page import ExplainPage
from app.results_panel.mistakes_page import MistakesPage
from app.results_panel.pictures_view import PicturesView
from app.results_panel.reliability_view import ReliabilityView
from app.results_panel.thresholds_view import ThresholdsView
from app.results_panel.try_view import TryView
from app.results_panel.trying import Trying
from app.runs.events import Finished
from app.runs.job import Job
from app.runs.predictions import Predictions
from app.runs.reliability import reliability_of
from app.runs.thresholds import all_against_rest
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Refusal
from graph_model.recipes.judging import LOSS, judged_by
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES

if TYPE_CHECKING:
    from app.runs.thresholds import Thresholds

_PAGES: Final = 6
_MISTAKES, _THRESHOLDS, _RELIABILITY, _PICTURES, _TRIAL, _WHY = range(_PAGES)
_MADE: Final = {"mistakes", "thresholds", "reliability", "pictures", "trying", "why"}
_LEAST_OF_TABS: Final = 72
"""How many pixels the tabs keep where it is narrow; the others are scrolled to."""
_LEAST_OF_FIGURES: Final = 200
"""The same of the figures: a run that ends must not push the other panels aside."""
AnyPage = TypeVar("AnyPage", bound=QWidget)
_FIGURES: Final[Mapping[int, Callable[[Predictions], object]]] = {
    _MISTAKES: lambda said: said.confusion() if said.has_one_class else None,
    _THRESHOLDS: all_against_rest,
    _RELIABILITY: reliability_of,
}
"""What is worked out beside the window for a page, once it is looked at."""


class ResultsView(QWidget):
    """Figures above; below, page by page, what a trained model says of a split of its data.

    The model is asked beside the window, and only while somebody looks.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._finished: Finished | None = None
        self._outcome: Outcome | None = None
        self._is_bundled = self._is_due = False
        self._asked = threading.Event()
        self._due: set[int] = set()
        self._decides = LOSS
        self._figures = QLabel()
        self._figures.setTextFormat(Qt.TextFormat.PlainText)
        self._figures.setWordWrap(True)
        self._figures.setMinimumWidth(_LEAST_OF_FIGURES)
        self._figures.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        self.bar = ChoicesBar()
        """Of which split, output and weights."""
        self.bar.asked.connect(self._ask)
        self.bar.output_chosen.connect(self._show_all)
        self._worker = Latest(self)
        self._worker.done.connect(self._take)
        self._figuring = Latest(self)
        self._figuring.done.connect(self._take_figures)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._below = self._pages_below()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._figures)
        box.addWidget(self._below, 1)
        self._retranslate()
        self.clear()

    def _pages_below(self) -> QWidget:
        """Put the pages under a bar of tabs, and of what they are shown."""
        self._tabs = unmoved_by_wheel(QTabBar())
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setMinimumWidth(_LEAST_OF_TABS)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pages = QStackedWidget()
        for _ in range(_PAGES):
            self._tabs.addTab("")
            self._pages.addWidget(_scrolled())
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._tabs.currentChanged.connect(lambda _: self._show_page())
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._tabs, 1)
        head.addWidget(self.bar)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        return below

    @cached_property
    def mistakes(self) -> MistakesPage:
        """Confusion, or predicted and true, with the samples."""
        page = self._made(_MISTAKES, MistakesPage)
        page.opened.connect(self.try_it)
        return page

    @cached_property
    def thresholds(self) -> ThresholdsView:
        """ROC, and precision over recall."""
        return self._made(_THRESHOLDS, ThresholdsView)

    @cached_property
    def reliability(self) -> ReliabilityView:
        """Confidence against accuracy."""
        return self._made(_RELIABILITY, ReliabilityView)

    @cached_property
    def pictures(self) -> PicturesView:
        """What outputs that give pictures give, beside what they follow from."""
        return self._made(_PICTURES, PicturesView)

    @cached_property
    def trying(self) -> Trying:
        """The model tried."""
        return Trying(page := self._made(_TRIAL, TryView), self._named, page)

    @cached_property
    def why(self) -> ExplainPage:
        """What an answer rests on."""
        return self._made(_WHY, ExplainPage)

    @property
    def trial(self) -> TryView:
        """What it is tried on, and its answer."""
        return self.trying.view

    def _made(self, place: int, kind: type[AnyPage]) -> AnyPage:
        """Make a page, into the scrolled ground that waits for it."""
        page = kind()
        area = self._pages.widget(place)
        assert isinstance(area, QScrollArea)
        area.setWidget(page)
        return page

    def clear(self) -> None:
        """Show nothing, before and during a run."""
        self._asked.set()
        self._job = self._finished = self._outcome = None
        self._is_due = False
        if "trying" in self.__dict__:  # made already
            self.trying.use(None, 0)
        self._below.hide()
        self._say()

    def forget(self) -> None:
        """Show nothing, and keep no page: each holds the model and the data that it showed."""
        self.clear()
        for worker in (self._worker, self._figuring):
            worker.drop()
        for name in _MADE & self.__dict__.keys():
            del self.__dict__[name]
        for area in map(self._pages.widget, range(_PAGES)):
            if isinstance(area, QScrollArea) and (page := area.takeWidget()):
                page.deleteLater()

    def show_run(self, job: Job, finished: Finished) -> None:
        """Show the figures at once, and what needs the model when it has been asked."""
        self.clear()
        self._job, self._finished = job, finished
        self._is_bundled = is_of_bundled(job)
        self._decides = judged_by(job.recipe).figure
        self.bar.begin(job.folder)
        self._is_due = self.bar.chosen_weights is not None
        self._say()
        if self.isVisible():
            self._ask_if_due()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what was not asked while nobody looked."""
        super().showEvent(event)
        self._ask_if_due()
        self._show_page()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go what is asked just now, until somebody looks again."""
        super().hideEvent(event)
        if self._worker.is_busy and not event.spontaneous():
            self._asked.set()
            self._worker.drop()
            self._is_due = True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_all()
        super().changeEvent(event)

    # ——— asking ———

    def _ask_if_due(self) -> None:
        if self._is_due:
            self._ask()

    def _ask(self) -> None:
        """Ask the model of the split that is chosen, in place of what was asked before."""
        weights = self.bar.chosen_weights
        if self._job is None or weights is None:
            return
        self._asked.set()
        asked = self._asked = threading.Event()
        self._is_due = False
        split = self.bar.chosen_split

        def goes_on() -> bool:
            return not asked.is_set()

        self._worker.ask(outcome, self._job, weights, split, self._outcome, goes_on)
        self._say()

    def _take(self, found: Outcome | Refusal | None) -> None:
        if self._finished is None or found is None:  # cleared meanwhile, or not wanted
            return
        if isinstance(found, Refusal):
            self._say()
            self._figures.setText(problem_sentence(found.problem))
            return
        self._outcome = found
        self.bar.show_outcome(found)
        self._say()
        self._show_all()
        self._below.show()

    def _show_all(self) -> None:
        """Show all pages anew, each when it is looked at."""
        found = self._outcome
        if found is None:
            return
        predictions = self._predictions
        are_classes = predictions is not None and bool(len(predictions.scores))
        offered = (predictions is not None, are_classes, are_classes, bool(found.shown),
                   predictions is not None, predictions is not None)  # fmt: skip
        for place, is_offered in enumerate(offered):
            self._tabs.setTabVisible(place, is_offered)
        self._tabs.setTabText(0, self._tabs.tabText(0))  # or Qt leaves the room of hidden tabs
        if not self._tabs.isTabVisible(self._tabs.currentIndex()):
            self._tabs.setCurrentIndex(offered.index(True))
        self._due = {_PICTURES} if predictions is None else set(range(_PAGES))
        self._show_page()

    def _show_page(self) -> None:
        """Bring the page that is looked at up to date, once."""
        page, predictions, found = self._pages.currentIndex(), self._predictions, self._outcome
        if not self.isVisible() or found is None or page not in self._due:
            return
        self._due.discard(page)
        if page == _PICTURES:
            self.pictures.show_pictures(found.shown)
        elif page == _TRIAL:
            self.trying.use(found, self.bar.chosen_output)
            self.trying.begin()
        elif page == _WHY and predictions is not None:
            self.why.show_outcome(found, predictions, self.bar.chosen_output)
        elif predictions is not None:
            if page == _THRESHOLDS:
                self.thresholds.wait()
            self._figuring.ask(_figures_of, page, predictions)

    def _take_figures(self, found: tuple[int, Predictions, Any]) -> None:
        page, predictions, figures = found
        if page == _MISTAKES and self._outcome is not None:
            self.mistakes.show_predictions(self._outcome.predictor, predictions, figures)
        elif page == _THRESHOLDS:
            told: tuple[Thresholds, ...] = figures
            names = [predictions.name(place) for place in range(len(told))]
            self.thresholds.show_thresholds(told, names)
        elif page == _RELIABILITY:
            self.reliability.show_reliability(figures)

    @property
    def _predictions(self) -> Predictions | None:
        """What the chosen output says, with its classes in the language in use."""
        found = self._outcome
        if found is None or not found.predictions:
            return None
        place = min(self.bar.chosen_output, len(found.predictions) - 1)
        return self._named(found.predictions[place])

    def _named(self, predictions: Predictions) -> Predictions:
        """Return predictions with the class names of bundled data in the language in use."""
        if not self._is_bundled:
            return predictions
        names = tuple(translate("ClassName", name) for name in predictions.class_names)
        return replace(predictions, class_names=names)

    def try_it(self, sample: int | None = None) -> None:
        """Show the page where the model is tried, on this sample where one is given."""
        self._tabs.setCurrentIndex(_TRIAL)
        if sample is not None:
            self.trying.try_sample(sample)

    # ——— saying ———

    def _retranslate(self) -> None:
        titles = (
            self.tr("Predictions"),
            self.tr("Thresholds"),
            self.tr("Reliability"),
            self.tr("Pictures"),
            self.tr("Try it"),
            self.tr("Explain"),
        )
        for place, title in enumerate(titles):
            self._tabs.setTabText(place, title)
        self._say()

    def _say(self) -> None:
        finished = self._finished
        set_role(self._figures, "" if finished else "muted")
        middle, left = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft
        self._figures.setAlignment(left if finished else middle)
        waits = self._worker.is_busy
        self.bar.tell(self.tr("being asked …") if waits else "")
        if finished is None:
            self._figures.setText(self.tr("After a run, its figures and mistakes stand here."))
            return
        best = self.tr("Best epoch {0} of {1}").format(finished.best_epoch, finished.epochs)
        if self._decides != LOSS:
            best = self.tr("{0}, by {1}").format(best, metric_title(self._decides))
        parts = [
            best,
            duration(finished.seconds, 1),
            self.tr("Validation: {0}").format(figures_text(finished.validation)),
        ]
        if finished.test:
            parts.append(self.tr("Test: {0}").format(figures_text(finished.test)))
        parts = [each.replace(" ", "\N{NO-BREAK SPACE}") for each in parts]
        predictions = self._predictions
        names = predictions.class_names if predictions is not None else ()
        shares = shares_texts(finished.test or finished.validation, names)
        # No break behind a point, which would end the line with it.
        told = [self.tr("The trained model is being asked …")] if waits else []
        told = [] if self._outcome is not None else told
        self._figures.setText("\n".join((" ·\u00a0".join(parts), *shares, *told)))


def _scrolled() -> QScrollArea:
    """Return the ground of a page, scrolled where it is too small: it pushes nothing aside."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    return area


def is_of_bundled(job: Job | None) -> bool:
    """Tell whether a run trains on data whose class names come in several languages."""
    return job is not None and SOURCES[job.recipe.data.kind].origin is not Origin.FILE


def _figures_of(page: int, predictions: Predictions) -> tuple[int, Predictions, object]:
    return page, predictions, _FIGURES[page](predictions)
