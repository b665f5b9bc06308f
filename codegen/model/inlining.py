"""Statements of ``forward`` joined as one writes them: ``x = x + self.attention(self.norm(x))``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from codegen.line_breaks import LINE_LENGTH
from codegen.model.indices import indexed_at_once
from codegen.model.inlining_rules import AROUND_SUMS, keeps_order, may_draw, may_overwrite, suits
from codegen.model.precedence import put
from codegen.model.step import Step
from graph_model.layers.kind import Index, Operator
from graph_model.network import NodeId

INDENT: Final = 8
_MOST_CALLS: Final = 3
"""How many modules one line calls at most."""
_MOST_BESIDE: Final = 2
"""How many it calls at each side of a sign."""


def inlined(steps: Sequence[Step], apart: Collection[NodeId] = ()) -> list[Step]:
    """Join each step with those before it where one would write them in one line.

    Nodes that are kept ``apart`` do not join with what is before them.
    """
    last = {value: at for at, step in enumerate(steps) for value in step.reads}
    found: list[Step] = []
    once: set[str] = set()  # values that a step found so far makes for one other
    for at, step in enumerate(steps):
        whole = step
        before = len(found) - 1
        sought = set() if step.nodes[-1] in apart else once.intersection(step.reads)
        while sought:  # no further back than what makes them
            inner = found[before]
            if inner.target in sought:
                sought.discard(inner.target)
                joined = None
                if _may_wait(inner, found[before + 1 :]):
                    joined = _joined(inner, whole, at, last)
                if joined is not None:
                    del found[before]
                    whole = joined
                    sought |= once.intersection(inner.reads)
            before -= 1
        found.append(whole)
        if whole.is_used_once:
            once.add(whole.target)
    return found


def returned(steps: Sequence[Step], variable: str) -> tuple[Sequence[Step], Step | None]:
    """Return the steps without a last one that makes the result, and that one."""
    if steps and steps[-1].is_used_once and steps[-1].target == variable:
        return steps[:-1], steps[-1]
    return steps, None


def _calls_many(inner: Step, outer: Step) -> bool:
    """Tell whether one line would call too many modules; two may stand at each side of a sign."""
    calls = [step.expression.count("self.") for step in (inner, outer)]
    is_beside = isinstance(outer.takers[inner.target].form, Operator)
    return sum(calls) > _MOST_CALLS and not (is_beside and max(calls) <= _MOST_BESIDE)


def _may_wait(step: Step, others: Sequence[Step]) -> bool:
    """Tell whether a step may as well be computed after others.

    Random numbers are drawn in the same order, and what may write over its input is not passed.
    """
    if not others:
        return True
    return not any(map(may_overwrite, (step, *others))) and not (
        may_draw(step) and any(map(may_draw, others))
    )


def _joined(inner: Step, outer: Step, at: int, last: Mapping[str, int]) -> Step | None:
    """Return one step for both, or ``None`` where they stay apart.

    ``last`` tells where each value is read last; the outer step is read ``at`` its place.
    """
    if not inner.is_used_once or outer.expression.count(inner.target) != 1 or outer.lines:
        return None
    if inner.turns:  # a loop has a line of its own
        return None
    if len(outer.nodes) > 1 and not keeps_order(inner, outer):
        return None
    is_branch = any(last[value] > at for value in inner.reads)
    taker = outer.takers[inner.target]
    if isinstance(inner.kind.form, Index) and isinstance(taker.form, Index):
        text = indexed_at_once(inner.expression, outer.expression, inner.target, inner.rank)
    elif suits(inner, outer, is_branch=is_branch):
        text = put(outer.expression, inner.target, inner.expression)
    else:
        return None
    line = f"{outer.target} = {text}"
    if not text or INDENT + len(line) > LINE_LENGTH or _calls_many(inner, outer):
        return None
    place = outer.reads.index(inner.target)
    is_about = outer.kind.family in AROUND_SUMS and len(outer.writes) == 1 and not outer.is_telling
    takers = {**inner.takers, **outer.takers}
    del takers[inner.target]
    return outer._replace(
        nodes=(*inner.nodes, *outer.nodes),
        kinds=(*inner.kinds, *outer.kinds),
        reads=(*outer.reads[:place], *inner.reads, *outer.reads[place + 1 :]),
        names=inner.names if is_about else outer.names,
        is_named=inner.is_named if is_about else outer.is_named,
        expression=text,
        rank=inner.rank,
        texts=(*inner.texts, *(put(each, inner.target, inner.expression) for each in outer.texts)),
        takers=takers,
    )
