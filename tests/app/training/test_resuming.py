"""Runs that were interrupted go on as if nothing had happened, to the last bit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from app.runs.events import EpochEnded, Finished, NotKept, Resumed, Started, Steps
from app.runs.folder import BEST, CHECKPOINT, EVENTS, LAST, PROJECT
from app.runs.holding import Hold, is_held
from app.runs.job import Job
from app.runs.record import Record
from app.training import keeper
from app.training.control import Control
from app.training.engine import train
from app.training.predict import Predictor
from graph_model.files.storage import load as load_project
from graph_model.network import Network
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, epochs, failure, job, losses, read_every_step
from tests.app.training.test_keeper import FullDisk, write_at_every_event
from tests.codegen.training.cases import HEADS, IMAGES, THREE

NOISY = chain(
    ("Input", {"shape": ("N", 4)}),
    ("Linear", {"out_features": 12}),
    ("BatchNorm1d", {}),
    ("ReLU", {}),
    ("Dropout", {"p": 0.3}),
    ("Linear", {"out_features": 3}),
    ("Output", {}),
)
MOMENTUM = Choice("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True})

CASES: Mapping[str, tuple[Network, Recipe]] = {
    "dropout, batch norm and one cycle": (
        NOISY,
        replace(IRIS, optimizer=MOMENTUM, schedule=Choice("OneCycleLR"), epochs=3),
    ),
    "plateau": (
        NOISY,
        replace(
            IRIS, schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.5}), epochs=4
        ),
    ),
    "warm-up before a cosine": (
        NOISY,
        replace(
            IRIS,
            schedule=Choice("CosineAnnealingLR"),
            options=(Choice("warm_up", {"steps": 7}), Choice("accumulate", {"batches": 2})),
        ),
    ),
    "cosine on pictures": (
        IMAGES,
        Recipe(
            Choice("digits"),
            optimizer=Choice("AdamW"),
            schedule=Choice("CosineAnnealingLR"),
            options=(Choice("warm_up", {"epochs": 1}),),
            epochs=2,
            batch_size=400,
        ),
    ),
    "samples that are changed": (
        NOISY,
        replace(
            IRIS,
            epochs=3,
            transforms=(
                Choice("noise"),
                Choice("feature_dropout"),
                Choice("mixup", {"probability": 0.5}),
            ),
        ),
    ),
    "several outputs": (
        HEADS,
        Recipe(
            Choice("breast_cancer"),
            objectives=THREE,
            optimizer=MOMENTUM,
            schedule=Choice("StepLR", {"step_size": 1}),
            epochs=2,
            batch_size=64,
            seed=7,
        ),
    ),
}


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is told, and all is written each time."""
    read_every_step(monkeypatch)
    write_at_every_event(monkeypatch)
    monkeypatch.setattr(keeper, "_SECONDS_TO_FIRST", -1.0)


def cut_at(here: Job, place: int) -> None:
    """Do a run until so many events have been told, and leave its folder as a kill would."""
    folder = here.folder
    assert folder is not None
    events = train(replace(here, folder=folder.with_name("killed")))
    for _ in range(place):
        next(events)
    shutil.copytree(folder.with_name("killed"), folder)
    events.close()
    shutil.rmtree(folder.with_name("killed"))


def same(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / EVENTS).read_text().splitlines()]


