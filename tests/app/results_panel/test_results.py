"""Results are those of the weights: page by page, and for what is drawn, dropped and pasted."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot
from sklearn import metrics

from app.results_panel import asking, results
from app.results_panel.drawing_field import DrawingField
from app.results_panel.results import ResultsView
from app.runs.events import Finished
from app.runs.folder import BEST
from app.runs.job import Job
from app.training.drawing import as_sample
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, project


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, Finished]:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("digits"), optimizer=Choice("Adam", {"lr": 0.01}), epochs=4)
    job = Job(project(network, recipe), folder=tmp_path_factory.mktemp("digits"), threads=1)
    finished = run_headless(job, lambda _: None)
    assert isinstance(finished, Finished)
    return job, finished


@pytest.fixture
def predictor(run: tuple[Job, Finished]) -> Predictor:
    job, _ = run
    assert job.folder is not None
    return Predictor(job, job.folder / BEST)


@pytest.fixture
def view(run: tuple[Job, Finished], qtbot: QtBot, look: None) -> ResultsView:
    view = ResultsView()
    qtbot.addWidget(view)
    view.resize(704, 640)
    view.show()
    view.show_run(*run)
    qtbot.waitUntil(lambda: view._outcome is not None, timeout=60_000)
    return view


def test_nothing_is_asked_while_nobody_looks(run: tuple[Job, Finished], qtbot: QtBot) -> None:
    view = ResultsView()
    qtbot.addWidget(view)
    view.show_run(*run)
    assert not view._worker.is_busy
    view.show()
    assert view._worker.is_busy
    view.hide()
    assert not view._worker.is_busy, "what was asked is let go"
    view.show()
    qtbot.waitUntil(lambda: view._outcome is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not view._figuring.is_busy)
    assert "thresholds" not in view.__dict__, "pages that are not looked at are not even made"


def test_nothing_is_held_of_what_is_shown_no_longer(
    view: ResultsView, run: tuple[Job, Finished], qtbot: QtBot
) -> None:
    """The model, its data and the pages that showed them; the next run is shown on new ones."""
    bars = len(view.findChildren(QScrollBar))
    for place in range(view._tabs.count()):
        if view._tabs.isTabVisible(place):
            view._tabs.setCurrentIndex(place)
            qtbot.waitUntil(lambda: not (view._figuring.is_busy or view.trying.worker.is_busy))
    assert view._outcome is not None
    shown = weakref.ref(view._outcome.predictor)
    assert len(view.findChildren(QScrollBar)) > bars
    view.forget()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert shown() is None
    assert len(view.findChildren(QScrollBar)) <= bars
    view._tabs.setCurrentIndex(0)
    view.show_run(*run)
    qtbot.waitUntil(lambda: view._outcome is not None, timeout=60_000)
    qtbot.waitUntil(lambda: len(view.mistakes.confusion._counts) == 10)


def test_a_cell_leads_to_its_samples(view: ResultsView, predictor: Predictor, qtbot: QtBot) -> None:
    (said,) = predictor.split("test")
    qtbot.waitUntil(lambda: len(view.mistakes.confusion._counts) == 10)
    np.testing.assert_array_equal(
        view.mistakes.confusion._counts, metrics.confusion_matrix(said.true, said.predicted)
    )
    row, column = np.argwhere(said.confusion() * (1 - np.eye(10)))[0].tolist()
    view.mistakes.confusion.matrix.choose((row, column))
    inside = np.flatnonzero((said.true == row) & (said.predicted == column))
    expected = said.samples[inside[np.argsort(-said.losses[inside], kind="stable")]].tolist()
    shown = view.mistakes.samples.list
    qtbot.waitUntil(lambda: shown.numbers == expected)
    view.mistakes.samples._all.click()
    assert view.mistakes.confusion.matrix.cell is None
    worst = said.samples[said.worst(60)].tolist()
    qtbot.waitUntil(lambda: shown.numbers == worst)
    view.mistakes.samples.order.setCurrentIndex(1)
    best = said.samples[said.ordered("best")[:60]].tolist()
    qtbot.waitUntil(lambda: shown.numbers == best)
    view.mistakes.samples.of_class.setCurrentIndex(4)
    qtbot.waitUntil(lambda: {said.true[said.samples == n][0] for n in shown.numbers} == {3})


def test_thresholds_and_reliability_are_those_of_the_split(
    view: ResultsView, predictor: Predictor, qtbot: QtBot
) -> None:
    (said,) = predictor.split("test")
    view._tabs.setCurrentIndex(results._THRESHOLDS)
    curves = view.thresholds
    qtbot.waitUntil(lambda: len(curves._all) == 10)
    curves.of_class.setCurrentIndex(7)
    area = metrics.roc_auc_score(said.true == 7, said.scores[:, 7])
    assert curves._captions[0].text() == f"ROC, AUC {area:.3f}"
    curves.threshold.setValue(250)
    recall = metrics.recall_score(said.true == 7, said.scores[:, 7] >= 0.25)
    assert f"Recall {recall:.3f}" in curves.figures.text()
    head, *rows = curves.rows
    assert head == ("class", "threshold", "false_positive_rate", "recall", "precision")
    assert {row[0] for row in rows} == set("0123456789")
    view._tabs.setCurrentIndex(results._RELIABILITY)
    qtbot.waitUntil(lambda: view.reliability._shown is not None)
    counts = [row[2] for row in list(view.reliability.rows)[1:]]
    assert counts == np.histogram(said.scores.max(1), np.linspace(0, 1, 11))[0].tolist()


def stroke(field: DrawingField, *shares: tuple[float, float], button: Qt.MouseButton) -> None:
    side = field._area().height()
    points = [QPoint(round(x * side), round(y * side)) for x, y in shares]
    QTest.mousePress(field, button, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(field, point)
    QTest.mouseRelease(field, button, pos=points[-1])


def test_a_digit_is_told_while_it_is_drawn(
    view: ResultsView, predictor: Predictor, qtbot: QtBot
) -> None:
    view.try_it()
    trying, field = view.trying, view.trial.drawing.field
    qtbot.waitUntil(lambda: not trying.worker.is_busy)
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    assert not field.ink().any()
    stroke(field, (0.45, 0.2), (0.5, 0.5), (0.5, 0.85), button=left)
    assert trying._outcome is not None
    like = trying._outcome.takes.drawable
    assert like is not None
    (expected,) = predictor.of_arrays([as_sample(field.ink(), like)])
    bars = view.trial.answer.bars
    qtbot.waitUntil(lambda: bool(bars.shown) and bars.shown[0][1] == expected.scores[0].max())
    assert bars.shown[0][0] == expected.class_names[int(expected.predicted[0])]
    assert not view.trial.answer._true.isVisible(), "nobody knows what it is"

    one = field.ink()
    stroke(field, (0.1, 0.1), (0.9, 0.9), button=left)
    assert field.ink().sum() > one.sum()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(field.ink(), one)
    stroke(field, (0.5, 0.4), (0.5, 0.9), button=right)
    assert field.ink().sum() < one.sum()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.is_empty
    qtbot.waitUntil(lambda: view.trial.answer.verdict.text() == "")


def test_a_picture_is_dropped_and_pasted(
    view: ResultsView, predictor: Predictor, tmp_path: Path, qtbot: QtBot
) -> None:
    """A dark digit on paper, much larger than those of the data, is taken for the same digit."""
    view.try_it()
    trying, answer = view.trying, view.trial.answer
    qtbot.waitUntil(lambda: not trying.worker.is_busy)
    (said,) = predictor.split("test")
    right = int(np.flatnonzero((said.true == said.predicted) & (said.true == 0))[0])
    digit = predictor.samples.data.features[said.samples[right], 0]
    paper = 1 - np.pad(np.kron(digit / digit.max(), np.ones((20, 20))), 60)
    Image.fromarray((255 * paper).astype(np.uint8)).save(tmp_path / "paper.png")
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(tmp_path / "paper.png"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(10, 10)
    view.trial.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, given, buttons, keys))
    qtbot.waitUntil(lambda: answer.verdict.text().startswith("0 "))

    answer.clear()
    QGuiApplication.clipboard().setImage(QImage(str(tmp_path / "paper.png")))
    view.trial._paste.click()
    qtbot.waitUntil(lambda: answer.verdict.text().startswith("0 "))
    QGuiApplication.clipboard().clear()
    view.trial._paste.click()
    assert answer.verdict.text() == "There is no picture on the clipboard."


def test_of_a_large_split_no_more_are_asked_than_memory_holds(
    run: tuple[Job, Finished], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_MOST_NUMBERS", 500)
    job, _ = run
    assert job.folder is not None
    found = asking.outcome(job, job.folder / BEST, "train", None, lambda: True)
    assert isinstance(found, asking.Outcome)
    assert found.asked == len(found.predictions[0].samples) == 50
    assert found.splits["train"] > 1000
    train = set(found.predictor.samples.prepared.split.train.tolist())
    assert set(found.predictions[0].samples.tolist()) <= train
    assert asking.outcome(job, job.folder / BEST, "", found, lambda: False) is None
