"""Our scripts are about as long as those written by hand, which train alike."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.exporting.training import training_files
from app.project.examples import load_example
from app.runs.events import EpochEnded
from app.runs.job import Job
from app.training.engine import train
from codegen.model.emit import source
from graph_model.inference.infer import infer
from tests.codegen.training.test_script import CASES, job
from tests.handwritten_training import SCRIPTS
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


def test_those_by_hand_train_alike(tmp_path: Path) -> None:
    for name, path in SCRIPTS.items():
        folder = tmp_path / name
        folder.mkdir()
        here = job_of(name)
        (folder / "data.pt").write_bytes(training_files(here)["data.pt"])
        (folder / "model.py").write_text(source(infer(here.project.network)).text)
        (folder / "train.py").write_bytes(path.read_bytes())
        (folder / "epochs").write_text(str(here.recipe.epochs))
    program = """
import contextlib, runpy, sys
from pathlib import Path
for folder in Path(sys.argv[1]).iterdir():
    sys.path.insert(0, str(folder))
    epochs = (folder / "epochs").read_text()
    sys.argv[1:] = ["--threads", "1", "--json", "--epochs", epochs]
    with (folder / "told").open("w") as out, contextlib.redirect_stdout(out):
        runpy.run_path(str(folder / "train.py"), run_name="__main__")
    sys.path.pop(0)
    del sys.modules["model"]
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, cwd=tmp_path)
    for name in SCRIPTS:
        lines = map(json.loads, (tmp_path / name / "told").read_text().splitlines())
        by_hand = [line["validation"]["loss"] for line in lines if line["event"] == "epoch"]
        events = [event for event in train(job_of(name)) if isinstance(event, EpochEnded)]
        assert by_hand == pytest.approx([each.validation["loss"] for each in events]), name
