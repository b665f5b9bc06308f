"""The list of runs, from logs as they should be and as crashes, disks and editors leave them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.runs.folder import BEST, EVENTS, LAST
from app.runs.store import (
    Run,
    best_weights,
    delete_run,
    kept_weights,
    project_file,
    read_run,
    read_runs,
    trained_project,
)
from graph_model.files.storage import save
from graph_model.network import empty_project


def epoch(number: int, loss: object, **more: object) -> str:
    validation = {"loss": loss, "accuracy": number / 10}
    event = {"event": "epoch_ended", "step": 5 * number, "validation": validation, "seconds": 2.0}
    return json.dumps({**event, **more})


FINISHED = json.dumps(
    {"event": "finished", "validation": {"loss": 0.2}, "test": {"loss": 0.3}, "seconds": 9.0}
)
GOOD = [epoch(1, 0.5), '{"event": "steps", "step": 7, "losses": [1.0]}', epoch(2, 0.25)]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Run]:
    def read(*lines: str | bytes) -> Run:
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        rows = [line if isinstance(line, bytes) else line.encode() for line in lines]
        (folder / EVENTS).write_bytes(b"\n".join(rows))
        return read_run(folder)

    return read


def test_a_finished_run_has_the_figures_of_its_end(run: Callable[..., Run]) -> None:
    found = run(*GOOD, FINISHED)
    assert (found.outcome, found.epochs, found.seconds) == ("finished", 2, 9.0)
    assert (found.validation, found.test) == ({"loss": 0.2}, {"loss": 0.3})
    assert (found.epochs, found.last["loss"]) == (2, 0.25)


def test_a_run_cut_off_has_those_of_its_best_epoch(run: Callable[..., Run]) -> None:
    found = run(*GOOD, epoch(3, None))
    assert (found.outcome, found.epochs, found.seconds) == ("cut off", 3, 6.0)
    assert found.validation == {"loss": 0.25, "accuracy": 0.2}
    assert found.last == {"accuracy": 0.3}
    assert found.best == {"loss": 0.25, "accuracy": 0.3}


def test_how_a_run_ended_is_told(run: Callable[..., Run]) -> None:
    assert run(*GOOD, '{"event": "finished", "stopped": true}').outcome == "stopped"
    assert run(*GOOD, '{"event": "failed", "message": "no"}').outcome == "failed"
    assert run(FINISHED, GOOD[1]).outcome == "cut off"
    assert run("").outcome == "cut off"


@pytest.mark.parametrize(
    "line",
    [
        *("[1, 2]", "3", '"text"', "null", "{", '{"event": ["epoch_ended"]}', "[" * 100_000),
        *('{"seconds": ' + "9" * 5000 + "}", '{"event": "epo', "x" * 3_000_000),
        '{"event": "epoch_ended", "step": "5", "validation": [1], "seconds": "long"}',
        '{"event": "epoch_ended", "step": 1e999, "validation": {"loss": true, "x": "y"}}',
        '{"event": "steps", "losses": [',
        "é".encode()[:1],
    ],
    ids=range(14),
)
def test_a_line_that_is_no_event_costs_only_itself(
    run: Callable[..., Run], line: str | bytes
) -> None:
    found = run(GOOD[0], line, GOOD[2], FINISHED)
    assert (found.outcome, found.seconds) == ("finished", 9.0)
    assert (found.last["loss"], found.best["loss"]) == (0.25, 0.25)
    assert run(GOOD[0], GOOD[2], line).best["loss"] == 0.25


@settings(suppress_health_check=list(HealthCheck), max_examples=50)
@given(st.lists(st.binary() | st.sampled_from([each.encode() for each in [*GOOD, FINISHED]])))
def test_any_bytes_make_a_run(run: Callable[..., Run], lines: list[bytes]) -> None:
    assert run(*lines).outcome in {"finished", "stopped", "failed", "cut off"}


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_run_that_cannot_be_read_leaves_the_others(tmp_path: Path, make) -> None:
    for name in ("a", "b", "no run"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / EVENTS).write_text(FINISHED)
    make(tmp_path / "b" / EVENTS)
    (tmp_path / "stray").write_text("x")
    found = read_runs(tmp_path)
    assert [(each.folder.name, each.outcome) for each in found] == [
        ("b", "unreadable"),
        ("a", "finished"),
    ]
    assert found[0].reason


def test_no_folder_has_no_runs(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert read_runs(tmp_path / "none") == read_runs(tmp_path / "file") == ()


# One run


def test_what_a_run_trained_and_its_best_weights_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    assert best_weights(folder) is None
    assert trained_project(folder) is None
    (folder / BEST).touch()
    save(empty_project(), folder / "project.weft")
    assert best_weights(folder) == folder / "best.safetensors"
    assert project_file(folder) == folder / "project.weft"
    assert trained_project(folder) == empty_project()
    (folder / "project.weft").write_text("{", encoding="utf-8")
    assert trained_project(folder) is None
    delete_run(folder)
    assert not folder.exists()


def test_a_run_stopped_in_its_first_epoch_has_kept_its_last_weights(tmp_path):
    assert kept_weights(tmp_path) is None
    for name in (LAST, BEST):
        (tmp_path / name).touch()
        assert kept_weights(tmp_path) == tmp_path / name
