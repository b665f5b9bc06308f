"""The record of an experiment: read as it was written, and of more worth than what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.experiments.experiment import Experiment
from app.experiments.keeping import KeptQueue
from app.experiments.record import (
    RECORD,
    KeptTrial,
    begin,
    experiment_of,
    interrupted,
    keep,
    read_record,
    read_records,
    standings_of,
)
from app.experiments.standing import FAILED, FINISHED, UNDER_WAY, WAITING
from app.project.examples import load_example
from app.runs.store import read_run
from app.training.engine import train
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Objective
from tests.app.runs.kept import keep_run


def experiment() -> Experiment:
    project = load_example("iris-mlp")
    output = next(each.id for each in project.network.nodes.values() if each.kind == "Output")
    usual = Objective(output, "y", Choice("CrossEntropyLoss"))
    return Experiment("rates", project, (usual,), "cpu")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    record = begin(tmp_path / "a", experiment())
    trials = (KeptTrial({"lr": "0.1"}, "lr=0.1", UNDER_WAY), KeptTrial({}, "b", WAITING))
    record = replace(record, trials=trials, at_once=2, is_cancelled=True)
    keep(record)
    assert read_record(tmp_path / "a") == record
    assert experiment_of(record) == experiment()


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        ('"form": 1', '"form": 2'),
        ('"lr=0.1"', '"../lr=0.1"'),
        ('"waiting"', '"nowhere"'),
        ('"name": "rates"', '"name": 7'),
        ('"at_once": 1', '"at_once": null'),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(
    tmp_path: Path, damage: str | tuple[str, str]
) -> None:
    folder = tmp_path / "a"
    keep(replace(begin(folder, experiment()), trials=(KeptTrial({"lr": "1"}, "lr=0.1", WAITING),)))
    text = (folder / RECORD).read_text()
    read_record(folder)
    (folder / RECORD).write_text(damage if isinstance(damage, str) else text.replace(*damage))
    assert (folder / RECORD).read_text() != text
    with pytest.raises(Refusal, match="no experiment to go on with"):
        read_record(folder)
    assert read_records(tmp_path) == ()
    assert interrupted(tmp_path) is None


def test_runs_tell_how_trials_stand_whatever_the_record_says(tmp_path: Path) -> None:
    asked = experiment()

    def run(name: str, *, is_finished: bool) -> KeptTrial:
        trained = asked.project_of({"epochs": "2", "seed": name})
        keep_run(tmp_path / name, project=trained, is_finished=is_finished)
        return KeptTrial({"epochs": "2", "seed": name}, name, UNDER_WAY)

    trials = (
        run("1", is_finished=True),
        run("2", is_finished=False),
        replace(run("3", is_finished=True), settings={"seed": "9"}),
        KeptTrial({"seed": "4"}, "4", UNDER_WAY),
        KeptTrial({"seed": "5"}, "5", FINISHED),
    )
    found = [*standings_of(trials, tmp_path, asked)]
    assert [each.state for each in found] == [FINISHED, WAITING, FAILED, WAITING, FINISHED]
    assert found[0].figures == {"loss": 0.25, "accuracy": 0.75}
    assert found[2].problem is not None
    assert found[2].problem.code == "other_run"
    assert not any(each.resumes for each in found)  # none of them has a checkpoint


def test_one_program_at_a_time_does_an_experiment(tmp_path: Path) -> None:
    record = begin(tmp_path / "a", experiment())
    keep(replace(record, trials=(KeptTrial({}, "b", WAITING),)))
    held = KeptQueue(record, tmp_path, make=lambda: nullcontext(train))
    assert interrupted(tmp_path) is None
    with pytest.raises(Refusal, match="under way already"):
        KeptQueue(record, tmp_path)
    held.release()
    assert interrupted(tmp_path) is not None


_KILLED = """
import os, signal, sys
from app.cli import main
from app.training import keeper

save = keeper.save_checkpoint
def save_and_die(path, state):
    save(path, state)
    if "seed=1" in str(path):
        os.kill(os.getpid(), signal.SIGKILL)
keeper.save_checkpoint = save_and_die
main(sys.argv[1:])
"""


def test_what_was_killed_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    given = ["search", "example:iris-mlp", "--set", "epochs=3", "--set", "seed=0,1,2", "--out"]
    environment = {**os.environ, "LAYERWEFT_HOME": str(tmp_path / "home")}
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, *given, str(tmp_path / "killed")],
        env=environment,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    record = read_record(tmp_path / "killed")
    assert [each.state for each in record.trials] == [FINISHED, UNDER_WAY, WAITING]
    assert main(["search", str(tmp_path / "killed"), "--resume", "--json"]) == 0
    assert main([*given, str(tmp_path / "whole")]) == 0
    for each in record.trials:
        found, expected = (read_run(tmp_path / name / each.folder) for name in ("killed", "whole"))
        assert found.outcome == "finished"
        assert found.validation == expected.validation
    assert json.loads((tmp_path / "killed" / RECORD).read_text())["trials"][1][2] == FINISHED