@pytest.mark.parametrize("name", CASES)
def test_it_goes_on_from_any_event_as_if_nothing_had_happened(
    name: str, tmp_path: Path, every_step: None
) -> None:
    whole = job(*CASES[name], folder=tmp_path / "whole")
    events = list(train(whole))
    last, end = load_file(tmp_path / "whole" / LAST), events[-1]
    assert isinstance(end, Finished)
    for place in range(2, len(events) + 1, max(1, len(events) // 6)):
        here = replace(whole, folder=tmp_path / "cut")
        cut_at(here, place)
        again = list(train(replace(here, resumes=True)))
        assert isinstance(again[-1], Finished)
        assert same(load_file(tmp_path / "cut" / LAST), last)
        best = [load_file(tmp_path / run / BEST) for run in ("whole", "cut")]
        assert same(*best)
        assert replace(again[-1], seconds=0) == replace(end, seconds=0)
        told = Record()
        for event in again:
            told.add(event)
        assert told.step_loss.y.tolist() == losses(events)
        assert [replace(each, seconds=0, samples_per_second=0) for each in told.epochs] == [
            replace(each, seconds=0, samples_per_second=0) for each in epochs(events)
        ]
        kept = [line for line in lines(tmp_path / "cut") if line["event"] == "steps"]
        assert [loss for line in kept for loss in line["losses"]] == losses(events)
        shutil.rmtree(tmp_path / "cut")


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path, every_step: None) -> None:
    network, recipe = CASES["dropout, batch norm and one cycle"]
    whole = list(train(job(network, recipe, folder=tmp_path / "whole")))
    here = job(network, recipe, folder=tmp_path / "cut")
    control = Control()
    events = []
    for event in train(here, control):
        events.append(event)
        if len(events) == 10:
            control.stop()
    assert isinstance(events[-1], Finished)
    assert events[-1].stopped
    again = list(train(replace(here, resumes=True)))
    assert isinstance(again[0], Resumed)
    assert again[0].step == 8
    assert same(load_file(tmp_path / "cut" / LAST), load_file(tmp_path / "whole" / LAST))
    assert isinstance(again[-1], Finished)
    assert again[-1].validation == whole[-1].validation  # type: ignore[union-attr]
    assert [line["event"] for line in lines(tmp_path / "cut")].count("finished") == 1


def test_a_run_that_is_over_just_tells_its_figures_again(tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path)
    before = list(train(here))[-1]
    kept = [(tmp_path / name).read_bytes() for name in (BEST, LAST)]
    resumed, started, after = train(replace(here, resumes=True))
    assert isinstance(resumed, Resumed)
    assert isinstance(started, Started)
    assert isinstance(after, Finished)
    assert replace(after, seconds=0) == replace(before, seconds=0)  # type: ignore[type-var]
    assert after.seconds >= before.seconds  # type: ignore[union-attr]
    assert [(tmp_path / name).read_bytes() for name in (BEST, LAST)] == kept


def test_the_time_so_far_counts(tmp_path: Path, every_step: None) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "cut")
    cut_at(here, 12)
    path = tmp_path / "cut" / CHECKPOINT
    state = torch.load(path, weights_only=True)
    state["run"] |= {"seconds": 5000.0, "epoch_began": 4000.0}
    torch.save(state, path)
    first, *others = train(replace(here, resumes=True))
    assert isinstance(first, Resumed)
    assert first.seconds == 5000
    assert isinstance(others[-1], Finished)
    assert others[-1].seconds > 5000
    assert next(each.seconds for each in others if isinstance(each, EpochEnded)) > 1000


def contents(folder: Path) -> dict[str, bytes]:
    lock = "run.lock"  # a kill leaves it, and whoever comes next takes it away
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != lock}


