"""Fixes that read an array as what a network takes, where it was taken for something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.dims import Shape
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipe import Choice, Objective
from graph_model.recipes.columns import with_decision
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.sources import SOURCES
from graph_model.values import Value

_WORDS: Final = {
    "number": "numbers",
    "category": "classes",
    "mask": "a class at each place",
    "one_hot": "the class with the most in each row",
}
_NUMBERS: Final = ("loss_wants_numbers", "loss_wants_two_classes")


def with_reading(problem: Problem, objective: Objective, data: Choice, facts: DataFacts) -> Problem:
    """Return a problem of a target with the fix that reads it as its loss takes it, if any does."""
    column = next((each for each in facts.columns if each.name == objective.target), None)
    array = facts.arrays.get(objective.target)
    if column is None or array is None:  # a column of a table is none of its arrays
        return problem
    if problem.code in _NUMBERS:
        return _with_fix(problem, column.name, "number", data)
    if problem.code == "loss_wants_classes" and column.type == "number":
        kind = "category" if array.shape in ((), (1,)) else "mask"
        return _with_fix(problem, column.name, kind, data)
    if problem.code == "loss_wants_classes" and column.type == "shares":
        return _with_fix(problem, column.name, "one_hot", data)
    is_of_numbers = LOSSES[objective.loss.kind].target is not Target.CLASSES
    if problem.code == "output_shape" and column.type == "one_hot" and is_of_numbers:
        return _with_fix(problem, column.name, "number", data)
    return problem


def with_reading_of(
    problem: Problem, array: str, wanted: Shape, data: Choice, facts: DataFacts
) -> Problem:
    """Return a problem of an Input with the fix that reads the array as it is wanted, first."""
    column = next((each for each in facts.columns if each.name == array), None)
    if problem.code == "input_dtype" and column is not None and column.type == "category":
        return _with_fix(problem, array, "number", data)
    if problem.code != "input_shape" or array != facts.features:
        return problem
    shape = facts.arrays[array].shape
    fix = _of_layout(array, shape, wanted, data, facts) or _of_pictures(shape, wanted, data)
    return replace(problem, fixes=(fix, *problem.fixes)) if fix else problem


def _of_layout(
    array: str, shape: tuple[int, ...], wanted: Shape, data: Choice, facts: DataFacts
) -> Fix | None:
    """Return the fix that lets channels lie elsewhere in an array, where an Input wants that."""
    if data.kind != "npz":
        return None
    is_turned = facts.read_as.get("layout", data.arguments.get("layout")) == "channels_last"
    is_last = not is_turned and len(shape) == 3 and _fit(wanted, (shape[-1], *shape[:-1]))
    if len(shape) == 2 and len(wanted) == 3:
        code, layout = "read_one_channel", "no_channels"
    elif is_turned and _fit(wanted, (*shape[1:], shape[0])):
        code, layout = "read_as_it_lies", "as_is"
    elif is_last:
        code, layout = "read_channels_last", "channels_last"
    else:
        return None
    return Fix(code, SetDataArguments({"layout": layout}), {"array": array})


def _of_pictures(shape: tuple[int, ...], wanted: Shape, data: Choice) -> Fix | None:
    """Return the fix that reads pictures of files in the size and colours that an Input wants."""
    if data.kind != "image_folder" or len(wanted) != 3 or wanted[0] not in (1, 3):
        return None
    sides = {each for each in wanted[1:] if isinstance(each, int)} or {shape[1]}
    if len(sides) > 1:
        return None
    (side,) = sides
    told = "×".join(map(str, ("N", wanted[0], side, side)))
    change: dict[str, Value] = {"size": side, "color": "rgb" if wanted[0] == 3 else "grey"}
    return Fix("read_pictures_as", SetDataArguments(change), {"shape": told})


def _fit(wanted: Shape, shape: tuple[int, ...]) -> bool:
    """Tell whether an Input takes samples of a shape; symbols take any size."""
    return len(wanted) == len(shape) and all(
        not isinstance(mine, int) or mine == size for mine, size in zip(wanted, shape, strict=True)
    )


def _with_fix(problem: Problem, array: str, kind: str, data: Choice) -> Problem:
    """Return a problem whose first fix reads an array as this type."""
    if all(each.name != "types" for each in SOURCES[data.kind].parameters):
        return problem
    types = with_decision(data, "types", array, kind).arguments["types"]
    values = {"array": array, "type": phrase(_WORDS[kind])}
    fix = Fix("read_as_type", SetDataArguments({"types": types}), values)
    return replace(problem, fixes=(fix, *problem.fixes))
