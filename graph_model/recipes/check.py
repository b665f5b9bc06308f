"""What is wrong with a recipe, and with network and data together, before a run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from graph_model.advice.losses import suiting, unsuited
from graph_model.advice.surroundings import Level, Spot
from graph_model.complaints import complaint
from graph_model.constraints import holds, requirements
from graph_model.entry import Entry, argument_problems
from graph_model.inference.infer import Inference
from graph_model.network import Node, NodeId
from graph_model.phrases import phrase
from graph_model.problems import ChooseLoss, Fix, Problem, SetArguments
from graph_model.recipe import SETTINGS, WEIGHT, Choice, Objective, Recipe
from graph_model.recipes.binding import Binding, bind, shared_arrays
from graph_model.recipes.data_checks import answer_problems, balance_problems, untaken_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts
from graph_model.recipes.layers import index_problems, single_value_problems
from graph_model.recipes.losses import LOSSES, LossKind, Target, takes_shares
from graph_model.recipes.mending import fits, input_fixes, output_fixes
from graph_model.recipes.metric_checks import metric_problems
from graph_model.recipes.metrics import METRICS
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.option_checks import (
    average_problems,
    combination_problems,
    network_problems,
    optimizer_problems,
    step_problems,
)
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.player_checks import player_problems
from graph_model.recipes.readings import with_reading, with_reading_of
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES
from graph_model.recipes.splits import split_problems, split_sizes, steps_per_epoch
from graph_model.recipes.splitting import SPLITS
from graph_model.recipes.transform_checks import repeated_problems, transform_problems
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.recipes.weight_checks import weight_problems
from graph_model.sentences.tables import OTHER_READINGS
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Value

LARGEST_OF_WEIGHTS: Final = 3.4e38
"""What a 32-bit number can hold: anything more would be infinite beside the weights."""


def recipe_problems(
    recipe: Recipe, inference: Inference, facts: DataFacts | Problem
) -> tuple[Problem, ...]:
    """Return all that stands between a recipe and its run, errors first.

    ``facts`` is what describing the data gave. Problems of the network itself are not repeated.
    A problem of a setting names it as its parameter: ``epochs``, ``optimizer.lr``, ``data.path``.
    """
    found = [*_setting_problems(recipe)]
    for objective in recipe.objectives:
        for problem in _value_problems(WEIGHT, objective.weight, "objectives"):
            found.append(replace(problem, node=objective.output))
        found += _choice_problems("loss", objective.loss, LOSSES, objective.output)
        for chosen in objective.metrics:
            found += _choice_problems("metrics", chosen, METRICS, objective.output)
    if isinstance(facts, Problem):
        if facts.code not in {problem.code for problem in found}:  # a bad setting is told once
            found.append(replace(facts, parameter=facts.parameter or "data"))
    elif not _has_errors(found):
        found += split_problems(recipe, facts)
        found += [note for note in facts.notes if note.code in OTHER_READINGS]
        if any(note.code == "table_no_features" for note in facts.notes):
            found += [note for note in facts.notes if note.code == "table_no_features"]
            return tuple(sorted(found, key=lambda problem: not problem.is_error))
        binding = bind(recipe, inference, facts)
        for node, array in binding.inputs:
            problems = _input_problems(inference.network.nodes[node], array, inference, facts)
            spec = inference.nodes[node].outputs.get("output")
            wanted = spec.shape[1:] if spec else ()
            found += (with_reading_of(e, array, wanted, recipe.data, facts) for e in problems)
        if not _has_errors(found):
            found += _size_problems(binding.inputs, inference, facts)
            found += _sharing_problems(recipe, binding, inference)
            found += index_problems(binding.inputs, inference, facts)
            found += single_value_problems(recipe.batch_size, inference)
        for objective in binding.objectives:
            problems = _objective_problems(objective, inference, facts)
            found += (with_reading(each, objective, recipe.data, facts) for each in problems)
            found += _metric_problems(objective, inference, recipe, facts)
            found += balance_problems(objective, inference, facts)
        found += answer_problems(recipe, inference, facts, binding)
        found += untaken_problems(recipe, facts, binding)
        if binding.objectives and not any(each.weight for each in binding.objectives):
            found.append(Problem("nothing_to_train", parameter="objectives"))
        found += step_problems(recipe, steps_per_epoch(recipe, facts))
        found += average_problems(recipe, steps_per_epoch(recipe, facts))
        found += network_problems(recipe, inference, binding)
        if not _has_errors(found):
            found += transform_problems(recipe, inference, binding, facts)
        found += weight_problems(recipe, inference, binding, facts)
        found += player_problems(recipe, inference, binding.objectives)
        if not (inference.parameter_count or inference.has_errors or _has_errors(found)):
            found.append(Problem("nothing_to_learn"))
    return tuple(sorted(found, key=lambda problem: not problem.is_error))


def _has_errors(found: Iterable[Problem]) -> bool:
    return any(problem.is_error for problem in found)


def _setting_problems(recipe: Recipe) -> Iterator[Problem]:
    for parameter in SETTINGS:
        yield from _value_problems(parameter, getattr(recipe, parameter.name), parameter.name)
    yield from _choice_problems("data", recipe.data, SOURCES)
    yield from _choice_problems("optimizer", recipe.optimizer, OPTIMIZERS)
    yield from optimizer_problems(recipe.optimizer)
    yield from _choice_problems("schedule", recipe.schedule, SCHEDULES)
    for phase in recipe.phases:
        yield from _choice_problems("schedule", phase.schedule, SCHEDULES)
    yield from _choice_problems("split", recipe.split, SPLITS)
    for each in recipe.transforms:
        yield from _choice_problems("transforms", each, TRANSFORMS)
    for each in recipe.options:
        yield from _choice_problems("options", each, OPTIONS)
    for player in recipe.players:
        if player.optimizer is not None:
            yield from _choice_problems("optimizer", player.optimizer, OPTIMIZERS, player.output)
            yield from optimizer_problems(player.optimizer, player.output)
    yield from combination_problems(recipe)
    yield from repeated_problems(recipe)


def _choice_problems(
    place: str, chosen: Choice, catalogue: Mapping[str, Entry], node: NodeId = ""
) -> Iterator[Problem]:
    kind = catalogue.get(chosen.kind)
    if kind is None:
        values = {
            "place": phrase(place.partition(".")[0]),
            "kind": chosen.kind,
            "choices": ", ".join(catalogue),
        }
        yield Problem("unknown_choice", values, node=node, parameter=place)
        return
    for each in argument_problems(kind, chosen.arguments):
        yield replace(each, node=node, parameter=f"{place}.{each.parameter}")
    for name, value in chosen.arguments.items():
        if isinstance(value, int | float) and LARGEST_OF_WEIGHTS < abs(value) < math.inf:
            low, bound = value < 0, f"{math.copysign(LARGEST_OF_WEIGHTS, value):g}"
            values = {"parameter": name, "bound": bound, "got": f"{value:g}"}
            code = "below_minimum" if low else "above_maximum"
            yield Problem(code, values, node=node, parameter=f"{place}.{name}")


def _value_problems(parameter: Parameter, value: Value, place: str) -> Iterator[Problem]:
    wrong = complaint(parameter, value)
    if wrong is not None:
        yield Problem(wrong.code, wrong.values, parameter=place)


def _input_problems(
    node: Node, name: str, inference: Inference, facts: DataFacts
) -> Iterator[Problem]:
    """Hold an Input's shape and dtype against the array it takes."""
    array = facts.arrays.get(name)
    if array is None:
        yield _unknown_array(node.id, name, facts)
        return
    spec = inference.nodes[node.id].outputs.get("output")
    if spec is None:
        return
    fits = len(spec.shape) == 1 + len(array.shape) and all(
        not isinstance(mine, int) or mine == size
        for mine, size in zip(spec.shape[1:], array.shape, strict=True)
    )
    if not fits or isinstance(spec.shape[0], int):
        problem = _input_problem("input_shape", node, array, str(spec), _shape_text(array))
        through = input_fixes(node, array.shape, array.dtype, inference)
        yield replace(problem, fixes=(*through, *problem.fixes))
    elif spec.dtype != array.dtype and not (spec.is_floating and array.dtype == "float32"):
        yield _input_problem("input_dtype", node, array, spec.dtype, array.dtype)


