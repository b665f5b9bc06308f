"""What batches of other sizes, and classes of other weights, come to: held against one batch."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.facts import classification
from tests.codegen.samples import network
from tests.codegen.training.tiny import TRAINED, VALIDATED, begun, finished, run

FACTS = classification(TRAINED + VALIDATED, (4,), ("a", "b", "c"))
TANH = network("Tanh", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc1": ("Linear", {"out_features": 5}, "x"),
    "act": ("Tanh", {}, "fc1"),
    "fc2": ("Linear", {"out_features": 3}, "act"),
    "log": ("LogSoftmax", {"dim": 1}, "fc2"),
    "y": ("Output", {}, "fc2"),
    "logs": ("Output", {}, "log"),
})  # fmt: skip


def samples() -> tuple[Tensor, Tensor]:
    """Return twelve samples of three classes, of which the first is the most frequent."""
    made = torch.Generator().manual_seed(0)
    classes = torch.tensor([0, 0, 0, 1, 0, 2, 0, 0, 0, 1, 0, 2])
    return torch.randn(TRAINED + VALIDATED, 4, generator=made), classes


def objectives(output: str, loss: Choice) -> tuple[Objective, ...]:
    other = Objective("logs" if output == "y" else "y", "target", Choice("CrossEntropyLoss"), 0.0)
    return (Objective(output, "target", loss), other)


@pytest.mark.parametrize(("batch_size", "batches"), [(3, 4), (2, 3), (3, 2)])
def test_batches_that_are_added_up_are_one_step(batch_size: int, batches: int) -> None:
    """Of the last step as well, which has fewer batches, and a smaller one."""
    recipe = Recipe(
        objectives=objectives("y", Choice("CrossEntropyLoss")),
        optimizer=Choice("SGD", {"lr": 0.5}),
        epochs=3,
        batch_size=batch_size,
        options=(Choice("accumulate", {"batches": batches}),),
    )
    added = run(recipe, TANH, FACTS, *samples()).training.model
    at_once = replace(recipe, batch_size=batch_size * batches, options=())
    whole = run(at_once, TANH, FACTS, *samples()).training.model
    for mine, theirs in zip(added.parameters(), whole.parameters(), strict=True):
        assert torch.allclose(mine, theirs, atol=1e-6)


@pytest.mark.parametrize(
    ("output", "loss"),
    [
        ("y", Choice("CrossEntropyLoss", {"balanced": True, "label_smoothing": 0.2})),
        ("logs", Choice("NLLLoss", {"balanced": True})),
        ("y", Choice("FocalLoss", {"balanced": True, "gamma": 0.0})),
        ("y", Choice("MultiMarginLoss", {"balanced": True})),
        ("y", Choice("CrossEntropyLoss")),
    ],
)
def test_the_loss_of_an_epoch_is_that_of_all_its_samples(output: str, loss: Choice) -> None:
    """Whatever the classes of its batches: else which epoch is best would hang on batch_size."""
    x, target = samples()
    recipe = Recipe(
        objectives=objectives(output, loss),
        optimizer=Choice("SGD", {"lr": 1e-12}),
        epochs=1,
        batch_size=3,
    )
    ran = run(recipe, TANH, FACTS, x, target)
    x, target = x[:TRAINED], target[:TRAINED]
    weight = TRAINED / (3 * torch.bincount(target)) if loss.arguments else None
    results = dict(zip(("y", "logs"), ran.training.model(x), strict=True))
    name = loss.kind.replace("Focal", "CrossEntropy")
    smoothing = {key: value for key, value in loss.arguments.items() if key == "label_smoothing"}
    expected = getattr(nn, name)(weight=weight, **smoothing)(results[output], target)
    assert ran.ends[0]["train"]["loss"] == pytest.approx(expected.item(), rel=1e-5)


def test_a_balanced_loss_goes_on_in_the_midst_of_an_epoch() -> None:
    """What it counted by weights is kept; a state of before that was kept is taken all the same."""
    recipe = Recipe(
        objectives=objectives("y", Choice("CrossEntropyLoss", {"balanced": True})),
        epochs=1,
        batch_size=3,
    )
    whole = run(recipe, TANH, FACTS, *samples())
    cut = begun(recipe, TANH, FACTS, *samples())
    events = cut.training.events()
    for _ in range(3):  # the first tells that it begins
        next(events)
    if cut.training.scores.unread:  # else it was just told, for a step took long
        cut.training.read()
    state = cut.training.state()
    again = begun(recipe, TANH, FACTS, *samples())
    again.training.resume(deepcopy(state))
    assert finished(again).ends == whole.ends
    del state["scores"]["weight"]
    older = begun(recipe, TANH, FACTS, *samples())
    older.training.resume(state)
    assert finished(older).ends[0]["validation"] == whole.ends[0]["validation"]


@pytest.mark.parametrize("batch_size", [2, 3, 8])
def test_of_several_outputs_each_has_its_mean(batch_size: int) -> None:
    """One is a mean by the weights of its classes, the other one by samples."""
    x, target = samples()
    both = (
        Objective("y", "target", Choice("CrossEntropyLoss", {"balanced": True}), 0.5),
        Objective("logs", "target", Choice("NLLLoss")),
    )
    recipe = Recipe(
        objectives=both, optimizer=Choice("SGD", {"lr": 1e-12}), epochs=2, batch_size=batch_size
    )
    ran = run(recipe, TANH, FACTS, x, target, target)
    weight = TRAINED / (3 * torch.bincount(target[:TRAINED]))
    for split, part in (("train", slice(TRAINED)), ("validation", slice(TRAINED, None))):
        scores, logs = ran.training.model(x[part])
        expected = 0.5 * nn.functional.cross_entropy(scores, target[part], weight)
        expected = expected + nn.functional.nll_loss(logs, target[part])
        assert ran.ends[-1][split]["loss"] == pytest.approx(float(expected.detach()), rel=1e-6)
    again = begun(recipe, TANH, FACTS, x, target, target)
    events = again.training.events()
    next(events)
    next(events)
    if again.training.scores.unread:
        again.training.read()
    resumed = begun(recipe, TANH, FACTS, x, target, target)
    resumed.training.resume(again.training.state())
    for one, other in zip(finished(resumed).ends, ran.ends, strict=True):
        assert one["train"]["loss"] == pytest.approx(other["train"]["loss"], rel=1e-12)
