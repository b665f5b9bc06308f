"""Pictures of outputs are told by a script elsewhere as they are here."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from app.observing.picturing import Picturing, of_text
from app.runs.events import Finished, Pictured
from app.runs.folder import EVENTS
from app.runs.hosts import Host
from app.runs.job import Job
from app.runs.pictures import PICTURES
from app.training.control import Command, Control
from app.training.engine import train
from app.training.process import train_in_process
from app.training.scripted import _Orders, train_at
from app.training.ssh import Ssh
from app.training.torchrun import Torchrun
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.app.loopback import Loopback
from tests.codegen.samples import network

RECIPE = Recipe(Choice("digits"), epochs=2, batch_size=64)
SHARED = replace(RECIPE, options=(Choice("distributed", {"processes": 2}),))
AUTOENCODER = network("Copies", {
    "image": ("Input", {"shape": ("N", 1, 8, 8)}, ""),
    "flat": ("Flatten", {}, "image"),
    "again": ("Linear", {"out_features": 64}, "flat"),
    "loss": ("MSELoss", {}, "again flat"), "error": ("Output", {}, "loss"),
    "copy": ("Output", {}, "again"),
})  # fmt: skip


def job(recipe: Recipe, folder: Path) -> Job:
    return Job(Project({"main": AUTOENCODER}, "main", recipe=recipe), folder=folder, threads=1)


def looking() -> Control:
    control = Control()
    control.observe(PICTURES)
    return control


def pictured(events: list[object]) -> list[Pictured]:
    assert isinstance(events[-1], Finished), events[-1]
    return [each for each in events if isinstance(each, Pictured)]


def assert_alike(here: Pictured, there: Pictured) -> None:
    (one,), (other,) = here.shown, there.shown
    assert here.epoch == there.epoch == 1
    assert (one.output, one.low, one.high) == (other.output, other.low, other.high)
    np.testing.assert_array_equal(one.samples, other.samples)
    np.testing.assert_array_equal(one.originals, other.originals)
    np.testing.assert_allclose(one.pictures, other.pictures, atol=0.01)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    here = pictured([*train(job(RECIPE, tmp_path / "here"), looking())])
    there = pictured([*train_in_process(job(RECIPE, tmp_path / "there"), looking())])
    assert_alike(here[0], there[0])


def test_by_several_processes(tmp_path: Path) -> None:
    here = pictured([*train(job(RECIPE, tmp_path / "here"), looking())])
    shared = job(SHARED, tmp_path / "there")
    there = pictured([*train_at(Torchrun(2), shared, looking())])
    assert_alike(here[0], there[0])
    assert "pictured" not in (tmp_path / "there" / EVENTS).read_text()


def test_on_another_host(host: Loopback, tmp_path: Path) -> None:
    here = pictured([*train(job(RECIPE, tmp_path / "here"), looking())])
    place = Ssh(Host("there", sys.executable), options=host.options)
    there = pictured([*train_at(place, job(RECIPE, tmp_path / "there"), looking())])
    assert_alike(here[0], there[0])


def test_they_are_told_seldom_in_a_long_run() -> None:
    now = [0.0]
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout())
    training = SimpleNamespace(model=model, epoch=0, device=torch.device("cpu"))
    inputs = torch.eye(2)
    picturing = Picturing([inputs], [0], lambda: now[0])
    told = []
    for _ in range(36_000):  # ten a second, for an hour
        training.epoch += 1
        now[0] += 0.1
        told.append(picturing.after_epoch(training))
    events = [each for each in told if each is not None]
    assert events[0]["epoch"] == 1
    assert 80 < len(events) < 130
    assert model.training
    expected = model[0](inputs).detach()
    torch.testing.assert_close(of_text(events[0]["results"]["0"]), expected, rtol=1e-3, atol=1e-3)


class Asked:
    """A place that remembers who was to look."""

    outlives_us = True

    def __init__(self) -> None:
        self.names: list[str] = []

    def observe(self, names: str) -> bool:
        self.names.append(names)
        return True


@pytest.mark.parametrize("names", [(PICTURES,), ("gradients", PICTURES)])
def test_whoever_leaves_looks_no_more(names: tuple[str, ...]) -> None:
    place, control = Asked(), Control()
    control.observe(*names)
    orders = _Orders(place, control)  # type: ignore[arg-type]
    orders.pass_on()
    control.do(Command.LEAVE)
    orders.pass_on()
    assert place.names == [" ".join(names), ""]
