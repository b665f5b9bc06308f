"""Layers of which no size of an Input suits all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph_model.constraints import Constraint, contradicted
from graph_model.problems import Problem

if TYPE_CHECKING:
    from graph_model.results import Inference


def contradictions(inference: Inference) -> Iterator[Problem]:
    """Yield an error for each symbol that no size fits, at the first node that rules the last out.

    Such as where one skip connection needs an even height, and another one an odd height.
    """
    left = set(contradicted(inference.constraints))
    known: tuple[Constraint, ...] = ()
    for id in inference.structure.order if left else ():
        known += inference.constraints_of(id)
        for symbol in sorted(left.intersection(contradicted(known))):
            left.remove(symbol)
            yield Problem("sizes_contradict", {"symbol": symbol}, node=id)
