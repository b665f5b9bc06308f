"""The names of the classes in the generated file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from graph_model.naming import as_name
from graph_model.network import Network, NetworkId, free_name

SEQUENTIAL: Final = frozenset({"append", "extend", "insert", "pop"})
"""What ``nn.Sequential`` has beyond ``nn.Module``: no layer in one may be called so."""


def class_name(network_name: str, fallback: str = "Network") -> str:
    """Return the class for a network's name: ``tiny net`` becomes ``TinyNet``.

    It is of plain letters, as people write classes: accents go, and a name in another script is
    told by the docstring, beneath a class that is called ``fallback``.
    """
    parted = unicodedata.normalize("NFKD", network_name)  # é into e and its accent
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    words = re.findall(r"[A-Za-z0-9]+", plain)
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return as_name(joined, fallback)


def is_told(network_name: str, written: str) -> bool:
    """Tell whether the class that is ``written`` says all that the name of the network does."""
    return network_name.isascii() and class_name(network_name) == written


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
        name = class_name(network.name, "Block" if network.role == "block" else "Network")
        name = free_name(name, taken) if name in taken else name
        taken.add(name)
        names[network.id] = name
    return names
