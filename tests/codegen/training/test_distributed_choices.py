"""Each optimizer, schedule and option in two processes, by DDP and by FSDP2, or it is barred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from app.training.engine import train
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.sources import SOURCES
from tests.codegen.samples import network
from tests.codegen.training.cases import job
from tests.codegen.training.test_combinations import ITEMS, Item, are_of_one_place
from tests.codegen.training.test_distributed import losses_of, losses_of_events, told_of
from tests.codegen.training.test_options import ARGUMENTS
from tests.sampling import IS_CAMPAIGN

NETWORK = network("Net", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc1": ("Linear", {"out_features": 8}, "x"), "act": ("Tanh", {}, "fc1"),
    "bn": ("LayerNorm", {}, "act"), "fc2": ("Linear", {"out_features": 3}, "bn"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip
PARALLELS: Final = ("DDP", "FSDP2")
_OWN: Final = {"autocast": {"dtype": "bfloat16"}, "accumulate": {"batches": 3}}


def recipe_of(parallel: str, items: Sequence[Item]) -> Recipe:
    recipe = Recipe(
        Choice("iris"),
        optimizer=Choice("AdamW", {"weight_decay": 0.1}),
        epochs=2,
        batch_size=16,
        options=(Choice("distributed", {"parallel": parallel}),),
    )
    for place, kind in items:
        chosen = Choice(kind, {**ARGUMENTS.get(kind, {}), **_OWN.get(kind, {})})
        if place == "option":
            recipe = replace(recipe, options=(*recipe.options, chosen))
        else:
            recipe = replace(recipe, **{place: Choice(kind)})
    return recipe


def is_barred(parallel: str, items: Sequence[Item]) -> bool:
    facts = SOURCES["iris"].facts
    assert facts is not None
    found = recipe_problems(recipe_of(parallel, items), infer(NETWORK), facts({}))
    return any(each.is_error for each in found)


def covering(parallel: str) -> dict[str, Sequence[Item]]:
    """Few recipes that hold each item which is not barred."""
    left = [each for each in ITEMS if each[1] != "distributed"]
    left = [each for each in left if not is_barred(parallel, [each])]
    found: dict[str, Sequence[Item]] = {}
    while left:
        chosen: list[Item] = []
        for item in left:
            fits = not any(are_of_one_place(item, each) for each in chosen)
            if fits and not is_barred(parallel, [*chosen, item]):
                chosen.append(item)
        left = [each for each in left if each not in chosen]
        found[f"{parallel} {len(found)}"] = chosen
    return found


def test_what_needs_whole_weights_is_barred_where_each_process_has_a_part() -> None:
    barred = [kind for place, kind in ITEMS if is_barred("FSDP2", [(place, kind)])]
    assert {"Rprop", "Adafactor", "Muon", "LBFGS", "ema", "swa", "l1_penalty"} <= {*barred}


@pytest.mark.slow
@pytest.mark.skipif(not IS_CAMPAIGN, reason="a minute: campaigns do it")
@pytest.mark.parametrize("parallel", PARALLELS)
def test_two_processes_tell_the_losses_of_one(parallel: str, tmp_path: Path) -> None:
    recipes = {name: recipe_of(parallel, items) for name, items in covering(parallel).items()}
    told = told_of(tmp_path, {name: job(NETWORK, recipe) for name, recipe in recipes.items()})
    for name, recipe in recipes.items():
        alone = losses_of_events(list(train(job(NETWORK, recipe))))
        # LBFGS makes of a rounding another step: after a few it is somewhere else
        count = 3 if recipe.optimizer.kind == "LBFGS" else len(alone)
        assert losses_of(told[name])[:count] == pytest.approx(alone[:count], rel=2e-3), recipe
