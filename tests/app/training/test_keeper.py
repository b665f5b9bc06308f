"""Keeping a run: on a full disk, in a folder that vanishes, through a kill, and without NaN."""

from __future__ import annotations

import errno
import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from app.runs.events import EpochEnded, Event, Finished, Kept, NotKept, Steps, as_json
from app.runs.folder import BEST, EVENTS, LAST, PROJECT
from app.training import checkpoint, keeper
from app.training.control import Control
from app.training.engine import train
from app.training.predict import Predictor
from graph_model.files import atomic
from graph_model.files.storage import load as load_project
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp
from tests.app.training.running import IRIS, RUN_FILES, failure, job, read_every_step, run


def write_at_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_SECONDS_BETWEEN", -1.0)
    monkeypatch.setattr(keeper, "_SHARE", math.inf)


# A disk that is full, a folder that vanishes


class FullDisk:
    """Stands in for what writes files: has room for so many bytes, then for none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        write = atomic.write_atomically

        def written(path: Path, data: bytes) -> None:
            if self.is_full:
                raise OSError(errno.ENOSPC, "No space left on device")
            write(path, data)

        for module in (keeper, checkpoint):
            monkeypatch.setattr(module, "write_atomically", written)
        write_at_every_event(monkeypatch)


def test_a_full_disk_ends_no_run_and_takes_no_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(monkeypatch)
    events: list[Event] = []
    for event in train(job(mlp(4, 16, 3), IRIS, folder=tmp_path)):
        events.append(event)
        if isinstance(event, EpochEnded):
            disk.is_full = event.epoch == 2
    assert isinstance(events[-1], Finished)
    told = [event for event in events if isinstance(event, NotKept | Kept)]
    assert [type(event) for event in told] == [NotKept, Kept]
    assert "No space left on device" in told[0].problem.message
    assert load_file(tmp_path / BEST).keys() == load_file(tmp_path / LAST).keys()
    lines = [json.loads(line) for line in (tmp_path / EVENTS).read_text().splitlines()]
    assert sorted(map(str, lines)) == sorted(str(as_json(event)) for event in events)


def test_a_folder_that_vanishes_is_made_again_with_all_that_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_at_every_event(monkeypatch)
    folder = tmp_path / "run"
    here = job(mlp(4, 8, 3), IRIS, folder=folder)
    events: list[Event] = []
    for event in train(here):
        events.append(event)
        if isinstance(event, EpochEnded) and event.epoch == 2:
            shutil.rmtree(folder)
    assert isinstance(events[-1], Finished)
    assert {file.name for file in folder.iterdir()} == RUN_FILES
    assert load_project(folder / PROJECT) == here.project
    lines = [json.loads(line) for line in (folder / EVENTS).read_text().splitlines()]
    assert lines == [as_json(each) for each in events]


def test_what_stands_in_the_way_of_the_folder_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    events = run(mlp(4, 8, 3), IRIS, folder=tmp_path / "file")
    told = [event for event in events if isinstance(event, NotKept)]
    assert [event.is_over for event in told] == [False, True]
    assert str(tmp_path / "file") in told[0].problem.message
    assert isinstance(events[-1], Finished)
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_run_that_is_over_waits_until_it_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(keeper, "_SECONDS_BETWEEN", 60.0)
    control = Control()
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "file")
    events: list[Event] = []
    for event in train(here, control):
        events.append(event)
        if isinstance(event, NotKept) and event.is_over:
            control.keep_in(tmp_path / "elsewhere")
    assert [type(event) for event in events[-3:]] == [NotKept, Kept, Finished]
    assert events[-2] == Kept(str(tmp_path / "elsewhere"))
    (found,) = Predictor(here, tmp_path / "elsewhere" / BEST).split("validation")
    last = events[-1]
    assert isinstance(last, Finished)
    assert found.losses.mean() == pytest.approx(last.validation["loss"], rel=1e-5)


def test_a_run_that_failed_waits_too_and_can_be_given_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    control = Control()
    recipe = Recipe(Choice("diabetes"), optimizer=Choice("SGD", {"lr": 1e12}), epochs=5)
    events: list[Event] = []
    for event in train(job(mlp(10, 8, 1), recipe, folder=tmp_path / "file"), control):
        events.append(event)
        if isinstance(event, NotKept) and event.is_over:
            control.give_up()
    assert failure(events).problem.code == "loss_not_finite_found"
    assert any(isinstance(event, NotKept) and event.is_over for event in events)


# What is kept, and when


def test_the_first_epoch_is_written_at_once(tmp_path: Path) -> None:
    for event in train(job(mlp(4, 8, 3), IRIS, folder=tmp_path)):
        if isinstance(event, EpochEnded):
            first = load_file(tmp_path / BEST)
            assert load_file(tmp_path / LAST).keys() == first.keys()
            break


def test_weights_are_written_within_a_long_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_SECONDS_TO_FIRST", -1.0)
    read_every_step(monkeypatch)
    for event in train(job(mlp(4, 8, 3), IRIS, folder=tmp_path)):
        if isinstance(event, Steps):
            assert load_file(tmp_path / LAST)
            break


class Spoiled(nn.Sequential):
    """A model whose weights are no numbers from its second epoch on, as its loss does not tell."""

    def __init__(self) -> None:
        super().__init__(nn.Linear(4, 3))
        self.unused = nn.Parameter(torch.zeros(1))
        self.register_buffer("mask", torch.tensor([0.0, -torch.inf]))


def test_weights_that_are_no_numbers_never_replace_good_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_at_every_event(monkeypatch)
    model = Spoiled()
    for event in train(job(mlp(4, 8, 3), IRIS, folder=tmp_path), make_model=lambda: model):
        if isinstance(event, EpochEnded) and event.epoch == 1:
            good = load_file(tmp_path / LAST)
            assert good["mask"].isinf().any()  # an infinite mask is none of them
            model.unused.data.fill_(torch.nan)
    for name in (BEST, LAST):
        kept = load_file(tmp_path / name)
        assert all(torch.equal(kept[weight], good[weight]) for weight in good)


def test_large_weights_are_written_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing takes at most a twentieth of the time: 3 s of it put off the next for a minute."""
    now = [0.0]
    monkeypatch.setattr(keeper, "time", SimpleNamespace(monotonic=lambda: now[0]))
    written: list[float] = []

    def slow(path: Path, _weights: object) -> None:
        written.append(now[0])
        now[0] += 1.5

    monkeypatch.setattr(keeper, "save_weights", slow)
    for event in train(job(mlp(4, 8, 3), replace(IRIS, epochs=100), folder=tmp_path)):
        if isinstance(event, EpochEnded):
            now[0] += 1.0
    first = written[1] + 1.5  # of the first epoch both were written
    later = [at for at in written[2:-2] if at > first]
    assert later[0] >= first + 60 - 1.0 > 50
