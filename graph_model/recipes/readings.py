"""Fixes that read an array as what a network takes, where it was taken for something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipe import Choice, Objective
from graph_model.recipes.columns import with_decision
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.sources import SOURCES

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
    if column is None:
        return problem
    if problem.code in _NUMBERS:
        return _with_fix(problem, column.name, "number", data)
    array = facts.arrays[column.name]
    if problem.code == "loss_wants_classes" and column.type == "number":
        kind = "category" if array.shape in ((), (1,)) else "mask"
        return _with_fix(problem, column.name, kind, data)
    if problem.code == "loss_wants_classes" and column.type == "shares":
        return _with_fix(problem, column.name, "one_hot", data)
    is_of_numbers = LOSSES[objective.loss.kind].target is not Target.CLASSES
    if problem.code == "output_shape" and column.type == "one_hot" and is_of_numbers:
        return _with_fix(problem, column.name, "number", data)
    return problem


def with_reading_of(problem: Problem, array: str, data: Choice, facts: DataFacts) -> Problem:
    """Return a problem of an Input with the fix that reads whole numbers as numbers, first."""
    column = next((each for each in facts.columns if each.name == array), None)
    if problem.code != "input_dtype" or column is None or column.type != "category":
        return problem
    return _with_fix(problem, array, "number", data)


def _with_fix(problem: Problem, array: str, kind: str, data: Choice) -> Problem:
    """Return a problem whose first fix reads an array as this type."""
    if all(each.name != "types" for each in SOURCES[data.kind].parameters):
        return problem
    types = with_decision(data, "types", array, kind).arguments["types"]
    values = {"array": array, "type": phrase(_WORDS[kind])}
    fix = Fix("read_as_type", SetDataArguments({"types": types}), values)
    return replace(problem, fixes=(fix, *problem.fixes))
