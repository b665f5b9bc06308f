"""What is wrong with the norm of a layer: its arguments, and the weight that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graph_model.dims import format_shape
from graph_model.entry import argument_problems
from graph_model.layers.weight import Weight
from graph_model.network import Node
from graph_model.parametrizations.kinds import PARAMETRIZATIONS
from graph_model.parametrizations.tensors import has_matrix, with_norm
from graph_model.problems import Fix, Problem, ResetParametrization
from graph_model.recipe import Choice
from graph_model.values import Arguments, Value

PLACE: Final = "parametrization"


def normed(
    node: Node, arguments: Arguments, weights: tuple[Weight, ...], *, is_known: bool
) -> tuple[tuple[Weight, ...], tuple[Problem, ...]]:
    """Return what a layer with these arguments holds with its norm, and what is wrong with that.

    Nothing is, as long as its weights are not known.
    """
    chosen = node.parametrization
    if chosen is None or not is_known:
        return weights, ()
    found = next(_problems(node, chosen, arguments, weights), None)
    if found is None:
        given = PARAMETRIZATIONS[chosen.kind].complete(chosen.arguments)
        return with_norm(chosen.kind, given, node.kind, weights), ()
    fix = Fix("reset_parametrization", ResetParametrization(), {"name": node.name}, node.id)
    return weights, (replace(found, node=node.id, parameter=PLACE, fixes=(fix,)),)


def _problems(
    node: Node, chosen: Choice, arguments: Arguments, weights: tuple[Weight, ...]
) -> Iterator[Problem]:
    entry = PARAMETRIZATIONS.get(chosen.kind)
    if entry is None:
        choices = ", ".join(PARAMETRIZATIONS)
        yield Problem("unknown_parametrization", {"got": chosen.kind, "choices": choices})
    else:
        yield from argument_problems(entry, chosen.arguments)
        yield from _dim_outside(entry.complete(chosen.arguments)["dim"], weights)
    values = {"parametrization": chosen.kind, "name": node.name}
    if not has_matrix(node.kind, weights):
        yield Problem("no_weight_to_norm", values)
    by_rows = chosen.kind == "weight_norm" and chosen.arguments.get("dim", 0) == 0
    if by_rows and arguments.get("padding_idx") is not None:
        yield Problem("norm_of_padding", values)  # whose row is 0, and divided by its size
    if chosen.kind == "weight_norm" and arguments.get("sparse") is True:
        yield Problem("norm_of_sparse", values)  # whose gradients torch cannot pass on


def _dim_outside(dim: Value, weights: tuple[Weight, ...]) -> Iterator[Problem]:
    """Find that a weight has no such dimension."""
    shape = next((each.shape for each in weights if each.name == "weight"), ())
    if isinstance(dim, int) and shape and dim >= len(shape):
        facts = {"parameter": "dim", "got": dim, "shape": format_shape(shape), "first": 0}
        named = {name: str(value) for name, value in {**facts, "last": len(shape) - 1}.items()}
        yield Problem("dim_out_of_range", named)