def _size_problems(
    inputs: Iterable[tuple[NodeId, str]], inference: Inference, facts: DataFacts
) -> Iterator[Problem]:
    """Hold the sizes of the data against what the network needs of its symbolic ones."""
    values: dict[str, int] = {}
    for id, name in inputs:
        spec, array = inference.nodes[id].outputs.get("output"), facts.arrays[name]
        for dim, size in zip(spec.shape[1:] if spec else (), array.shape, strict=False):
            values[str(dim)] = size
    broken = tuple(each for each in inference.constraints if not holds(each, values))
    for id, name in inputs if broken else ():
        array = facts.arrays[name]
        needed = ", ".join(str(each.words) for each in requirements(broken))
        named = {
            "node": inference.network.nodes[id].name,
            "array": name,
            "got": _shape_text(array),
            "needed": needed,
        }
        yield Problem("input_sizes", named, node=id, port="output")


def _input_problem(code: str, node: Node, array: ArrayFacts, got: str, expected: str) -> Problem:
    fix = Fix(
        "match_data",
        SetArguments({"shape": ("N", *array.shape), "dtype": array.dtype}),
        {"node": node.name, "shape": _shape_text(array), "dtype": array.dtype},
        node.id,
    )
    values = {"node": node.name, "got": got, "array": array.name, "expected": expected}
    return Problem(code, values, node=node.id, port="output", fixes=(fix,))


