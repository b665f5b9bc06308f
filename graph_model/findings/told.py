"""What is told at each node: its problems with all their fixes, the advice, what it overwrites.

All of it is worked out once it is asked for, of one node or of all: a view shows some dozens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from operator import attrgetter
from typing import Final, Protocol, TypeAlias

from graph_model.constraints import Constraint
from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.problems import Problem

Told: TypeAlias = Mapping[NodeId, tuple[Problem, ...]]


class Advising(Protocol):
    """What could be better, in the eyes of a practitioner."""

    def on(self, id: NodeId) -> tuple[Problem, ...]:
        """Return the advice on one node."""

    def within_reach(self, dirty: Set[NodeId]) -> Set[NodeId]:
        """Return the nodes of which the advice may follow from one of these."""


@frozen
class Earlier:
    """What was told when anybody asked last, and the nodes that are ``dirty`` since.

    ``multiples`` are those by which sizes were written then.
    """

    told: Told
    advice: Told
    dirty: Set[NodeId]
    multiples: Mapping[str, int]
    problems: tuple[Problem, ...]
    constraints: tuple[Constraint, ...] | None
    """Those of the network, where what was edited since left them as they were."""


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


_OF_NAMES: Final = ("bad_name", "duplicate_name", "bad_parameter_name", "duplicate_parameter")


def names_once(problems: Sequence[Problem]) -> Sequence[Problem]:
    """Return the problems, but of a bad name within a block only that of its first use."""
    return list(_told_once(problems)) if any(map(attrgetter("cause"), problems)) else problems


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    told: set[tuple[str, ...]] = set()
    for problem in problems:
        block, cause = "", problem
        while cause.cause is not None:
            block, cause = cause.values.get("block", ""), cause.cause
        if block and cause.code in _OF_NAMES:
            name = (block, cause.code, cause.node, cause.parameter)
            if name in told:
                continue
            told.add(name)
        yield problem
