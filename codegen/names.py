"""Identifiers of the generated file: the class, and the local variables of ``forward``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from graph_model.naming import RESERVED, as_name
from graph_model.network import Network, NetworkId, free_name

_PREFERRED: Final = ("x", "y", "z")
_NEVER: Final = RESERVED | {"l", "O", "I"}


def class_name(network_name: str) -> str:
    """Return the class for a network's name: ``tiny net`` becomes ``TinyNet``."""
    words = re.findall(r"[^\W_]+", network_name)
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return as_name(joined, "Network")


def class_names(
    networks: Sequence[Network], defined: Collection[str] = ()
) -> Mapping[NetworkId, str]:
    """Return a class for each network, the last one's name as it is, none twice.

    No class has the name of a block's parameter, which would hide it, or one that is ``defined``
    by a custom layer.
    """
    taken = {parameter.name for network in networks for parameter in network.parameters}
    taken.update(defined)
    names: dict[NetworkId, str] = {}
    for network in reversed(networks):
        name = class_name(network.name)
        name = free_name(name, taken) if name in taken else name
        taken.add(name)
        names[network.id] = name
    return names


class Locals:
    """The local variables of ``forward`` while it is being written.

    Invariants: two values that are alive have different names, and no name hides one that the
    body uses otherwise, such as a ``function`` that it calls.
    """

    def __init__(self, arguments: Collection[str], functions: Collection[str] = ()) -> None:
        self._alive = {*arguments, *functions}
        self._arguments = frozenset(arguments)

    def release(self, name: str) -> None:
        """Note that the value called ``name`` is not used any more."""
        self._alive.discard(name)

    def take(self, previous: str, fallback: str) -> str:
        """Return a name for a new value and keep it alive.

        ``previous`` is the name of the value it came from, taken over where that has been
        released and was not an argument of ``forward``; ``fallback`` is the node's own name.
        """
        candidates = [*_PREFERRED, fallback]
        if previous and previous not in self._arguments:
            candidates.insert(0, previous)
        name = next((each for each in candidates if self._is_free(each)), "")
        number = 2
        while not name:
            numbered = f"{fallback}_{number}"
            name = numbered if self._is_free(numbered) else ""
            number += 1
        self._alive.add(name)
        return name

    def spare(self, name: str) -> str:
        """Return ``name``, numbered where it is alive, without keeping it."""
        number, free = 2, name
        while not self._is_free(free):
            free = f"{name}_{number}"
            number += 1
        return free

    def _is_free(self, name: str) -> bool:
        return name not in self._alive and name not in _NEVER
