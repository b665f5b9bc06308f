"""Our scripts are about as long as those written by hand, which train alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.exporting.training import training_files
from app.project.examples import load_example
from app.runs.events import EpochEnded
from app.runs.job import Job
from app.training.engine import train
from codegen.emit import source
from graph_model.inference.infer import infer
from tests.codegen.training.cases import CASES, job
from tests.handwritten_training import SCRIPTS
from tests.scripts import run_script
from tools.code_length import lines_of_code

MOST = 1.3


def job_of(name: str) -> Job:
    """Return the job of which a script by hand is there."""
    if name != "of iris":
        return job(*CASES[name])
    iris = load_example("iris-mlp")
    return Job(replace(iris, recipe=replace(iris.recipe, epochs=2)), threads=1)


@pytest.mark.parametrize("name", SCRIPTS)
def test_ours_has_few_more_lines(name: str) -> None:
    ours = lines_of_code(training_files(job_of(name))["train.py"].decode())
    assert ours <= MOST * lines_of_code(SCRIPTS[name].read_text())


@pytest.mark.parametrize("name", SCRIPTS)
def test_those_by_hand_train_alike(name: str, tmp_path: Path) -> None:
    here = job_of(name)
    (tmp_path / "data.pt").write_bytes(training_files(here)["data.pt"])
    (tmp_path / "model.py").write_text(source(infer(here.project.network)).text)
    (tmp_path / "train.py").write_bytes(SCRIPTS[name].read_bytes())
    lines = run_script(tmp_path, "--epochs", str(here.recipe.epochs))
    by_hand = [line["validation"]["loss"] for line in lines if line["event"] == "epoch"]
    events = [event for event in train(here) if isinstance(event, EpochEnded)]
    assert by_hand == pytest.approx([each.validation["loss"] for each in events])
