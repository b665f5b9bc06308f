"""The range test: the rate rises as it should in the training's own text, and the rate is right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.experiments.rate_range import (
    HIGHEST,
    LOWEST,
    STEPS,
    end_of,
    rates,
    rising,
    smoothed,
    suggested,
)
from app.project.examples import load_example
from app.runs.events import Started, Steps
from app.runs.job import Job
from app.training.engine import train
from graph_model.recipe import Choice


def test_the_rate_rises_evenly_in_its_logarithm_whatever_the_recipe_was() -> None:
    project = load_example("iris-mlp")
    recipe = replace(
        project.recipe,
        schedule=Choice("OneCycleLR"),
        options=(Choice("warm_up"), Choice("early_stopping", {"patience": 1})),
    )
    told: list[tuple[int, float]] = []
    losses: list[float] = []
    tested = rising(replace(project, recipe=recipe), 6)
    for event in train(Job(tested, threads=1)):
        if isinstance(event, Started):
            assert event.epochs * event.steps_per_epoch >= STEPS
        if isinstance(event, Steps):
            told.append((event.step, event.learning_rate))
            losses += event.losses
    expected = rates(told, len(losses))
    assert expected[0] == pytest.approx(LOWEST)
    assert expected[STEPS - 1] == pytest.approx(HIGHEST, rel=1e-3)
    assert len(told) > 3
    for step, rate in told:
        assert rate == pytest.approx(expected[step - 1], rel=1e-4)
    found = suggested(expected, losses)
    assert found is not None
    assert 1e-4 < found < 1
    assert (rates([], 3) == LOWEST).all()


def test_the_average_is_that_of_its_definition() -> None:
    losses = [1.0, 3.0, 2.0]
    weights = np.array([0.9**2, 0.9, 1.0])
    last = ((weights * losses).sum() / weights.sum() + losses[-1]) / 2
    assert smoothed(losses)[-1] == pytest.approx(last)
    assert smoothed(losses[::-1]) == pytest.approx(smoothed(losses)[::-1]), "it lags neither way"


def test_the_rate_is_where_the_loss_falls_fastest() -> None:
    of_steps = np.geomspace(LOWEST, HIGHEST, STEPS)
    x = np.log10(of_steps)
    falling = 2.0 - 1.5 / (1 + np.exp(-4 * (x + 3)))  # steepest at 1e-3
    diverging = falling + np.where(x > -1, 10 ** (3 * (x + 1)), 0)
    found = suggested(of_steps, diverging)
    assert found is not None
    assert 5e-4 < found < 2e-3
    assert end_of(diverging) < STEPS


@pytest.mark.parametrize(
    "losses",
    [[], [1.0] * 5, [1.0] * 100, [*np.linspace(1, 3, 100)], [float("nan")] * 100],
)
def test_where_the_loss_does_not_fall_nothing_is_suggested(losses: list[float]) -> None:
    assert suggested(np.geomspace(LOWEST, HIGHEST, 100), losses) is None
