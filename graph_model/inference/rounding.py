"""Sizes that are rounded down, such as ``H//2``, and what would have to be stated to have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import lcm

from graph_model.constraints import BATCH, contradicted, multiple
from graph_model.dims import Expression, period_of, symbols
from graph_model.findings.results import Inference
from graph_model.layers.input_output import stated_multiples
from graph_model.network import Network, NodeId, set_arguments
from graph_model.values import LARGEST_MULTIPLE


def unrounded(inference: Inference) -> Mapping[str, int]:
    """Return the symbols with sizes that are rounded, each with a number that would end that.

    A symbol that is a multiple of that number goes through the whole network without rounding.
    Left out is one of which the network needs something else, or for which it would be too large.
    """
    found: dict[str, int] = {}
    for dim in dict.fromkeys(_dims(inference)):
        for name in symbols(dim) - BATCH:
            found[name] = lcm(found.get(name, 1), period_of(dim))
    known = inference.multiples
    return {
        name: divisor
        for name, divisor in sorted(found.items())
        if known.get(name, 1) % divisor
        and divisor <= LARGEST_MULTIPLE
        and name not in contradicted((*inference.constraints, multiple(name, divisor)))
    }


def _dims(inference: Inference) -> Iterator[Expression]:
    """Yield the symbolic sizes of all outputs, those within blocks included."""
    for result in inference.nodes.values():
        for spec in result.outputs.values():
            yield from (dim for dim in spec.shape if isinstance(dim, Expression))
        for each in result.passes:
            yield from _dims(each.inference)


def state_multiples(network: Network, node: NodeId, stated: Mapping[str, int]) -> Network:
    """State of an Input what its sizes are multiples of, beside what is stated already.

    One takes a statement back.
    """
    known = {**stated_multiples(network.nodes[node].arguments), **stated}
    pairs = [entry for name, divisor in known.items() if divisor > 1 for entry in (name, divisor)]
    return set_arguments(network, node, {"multiples": tuple(pairs)})
