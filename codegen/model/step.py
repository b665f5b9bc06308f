"""Statements of ``forward`` before the values in them have names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from graph_model.layers.kind import LayerKind
from graph_model.network import NodeId

_NONE: Final[Mapping[str, LayerKind]] = MappingProxyType({})


class Step(NamedTuple):
    """What computes one node or, once inlined, several: the innermost comes first.

    Its ``text`` may be a line, or those of a loop. Values stand in it by their marks: it ``reads``
    some, also of ``forward``'s arguments, and ``writes`` others, which have ``names`` of their own;
    where someone chose that of the last node, it is ``is_named``, and ``is_telling`` where the name
    says what the value is. The last node gives ``ports``; ``is_used_once`` says so of its only
    output.

    ``texts`` are what each node is within the line, and ``takers`` tells for each value which kind
    takes it there. What is indexed has that ``rank``, 0 where it differs from use to use.

    A loop takes a ``carried`` value as the one that it gives after each turn; what it reads in
    every turn is ``kept`` as long. ``turns`` are the values that it goes through, with their names.
    """

    nodes: tuple[NodeId, ...]
    kinds: tuple[LayerKind, ...]
    ports: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    target: str = ""
    expression: str = ""
    is_used_once: bool = False
    lines: tuple[str, ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    turns: tuple[tuple[str, str], ...] = ()
    takers: Mapping[str, LayerKind] = _NONE
    texts: tuple[str, ...] = ()
    rank: int = 0
    is_named: bool = False
    is_telling: bool = False

    @property
    def kind(self) -> LayerKind:
        """The kind of the last node."""
        return self.kinds[-1]

    @property
    def text(self) -> tuple[str, ...]:
        """The statement, line by line."""
        return self.lines or (f"{self.target} = {self.expression}",)
