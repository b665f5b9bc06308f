"""What a data source is, and the parameters that several of them have."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from graph_model.entry import Entry
from graph_model.frozen import frozen
from graph_model.recipes.facts import DataFacts
from graph_model.values import Arguments, boolean


class Origin(Enum):
    """Where a source has its data from, in the order of the menu."""

    BUNDLED = "bundled"
    SYNTHETIC = "synthetic"
    FILE = "file"


@frozen
class SourceKind(Entry):
    """One data source.

    ``facts`` tells what complete arguments give, without any file; sources of ``Origin.FILE``
    have none and are described by reading them, as is what it gives ``None`` for.
    """

    origin: Origin = Origin.BUNDLED
    facts: Callable[[Arguments], DataFacts | None] | None = None


NORMALIZE: Final = boolean(
    "normalize", True, "Shift and scale to mean 0 and deviation 1, as in the training split."
)
NORMALIZE_TARGET: Final = boolean(
    "normalize_target", True, "Scale a numeric target too; results are given in its own units."
)


def fixed(facts: DataFacts) -> Callable[[Arguments], DataFacts]:
    """Return what tells the same facts whatever the arguments are."""
    return lambda _: facts


JOIN_TIMES: Final = boolean(
    "join_times",
    True,
    "Take columns that tell a moment together for one, such as one of days and one of times.",
)
