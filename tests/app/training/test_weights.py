"""Weights of samples, from the data to the files of a run and to what a thread trains."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from app.data.dataset import Dataset, with_sample_facts
from app.data.reading import load
from app.exporting.training import training_files
from app.runs.events import Finished, Steps
from app.runs.job import Job
from app.training import samples
from app.training.engine import train
from app.training.samples import digest, read_samples
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp
from tests.scripts import run_script

WEIGHTS = np.random.default_rng(2).uniform(0, 3, 150)
JOB = Job(
    Project({"main": mlp(4, 8, 3)}, "main", recipe=Recipe(Choice("iris"), epochs=2, batch_size=20)),
    threads=1,
)


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the flowers have weights."""

    def with_weights(choice: Choice) -> Dataset:
        return with_sample_facts(replace(load(choice), weights=WEIGHTS))

    monkeypatch.setattr(samples, "load", with_weights)


def losses() -> list[float]:
    events = list(train(JOB))
    assert isinstance(events[-1], Finished)
    return [loss for each in events if isinstance(each, Steps) for loss in each.losses]


def test_they_reach_the_script_and_the_thread_alike(weighed: None, tmp_path: Path) -> None:
    files = training_files(JOB)
    data = torch.load(io.BytesIO(files["data.pt"]))
    held: Tensor = data["samples"]["weights"]
    np.testing.assert_array_equal(held.numpy(), WEIGHTS.astype(np.float32))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "model.py").write_text(source(infer(JOB.project.network)).text)
    lines = run_script(tmp_path, "--threads", "1", "--json")
    told = [loss for line in lines if line["event"] == "steps" for loss in line["losses"]]
    assert told == losses()


def test_other_weights_are_other_data(weighed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before, told = digest(read_samples(JOB)), losses()
    monkeypatch.setattr(samples, "load", load)
    assert digest(read_samples(JOB)) != before
    assert losses() != told
