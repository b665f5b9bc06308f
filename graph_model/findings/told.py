"""What is told at each node: its problems with all their fixes, the advice, what it overwrites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import TypeAlias

from graph_model.constraints import Constraint
from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.problems import Problem

Told: TypeAlias = Mapping[NodeId, tuple[Problem, ...]]


@frozen
class Earlier:
    """What was told before an edit, and the nodes that were ``touched`` by it since.

    ``multiples`` are those by which sizes were written then.
    """

    told: Told
    touched: Set[NodeId]
    multiples: Mapping[str, int]
    problems: tuple[Problem, ...]
    constraints: tuple[Constraint, ...] | None
    """Those of the network, where the edit left them as they were."""


def told_anew(
    ids: Iterable[NodeId], before: Told, tell: Callable[[NodeId], tuple[Problem, ...]]
) -> Told:
    """Return what is told once these nodes are asked again.

    What was told before in the same words stays the same object, so that views pass over it.
    """
    found = dict(before)
    for id in ids:
        told = tell(id)
        if not told:
            found.pop(id, None)
        elif told != found.get(id):
            found[id] = told
    return found