def _sharing_problems(recipe: Recipe, binding: Binding, inference: Inference) -> Iterator[Problem]:
    """Warn of an array that feeds several Inputs, for which nobody asked."""
    for array, nodes in shared_arrays(recipe, binding).items():
        names = ", ".join(inference.network.nodes[node].name for node in nodes)
        yield Problem("array_feeds_several", {"array": array, "inputs": names}, node=nodes[-1])


def _objective_problems(
    objective: Objective, inference: Inference, facts: DataFacts
) -> Iterator[Problem]:
    """Hold an Output against its target and its loss."""
    array = facts.arrays.get(objective.target)
    if array is None:
        yield _unknown_array(objective.output, objective.target, facts)
        return
    spec = inference.nodes[objective.output].inputs.get("input")
    if spec is None or not objective.weight:
        return
    loss = LOSSES[objective.loss.kind]
    if not spec.is_floating:
        values = {"got": spec.dtype}
        yield Problem("output_dtype", values, node=objective.output, port="input")
    elif not loss.takes_target:
        return
    elif loss.target is Target.CLASSES:
        yield from _class_problems(objective, loss, array, spec, inference)
    else:
        yield from _number_problems(objective, loss, array, spec, inference)


def _metric_problems(
    objective: Objective, inference: Inference, recipe: Recipe, facts: DataFacts
) -> Iterator[Problem]:
    """Hold what is told of an Output against what it is."""
    array = facts.arrays.get(objective.target)
    spec = inference.nodes[objective.output].inputs.get("input")
    if array is not None and spec is not None and objective.weight:
        samples = max(split_sizes(recipe, facts)[1:])
        yield from metric_problems(objective, array, spec, samples)


def _class_problems(
    objective: Objective, loss: LossKind, array: ArrayFacts, spec: TensorSpec, inference: Inference
) -> Iterator[Problem]:
    if not array.classes:
        values = {"loss": loss.title, "array": array.name}
        yield Problem("loss_wants_classes", values, node=objective.output, parameter="loss")
        return
    if array.has_shares and not takes_shares(objective.loss):
        values = {"loss": loss.title, "array": array.name}
        change = ChooseLoss(objective.output, objective.target, "CrossEntropyLoss", {})
        fix = Fix("loss_of_shares", change, node=objective.output)
        yield Problem(
            "loss_wants_one_class", values, node=objective.output, parameter="loss", fixes=(fix,)
        )
        return
    shape = array.shape if array.has_shares else (array.classes, *array.shape)
    if not fits(spec, shape):
        yield _output_problem(objective, loss, array, spec, shape, inference)
        return
    yield from _wrong_activation(objective.output, loss, inference)


def _wrong_activation(output: NodeId, loss: LossKind, inference: Inference) -> Iterator[Problem]:
    """Tell that a loss wants something else than the last layer gives, be it within a block."""
    taker = Spot(Level(inference.network, inference.structure, inference.nodes), output)
    last = unsuited(taker, loss.expects)
    if last is not None:
        values = {"loss": loss.title, "expects": phrase(loss.expects), "kind": last.title}
        fixes = suiting(taker, last, loss.expects)
        yield Problem("wrong_activation", values, node=last.outermost.id, fixes=fixes)


_OF_TWO: Final = (Target.BINARY, Target.SIGNS)
"""The targets that are one of two for each element."""


def _number_problems(
    objective: Objective, loss: LossKind, array: ArrayFacts, spec: TensorSpec, inference: Inference
) -> Iterator[Problem]:
    classes = 0 if array.has_shares else array.classes
    if loss.target in _OF_TWO and classes > 2:
        values = {"loss": loss.title, "array": array.name, "classes": str(array.classes)}
        yield Problem("loss_wants_two_classes", values, node=objective.output, parameter="loss")
        return
    if loss.target is Target.REAL and classes > 2:
        values = {"loss": loss.title, "array": array.name, "classes": str(array.classes)}
        yield Problem("loss_wants_numbers", values, node=objective.output, parameter="loss")
        return
    shape = array.shape or (1,)
    if not fits(spec, shape) and not (shape == (1,) and spec.rank == 1):
        yield _output_problem(objective, loss, array, spec, shape, inference)
        return
    yield from _wrong_activation(objective.output, loss, inference)


def _output_problem(
    objective: Objective,
    loss: LossKind,
    array: ArrayFacts,
    spec: TensorSpec,
    shape: tuple[int, ...],
    inference: Inference,
) -> Problem:
    values = {
        "node": inference.network.nodes[objective.output].name,
        "got": str(spec),
        "array": array.name,
        "loss": loss.title,
        "expected": "×".join(map(str, ("N", *shape))),
    }
    fixes = output_fixes(objective.output, shape, inference)
    return Problem("output_shape", values, node=objective.output, port="input", fixes=tuple(fixes))


def _shape_text(array: ArrayFacts) -> str:
    return "×".join(map(str, ("N", *array.shape)))


def _unknown_array(node: NodeId, name: str, facts: DataFacts) -> Problem:
    values = {"array": name, "choices": ", ".join(facts.arrays)}
    return Problem("unknown_array", values, node=node, parameter="array")
