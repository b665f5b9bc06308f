"""``layerweft check``: shapes, parameter count and problems."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.commands import FAILED, FINE
from app.commands.fixes import offers, take
from app.commands.project import HOW_TO_ALLOW, open_project, settled
from app.late import late
from graph_model.costs.cost import NodeCost, cost
from graph_model.costs.sizes import sizes_for
from graph_model.custom_layers.known import root
from graph_model.editing.dismissals import is_dismissed, standing, unknown
from graph_model.inference.infer import Inference
from graph_model.network import Network, Project
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.sources import described
from graph_model.tensors import TensorSpec


def run(arguments: argparse.Namespace) -> int:
    """Print what is known of the network, and what is wrong with it and with its recipe."""
    opened = open_project(arguments.file)
    project = opened.project
    inference, problems = _found(project)
    if arguments.fix is not None:
        told, _ = _parted(project, problems)
        project = take(opened, offers(inference, told), arguments.fix, arguments.output or "")
        inference, problems = _found(project)
    if arguments.json:
        print(json.dumps(_report(project, inference, problems), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(project, inference, problems)))
    return FAILED if any(problem.is_error for problem in problems) else FINE


def _found(project: Project) -> tuple[Inference, tuple[Problem, ...]]:
    """Return what is known of the network, and all that is wrong with it and with its recipe."""
    inference, _ = settled(project)
    return inference, (*inference.problems, *_of_recipe(project, inference))


def _of_recipe(project: Project, inference: Inference) -> tuple[Problem, ...]:
    """Return what stands between the network and its training.

    A recipe that nobody has touched says nothing: the network may be there to be exported alone.
    """
    recipe = project.recipe
    if recipe == Recipe():
        return ()
    facts = described(recipe.data) or late("app.data.reading").describe(recipe.data)
    return recipe_problems(recipe, inference, facts)


def _report(
    project: Project, inference: Inference, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    """Return what is known as plain values; an unknown shape is ``None``."""
    told, dismissed = _parted(project, problems)
    count = inference.parameter_count
    found = cost(inference, sizes_for(inference)).total
    return {
        "name": inference.network.name,
        "parameters": count,
        "trainable": count - found.frozen,
        "inputs": {name: _plain(spec) for name, spec in _inputs(inference).items()},
        "outputs": {name: _plain(spec) for name, spec in _outputs(inference).items()},
        "cost": _plain_cost(found),
        "problems": [
            {
                **_problem(problem, inference.network),
                "fixes": [{"number": each.number, "message": each.fix.message} for each in fixes],
            }
            for problem, fixes in zip(told, offers(inference, told).values(), strict=True)
        ],
        "dismissed": [_problem(problem, inference.network) for problem in dismissed],
    }


def _parted(
    project: Project, problems: tuple[Problem, ...]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems that are to be told, and those that the user has dismissed."""
    told = standing(project, project.main, problems)
    return told, tuple(each for each in problems if is_dismissed(project, project.main, each))


def _plain_cost(found: NodeCost) -> dict[str, Any]:
    """Return multiply-adds and bytes of activations in training, both for one sample.

    Of those in ``at_least``, custom layers take more that is not known.
    """
    more = {
        "multiply_adds": found.more_multiply_adds,
        "activation_bytes": found.more_activations,
    }
    return {
        "at_least": [name for name, is_more in more.items() if is_more],
        "multiply_adds": found.multiply_adds,
        "activation_bytes": found.activations,
        "weight_bytes": found.weights,
    }


def _problem(problem: Problem, network: Network) -> dict[str, str]:
    node = network.nodes.get(problem.node)
    return {
        "node": node.name if node else "",
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def _inputs(inference: Inference) -> Mapping[str, TensorSpec | None]:
    nodes = inference.of_kind("Input")
    found = {node.name: inference.nodes[node.id].outputs.get("output") for node in nodes}
    return {name: inference.shown(spec) if spec else None for name, spec in found.items()}


def _outputs(inference: Inference) -> Mapping[str, TensorSpec | None]:
    nodes = inference.of_kind("Output")
    found = {node.name: inference.nodes[node.id].inputs.get("input") for node in nodes}
    return {name: inference.shown(spec) if spec else None for name, spec in found.items()}


def _plain(spec: TensorSpec | None) -> list[int | str] | None:
    if spec is None:
        return None
    return [dim if isinstance(dim, int) else str(dim) for dim in spec.shape]


def _lines(project: Project, inference: Inference, problems: tuple[Problem, ...]) -> Sequence[str]:
    """Write the report for people."""
    told, dismissed = _parted(project, problems)
    count = len(inference.network.nodes)
    return [
        f"{inference.network.name}: {count} nodes, {inference.parameter_count:,} parameters",
        *_spec_lines("in", _inputs(inference)),
        *_spec_lines("out", _outputs(inference)),
        *_problem_lines(inference, told),
        *([] if told else ["No problems."]),
        *([f"{len(dismissed)} dismissed."] if dismissed else []),
        *(f"Dismissed, but not known to this version: {each.code}" for each in unknown(project)),
        *_hint(inference),
    ]


def _hint(inference: Inference) -> list[str]:
    waits = any(root(problem).code == "custom_not_allowed" for problem in inference.problems)
    return [HOW_TO_ALLOW] if waits else []


def _spec_lines(word: str, specs: Mapping[str, TensorSpec | None]) -> list[str]:
    return [
        f"  {word:3} {name}  {f'{spec}  {spec.dtype}' if spec else 'unknown'}"
        for name, spec in specs.items()
    ]


def _problem_lines(inference: Inference, told: Sequence[Problem]) -> Iterator[str]:
    """Write each problem, and below it the fixes for it with their numbers."""
    for problem, fixes in zip(told, offers(inference, told).values(), strict=True):
        plain = _problem(problem, inference.network)
        where = f"{plain['node']}: " if plain["node"] else ""
        yield f"{plain['severity']}: {where}{plain['message']}"
        yield from (f"  fix {each.number}: {each.fix.message}" for each in fixes)
