"""What a program holds at a moment, and how much of it each of many equal rounds has added."""

from __future__ import annotations

import collections
import functools
import gc
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from tools.random_session.census import collect, given_out, megabytes_resident, name_of, qt_objects

_MEGABYTE: Final = 2**20
_OURS: Final = ("app", "codegen", "graph_model")
_EACH_ROUND: Final = 0.7
"""Of what this many more are there after each round, that is said: some rounds add none."""


class Figures:
    """What is held now, garbage collected and free memory given back.

    ``resident`` is what the system counts, in MB; ``in_use`` what the C library has given out, and
    ``torn`` what lies free between that and cannot be given back; ``tensors`` is what torch holds.
    ``blocks`` are pieces of memory of Python's own, ``objects`` those that its collector knows.
    """

    NAMES: Final = ("resident", "in_use", "torn", "tensors", "blocks", "objects", "qt")

    def __init__(self) -> None:
        collect()
        self.resident = megabytes_resident()
        self.in_use, self.torn = given_out()
        self.blocks = sys.getallocatedblocks()
        known = gc.get_objects()
        self.objects = len(known)
        self.tensors = _tensor_bytes(known) / _MEGABYTE
        self.kinds = collections.Counter(name_of(type(each)) for each in known)
        self.remembered = _remembered()
        del known
        self.qt = qt_objects()

    def forget_kinds(self) -> None:
        """Keep the figures alone: names and counts are objects too."""
        self.kinds = collections.Counter()
        self.remembered = {}

    def row(self) -> tuple[float, ...]:
        """Return the figures in the order of :attr:`NAMES`."""
        return tuple(float(getattr(self, name)) for name in self.NAMES)


def slopes(told: Sequence[Figures]) -> dict[str, float]:
    """Return how much of each was added by a round, in the middle of those of equal rounds."""
    columns = zip(*(each.row() for each in told), strict=True)
    return {name: slope(column) for name, column in zip(Figures.NAMES, columns, strict=True)}


def slope(values: Sequence[float]) -> float:
    """Return the median of the slopes between all pairs: single jumps do not count."""
    pairs = sorted(
        (values[later] - values[earlier]) / (later - earlier)
        for earlier in range(len(values))
        for later in range(earlier + 1, len(values))
    )
    return pairs[len(pairs) // 2] if pairs else 0.0


def growing(first: Mapping[str, int], last: Mapping[str, int], rounds: int) -> dict[str, float]:
    """Return of which there are more after each of so many rounds, the most first."""
    found = {name: (count - first.get(name, 0)) / rounds for name, count in last.items()}
    most = sorted(found.items(), key=lambda each: -each[1])
    return {name: more for name, more in most if more >= _EACH_ROUND}


def _remembered() -> dict[str, int]:
    """Return how many answers each function of ours remembers through ``lru_cache``."""
    return {
        f"{name}.{inside}": each.cache_info().currsize
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in _OURS
        for inside, each in vars(module).items()
        if type(each) is functools._lru_cache_wrapper and each.__module__ == name
    }


def _tensor_bytes(known: Sequence[object]) -> int:
    """Return how many bytes the storages of all tensors take, each counted once."""
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "Tensor"):
        return 0
    found: dict[int, int] = {}
    for each in known:
        if issubclass(type(each), torch.Tensor) and type(each).__name__ != "FakeTensor":
            storage = each.untyped_storage()
            found[storage.data_ptr()] = storage.nbytes()
    return sum(found.values())
