"""What a run came to: its figures, its mistakes, and the trained model tried on a sample."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
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
from app.results_panel.charts import ConfusionView, ScatterView
from app.results_panel.pictures_view import PicturesView
from app.results_panel.samples_view import SamplesView, TryView
from app.runs.events import Finished
from app.runs.job import Job
from app.runs.store import best_weights
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal
from graph_model.recipes.judging import LOSS, judged_by
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES

if TYPE_CHECKING:
    from app.runs.pictures import Shown
    from app.runs.predictions import Predictions
    from app.training.predict import Predictor
    from app.training.rows import CellField
    from app.training.text_trial import Continuation, TextField

_WORST = 12


@frozen
class Outcome:
    """What the trained model says of the split that was not trained on, and shows for it.

    There are no predictions where no output has a target. ``cells`` are what a row of a table has,
    ``text`` is how a text is taken, and ``texts`` has those of the worst samples.
    """

    predictor: Predictor
    predictions: Predictions | None
    shown: tuple[Shown, ...]
    cells: tuple[CellField, ...] = ()
    text: TextField | None = None
    texts: Mapping[int, str] = field(default_factory=dict)


@frozen
class Trial:
    """What the model says of one sample; where that is a text, which, and what of it is unknown."""

    predictions: Predictions
    text: str | None = None
    unknown: tuple[str, ...] = ()
    wrong: tuple[Problem, ...] = ()
    """Why nothing is said of some rows of a file."""


class ResultsView(QWidget):
    """Figures above; confusion or scatter, worst samples and a trial below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finished: Finished | None = None
        self._outcome: Outcome | None = None
        self._is_bundled = self._is_asked = False
        self._figures = QLabel()
        self._figures.setTextFormat(Qt.TextFormat.PlainText)
        self._figures.setWordWrap(True)
        self.confusion, self.scatter = ConfusionView(), ScatterView()
        self.pictures = PicturesView()
        self.worst = SamplesView()
        self.trial = TryView()
        self.trial.sample_chosen.connect(self._try_sample)
        self.trial.file_wanted.connect(self._try_file)
        self.trial.row_wanted.connect(self._try_row)
        self.trial.text.edited.connect(self._try_text)
        self.trial.text.wanted.connect(self._go_on)
        self._worker = Latest(self)
        self._worker.done.connect(self._take)
        self._tried = Latest(self)
        self._tried.done.connect(self._show_trial)
        # Scrolled where it is narrow: results that come must not push the other panels aside.
        self._below, views = QScrollArea(), QWidget()
        for ground in (self, views):
            set_role(ground, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._below.setFrameShape(QFrame.Shape.NoFrame)
        self._below.setWidgetResizable(True)
        self._below.setWidget(views)
        row = self._columns = QHBoxLayout(views)
        row.setContentsMargins(SPACE, 0, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self.confusion, 3)
        row.addWidget(self.scatter, 3)
        row.addWidget(self.pictures, 4)
        row.addWidget(self.worst, 3)
        row.addWidget(self.trial, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._figures.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        box.addWidget(self._figures)
        box.addWidget(self._below, 1)
        self._decides = LOSS
        self.clear()

    def clear(self) -> None:
        """Show nothing, before and during a run."""
        self._finished = self._outcome = None
        self._is_asked = False
        self._below.hide()
        self._say()

    def show_run(self, job: Job, finished: Finished) -> None:
        """Show the figures at once, and what needs the model when it has been asked."""
        self._finished = finished
        self._outcome = None
        kind = SOURCES[job.project.recipe.data.kind]
        self._is_bundled = kind.origin is not Origin.FILE
        self._decides = judged_by(job.recipe).figure
        weights = best_weights(job.folder) if job.folder is not None else None
        self._is_asked = weights is not None
        self._say()
        if weights is not None:
            self._worker.ask(_outcome, job, weights)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _take(self, outcome: Outcome | Refusal) -> None:
        if self._finished is None:  # cleared meanwhile
            return
        self._is_asked = False
        if isinstance(outcome, Refusal):
            self._figures.setText(problem_sentence(outcome.problem))
            return
        self._outcome = outcome
        self._say()
        self.pictures.setVisible(bool(outcome.shown))
        self.pictures.show_pictures(outcome.shown)
        for each in (self.confusion, self.scatter, self.worst, self.trial):
            each.setVisible(outcome.predictions is not None)
        if outcome.predictions is not None:
            self._show_predictions(outcome.predictor, self._named(outcome.predictions))
        self._below.show()

    def _show_predictions(self, predictor: Predictor, predictions: Predictions) -> None:
        is_flat = predictions.true.ndim == 1
        self.confusion.setVisible(predictions.is_of_classes and is_flat)
        self.scatter.setVisible(not predictions.is_of_classes)
        if predictions.is_of_classes and is_flat:
            self.confusion.show_counts(predictions.confusion(), predictions.class_names)
        elif not predictions.is_of_classes:
            self.scatter.show_points(predictions.true.ravel(), predictions.predicted.ravel())
        assert self._outcome is not None
        worst, texts = predictions.worst(_WORST), self._outcome.texts
        self.worst.show_samples(predictions, worst, self._features(), texts)
        self.trial.show_limits(predictor.samples.data.facts.samples)
        self.trial.text.show_field(self._outcome.text)
        cells = self._outcome.cells
        self.trial.ask_for(cells)
        self._columns.setStretchFactor(self.worst, 2 if cells else 3)
        self._columns.setStretchFactor(self.trial, 3 if cells else 2)
        self._try_sample(int(predictions.samples[0]))

    def _named(self, predictions: Predictions) -> Predictions:
        """Return predictions with the class names of bundled data in the language in use."""
        if not self._is_bundled:
            return predictions
        names = tuple(translate("ClassName", name) for name in predictions.class_names)
        return replace(predictions, class_names=names)

    def _features(self) -> NDArray[Any]:
        assert self._outcome is not None
        data = self._outcome.predictor.samples.data
        return data.features

    def _try_sample(self, index: int) -> None:
        if self._outcome is not None:
            self._tried.ask(_at, self._outcome.predictor, index)

    def _try_file(self) -> None:
        if self._outcome is None:
            return
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Predict for a file"))
        if name:
            self._tried.ask(_of_file, self._outcome.predictor, Path(name))

    def _try_row(self, cells: Mapping[str, str]) -> None:
        if self._outcome is not None:
            self._tried.ask(_of_row, self._outcome.predictor, cells)

    def _try_text(self, text: str) -> None:
        if self._outcome is not None and text.strip():
            self._tried.ask(_of_text, self._outcome.predictor, text)

    def _go_on(self, text: str, count: int, temperature: float, seed: int) -> None:
        if self._outcome is not None:
            self._tried.ask(_gone_on, self._outcome.predictor, text, count, temperature, seed)

    def _show_trial(self, found: Trial | Continuation | Refusal) -> None:
        if self._outcome is None:  # cleared meanwhile
            return
        if isinstance(found, Refusal):
            self.trial.complain(problem_sentence(found.problem))
        elif not isinstance(found, Trial):
            self.trial.text.show_continuation(found)
        else:
            if found.text is not None:
                self.trial.text.show_text(found.text)
            self.trial.show_prediction(self._named(found.predictions), self._features())
            self.trial.text.tell_unknown(found.unknown)
            self.trial.tell(self._told(found))

    def _told(self, found: Trial) -> str:
        """Return what is told of the rows of a file: how many there are, and what is wrong."""
        count = len(found.predictions.samples)
        lines = [] if count == 1 else [self.tr("The first of {0} that can be read.").format(count)]
        if found.wrong:
            lines.append(problem_sentence(found.wrong[0]))
        if len(found.wrong) > 1:
            lines.append(self.tr("{0} more cannot be read.").format(len(found.wrong) - 1))
        return "\n".join(lines)

    def _say(self) -> None:
        finished = self._finished
        set_role(self._figures, "" if finished else "muted")
        middle, left = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft
        self._figures.setAlignment(left if finished else middle)
        if finished is None:
            self._figures.setText(self.tr("After a run, its figures and mistakes stand here."))
            return
        best = self.tr("Best epoch {0} of {1}").format(finished.best_epoch, finished.epochs)
        if self._decides != LOSS:
            best = self.tr("{0}, by {1}").format(best, metric_title(self._decides))
        parts = [
            best,
            self.tr("Validation: {0}").format(figures_text(finished.validation)),
        ]
        if finished.test:
            parts.append(self.tr("Test: {0}").format(figures_text(finished.test)))
        parts.append(duration(finished.seconds, 1))
        outcome = self._outcome
        predictions = outcome.predictions if outcome else None
        names = self._named(predictions).class_names if predictions else ()
        shares = shares_texts(finished.test or finished.validation, names)
        # No break behind a point, which would end the line with it.
        waits = [self.tr("The trained model is being asked …")] if self._is_asked else []
        self._figures.setText("\n".join(("   ·\u00a0\u00a0\u00a0".join(parts), *shares, *waits)))


def _outcome(job: Job, weights: Path) -> Outcome | Refusal:
    """Ask the trained model; loads PyTorch, so only off the window's thread."""
    predict = importlib.import_module("app.training.predict")
    try:
        predictor: Predictor = predict.Predictor(job, weights)
        has_test = len(predictor.samples.prepared.split.test) > 0
        split = predictor.split("test" if has_test else "validation")
        shown: tuple[Shown, ...] = importlib.import_module("app.training.showing").shown(predictor)
    except Refusal as refusal:
        return refusal
    arrays = [each.array for each in predictor.preprocessing.entrances]
    rows = importlib.import_module("app.training.rows")
    cells = rows.cell_fields(predictor.samples.data, arrays)
    predictions = split[0] if split else None
    trial = importlib.import_module("app.training.text_trial")
    taken: TextField | None = trial.text_field(predictor.preprocessing, "")
    texts = {}
    if taken is not None and predictions is not None:
        worst = predictions.samples[predictions.worst(_WORST)].tolist()
        texts = {sample: trial.first_text(predictor, sample) for sample in worst}
    return Outcome(predictor, predictions, shown, () if taken else cells, taken, texts)


def _at(predictor: Predictor, index: int) -> Trial:
    text = importlib.import_module("app.training.text_trial").first_text(predictor, index)
    return Trial(predictor.at([index])[0], text or None)


def _of_row(predictor: Predictor, cells: Mapping[str, str]) -> Trial | Refusal:
    try:
        found: Predictions = importlib.import_module("app.training.rows").predict_row(
            predictor, cells
        )
    except Refusal as refusal:
        return refusal
    return Trial(found)


def _of_text(predictor: Predictor, text: str) -> Trial:
    trial = importlib.import_module("app.training.text_trial")
    return Trial(trial.predict_text(predictor, text), None, trial.unknown_in(predictor, text))


def _gone_on(
    predictor: Predictor, text: str, count: int, temperature: float, seed: int
) -> Continuation:
    trial = importlib.import_module("app.training.text_trial")
    found: Continuation = trial.continued(predictor, text, count, temperature, seed)
    return found


def _of_file(predictor: Predictor, path: Path) -> Trial | Refusal:
    trial = importlib.import_module("app.training.text_trial")
    try:
        text: str | None = trial.text_of_file(predictor, path)
        unknown = trial.unknown_in(predictor, text) if text else ()
        wrong: list[Problem] = []
        predictions = predictor.file(path, wrong)[0]
        return Trial(predictions, text, unknown, tuple(wrong))
    except Refusal as refusal:
        return refusal
