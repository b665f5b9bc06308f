"""The folder of a run, and runs that begin with what lies in one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from sklearn import metrics

from app.data.reading import load
from app.data.splitting import split_samples
from app.runs.events import EpochEnded, Finished, as_json
from app.runs.folder import (
    BEST,
    DATA,
    ENVIRONMENT,
    EVENTS,
    LAST,
    MODEL,
    PREDICT,
    PREPROCESSING,
    PROJECT,
    TRAIN,
)
from app.runs.job import Beginning, Job
from app.runs.store import read_run
from app.training.engine import train
from app.training.predict import Predictor
from graph_model.files.storage import load as load_project
from graph_model.network import Network
from graph_model.recipe import Choice
from tests.app.training.networks import mlp, project
from tests.app.training.running import IRIS, RUN_FILES, failure, job, losses, run
from tests.app.training.test_keeper import write_at_every_event


def test_the_folder_holds_all_that_is_needed_again(tmp_path: Path) -> None:
    here = job(mlp(4, 16, 3), IRIS, folder=tmp_path / "run")
    events = list(train(here))
    folder = tmp_path / "run"
    assert {file.name for file in folder.iterdir()} == RUN_FILES
    assert load_project(folder / PROJECT) == here.project
    lines = [json.loads(line) for line in (folder / EVENTS).read_text().splitlines()]
    assert lines == [as_json(event) for event in events]
    done = json.loads((folder / PREPROCESSING).read_text())
    assert done["outputs"][0]["class_names"] == ["setosa", "versicolor", "virginica"]
    data = load(IRIS.data)
    mean = data.features[split_samples(data, IRIS).train].mean(0)
    assert done["inputs"][0]["mean"] == pytest.approx(mean.tolist())


def test_best_and_last_weights_are_those_of_their_epochs(tmp_path: Path) -> None:
    recipe = replace(IRIS, optimizer=Choice("Adam", {"lr": 0.3}), epochs=8)
    here = job(mlp(4, 16, 3), recipe, folder=tmp_path)
    last = list(train(here))[-1]
    assert isinstance(last, Finished)
    assert last.best_epoch < 8, "the case is chosen so that the last epoch is not the best"
    (found,) = Predictor(here, tmp_path / BEST).split("validation")
    assert found.losses.mean() == pytest.approx(last.validation["loss"], rel=1e-5)
    (test,) = Predictor(here, tmp_path / BEST).split("test")
    expected = metrics.accuracy_score(test.true, test.predicted)
    assert last.test["accuracy"] == pytest.approx(expected)
    best, final = load_file(tmp_path / BEST), load_file(tmp_path / LAST)
    assert any(not torch.equal(best[name], final[name]) for name in best)


def test_a_run_can_begin_with_saved_weights(tmp_path: Path) -> None:
    network = mlp(4, 16, 3)
    first = run(network, IRIS, folder=tmp_path)
    again = run(network, IRIS, weights=Beginning(tmp_path / LAST))
    assert losses(again)[0] < losses(first)[0] / 2


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    run(mlp(4, 16, 3), IRIS, folder=tmp_path)
    failed = failure(run(mlp(4, 8, 3), IRIS, weights=Beginning(tmp_path / LAST)))
    assert failed.problem.code == "wrong_weights"
    (tmp_path / LAST).write_bytes(b"not weights")
    failed = failure(run(mlp(4, 16, 3), IRIS, weights=Beginning(tmp_path / LAST)))
    assert failed.problem.code == "no_weights"
    failed = failure(run(mlp(4, 16, 3), IRIS, weights=Beginning(tmp_path / "none.safetensors")))
    assert failed.problem.code == "file_not_found"


def test_weights_are_written_during_a_long_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_at_every_event(monkeypatch)
    for event in train(job(mlp(4, 8, 3), IRIS, folder=tmp_path)):
        if isinstance(event, EpochEnded):
            assert load_file(tmp_path / LAST)
            assert load_file(tmp_path / BEST)


def test_texts_in_the_folder_are_written_anew_and_never_executed(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    here = job(mlp(4, 8, 3), replace(IRIS, epochs=1), folder=folder)
    list(train(here))
    texts = {name: (folder / name).read_text() for name in (MODEL, TRAIN, PREDICT)}
    for name in texts:
        (folder / name).write_text(f"open({str(tmp_path / 'harm')!r}, 'w')\n")
    assert read_run(folder).outcome == "finished"
    Predictor(here, folder / BEST).split("test")
    further = replace(here, project=project(mlp_of(here), replace(IRIS, epochs=2)), resumes=True)
    assert isinstance(list(train(further))[-1], Finished)
    assert not (tmp_path / "harm").exists()
    assert (folder / MODEL).read_text() == texts[MODEL]
    assert (folder / TRAIN).read_text() == texts[TRAIN].replace("EPOCHS = 1", "EPOCHS = 2")
    assert (folder / PREDICT).read_text() == texts[PREDICT]


def test_a_run_of_an_earlier_version_goes_on_where_its_events_are(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    here = job(mlp(4, 8, 3), replace(IRIS, epochs=1), folder=folder)
    list(train(here))
    for name in (MODEL, TRAIN, PREDICT, DATA, ENVIRONMENT):
        (folder / name).unlink()
    (folder / EVENTS).rename(folder / "metrics.jsonl")
    assert read_run(folder).epochs == 1
    further = replace(here, project=project(mlp_of(here), replace(IRIS, epochs=2)), resumes=True)
    list(train(further))
    assert read_run(folder).epochs == 2
    assert not (folder / EVENTS).exists()


def mlp_of(job: Job) -> Network:
    return job.project.network