def test_what_cannot_go_on_is_said_and_nothing_is_touched(tmp_path: Path, every_step: None) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "run")
    cut_at(here, 12)
    again = replace(here, resumes=True)
    path = tmp_path / "run" / CHECKPOINT
    whole = path.read_bytes()
    state = torch.load(path, weights_only=True)
    others = {
        "step": {**state, "step": 10**6},
        "text": {**state, "epoch": "four"},
        "model": {**state, "model": {}},
        "nothing": {},
        "list": [],
    }
    damaged = {"cut short": whole[: len(whole) // 2], "empty": b"", "code": b"cos\nsystem\n."}
    for name, made in others.items():
        torch.save(made, tmp_path / name)
        damaged[name] = (tmp_path / name).read_bytes()
    for content in damaged.values():
        path.write_bytes(content)
        before = contents(tmp_path / "run")
        failed = failure(list(train(again)))
        assert failed.problem.code == "damaged_checkpoint"
        assert str(path) in failed.problem.message
        assert contents(tmp_path / "run") == before
    path.unlink()
    assert failure(list(train(again))).problem.code == "no_checkpoint"
    path.write_bytes(whole)
    other = replace(again, project=replace(here.project, recipe=replace(IRIS, seed=4)))
    before = contents(tmp_path / "run")
    assert failure(list(train(other))).problem.code == "data_changed"
    assert contents(tmp_path / "run") == before
    hold = Hold()
    assert hold.take(tmp_path / "run")
    assert failure(list(train(again))).problem.code == "run_under_way"
    hold.release()
    assert isinstance(list(train(again))[-1], Finished)


def test_data_that_changed_or_went_meanwhile_are_noticed(tmp_path: Path, every_step: None) -> None:
    data = tmp_path / "data.npz"
    chance = np.random.default_rng(0)
    features, target = chance.normal(size=(60, 4)), chance.integers(0, 3, 60)
    np.savez(data, X=features, y=target)
    recipe = replace(
        IRIS, data=Choice("npz", {"path": str(data), "features": "X", "target": "y"}), epochs=2
    )
    here = job(mlp(4, 8, 3), recipe, folder=tmp_path / "run")
    events = []
    for event in train(here):  # it has its samples: what becomes of the file is all the same
        if isinstance(event, Started):
            data.unlink()
        events.append(event)
        if len(events) == 5:
            shutil.copytree(tmp_path / "run", tmp_path / "cut")
    assert isinstance(events[-1], Finished)
    again = replace(here, folder=tmp_path / "cut", resumes=True)
    before = contents(tmp_path / "cut")
    assert failure(list(train(again))).problem.code == "data_not_found"
    features[7, 2] += 1e-3
    np.savez(data, X=features, y=target)
    assert failure(list(train(again))).problem.code == "data_changed"
    assert contents(tmp_path / "cut") == before
    with pytest.raises(Refusal, match="no longer those"):  # nor do they show what it came to
        Predictor(here, tmp_path / "run" / BEST)
    features[7, 2] -= 1e-3
    np.savez(data, X=features, y=target)
    end = list(train(again))[-1]
    assert isinstance(end, Finished)
    assert same(load_file(tmp_path / "cut" / LAST), load_file(tmp_path / "run" / LAST))


def test_a_run_goes_on_with_the_log_that_is_there(tmp_path: Path, every_step: None) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "cut")
    cut_at(here, 12)
    log = tmp_path / "cut" / EVENTS
    text = log.read_text()
    log.write_text(text + '{"event": "steps", "step": 99999, "losses": [0.1], "learning_rate"')
    events = list(train(replace(here, resumes=True)))
    assert isinstance(events[-1], Finished)
    assert log.read_text().startswith(text)
    assert [line["event"] for line in lines(tmp_path / "cut")].count("resumed") == 1
    shutil.rmtree(tmp_path / "cut")
    cut_at(here, 12)
    log.unlink()  # that it is gone takes the curves, and no weights
    assert isinstance(list(train(replace(here, resumes=True)))[-1], Finished)
    assert lines(tmp_path / "cut")[0]["event"] == "resumed"


def test_the_folder_is_held_while_it_trains(tmp_path: Path) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path)
    held = []
    for event in train(here):
        held.append((type(event), is_held(tmp_path)))
    assert (EpochEnded, True) in held
    assert held[-1] == (Finished, False)
    assert not (tmp_path / "run.lock").exists()


