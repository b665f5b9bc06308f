"""What of the data does not go together with what a network takes and is to predict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph_model.inference.infer import Inference
from graph_model.phrases import phrase
from graph_model.problems import ChooseLoss, Fix, Problem, SetDataArguments
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.columns import with_decision
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import BALANCED, LOSSES

_UNEVEN: Final = 10
"""From so many times as many samples in one class as in another on, they are told of."""


def answer_problems(
    recipe: Recipe, inference: Inference, facts: DataFacts, binding: Binding
) -> Iterator[Problem]:
    """Warn of Inputs that take what an Output is to predict, alone or among the features."""
    columns = {each.name: each for each in facts.columns}
    targets = {
        each.target
        for each in binding.objectives
        if each.weight and LOSSES[each.loss.kind].takes_target
    }
    within = [name for name in sorted(targets) if _is_feature(name, facts)]
    for node, array in binding.inputs:
        name = inference.network.nodes[node].name
        if (
            array in targets
            and array != facts.features
            and (array in columns or array == facts.target)
        ):
            values = {"node": name, "array": array}
            yield Problem("table_input_is_target", values, node=node, parameter="array")
        elif array == facts.features and within:
            data = recipe.data
            for each in within:
                data = with_decision(data, "roles", each, "target")
            fix = Fix(
                "give_target_role",
                SetDataArguments({"roles": data.arguments["roles"]}),
                {"columns": ", ".join(within)},
            )
            values = {"node": name, "array": ", ".join(within)}
            yield Problem(
                "table_input_is_target", values, node=node, parameter="array", fixes=(fix,)
            )


def untaken_problems(recipe: Recipe, facts: DataFacts, binding: Binding) -> Iterator[Problem]:
    """Advise of texts and pictures of a table, and of numbers beside them, that no Input takes."""
    own = facts.own_inputs
    taken = {array for _, array in binding.inputs}
    if not own or not binding.inputs:
        return
    for name, role in own.items():
        if name in taken:
            continue
        data = with_decision(recipe.data, "roles", name, "ignore")
        change = SetDataArguments({"roles": data.arguments["roles"]})
        fix = Fix("ignore_column", change, {"column": name})
        values = {"column": name, "what": phrase("texts" if role == "text" else "pictures")}
        yield Problem("table_column_untaken", values, parameter="data", fixes=(fix,))
    single = {each.name for each in facts.columns if each.name not in own}
    if facts.features not in own and not taken & {facts.features, *single}:
        values = {"column": facts.features, "what": phrase("numbers")}
        yield Problem("table_column_untaken", values, parameter="data")


def _is_feature(name: str, facts: DataFacts) -> bool:
    return any(
        each.name == name and each.role in {"number", "category", "date"} for each in facts.columns
    )


def balance_problems(
    objective: Objective, inference: Inference, facts: DataFacts
) -> Iterator[Problem]:
    """Advise to weigh classes that are very uneven, where the loss can do so."""
    kind = LOSSES.get(objective.loss.kind)
    counts = facts.class_counts
    if kind is None or not kind.weighs or objective.target != facts.target or not counts:
        return
    if max(counts) < _UNEVEN * max(1, min(counts)) or kind.is_balanced(objective.loss.arguments):
        return
    name = inference.network.nodes[objective.output].name
    change = ChooseLoss(
        objective.output,
        objective.target,
        objective.loss.kind,
        {**objective.loss.arguments, BALANCED: True},
    )
    fix = Fix("balance_classes", change, {"output": name}, objective.output)
    values = {"array": facts.target}
    yield Problem(
        "table_classes_uneven", values, node=objective.output, parameter="loss", fixes=(fix,)
    )
