"""What optimizers and options do, each by itself and in pairs, on trainings of a few steps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any, Final

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.editing.project_edits import fix_project
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts, classification
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES, Pace
from graph_model.values import Arguments
from tests.codegen.samples import network
from tests.codegen.training.tiny import TRAINED, VALIDATED, begun, finished, problems, run

FACTS = classification(12, (4,), ("a", "b", "c"))
RECIPE = Recipe(epochs=2, batch_size=4, seed=3)

MLP = network("Mlp", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc1": ("Linear", {"out_features": 8}, "x"),
    "bn": ("BatchNorm1d", {}, "fc1"),
    "act": ("Tanh", {}, "bn"),
    "drop": ("Dropout", {"p": 0.2}, "act"),
    "fc2": ("Linear", {"out_features": 3}, "drop"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip

WORDS = network("Words", {
    "x": ("Input", {"shape": ("N", 4), "dtype": "int64"}, ""),
    "table": ("Embedding", {"num_embeddings": 6, "embedding_dim": 5, "sparse": True}, "x"),
    "flat": ("Flatten", {}, "table"),
    "fc": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
OF_WORDS = DataFacts(12, {
    "features": ArrayFacts("features", (4,), "int64", highest=5),
    "target": ArrayFacts("target", (), "int64", 3),
}, class_names=("a", "b", "c"))  # fmt: skip

INFERENCE = infer(MLP)
ARGUMENTS: Mapping[str, Arguments] = {
    "best_by": {"figure": "accuracy"},
    "layer_rates": {"factors": ("fc1", 0.1)},
    "layer_weight_decays": {"factors": ("fc1", 0.5)},
    "thaw": {"epochs": ("fc1", 2)},
    "checkpoint": {"layers": ("fc1", "bn")},
    "swa": {"start": 1},
    "warm_up": {"epochs": 1},
    "autocast": {"dtype": "float16"},
}
"""What options are given that need to be told something, or do more then."""


def numbers() -> tuple[Tensor, Tensor]:
    """Return twelve samples of four numbers, and their classes."""
    made = torch.Generator().manual_seed(0)
    count = TRAINED + VALIDATED
    return torch.randn(count, 4, generator=made), torch.arange(count) % 3


def words() -> tuple[Tensor, Tensor]:
    """Return twelve samples of four indices, and their classes."""
    count = TRAINED + VALIDATED
    return torch.arange(count * 4).reshape(count, 4) * 5 % 6, torch.arange(count) % 3


def options(*kinds: str) -> tuple[Choice, ...]:
    return tuple(Choice(kind, ARGUMENTS.get(kind, {})) for kind in kinds)


def by_hand(
    recipe: Recipe, network: Network, samples: tuple[Tensor, Tensor]
) -> tuple[list[float], nn.Module]:
    """Train as one would with torch alone; return the losses, and the model."""
    torch.manual_seed(recipe.seed)
    model = build_network(network).make()
    optimizers = _optimizers(recipe, model)
    losses = []
    for epoch in range(recipe.epochs):
        shuffling = torch.Generator().manual_seed(recipe.seed + epoch)
        for index in torch.randperm(TRAINED, generator=shuffling).split(recipe.batch_size):
            x, target = samples[0][index], samples[1][index]
            seen = []

            def closure(x: Tensor = x, target: Tensor = target, seen: Any = seen) -> Tensor:
                for each in optimizers:
                    each.zero_grad()
                loss = nn.functional.cross_entropy(model(x), target)
                loss.backward()
                seen.append(loss.item())
                return loss

            if recipe.optimizer.kind == "LBFGS":
                optimizers[0].step(closure)  # type: ignore[arg-type]
            else:
                closure()
                for each in optimizers:
                    each.step()
            losses.append(seen[0])
    return losses, model


def _optimizers(recipe: Recipe, model: nn.Module) -> list[torch.optim.Optimizer]:
    name = recipe.optimizer.kind
    arguments: Any = OPTIMIZERS[name].torch_arguments(recipe.optimizer.arguments)
    weights = [*model.parameters()]
    if name == "Muon":
        own = [each for each in weights if each.ndim == 2]
    elif name == "SparseAdam":
        own = [model.get_parameter("table.weight")]
    else:
        return [getattr(torch.optim, name)(weights, **arguments)]
    rest = [each for each in weights if all(each is not mine for mine in own)]
    return [getattr(torch.optim, name)(own, **arguments), torch.optim.AdamW(rest, lr=1e-3)]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_is_that_of_torch(name: str) -> None:
    drawn, facts, samples = (
        (WORDS, OF_WORDS, words()) if name == "SparseAdam" else (MLP, FACTS, numbers())
    )
    recipe = replace(RECIPE, optimizer=Choice(name))
    assert problems(recipe, drawn, facts) == ()
    ran = run(recipe, drawn, facts, *samples)
    losses, model = by_hand(recipe, drawn, samples)
    assert ran.losses == losses
    for key, value in model.state_dict().items():
        assert torch.equal(ran.training.model.state_dict()[key], value)


@pytest.mark.parametrize("name", ["Muon", "SparseAdam", "LBFGS", "Adam"])
def test_an_optimizer_goes_on_from_its_state(name: str) -> None:
    drawn, facts, samples = (
        (WORDS, OF_WORDS, words()) if name == "SparseAdam" else (MLP, FACTS, numbers())
    )
    recipe = replace(RECIPE, optimizer=Choice(name), schedule=Choice("ExponentialLR"), epochs=3)
    whole = run(recipe, drawn, facts, *samples)
    first, second = (begun(recipe, drawn, facts, *samples) for _ in range(2))
    events = first.training.events()
    while (next(events) or {}).get("event") != "epoch_ended":
        pass
    second.training.resume(first.training.state())
    finished(second)
    assert second.losses == whole.losses[2:]
    assert second.rates == whole.rates[1:]


Item = tuple[str, str]
"""A place of a recipe, and what stands there."""

ITEMS: Final = (
    *(("optimizer", kind) for kind in OPTIMIZERS),
    *(("schedule", kind) for kind in SCHEDULES),
    *(("option", kind) for kind in OPTIONS if kind != "compile"),  # which takes long
)


def composed(items: Iterable[Item]) -> Recipe:
    """Return the recipe of some items."""
    recipe = RECIPE
    for place, kind in items:
        if place == "option":
            recipe = replace(recipe, options=(*recipe.options, *options(kind)))
        elif place == "schedule":
            recipe = replace(recipe, schedule=Choice(kind))
        else:
            recipe = replace(recipe, optimizer=Choice(kind))
    return recipe


def found(items: Iterable[Item]) -> tuple[Problem, ...]:
    """Return what keeps some items from going together; one place has one of them."""
    return tuple(
        each for each in recipe_problems(composed(items), INFERENCE, FACTS) if each.is_error
    )


def are_of_one_place(first: Item, second: Item) -> bool:
    return first[0] == second[0] != "option"


@cache
def pairs() -> tuple[frozenset[frozenset[Item]], frozenset[frozenset[Item]]]:
    """Return the pairs that go together, and those of which it is said why not."""
    both = [pair for pair in combinations(ITEMS, 2) if not are_of_one_place(*pair)]
    barred = {frozenset(pair) for pair in both if found(pair)}
    return frozenset(map(frozenset, both)) - barred, frozenset(barred)


def is_of_consequence(first: Item, second: Item) -> bool:
    """Tell whether two may know of each other, as optimizers do of cycles of their momentum."""
    is_schedule = (first[0], second[0]) == ("optimizer", "schedule")
    return not is_schedule or SCHEDULES[second[1]].pace is Pace.STEP


def covering() -> Iterator[tuple[Item, ...]]:
    """Yield few recipes that hold all pairs between them."""
    left = {pair for pair in pairs()[0] if is_of_consequence(*sorted(pair))}
    while left:
        chosen = sorted(min(left, key=sorted))
        for item in ITEMS:
            new = [each for each in chosen if frozenset({each, item}) in left]
            fits = item not in chosen and not any(are_of_one_place(item, each) for each in chosen)
            if fits and new and not found([*chosen, item]):
                chosen.append(item)
        left -= {frozenset(pair) for pair in combinations(chosen, 2)}
        yield tuple(chosen)


def test_every_two_of_a_recipe_go_together_or_it_is_said_why_not() -> None:
    torch.set_num_threads(1)
    for items in covering():
        try:
            ran = run(composed(items), MLP, FACTS, *numbers())
        except Exception as error:
            error.add_note(str(items))
            raise
        assert len(ran.losses) == 2 * RECIPE.epochs
        assert all(map(math.isfinite, ran.losses)), items
        assert all(torch.isfinite(each).all() for each in ran.training.model.parameters()), items


def test_what_does_not_go_together_can_be_mended() -> None:
    barred = pairs()[1]
    assert len(barred) > 20
    for pair in barred:
        project = Project({MLP.id: MLP}, MLP.id, recipe=composed(sorted(pair)))
        before = recipe_problems(project.recipe, INFERENCE, FACTS)
        errors = [each for each in before if each.is_error]
        for problem in errors:
            assert problem.fixes, (problem.code, pair)
            recipe = fix_project(project, MLP.id, problem.fixes[0]).recipe
            assert problem not in recipe_problems(recipe, INFERENCE, FACTS), problem.message