def test_a_failure_leaves_the_last_whole_checkpoint(
    tmp_path: Path, every_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the midst of a step nothing can go on: some weights have moved, others have not."""
    network, recipe = CASES["dropout, batch norm and one cycle"]
    whole = job(network, recipe, folder=tmp_path / "whole")
    list(train(whole))
    here = replace(whole, folder=tmp_path / "cut")
    step, count = torch.optim.SGD.step, 0

    def fails(*arguments: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        step(*arguments, **more)
        if count == 9:
            raise RuntimeError("out of memory")

    with monkeypatch.context() as patched:
        patched.setattr(torch.optim.SGD, "step", fails)
        assert failure(list(train(here))).problem.code == "out_of_memory"
    assert isinstance(list(train(replace(here, resumes=True)))[-1], Finished)
    assert same(load_file(tmp_path / "cut" / LAST), load_file(tmp_path / "whole" / LAST))


@pytest.mark.parametrize(
    ("kind", "optimizer", "options"),
    [
        ("OneCycleLR", MOMENTUM, ()),
        ("CosineAnnealingLR", MOMENTUM, ()),
        ("CosineAnnealingLR", MOMENTUM, (Choice("warm_up", {"steps": 5}),)),
        ("StepLR", MOMENTUM, ()),
        ("constant", MOMENTUM, ()),
        ("OneCycleLR", Choice("Muon"), ()),  # which is two optimizers
    ],
)
def test_training_further_goes_on_along_the_schedule_of_all_epochs(
    kind: str, optimizer: Choice, options: tuple[Choice, ...], tmp_path: Path, every_step: None
) -> None:
    """Beyond its end a schedule stands still, turns around or is refused by torch: it is made
    anew, and the learning rates are those of torch's own schedule for all epochs."""
    schedule = Choice(kind)
    recipe = replace(IRIS, optimizer=optimizer, schedule=schedule, epochs=2, options=options)
    here = job(NOISY, recipe, folder=tmp_path / "run")
    list(train(here))
    longer = replace(recipe, epochs=5)
    again = replace(here, project=replace(here.project, recipe=longer), resumes=True)
    events = list(train(again))
    assert isinstance(events[-1], Finished)
    assert events[-1].epochs == 5
    rates = [event.learning_rate for event in events if isinstance(event, Steps)]
    whole = list(train(job(NOISY, longer)))
    expected = [event.learning_rate for event in whole if isinstance(event, Steps)]
    assert rates == pytest.approx(expected[-len(rates) :])
    assert len(rates) == 21
    assert load_project(tmp_path / "run" / PROJECT).recipe.epochs == 5
    # killed right after it began to go further, and gone on with
    assert isinstance(list(train(again))[-1], Finished)


def test_a_script_in_the_folder_is_never_executed(tmp_path: Path, every_step: None) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "cut")
    cut_at(here, 12)
    for name in ("train.py", "model.py"):
        (tmp_path / "cut" / name).write_text(f"open({str(tmp_path / 'mark')!r}, 'w').write('!')")
    assert isinstance(list(train(replace(here, resumes=True)))[-1], Finished)
    assert not (tmp_path / "mark").exists()


def test_a_folder_that_vanishes_while_a_run_goes_on_is_made_again_with_what_was_told(
    tmp_path: Path, every_step: None
) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "cut")
    cut_at(here, 12)
    events = []
    for event in train(replace(here, resumes=True)):
        events.append(event)
        if len(events) == 4:
            shutil.rmtree(tmp_path / "cut")
    assert isinstance(events[-1], Finished)
    kept = [line for line in lines(tmp_path / "cut") if line["event"] == "epoch_ended"]
    assert [line["epoch"] for line in kept] == [1, 2, 3, 4]
    assert {BEST, LAST, CHECKPOINT, PROJECT} <= {each.name for each in (tmp_path / "cut").iterdir()}


def test_a_full_disk_while_a_run_goes_on_takes_nothing(
    tmp_path: Path, every_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = job(mlp(4, 8, 3), IRIS, folder=tmp_path / "cut")
    list(train(replace(here, folder=tmp_path / "whole")))
    cut_at(here, 12)
    with monkeypatch.context() as patched:
        disk = FullDisk(patched)
        events = []
        for event in train(replace(here, resumes=True)):
            events.append(event)
            disk.is_full = len(events) > 4
    assert any(isinstance(event, NotKept) for event in events)
    end = list(train(replace(here, resumes=True)))[-1]  # from where there was room
    assert isinstance(end, Finished)
    assert same(load_file(tmp_path / "cut" / LAST), load_file(tmp_path / "whole" / LAST))
