"""Which array each Input takes and what each Output is trained for, with the defaults filled in."""

from __future__ import annotations

from collections.abc import Sequence

from graph_model.dims import symbols
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Node, NodeId
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import OUTPUT_ITSELF
from graph_model.tensors import TensorSpec


@frozen
class Binding:
    """The arrays for the arguments of ``forward``, and an objective for each of its results.

    ``inputs`` pairs Input nodes with arrays, ``objectives`` holds one for each Output; both are
    in the order of the generated code.
    """

    inputs: tuple[tuple[NodeId, str], ...]
    objectives: tuple[Objective, ...]


def bind(recipe: Recipe, inference: Inference, facts: DataFacts) -> Binding:
    """Return the binding of a recipe; what is bound to nodes that are gone is left out.

    Unless the recipe says otherwise, each of several Inputs or Outputs takes the array of its own
    name. Other Inputs take the arrays of a file that enter in their order, or the texts and
    pictures of a table, each the next one of its shape; what is left takes the features or the
    target. Where an Output is a loss, which is a single number, the other Outputs are not trained.
    """
    chosen = {objective.output: objective for objective in recipe.objectives}
    inputs, outputs = inference.of_kind("Input"), inference.of_kind("Output")
    arrays = _arrays_of(inputs, recipe, inference, facts)
    return Binding(
        tuple((node.id, array) for node, array in zip(inputs, arrays, strict=True)),
        tuple(
            chosen.get(node.id)
            or _usual(node, _array_of(node, outputs, facts, facts.target), inference, facts)
            for node in outputs
        ),
    )


def shared_arrays(recipe: Recipe, binding: Binding) -> dict[str, list[NodeId]]:
    """Return each array that feeds several Inputs of which one at least did not choose it."""
    takers: dict[str, list[NodeId]] = {}
    for node, array in binding.inputs:
        takers.setdefault(array, []).append(node)
    return {
        array: nodes
        for array, nodes in takers.items()
        if len(nodes) > 1 and not all(node in recipe.inputs for node in nodes)
    }


def _arrays_of(
    inputs: Sequence[Node], recipe: Recipe, inference: Inference, facts: DataFacts
) -> list[str]:
    """Return the array for each Input: the chosen one, that of its name, or the next that fits."""
    entering = entering_arrays(facts)
    has_choice = len(inputs) > 1 or bool(facts.own_inputs)
    found = {node.id: recipe.inputs[node.id] for node in inputs if node.id in recipe.inputs}
    for node in inputs if len(inputs) > 1 else ():
        if node.name in facts.arrays:
            found.setdefault(node.id, node.name)
    for node in inputs if has_choice else ():
        free = [name for name in entering if name in facts.arrays and name not in found.values()]
        spec = inference.nodes[node.id].outputs.get("output")
        if node.id not in found and free:
            found[node.id] = _best(free, spec, facts)
    return [found.get(node.id, facts.features) for node in inputs]


def entering_arrays(facts: DataFacts) -> list[str]:
    """Return the arrays of a file that enter, or the features, texts and pictures of a table."""
    if facts.own_inputs:
        return list(dict.fromkeys((facts.features, *facts.own_inputs)))
    return [each.name for each in facts.columns if each.role == "features"]


def _best(free: Sequence[str], spec: TensorSpec | None, facts: DataFacts) -> str:
    """Return the array that an Input takes best: by shape and dtype, or by either."""
    arrays = [facts.arrays[name] for name in free]
    fitting = [each for each in arrays if spec and _takes(spec, each.shape)]
    ranked = [each for each in arrays if spec and spec.rank == 1 + len(each.shape)]
    alike = [each for each in ranked if spec and spec.is_floating == (each.dtype == "float32")]
    both = [each for each in fitting if each in alike]
    return next(each for found in (both, fitting, alike, arrays) for each in found).name


def _takes(spec: TensorSpec, shape: tuple[int, ...]) -> bool:
    """Tell whether an Input of this shape takes samples of that one; symbols fit anything."""
    return spec.rank == 1 + len(shape) and all(
        not isinstance(mine, int) or mine == size
        for mine, size in zip(spec.shape[1:], shape, strict=True)
    )


def _usual(node: Node, target: str, inference: Inference, facts: DataFacts) -> Objective:
    """Return the objective that holds an Output against an array by the loss that suits both."""
    loss = usual_loss(node.id, target, inference, facts)
    return Objective(node.id, target, loss, weight=_usual_weight(node.id, inference))


def _usual_weight(output: NodeId, inference: Inference) -> float:
    losses = [each.id for each in inference.of_kind("Output") if _is_loss(each.id, inference)]
    return 0.0 if losses and output not in losses else 1.0


def trained_outputs(recipe: Recipe, inference: Inference) -> tuple[NodeId, ...]:
    """Return the Outputs that count in training, in the order of the generated code."""
    chosen = {objective.output: objective.weight for objective in recipe.objectives}
    return tuple(
        node.id
        for node in inference.of_kind("Output")
        if chosen.get(node.id, _usual_weight(node.id, inference))
    )


def _is_loss(output: NodeId, inference: Inference) -> bool:
    """Tell whether what reaches an Output is a single number for the whole batch."""
    spec = inference.nodes[output].inputs.get("input")
    return spec is not None and spec.rank == 0


def _array_of(node: Node, alike: Sequence[Node], facts: DataFacts, usual: str) -> str:
    return node.name if len(alike) > 1 and node.name in facts.arrays else usual


def usual_loss(output: NodeId, target: str, inference: Inference, facts: DataFacts) -> Choice:
    """Return the loss that suits an Output and a target array."""
    if _is_loss(output, inference):
        return Choice(OUTPUT_ITSELF)
    array = facts.arrays.get(target)
    if array is not None and array.labels:
        return Choice("BCEWithLogitsLoss")
    if array is None or not array.classes:
        return Choice("MSELoss")
    spec = inference.nodes[output].inputs.get("input")
    if array.has_shares:
        return Choice("CrossEntropyLoss")
    one_score = spec is not None and spec.shape[1:] in {(), (1,)}
    return Choice("BCEWithLogitsLoss" if array.classes == 2 and one_score else "CrossEntropyLoss")


def symbol_sizes(recipe: Recipe, inference: Inference, facts: DataFacts | None) -> dict[str, int]:
    """Return a number for each symbol of the Input shapes: the batch size, or that of the data.

    Without facts of the data, that is the batch size alone.
    """
    sizes: dict[str, int] = {}
    for node in inference.of_kind("Input"):
        spec = inference.nodes[node.id].outputs.get("output")
        name = recipe.inputs.get(node.id, facts.features if facts else "")
        array = facts.arrays.get(name) if facts else None
        if spec is None or not spec.shape:
            continue
        sample = array.shape if array is not None else ()
        for dim, size in zip(spec.shape, (recipe.batch_size, *sample), strict=False):
            for symbol in symbols(dim):
                sizes.setdefault(symbol, size)
    return sizes
