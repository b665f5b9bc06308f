"""The memory a run will take, against what torch really allocates."""

from __future__ import annotations

import pytest
import torch

from app.data.reading import describe
from app.training.estimate import Estimate, estimate, memory_problem
from app.training.free_memory import free_main_memory
from codegen.build import build_network
from graph_model.costs.memory import Memory
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.facts import DataFacts
from tests.app.training.networks import chain, mlp

FREE = 10**9


def facts(name: str) -> DataFacts:
    found = describe(Choice(name))
    assert isinstance(found, DataFacts)
    return found


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "RMSprop"])
def test_weights_gradients_and_optimizer_are_counted_to_the_byte(optimizer: str) -> None:
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Conv2d", {"out_channels": 8, "kernel_size": 3}),
        ("BatchNorm2d", {}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("digits"), optimizer=Choice(optimizer))
    found = estimate(recipe, infer(network), facts("digits"), FREE).step
    model = build_network(network).make()
    made = getattr(torch.optim, optimizer)(model.parameters())
    model(torch.ones(2, 1, 8, 8)).sum().backward()
    made.step()
    weights = sum(each.nbytes for each in model.state_dict().values())
    gradients = sum(each.grad.nbytes for each in model.parameters() if each.grad is not None)
    state = sum(
        value.nbytes
        for kept in made.state.values()
        for name, value in kept.items()
        if name != "step" and value is not None
    )
    assert (found.weights, found.gradients, found.optimizer) == (weights, gradients, state)


def test_activations_grow_with_the_batch() -> None:
    network = mlp(4, 1000, 3)
    small, large = (
        estimate(Recipe(Choice("iris"), batch_size=size), infer(network), facts("iris"), FREE).step
        for size in (10, 30)
    )
    assert large.activations == 3 * small.activations
    assert small.activations == 4 * 10 * (4 + 1000)  # a ReLU and the Linear after it keep the same
    assert small.passing == 4 * 10 * 2000


def test_symbols_take_the_sizes_of_the_data() -> None:
    network = chain(
        ("Input", {"shape": ("N", "T", 2)}), ("Linear", {"out_features": 5}), ("Output", {})
    )
    recipe = Recipe(Choice("sequence"), batch_size=1)
    found = estimate(recipe, infer(network), facts("sequence"), FREE)
    assert found.step.activations == 4 * 24 * 2


def test_the_biggest_batch_fits_and_one_more_does_not() -> None:
    inference, data = infer(mlp(4, 1000, 3)), facts("iris")
    biggest = estimate(Recipe(Choice("iris")), inference, data, FREE).biggest_batch
    fits, too_large = (
        estimate(Recipe(Choice("iris"), batch_size=size), inference, data, FREE).total
        for size in (biggest, biggest + 1)
    )
    assert fits <= 0.8 * FREE < too_large


def test_more_than_four_fifths_of_what_is_free_is_warned_about() -> None:
    needed = Estimate(Memory(0, 0, 0, 801, 0), 0, 12)
    problem = memory_problem(needed, 1000, "cpu")
    assert problem is not None
    assert not problem.is_error
    assert "801 B" in problem.message
    assert "at most 8 samples" in problem.message
    assert memory_problem(needed, 1002, "cpu") is None


def test_some_memory_is_free() -> None:
    assert 2**20 < free_main_memory() < 2**60
