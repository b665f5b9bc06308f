"""Layers of which no size of an Input suits all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from graph_model.constraints import Constraint, contradicted
from graph_model.network import NodeId
from graph_model.problems import Problem
from graph_model.validate import Structure


def contradictions(
    structure: Structure,
    constraints_of: Callable[[NodeId], tuple[Constraint, ...]],
    constraints: tuple[Constraint, ...],
) -> Iterator[Problem]:
    """Yield an error for each symbol that no size fits, at the first node that rules the last out.

    Such as where one skip connection needs an even height, and another one an odd height.
    ``constraints`` are those of all nodes, each once.
    """
    left = set(contradicted(constraints))
    known: tuple[Constraint, ...] = ()
    for id in structure.order if left else ():
        known += constraints_of(id)
        for symbol in sorted(left.intersection(contradicted(known))):
            left.remove(symbol)
            yield Problem("sizes_contradict", {"symbol": symbol}, node=id)
