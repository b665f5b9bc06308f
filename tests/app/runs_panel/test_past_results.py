"""The model of a run of the past is asked with one click: of its folder's weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs.events import EpochEnded, Finished
from app.runs.folder import BEST, LAST, runs_folder
from app.runs.job import Job
from app.runs.record import Record
from app.runs.store import Run
from app.runs_panel.panel import RunsPanel
from app.runs_panel.past_results import outcome_of
from app.training.headless import run_headless
from app.training.predict import Predictor
from app.widgets.arrangement import Arrangement
from graph_model.network import empty_project
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp, project


@pytest.fixture
def job() -> Job:
    network = mlp(30, 8, 2)
    recipe = Recipe(Choice("breast_cancer"), epochs=2)
    job = Job(project(network, recipe), folder=runs_folder() / "2026-01-01 00.00.00 Net", threads=1)
    run_headless(job, lambda _: None)
    return job


def test_a_click_shows_what_a_run_of_the_past_says(qtbot: QtBot, look: None, job: Job) -> None:
    assert job.folder is not None
    panel = RunsPanel(Document(empty_project()), Arrangement())
    qtbot.addWidget(panel)
    panel.resize(1280, 900)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.list.runs) == 1)
    panel.list.table.choose([job.folder])
    side = panel.run_side
    qtbot.waitUntil(lambda: side._record is not None and side._project is not None)
    assert side.results.view is None, "nothing is asked before somebody looks"
    side.single.setCurrentWidget(side.results)
    view = side.results.view
    assert view is not None
    qtbot.waitUntil(lambda: view._outcome is not None, timeout=60_000)
    (expected,) = Predictor(job, job.folder / BEST).split("test")
    confusion = view.mistakes.confusion
    qtbot.waitUntil(lambda: confusion._counts.shape == (2, 2))
    np.testing.assert_array_equal(confusion._counts, expected.confusion())

    found = view._outcome
    view.bar.weights.setCurrentIndex(1)
    view.bar.weights.activated.emit(1)
    qtbot.waitUntil(lambda: view._outcome is not found, timeout=60_000)
    assert view._outcome is not None
    assert view._outcome.weights == job.folder / LAST
    assert view._outcome.predictor.samples is found.predictor.samples, "data are not read again"
    view.bar.split.setCurrentIndex(2)
    view.bar.split.activated.emit(2)
    qtbot.waitUntil(lambda: view._outcome.split == "train", timeout=60_000)
    (expected,) = Predictor(job, job.folder / LAST).split("train")
    qtbot.waitUntil(lambda: bool((confusion._counts == expected.confusion()).all()))

    reader = view.mistakes.samples._reader
    qtbot.waitUntil(lambda: not reader.is_busy)
    side.single.setCurrentWidget(side.curves)
    view.mistakes.show_predictions(found.predictor, found.predictions[0], None)
    assert not reader.is_busy, "what is hidden reads nothing"


def test_a_run_that_was_cut_off_has_come_to_its_best_epoch() -> None:
    record, figures = Record(), {"loss": 0.2}
    run = Run(Path("run"), "cut off", 3, figures, seconds=6.0)
    assert outcome_of(run, record) is None
    for epoch, loss in ((1, 0.4), (2, 0.2), (3, 0.3)):
        told = {"loss": loss}
        record.add(EpochEnded(epoch, 10 * epoch, told, told, 0.1, 5.0, 2.0, loss in (0.4, 0.2)))
    assert outcome_of(run, record) == Finished(3, 2, figures, {}, 6.0, stopped=True)
