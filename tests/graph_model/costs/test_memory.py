"""The memory of a step is what torch holds after one, and the biggest batch just fits."""

from __future__ import annotations

import pytest
import torch

from graph_model.costs.memory import biggest_batch, training_memory, usual_batch
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Recipe
from tests.codegen.samples import CNN, network
from tests.graph_model.costs.test_cost import make, saved_bytes


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("SGD", {}), ("SGD", {"momentum": 0.9}), ("Adam", {}), ("Adam", {"amsgrad": True})],
)
def test_memory_is_what_torch_holds_after_a_step(kind: str, arguments: dict[str, float]) -> None:
    model, inputs = make({"main": CNN})
    optimizer = getattr(torch.optim, kind)(model.parameters(), lr=0.1, **arguments)
    model(*inputs).sum().backward()
    optimizer.step()
    weights = list(model.parameters())
    state = [
        each
        for weight, states in optimizer.state.items()
        for each in states.values()
        if isinstance(each, torch.Tensor) and each.shape == weight.shape
    ]
    found = training_memory(infer(CNN), Recipe(optimizer=Choice(kind, arguments)), 2)
    assert found.weights == sum(each.nbytes for each in (*weights, *model.buffers()))
    assert found.gradients == sum(each.grad.nbytes for each in weights if each.grad is not None)
    assert found.optimizer == sum(each.nbytes for each in state)
    assert found.activations == pytest.approx(saved_bytes(model, inputs), rel=0.02)
    parts = (found.weights, found.gradients, found.optimizer, found.activations, found.passing)
    assert found.total == sum(parts)


@pytest.mark.parametrize("free", [10_000_000, 50_000_000])
def test_the_biggest_batch_fits_and_one_more_does_not(free: int) -> None:
    inference, recipe = infer(CNN), Recipe()
    biggest = biggest_batch(inference, recipe, free)
    assert training_memory(inference, recipe, biggest).total <= free
    assert free < training_memory(inference, recipe, biggest + 1).total


@pytest.mark.parametrize("free", [1000, 1_000_000, 3_333_333])
def test_samples_compared_with_one_another_take_their_square(free: int) -> None:
    pairs = network("Pairs", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "fc": ("Linear", {"out_features": 8}, "x"),
        "turned": ("Transpose", {"dim0": 0, "dim1": 1}, "fc"),
        "product": ("MatMul", {}, "fc turned"),
        "near": ("Exp", {}, "product"),
        "y": ("Output", {}, "near"),
    })  # fmt: skip
    inference, recipe = infer(pairs), Recipe()
    assert not inference.has_errors
    biggest = biggest_batch(inference, recipe, free)
    assert not biggest or training_memory(inference, recipe, biggest).total <= free
    assert free < training_memory(inference, recipe, biggest + 1).total


def test_nothing_fits_where_the_weights_alone_are_too_large() -> None:
    assert biggest_batch(infer(CNN), Recipe(), 1000) == 0


@pytest.mark.parametrize(
    ("fits", "usual"), [(0, 0), (1, 1), (2, 2), (3, 2), (1023, 512), (1024, 1024), (54_400, 32_768)]
)
def test_a_batch_is_told_as_people_choose_them(fits: int, usual: int) -> None:
    assert usual_batch(fits) == usual
