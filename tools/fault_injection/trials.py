"""Doing a spoilt training, and judging what is said of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final
from unittest.mock import patch

from app.project.examples import load_example
from app.runs.events import EpochEnded, Event, Failed, Noticed, numbers
from app.runs.job import Job
from app.training import engine, repeating
from app.training.engine import train
from app.training.samples import Samples, read_samples
from graph_model.frozen import frozen
from graph_model.network import Project
from tools.fault_injection.bases import base
from tools.fault_injection.faults import Fault

_HARM: Final = 1.3
_LEAST_HARM: Final = 0.01
"""How many times the loss of the healthy run is harm, and by how much it has to be more."""
HEALTHY: Final[dict[str, int]] = {
    "carbon-dioxide": 4,
    "coloured-pictures": 2,
    "digits-few": 40,
    "digits-gan": 6,
    "digits-pairs": 6,
    "digits-resnet": 6,
    "fashion-augmented": 1,
    "fashion-autoencoder": 2,
    "fashion-cnn": 2,
    "fashion-distillation": 1,
    "fashion-mlp": 3,
    "fashion-vae": 2,
    "iris-mlp": 60,
    "lenet-5": 2,
    "linear-regression": 20,
    "penguins": 20,
    "perceptron": 20,
    "play-kinds": 2,
    "sequence-lstm": 6,
    "sunspots": 60,
}
"""The examples that have data of their own, and for how many epochs each is trained."""


@frozen
class Outcome:
    """What was said of a spoilt run, and whether that is right."""

    is_right: bool
    said: str
    wanted: str


def tried(make: Callable[[random.Random], Fault | None], chance: random.Random) -> Outcome | None:
    """Spoil a training and do it; ``None`` where that did no harm."""
    fault = make(chance)
    if fault is None:
        return None
    events = _run(fault)
    has_failed = isinstance(events[-1], Failed)
    is_harmful = fault.player or has_failed
    if not is_harmful and (fault.has_to_fail or not _is_harmed(fault, events)):
        return None
    noticed = [each for each in events if isinstance(each, Noticed)]
    right = any(_is_right(each, fault) for each in noticed[:1])
    said = ", ".join(each.problem.code for each in noticed) or "nothing"
    if noticed and noticed[0].problem.code in fault.codes:
        said += " elsewhere"
    return Outcome(right, said, f"{sorted(fault.codes)} at {sorted(fault.nodes)}")


def _is_right(noticed: Noticed, fault: Fault) -> bool:
    """Tell whether the first that was noticed names the fault, at the right place."""
    if fault.player and noticed.problem.values.get("player") != fault.player:
        return False
    return noticed.problem.code in fault.codes and (not fault.nodes or noticed.path in fault.nodes)


def _is_harmed(fault: Fault, events: list[Event]) -> bool:
    """Tell whether a run came out worse than the healthy one; of overfitting, than its best."""
    if fault.codes == {"overfitting"}:
        losses = _validation(events)
        return losses[-1] > _HARM * min(losses)
    healthy = _validation(list(train(Job(fault.healthy, threads=1))))
    return min(_validation(events)) > _HARM * min(healthy) + _LEAST_HARM


def _validation(events: list[Event]) -> list[float]:
    found = [each for each in events if isinstance(each, EpochEnded)]
    return [numbers(each.validation)["loss"] for each in found]


def _run(fault: Fault) -> list[Event]:
    with _reading(fault.spoil):
        return list(train(Job(fault.project, threads=1), make_model=fault.make_model))


@contextmanager
def _reading(spoil: Callable[[Samples], Samples] | None) -> Iterator[None]:
    """Have samples read as a fault spoils them."""
    if spoil is None:
        yield
        return

    def read(job: Job) -> Samples:
        assert spoil is not None
        return spoil(read_samples(job))

    with patch.object(engine, "read_samples", read), patch.object(repeating, "read_samples", read):
        yield


def false_alarms() -> dict[str, str]:
    """Return what is said of healthy examples, by their names; of those alone that are told of."""
    runs = ((name, _shortened(name, epochs)) for name, epochs in HEALTHY.items())
    return {name: told for name, project in runs if (told := _said(project))}


def alarms_of_drawn(count: int, seed: int) -> dict[str, str]:
    """Return what is said of trainings that no fault was put into, by their seeds."""
    runs = (
        (str(each), base(random.Random(f"healthy {each}"))) for each in range(seed, seed + count)
    )
    return {name: told for name, project in runs if (told := _said(project))}


def _said(project: Project) -> str:
    events = list(train(Job(project, threads=1)))
    told = [each.problem.code for each in events if isinstance(each, Noticed | Failed)]
    return ", ".join(told)


def _shortened(name: str, epochs: int) -> Project:
    project = load_example(name)
    return replace(project, recipe=replace(project.recipe, epochs=epochs))
