"""What outputs give for fixed samples is told by a script elsewhere as it is here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from app.observing.after_epochs import AfterEpochs, of_text
from app.runs.events import ANSWERS, PICTURES, Answered, Finished, Pictured
from app.runs.folder import EVENTS
from app.runs.hosts import Host
from app.runs.job import Job
from app.training.control import Command, Control
from app.training.engine import train
from app.training.meanwhile import Meanwhile
from app.training.process import train_in_process
from app.training.samples import read_samples
from app.training.scripted import _Orders, train_at, watch_again
from app.training.ssh import Ssh
from app.training.torchrun import Torchrun
from codegen.build import build_network
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.app.loopback import Loopback
from tests.app.training.networks import mlp, project
from tests.app.training.running import IRIS
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


def looking(name: str = PICTURES) -> Control:
    control = Control()
    control.observe(name)
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
    assert "given" not in (tmp_path / "there" / EVENTS).read_text()


def answered(events: list[object]) -> list[Answered]:
    assert isinstance(events[-1], Finished), events[-1]
    return [each for each in events if isinstance(each, Answered)]


def test_answers_of_several_processes(tmp_path: Path) -> None:
    def iris(recipe: Recipe, folder: str) -> Job:
        return Job(project(mlp(4, 8, 3), recipe), folder=tmp_path / folder, threads=1)

    shared = replace(IRIS, options=SHARED.options)
    here = answered([*train(iris(IRIS, "here"), looking(ANSWERS))])[0]
    there = answered([*train_at(Torchrun(2), iris(shared, "there"), looking(ANSWERS))])[0]
    assert here.epoch == there.epoch == 1
    assert here.looks is not None
    assert there.looks is not None
    (one,), (other,) = here.answers, there.answers
    np.testing.assert_array_equal(one.samples, other.samples)
    np.testing.assert_array_equal(one.true, other.true)
    np.testing.assert_allclose(one.scores, other.scores, atol=1e-4)
    assert "given" not in (tmp_path / "there" / EVENTS).read_text()


def test_on_another_host(host: Loopback, tmp_path: Path) -> None:
    here = pictured([*train(job(RECIPE, tmp_path / "here"), looking())])
    place = Ssh(Host("there", sys.executable), options=host.options)
    there = pictured([*train_at(place, job(RECIPE, tmp_path / "there"), looking())])
    assert_alike(here[0], there[0])


class Recorded:
    """A host where a run has told some lines already."""

    outlives_us = True

    def __init__(self, *lines: str) -> None:
        self._lines = lines

    def lines(self) -> Iterator[str]:
        yield from self._lines

    def signal(self, name: str) -> bool:
        return True

    def observe(self, names: str) -> bool:
        return True

    def fetch(self, name: str) -> None: ...
    def last_words(self) -> str:
        return ""

    def end(self) -> None: ...


def test_pictures_of_a_run_that_is_watched_again(tmp_path: Path) -> None:
    begun = job(RECIPE, tmp_path)
    assert isinstance([*train(begun)][-1], Finished)
    model, device = build_network(AUTOENCODER).make().eval(), torch.device("cpu")
    meanwhile = Meanwhile(read_samples(begun), ())
    (here,) = meanwhile.told(1, model, (PICTURES,))
    there = SimpleNamespace(model=model, device=device)
    results = AfterEpochs(**meanwhile.asked[PICTURES]).given(there)
    line = json.dumps({"event": "given", "of": PICTURES, "epoch": 1, "results": results})
    (told, _) = watch_again(Recorded(line), begun, looking())
    assert isinstance(here, Pictured)
    assert isinstance(told, Pictured)
    assert_alike(here, told)
    others = job(replace(RECIPE, seed=1), tmp_path)  # so that other samples are not taught
    (end,) = watch_again(Recorded(line), others, looking())
    assert not isinstance(end, Pictured)


def test_they_are_told_seldom_in_a_long_run() -> None:
    now = [0.0]
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout())
    training = SimpleNamespace(model=model, epoch=0, device=torch.device("cpu"))
    inputs = torch.eye(2)
    after_epochs = AfterEpochs([inputs], [0], clock=lambda: now[0])
    told = []
    for _ in range(36_000):  # ten a second, for an hour
        training.epoch += 1
        now[0] += 0.1
        told.append(after_epochs.given(training))
    given = [each for each in told if each is not None]
    assert told[0] is given[0]
    assert 80 < len(given) < 130
    assert model.training
    expected = model[0](inputs).detach()
    torch.testing.assert_close(of_text(given[0]["0"]), expected, rtol=1e-3, atol=1e-3)
    exact = AfterEpochs([inputs], [0], is_exact=True).given(training)
    assert exact is not None
    torch.testing.assert_close(of_text(exact["0"]), expected, rtol=0, atol=0)


class Asked:
    """A place that remembers who was to look."""

    outlives_us = True

    def __init__(self) -> None:
        self.names: list[str] = []

    def observe(self, names: str) -> bool:
        self.names.append(names)
        return True


@pytest.mark.parametrize("names", [(PICTURES,), ("gradients", PICTURES, ANSWERS)])
def test_whoever_leaves_looks_no_more(names: tuple[str, ...]) -> None:
    place, control = Asked(), Control()
    control.observe(*names)
    orders = _Orders(place, control)  # type: ignore[arg-type]
    orders.pass_on()
    control.do(Command.LEAVE)
    orders.pass_on()
    assert place.names == [" ".join(names), ""]
