"""Doing runs in tests."""

from __future__ import annotations

import pytest

from app.runs.events import EpochEnded, Event, Failed, Steps
from app.runs.folder import (
    BEST,
    CHECKPOINT,
    DATA,
    ENVIRONMENT,
    EVENTS,
    LAST,
    MODEL,
    PREDICT,
    PREPROCESSING,
    PROJECT,
    TRAIN,
)
from app.runs.job import Job
from app.training.engine import train
from codegen.training import script
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import project

IRIS = Recipe(
    Choice("iris"), epochs=4, batch_size=16, optimizer=Choice("Adam", {"lr": 0.01}), seed=3
)


RUN_FILES = {
    PROJECT, MODEL, TRAIN, PREDICT, DATA, EVENTS, PREPROCESSING, ENVIRONMENT, BEST, LAST, CHECKPOINT
}  # fmt: skip
"""All that the folder of a run holds."""


def job(network: Network, recipe: Recipe, **more: object) -> Job:
    return Job(project(network, recipe), threads=1, **more)  # type: ignore[arg-type]


def run(network: Network, recipe: Recipe, **more: object) -> list[Event]:
    return list(train(job(network, recipe, **more)))


def losses(events: list[Event]) -> list[float]:
    return [loss for event in events if isinstance(event, Steps) for loss in event.losses]


def epochs(events: list[Event]) -> list[EpochEnded]:
    return [event for event in events if isinstance(event, EpochEnded)]


def failure(events: list[Event]) -> Failed:
    failed = events[-1]
    assert isinstance(failed, Failed)
    return failed


def read_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have losses read after every step, and not some twenty times a second."""
    often = script.SKELETON.replace("self.read_at + 0.05", "self.read_at - 1.0")
    assert often != script.SKELETON
    monkeypatch.setattr(script, "SKELETON", often)
