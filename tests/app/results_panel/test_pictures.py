"""The pictures that a model gives are shown after a run: those of the weights, beside originals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from app.results_panel.epoch_pictures import EpochPictures
from app.results_panel.results import ResultsView
from app.runs.events import PICTURES, Finished, Pictured
from app.runs.folder import BEST
from app.runs.job import Job
from app.runs.record import Record
from app.training import engine, meanwhile
from app.training.control import Control
from app.training.headless import run_headless
from app.training.predict import Predictor
from app.training.showing import MOST, shown
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.codegen.samples import network

DRAWN = network("Shows", {
    "image": ("Input", {"shape": ("N", 1, 8, 8)}, ""),
    "flat": ("Flatten", {}, "image"),
    "again": ("Linear", {"out_features": 64}, "flat"),
    "loss": ("MSELoss", {}, "again flat"), "error": ("Output", {}, "loss"),
    "noise": ("Randn", {"shape": ("N", 3, 5, 5)}, ""),
    "copy": ("Output", {}, "again"), "made": ("Output", {}, "noise"),
})  # fmt: skip


def test_what_outputs_give_is_shown_after_a_run(tmp_path: Path, qtbot: QtBot) -> None:
    project = Project({"main": DRAWN}, "main", recipe=Recipe(Choice("digits"), epochs=1))
    job = Job(project, folder=tmp_path / "run", threads=1)
    events: list[object] = []
    run_headless(job, events.append)
    predictor = Predictor(job, tmp_path / "run" / BEST)
    copy, made = shown(predictor)

    data, split = predictor.samples.data, predictor.samples.prepared.split
    np.testing.assert_array_equal(copy.originals, data.features[split.test[:MOST]])
    (scaling,) = predictor.samples.prepared.scalings.values()
    flat = torch.from_numpy(scaling.apply(copy.originals)).flatten(1)
    with torch.no_grad():
        expected = predictor.model.get_submodule("again")(flat).numpy().reshape(-1, 1, 8, 8)
    np.testing.assert_allclose(copy.pictures, scaling.undo(expected), atol=1e-5)
    assert (copy.low, copy.high) == (0, 1)
    assert made.originals is None
    np.testing.assert_array_equal(made.pictures, shown(predictor)[1].pictures)  # the same draw

    view = ResultsView()
    qtbot.addWidget(view)
    view.show()
    finished = events[-1]
    assert isinstance(finished, Finished)
    with qtbot.waitSignal(view._worker.done, timeout=60_000):
        view.show_run(job, finished)
    assert view.pictures.isVisibleTo(view)
    assert not view.mistakes.isVisibleTo(view)
    view.pictures.resize(600, 300)
    grid = view.pictures._grid
    assert len(grid._originals) == len(grid._pictures) == MOST
    first = grid._originals[0]
    level = round(255 * float(copy.originals[0, 0, 3, 4]))
    assert abs(first.pixelColor(4, 3).red() - level) <= 1
    view.pictures._outputs.setCurrentIndex(1)
    assert not grid._originals
    assert not view.pictures._beside.isVisibleTo(view)


def test_pictures_are_told_after_each_epoch_and_change_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run whose pictures are looked at draws the same numbers at random as one that is not."""
    monkeypatch.setattr(meanwhile, "_APART", 0)
    project = Project({"main": DRAWN}, "main", recipe=Recipe(Choice("digits"), epochs=3))
    job = Job(project, threads=1)
    watching, record, plain = Control(), Record(), Record()
    watching.observe(PICTURES)
    for event in engine.train(job, watching):
        record.add(event)
    for event in engine.train(job):
        plain.add(event)
    assert not plain.pictures
    assert [each.epoch for each in record.pictures] == [1, 2, 3]
    np.testing.assert_array_equal(record.step_loss.y, plain.step_loss.y)
    copies = [each.shown[0].pictures for each in record.pictures]
    assert np.abs(copies[2] - copies[0]).max() > 0.01, "it learns meanwhile"
    noises = [each.shown[1].pictures for each in record.pictures]
    np.testing.assert_array_equal(noises[2], noises[0])

    view = EpochPictures()
    qtbot.addWidget(view)
    view.show_record(record)
    assert view.slider.value() == 2
    assert view.pictures._shown is record.pictures[2].shown
    view.slider.setValue(0)
    record.add(Pictured(4, record.pictures[1].shown))
    view.refresh()
    assert view.pictures._shown is record.pictures[0].shown, "who looks back goes on looking"
    view.slider.setValue(3)
    record.add(Pictured(5, record.pictures[2].shown))
    view.refresh()
    assert view.pictures._shown is record.pictures[-1].shown


def test_of_many_epochs_a_part_is_remembered() -> None:
    record = Record()
    for epoch in range(1, 1001):
        record.add(Pictured(epoch, ()))
    epochs = [each.epoch for each in record.pictures]
    assert len(epochs) <= 64
    assert epochs[-1] == 1000
    assert epochs == sorted(epochs)
    assert len(epochs) > 30
    assert set(np.diff([0, *epochs][:-1])) == {16}
