"""Runs of several processes and on another host are looked after as those here are."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.runs.events import Event, Failed, Finished, Noticed
from app.runs.folder import log_of
from app.runs.hosts import Host
from app.runs.store import read_run
from app.runs.told import told_until
from app.training.engine import train
from app.training.scripted import train_at
from app.training.ssh import Ssh
from app.training.torchrun import train_shared
from app.training.watching import Watching
from graph_model.recipe import Choice, Recipe
from tests.app.loopback import Loopback
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, job, losses

DIABETES = Recipe(Choice("diabetes"), epochs=3, batch_size=32)
SHARED = replace(DIABETES, options=(Choice("distributed", {"processes": 2}),))
LOG = chain(
    ("Input", {"shape": ("N", 10)}),
    ("Linear", {"out_features": 8}),
    ("Log", {}),
    ("Linear", {"out_features": 1}),
    ("Output", {}),
)


def noticed(events: list[Event]) -> list[tuple[str, str]]:
    return [(each.problem.code, each.path) for each in events if isinstance(each, Noticed)]


def test_of_two_processes_the_first_number_that_is_none_is_found(tmp_path: Path) -> None:
    events = list(train_shared(job(LOG, SHARED, folder=tmp_path / "run")))
    assert noticed(events) == noticed(list(train(job(LOG, SHARED))))
    (code, path), *_ = noticed(events)
    assert (code, LOG.nodes[path].kind) == ("not_finite_log", "Log")
    assert isinstance(events[-1], Failed)
    assert events[-1].problem.code == "loss_not_finite_found"
    kept = told_until(log_of(tmp_path / "run"), 5, 10_000).events
    assert [each.problem.code for each in kept if isinstance(each, Noticed)] == ["not_finite_log"]
    assert read_run(tmp_path / "run").outcome == "failed"


@pytest.mark.parametrize(("rate", "code"), [(1e-7, "rate_too_low"), (30.0, "rate_too_high")])
def test_a_learning_rate_on_another_host_is_named(
    rate: float, code: str, host: Loopback, tmp_path: Path
) -> None:
    recipe = replace(DIABETES, optimizer=Choice("Adam", {"lr": rate}), epochs=6)
    place = Ssh(Host("there", sys.executable), options=host.options)
    events = list(train_at(place, job(mlp(10, 8, 1), recipe, folder=tmp_path / "run")))
    assert isinstance(events[-1], Finished), events[-1]
    assert noticed(events) == [(code, "")]


def test_of_a_run_that_goes_well_elsewhere_nothing_is_made_here(
    host: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, network = replace(IRIS, epochs=12), mlp(4, 16, 3)
    alone = losses(list(train(job(network, recipe))))

    def made(_: Watching) -> None:
        raise AssertionError("nothing is wrong")

    monkeypatch.setattr(Watching, "training", property(made))
    place = Ssh(Host("there", sys.executable), options=host.options)
    here = job(network, recipe, folder=tmp_path / "run")
    events = list(train_at(place, here))
    assert isinstance(events[-1], Finished), events[-1]
    assert not noticed(events)
    assert losses(events) == alone
