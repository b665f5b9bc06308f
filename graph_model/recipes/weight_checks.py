"""What weights of samples do not go together with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_model.findings.results import Inference
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.players import turns

_OF_WHOLE_BATCHES: Final = frozenset({"KLDivLoss"})
"""The losses that are no means over elements."""


def weight_problems(
    recipe: Recipe, inference: Inference, binding: Binding, facts: DataFacts
) -> Iterator[Problem]:
    """Find what keeps each sample from counting by its weight."""
    if not facts.has_weights:
        return
    if turns(recipe, inference):
        yield Problem("weights_of_players", parameter="data")
        return
    for each in binding.objectives:
        loss, spec = LOSSES[each.loss.kind], inference.nodes[each.output].inputs.get("input")
        told = {"name": inference.network.nodes[each.output].name, "loss": loss.title}
        is_single = not loss.takes_target and spec is not None and spec.rank == 0
        if not each.weight:
            continue
        array = facts.arrays.get(each.target)
        is_flat = array is not None and bool(array.ignored) and not loss.can_ignore
        if loss.is_own or loss.name in _OF_WHOLE_BATCHES or is_single or is_flat:
            yield Problem("weights_of_loss", told, node=each.output, parameter="loss")
        elif loss.is_balanced(each.loss.arguments):
            yield Problem("weights_twice", told, node=each.output, parameter="loss")
