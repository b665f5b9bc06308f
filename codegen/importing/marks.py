"""Where in its text each node of a drawing stands, and what the text says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.values import Value


@frozen
class Mark:
    """Of one node: its name where the text gives one, and the lines of its call and its making.

    ``written`` are sizes that follow from the input and stand in the text all the same, ``odd``
    those among them that differ from what follows.
    """

    said: str = ""
    line: int = 0
    made: int = 0
    written: Mapping[str, Value] = field(default_factory=dict)
    odd: Mapping[str, Value] = field(default_factory=dict)


@frozen
class Marks:
    """Of one network: its class with its line, its nodes, and the arguments of its ``__init__``.

    ``defaults`` are the numbers that the text gives to some of these.
    """

    class_name: str = ""
    line: int = 0
    nodes: Mapping[NodeId, Mark] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=dict)


NOWHERE: Final = Mark()
