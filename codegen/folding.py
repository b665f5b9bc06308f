"""Statements of ``forward`` joined as one writes them: ``x = x + self.attention(self.norm(x))``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from codegen.wrapping import LINE_LENGTH
from graph_model.layers.kind import (
    Composite,
    Function,
    Index,
    LayerKind,
    Method,
    Module,
    Operator,
)
from graph_model.network import NodeId

INDENT: Final = 8
_MOST_CALLS: Final = 3
"""How many modules one line calls at most."""
_FOLLOWS: Final = {
    "normalisation": {"convolution", "linear"},
    "activation": {"convolution", "linear", "normalisation"},
    "dropout": {"activation", "attention", "block", "embedding", "linear"},
    "attention": {"normalisation"},
    "block": {"normalisation"},
    "linear": {"dropout", "normalisation"},
    "pooling": {"activation", "block"},
}
"""The families whose modules are called around those of others, in the same line."""
_OF_ONE_STEP: Final = frozenset({"linear", "normalisation"})
"""The families whose modules are called around ``x[:, -1]``."""
_PRODUCTS: Final = frozenset({"*", "/"})
_SUMS: Final = frozenset({"+", "-"})
_AROUND_SUMS: Final = frozenset({"activation", "dropout", "normalisation"})


class Step(NamedTuple):
    """What computes one node or, once folded, several: the innermost comes first.

    Its ``text`` may be a line, or those of a loop. Values stand in it by their marks: it ``reads``
    some, also of ``forward``'s arguments, and ``writes`` others, which have ``names`` of their own.
    The last node gives ``ports``; ``is_used_once`` says so of its only output. A loop takes a
    ``carried`` value as the one that it gives after each ``turn``; what it reads in every turn is
    ``kept`` as long.
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
    turn: str = ""

    @property
    def kind(self) -> LayerKind:
        """The kind of the last node."""
        return self.kinds[-1]

    @property
    def text(self) -> tuple[str, ...]:
        """The statement, line by line."""
        return self.lines or (f"{self.target} = {self.expression}",)


def folded(steps: Sequence[Step], apart: Collection[NodeId] = ()) -> list[Step]:
    """Join each step with those before it where one would write them in one line.

    Nodes that are kept ``apart`` do not join with what is before them.
    """
    last = {value: at for at, step in enumerate(steps) for value in step.reads}
    found: list[Step] = []
    for at, step in enumerate(steps):
        whole = step
        while found and step.nodes[-1] not in apart:
            joined = _joined(found[-1], whole, at, last)
            if joined is None:
                break
            found.pop()
            whole = joined
        found.append(whole)
    return found


def returned(
    steps: Sequence[Step], variable: str
) -> tuple[Sequence[Step], str, tuple[NodeId, ...]]:
    """Return the steps without a last one that makes the result, what is returned, its nodes."""
    if steps and steps[-1].is_used_once and steps[-1].target == variable:
        return steps[:-1], steps[-1].expression, steps[-1].nodes
    return steps, variable, ()


def _joined(inner: Step, outer: Step, at: int, last: Mapping[str, int]) -> Step | None:
    """Return one step for both, or ``None`` where they stay apart.

    ``last`` tells where each value is read last; the outer step is read ``at`` its place.
    """
    if not inner.is_used_once or inner.target not in outer.reads or outer.lines or inner.turn:
        return None
    for product, other in ((inner, outer), (outer, inner)):
        if _is_product(product) and isinstance(other.kind.form, Operator):
            return None  # it would need parentheses
    before = outer.expression.partition(inner.target)[0]
    if len(outer.nodes) > 1 and ("(" in before or len(inner.nodes) > 1):
        return None  # it would be computed in another order, or be hard to read
    if not _suits(inner, outer.kind, is_branch=any(last[value] > at for value in inner.reads)):
        return None
    text = outer.expression.replace(inner.target, inner.expression)
    line = f"{outer.target} = {text}"
    if INDENT + len(line) > LINE_LENGTH or text.count("self.") > _MOST_CALLS:
        return None
    at = outer.reads.index(inner.target)
    is_about = outer.kind.family in _AROUND_SUMS and len(outer.writes) == 1
    return outer._replace(
        nodes=(*inner.nodes, *outer.nodes),
        kinds=(*inner.kinds, *outer.kinds),
        reads=(*outer.reads[:at], *inner.reads, *outer.reads[at + 1 :]),
        names=inner.names if is_about else outer.names,
        expression=text,
    )


def _is_product(step: Step) -> bool:
    """Tell whether a layer is written as a product, since it has the weights of another kind."""
    return isinstance(step.kind.form, Module) and step.expression.endswith(".weight.T")


def _suits(step: Step, outer: LayerKind, *, is_branch: bool) -> bool:
    """Tell whether one would write ``outer(step)``; in a branch, what it reads is used again."""
    inner = step.kind
    is_call = isinstance(inner.form, Module | Composite)
    match outer.form:
        case Operator(symbol):
            is_product = isinstance(inner.form, Operator) and inner.form.symbol in _PRODUCTS
            is_term = is_call or isinstance(inner.form, Function)
            return symbol != "**" and (is_term or (is_product and symbol in _SUMS))
        case Method():
            return isinstance(inner.form, Method) or (is_call and inner.family == "shape")
        case Module() | Composite():
            if isinstance(inner.form, Operator):
                return outer.family in _AROUND_SUMS
            if isinstance(inner.form, Index):
                return outer.family in _OF_ONE_STEP
            if outer.family == "shape":
                return isinstance(inner.form, Method) or (is_call and inner.family == "pooling")
            if outer.family == "convolution":  # of layers that normalise first
                return inner.family == "activation" and step.kinds[0].family == "normalisation"
            if is_branch and inner.family == outer.family == "block":
                return True
            is_global = outer.name.startswith("Adaptive")  # which is joined with what flattens
            return is_call and not is_global and inner.family in _FOLLOWS.get(outer.family, ())
        case _:
            return False
