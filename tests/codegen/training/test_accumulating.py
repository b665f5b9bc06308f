"""Batches that are added up make the very step of one large batch, whatever their samples weigh."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts, classification
from graph_model.values import Value
from tests.codegen.samples import network
from tests.codegen.training.test_means import TANH, objectives
from tests.codegen.training.tiny import TRAINED, VALIDATED, Ran, begun, finished, problems, run

COUNT = TRAINED + VALIDATED
FACTS = classification(COUNT, (4,), ("a", "b", "c"))
BALANCED = {"balanced": True}
CLASSES = torch.tensor([0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 0, 2])
WEIGHTS = (0.0, 3.0, 1.0, 0.5, 2.0, 0.25, 1.0, 4.0, 1.0, 5.0, 0.0, 0.5)
PIXELS = network("Pixels", {
    "x": ("Input", {"shape": ("N", 1, 4, 4)}, ""),
    "conv": ("Conv2d", {"out_channels": 2, "kernel_size": 3, "padding": 1}, "x"),
    "y": ("Output", {}, "conv"),
})  # fmt: skip


@pytest.fixture(autouse=True)
def _whole_precision() -> Iterator[None]:
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def numbers() -> Tensor:
    return torch.randn(COUNT, 4, generator=torch.Generator().manual_seed(0))


def recipe(batches: int, size: int, *options: Choice) -> Recipe:
    return Recipe(
        optimizer=Choice("SGD", {"lr": 0.5}),
        epochs=3,
        batch_size=size,
        options=(Choice("accumulate", {"batches": batches}), *options),
    )


def assert_same(added: Ran, whole: Ran) -> None:
    pairs = zip(added.training.model.parameters(), whole.training.model.parameters(), strict=True)
    for mine, theirs in pairs:
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-12)


def at_once(made: Recipe) -> Recipe:
    (added, *others) = made.options
    size = made.batch_size * int(str(added.arguments["batches"]))
    return replace(made, batch_size=size, options=tuple(others))


BOTH = (
    Objective("y", "target", Choice("CrossEntropyLoss", BALANCED), 0.5),
    Objective("logs", "target", Choice("NLLLoss")),
)
LOSSES = {
    "by class": objectives("y", Choice("CrossEntropyLoss", {**BALANCED, "label_smoothing": 0.2})),
    "focal": objectives("y", Choice("FocalLoss", BALANCED)),
    "by sample": objectives("y", Choice("MultiMarginLoss", BALANCED)),
    "one of two by class": BOTH,
    "both by class": (BOTH[0], replace(BOTH[1], loss=Choice("NLLLoss", BALANCED))),
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize(("size", "batches"), [(3, 4), (2, 3), (3, 2)])
@pytest.mark.parametrize("penalties", [(), (Choice("l2_penalty", {"factor": 0.1}),)])
def test_weights_of_classes(
    name: str, size: int, batches: int, penalties: tuple[Choice, ...]
) -> None:
    made = replace(recipe(batches, size, *penalties), objectives=LOSSES[name])
    assert not problems(made, TANH, FACTS)
    targets = [CLASSES] * sum(each.weight != 0 for each in made.objectives)
    added = run(made, TANH, FACTS, numbers(), *targets)
    assert_same(added, run(at_once(made), TANH, FACTS, numbers(), *targets))


@pytest.mark.parametrize(("size", "batches"), [(3, 4), (2, 3), (3, 2)])
def test_weights_of_samples(size: int, batches: int) -> None:
    facts = replace(FACTS, has_weights=True)
    plain = objectives("y", Choice("CrossEntropyLoss"))
    made = replace(recipe(batches, size), objectives=plain)
    given = (numbers(), CLASSES, torch.tensor(WEIGHTS))
    assert_same(run(made, TANH, facts, *given), run(at_once(made), TANH, facts, *given))


@pytest.mark.parametrize("moved", [(), (Choice("crop", {"padding": 2}),)])
def test_weights_of_pixels_that_transforms_move(moved: tuple[Choice, ...]) -> None:
    facts = DataFacts(COUNT, {
        "features": ArrayFacts("features", (1, 4, 4)),
        "target": ArrayFacts("target", (4, 4), "int64", 2),
    }, class_names=("a", "b"))  # fmt: skip
    loss = Choice("CrossEntropyLoss", BALANCED)
    made = replace(
        recipe(2, 3), objectives=(Objective("y", "target", loss),), transforms=moved, seed=1
    )
    assert not problems(made, PIXELS, facts)
    drawing = torch.Generator().manual_seed(0)
    x = torch.randn(COUNT, 1, 4, 4, generator=drawing)
    masks = (torch.rand(COUNT, 4, 4, generator=drawing) > 0.8).long()
    assert_same(run(made, PIXELS, facts, x, masks), run(at_once(made), PIXELS, facts, x, masks))


@pytest.mark.parametrize("name", ["by class", "one of two by class"])
def test_it_goes_on_between_two_batches_of_a_step(name: str) -> None:
    made = replace(recipe(3, 2), objectives=LOSSES[name])
    given = [numbers(), *[CLASSES] * sum(each.weight != 0 for each in made.objectives)]
    whole = run(made, TANH, FACTS, *given)
    cut = begun(made, TANH, FACTS, *given)
    events = cut.training.events()
    next(events)
    for _ in range(2):
        next(events)
    if cut.training.scores.unread:
        cut.training.read()
    assert cut.training.step % 3
    state = deepcopy(cut.training.state())
    again = begun(made, TANH, FACTS, *given)
    again.training.resume(state)
    finished(again)
    for mine, theirs in zip(
        again.training.model.parameters(), whole.training.model.parameters(), strict=True
    ):
        assert torch.equal(mine, theirs)


@pytest.mark.parametrize("option", ["accumulate", "distributed"])
def test_a_drawn_loss_that_is_a_mean_over_what_counts_is_told(option: str) -> None:
    def told(**arguments: Value) -> list[str]:
        drawn = network("Drawn", {
            "x": ("Input", {"shape": ("N", 4)}, ""),
            "fc": ("Linear", {"out_features": 3}, "x"),
            "right": ("Input", {"shape": ("N",), "dtype": "int64"}, ""),
            "loss": ("CrossEntropyLoss", arguments, "fc right"),
            "y": ("Output", {}, "loss"),
        })  # fmt: skip
        objective = Objective("y", "target", Choice("Output"))
        made = Recipe(
            inputs={"x": "features", "right": "target"},
            objectives=(objective,),
            options=(Choice(option),),
        )
        return [each.code for each in recipe_problems(made, infer(drawn), FACTS)]

    assert told() == []
    assert told(ignore_index=0) == ["accumulated_by_weights"]
    assert told(weight=(1.0, 2.0, 3.0)) == ["accumulated_by_weights"]
    assert told(weight=(1.0, 2.0, 3.0), reduction="sum") == []
