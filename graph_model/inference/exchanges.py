"""Which results came in place of which while a network is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph_model.findings.results import NodeResult, Totals, totals


@dataclass(slots=True, eq=False)
class Exchange:
    """What was found of some nodes, and what before; ``None`` where they are gone, or new."""

    before: NodeResult | None
    after: NodeResult | None
    gives_otherwise: bool
    times: int = 0


class Exchanges:
    """Counts the nodes of each exchange: these are few, for layers that are alike share results."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Exchange] = {}

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._known.values())

    def note(self, before: NodeResult | None, after: NodeResult | None) -> bool:
        """Count one node; tell whether it gives anything else than before."""
        both = id(before), id(after)
        found = self._known.get(both)
        if found is None:
            found = self._known[both] = Exchange(before, after, _gives_otherwise(before, after))
        found.times += 1
        return found.gives_otherwise

    def follow(self, total: Totals) -> Totals:
        """Return what the totals of before come to by now."""
        gone = totals((each.before, each.times) for each in self)
        return total.changed(gone, totals((each.after, each.times) for each in self))


def _gives_otherwise(before: NodeResult | None, after: NodeResult | None) -> bool:
    return before is None or after is None or before.outputs != after.outputs
