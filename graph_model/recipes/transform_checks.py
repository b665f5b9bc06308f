"""What is wrong with the transforms of a recipe: of themselves, and for what they are to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph_model.findings.results import Inference
from graph_model.phrases import phrase
from graph_model.problems import Fix, LeaveOutTransform, Problem
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import Binding, bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.players import turns
from graph_model.recipes.transforms import SCALE, TRANSFORMS, Suits, TransformKind
from graph_model.tensors import TensorSpec

_MIXED_BY_CLASS: Final = "CrossEntropyLoss"
"""The loss of classes that takes a share of each class for a target."""


def transform_problems(
    recipe: Recipe, inference: Inference, binding: Binding, facts: DataFacts
) -> Iterator[Problem]:
    """Find transforms that cannot do what they are to, with a way to leave each out."""
    specs = [
        inference.nodes[node].outputs["output"]
        for node, array in binding.inputs
        if array == facts.features and "output" in inference.nodes[node].outputs
    ]
    for place, chosen in enumerate(recipe.transforms):
        kind = TRANSFORMS[chosen.kind]
        if not specs:
            yield _problem("transform_of_nothing", place, kind)
        elif any(not _suits(spec, kind.suits) for spec in specs):
            got = next(spec for spec in specs if not _suits(spec, kind.suits))
            told = {"takes": phrase(kind.suits.value), "got": f"{got}, {got.dtype}"}
            yield _problem("transform_unsuited", place, kind, told)
        elif kind.mixes:
            yield from _mixing_problems(place, kind, recipe, inference, binding)
        arguments = kind.complete(chosen.arguments)
        if kind.name == "erase" and _number(arguments["smallest"]) > _number(arguments["largest"]):
            yield _problem("transform_of_no_size", place, kind)
        if kind.name == "crop" and arguments["outside"] == "reflection":
            sides = [size for spec in specs for size in spec.shape[-2:] if isinstance(size, int)]
            if sides and _number(arguments["padding"]) >= min(sides):
                yield _problem("transform_border", place, kind, {"size": str(min(sides))})


def obstacle(kind: str, recipe: Recipe, inference: Inference, facts: DataFacts) -> Problem | None:
    """Return what would be wrong with a transform if it were added, ``None`` for nothing."""
    found = repeated_problems(replace(recipe, transforms=(*recipe.transforms, Choice(kind))))
    alone = replace(recipe, transforms=(Choice(kind),))
    unsuited = transform_problems(alone, inference, bind(recipe, inference, facts), facts)
    last = len(recipe.transforms) + 1
    twice = (each for each in found if each.parameter == f"transforms.{last}")
    return next((each for each in (*twice, *unsuited) if each.is_error), None)


def repeated_problems(recipe: Recipe) -> Iterator[Problem]:
    """Find a scaling that is said twice."""
    places = [place for place, each in enumerate(recipe.transforms) if each.kind == SCALE]
    for place in places[1:]:
        yield _problem("transform_twice", place, TRANSFORMS[SCALE])


def _suits(spec: TensorSpec, suits: Suits) -> bool:
    """Tell whether a transform can change what an Input gives."""
    match suits:
        case Suits.TOKENS:
            return spec.rank == 2 and spec.dtype.startswith("int")
        case Suits.PICTURES:
            return spec.rank == 4 and spec.is_floating
        case Suits.COLOURED:
            return spec.rank == 4 and spec.is_floating and spec.shape[1] == 3
        case Suits.SERIES:
            return spec.rank == 3 and spec.is_floating
        case _:
            return spec.is_floating


def _mixing_problems(
    place: int, kind: TransformKind, recipe: Recipe, inference: Inference, binding: Binding
) -> Iterator[Problem]:
    """Find what keeps two samples from being mixed with their targets."""
    if turns(recipe, inference):
        yield _problem("transform_of_players", place, kind)
        return
    for each in binding.objectives:
        if each.weight and not _can_be_mixed(each, inference):
            told = {"name": inference.network.nodes[each.output].name}
            told["loss"] = LOSSES[each.loss.kind].title
            yield _problem("transform_cannot_mix", place, kind, told)


def _can_be_mixed(objective: Objective, inference: Inference) -> bool:
    """Tell whether a loss takes what is between two targets."""
    spec = inference.nodes[objective.output].inputs.get("input")
    loss = LOSSES[objective.loss.kind]
    if not loss.takes_target or loss.is_balanced(objective.loss.arguments):
        return False
    is_small = spec is not None and spec.rank <= 2
    if loss.target is Target.CLASSES:
        has_size = spec is not None and isinstance(spec.shape[-1], int)
        return is_small and has_size and loss.name == _MIXED_BY_CLASS
    return is_small and loss.target in (Target.BINARY, Target.REAL)


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0.0


def _problem(
    code: str, place: int, kind: TransformKind, values: dict[str, str] | None = None
) -> Problem:
    told = {"transform": kind.title}
    fix = Fix("leave_out_transform", LeaveOutTransform(place), told)
    return Problem(
        code, {**told, **(values or {})}, parameter=f"transforms.{place + 1}", fixes=(fix,)
    )
