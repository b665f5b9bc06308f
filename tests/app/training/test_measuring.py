"""Steps are measured before a training, in a process that is ended where it takes too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.training.measuring import Measured, batches, measure
from graph_model.problems import Problem
from graph_model.recipe import Choice
from tests.app.training.networks import chain, mlp
from tests.app.training.running import IRIS, job

_PLENTY = 2**34


def test_steps_are_measured_layer_by_layer() -> None:
    long = replace(IRIS, epochs=4000)
    found = measure(job(mlp(4, 16, 3), long), _PLENTY)
    assert isinstance(found, Measured)
    assert found.batch_size == 16
    assert found.steps_per_epoch == 7
    assert found.whole == pytest.approx(found.step * 7 * 4000)
    assert found.samples_per_second == pytest.approx(16 / found.step)
    assert set(found.phases) == {"data", "forward", "backward", "optimizer"}
    assert len(found.layers) == 3
    assert all(seconds > 0 for seconds in found.layers.values())


def test_batches_grow_until_all_samples_are_in_one() -> None:
    sizes = [
        each.batch_size if isinstance(each, Measured) else each.code
        for each in batches(job(mlp(4, 16, 3), IRIS), _PLENTY, 50, lambda: True)
    ]
    assert sizes == [16, 32, 50]


def test_a_process_that_nobody_waits_for_is_ended_at_once() -> None:
    """Not once it has imported PyTorch, for which the dialog would stay as long."""
    found = measure(job(mlp(4, 16, 3), replace(IRIS, epochs=100_000)), _PLENTY, lambda: False)
    assert isinstance(found, Problem)
    assert (found.code, found.values["reason"]) == ("process_killed", "SIGKILL")


def test_a_process_that_grows_too_much_is_ended() -> None:
    recipe = replace(IRIS, data=Choice("digits"), batch_size=1024, epochs=100_000)
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 4096}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    found = measure(job(network, recipe), 1)
    assert isinstance(found, Problem)
    assert found.code == "batch_takes_too_much"


def test_what_fails_says_why() -> None:
    recipe = replace(IRIS, optimizer=Choice("SGD", {"lr": 1e30}), epochs=50)
    found = measure(job(mlp(4, 16, 3), recipe), _PLENTY)
    assert isinstance(found, Problem)
    assert found.code.startswith("loss_not_finite")
