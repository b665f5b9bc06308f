"""Statements of ``forward`` joined as one writes them: ``x = x + self.attention(self.norm(x))``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from codegen.wrapping import LINE_LENGTH
from graph_model.layers.kind import Composite, LayerKind, Method, Module, Operator
from graph_model.network import NodeId

_INDENT: Final = 8
_MOST_CALLS: Final = 3
"""How many modules one line calls at most."""
_FOLLOWS: Final = {
    "normalisation": {"convolution", "linear"},
    "activation": {"convolution", "linear", "normalisation"},
    "dropout": {"activation", "attention", "block", "embedding", "linear"},
    "attention": {"normalisation"},
    "block": {"normalisation"},
    "linear": {"dropout", "normalisation"},
}
"""The families whose modules are called around those of others, in the same line."""
_AROUND_SUMS: Final = frozenset({"activation", "dropout", "normalisation"})


class Step(NamedTuple):
    """What computes one node or, once folded, several: the innermost comes first.

    ``lines`` stand before ``target = expression``, or for all where there is no target. The last
    node is of this ``kind`` and gives ``ports``; ``is_used_once`` says so of its only output.
    """

    nodes: tuple[NodeId, ...]
    kind: LayerKind
    ports: tuple[str, ...]
    target: str = ""
    expression: str = ""
    lines: tuple[str, ...] = ()
    is_used_once: bool = False

    @property
    def text(self) -> tuple[str, ...]:
        """The statement, line by line."""
        return (*self.lines, f"{self.target} = {self.expression}") if self.target else self.lines


def folded(steps: Iterable[Step]) -> list[Step]:
    """Join each step with the next where one would write them in one line."""
    found: list[Step] = []
    for step in steps:
        joined = _joined(found[-1], step) if found else None
        if joined is not None:
            found.pop()
        found.append(joined or step)
    return found


def returned(
    steps: Sequence[Step], variable: str
) -> tuple[Sequence[Step], str, tuple[NodeId, ...]]:
    """Return the steps without a last one that makes the result, what is returned, its nodes."""
    if steps and steps[-1].is_used_once and steps[-1].target == variable:
        return steps[:-1], steps[-1].expression, steps[-1].nodes
    return steps, variable, ()


def _joined(inner: Step, outer: Step) -> Step | None:
    """Return one step for both, or ``None`` where they stay apart."""
    if not inner.is_used_once or not outer.target or not _suits(inner.kind, outer.kind):
        return None
    name = re.compile(rf"(?<![\w.]){re.escape(inner.target)}(?!\w)")
    if len(name.findall(outer.expression)) != 1:
        return None
    text = name.sub(lambda _: inner.expression, outer.expression)
    line = f"{outer.target} = {text}"
    if _INDENT + len(line) > LINE_LENGTH or text.count("self.") > _MOST_CALLS:
        return None
    return outer._replace(nodes=(*inner.nodes, *outer.nodes), expression=text)


def _suits(inner: LayerKind, outer: LayerKind) -> bool:
    is_call = isinstance(inner.form, Module | Composite)
    match outer.form:
        case Operator(symbol):
            return is_call and symbol != "**"  # which has spaces around it or not
        case Method():
            return isinstance(inner.form, Method) or (is_call and inner.family == "shape")
        case Module() | Composite():
            if isinstance(inner.form, Operator):
                return outer.family in _AROUND_SUMS
            is_flattened = inner.family == "pooling" and outer.name == "Flatten"
            return is_call and (is_flattened or inner.family in _FOLLOWS.get(outer.family, ()))
        case _:
            return False
