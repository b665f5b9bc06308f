"""Which array each Input takes and what each Output is trained for, with the defaults filled in."""

from __future__ import annotations

from dataclasses import dataclass

from graph_model.infer import Inference
from graph_model.network import NodeId
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.facts import DataFacts


@dataclass(frozen=True, slots=True)
class Binding:
    """The arrays for the arguments of ``forward``, and an objective for each of its results.

    ``inputs`` pairs Input nodes with arrays, ``objectives`` holds one for each Output; both are
    in the order of the generated code.
    """

    inputs: tuple[tuple[NodeId, str], ...]
    objectives: tuple[Objective, ...]


def bind(recipe: Recipe, inference: Inference, facts: DataFacts) -> Binding:
    """Return the binding of a recipe; what is bound to nodes that are gone is left out."""
    chosen = {objective.output: objective for objective in recipe.objectives}
    return Binding(
        tuple(
            (node.id, recipe.inputs.get(node.id, facts.features))
            for node in inference.of_kind("Input")
        ),
        tuple(
            chosen.get(node.id) or default_objective(node.id, inference, facts)
            for node in inference.of_kind("Output")
        ),
    )


def default_objective(output: NodeId, inference: Inference, facts: DataFacts) -> Objective:
    """Return what an Output is trained for unless the recipe says otherwise."""
    return Objective(output, facts.target, usual_loss(output, facts.target, inference, facts))


def usual_loss(output: NodeId, target: str, inference: Inference, facts: DataFacts) -> Choice:
    """Return the loss that suits an Output and a target array."""
    array = facts.arrays.get(target)
    if array is None or not array.classes:
        return Choice("MSELoss")
    spec = inference.nodes[output].inputs.get("input")
    one_score = spec is not None and spec.shape[1:] in {(), (1,)}
    return Choice("BCEWithLogitsLoss" if array.classes == 2 and one_score else "CrossEntropyLoss")
