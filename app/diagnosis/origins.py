"""Where numbers that are not finite began: a walk back through the calls of a step."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Final

from app.observing.trace import Call, Seen, Trace
from graph_model.frozen import frozen
from graph_model.recipe import NodePath


class Began(Enum):
    """What numbers that are not finite began with."""

    DATA = "data"
    """Samples have them."""
    WEIGHT = "weight"
    """A weight had them before the step."""
    CALL = "call"
    """A call gives them, whose inputs are finite."""
    GRADIENT = "gradient"
    """A call makes such a gradient of a finite one."""
    UPDATE = "update"
    """The optimizer made such a weight by a finite gradient."""


@frozen
class Origin:
    """Where they began: at a call, or at a weight by its name."""

    began: Began
    call: Call | None = None
    weight: str = ""


@frozen
class BadSample:
    """A sample with a value that is not finite: in which array, at which place or column.

    ``node`` is the Input that reads the array, or the Output that is held against it.
    """

    node: NodePath
    array: str
    sample: int
    place: str
    got: str


@frozen
class Repeated:
    """Where a loss that is not finite began; ``path`` is the node, "" where it is none."""

    origin: Origin
    path: NodePath
    sample: BadSample | None = None


_NOTHING: Final = Seen(0, 0, 0, 0, 0, 0, 0, 0)


def forward_origin(trace: Trace, bad_weights: Collection[str] = ()) -> Origin | None:
    """Follow a loss that is not finite back to where that began; ``None`` where each is finite.

    An infinity that does no harm, such as that of a mask, is passed by: only what leads to the loss
    counts. Where several inputs of a call have such numbers, those with NaN are followed.
    """
    bad = [each for each in trace.losses if not _is_finite(trace.calls[each])]
    if not bad:
        return None
    number = bad[0]
    while True:
        call = trace.calls[number]
        weight = next((name for name in call.weights if name in bad_weights), "")
        if weight:
            return Origin(Began.WEIGHT, call, weight)
        feeding = [each for each in call.fed if each < number and not _is_finite(trace.calls[each])]
        if feeding:
            number = max(feeding, key=lambda each: (_has_nan(trace.calls[each]), each))
        elif any(not each.is_finite for each in call.took):
            return Origin(Began.DATA, call)
        else:
            return Origin(Began.CALL, call)


def origin_over_two_steps(
    before: Trace | None, bad_before: Collection[str], last: Trace, bad_last: Collection[str]
) -> Origin | None:
    """Return where the loss of the last of two steps came to be no finite number.

    ``bad_before`` and ``bad_last`` are the weights that were not finite when each step began.
    """
    found = forward_origin(last, bad_last)
    if found is None or found.began is not Began.WEIGHT or before is None:
        return found
    if found.weight in bad_before:
        return found
    if before.first_back is not None:
        return Origin(Began.GRADIENT, before.calls[before.first_back])
    return Origin(Began.UPDATE, found.call, found.weight)


def range_of(call: Call) -> Seen:
    """Return what a call took, of several tensors the one of the largest numbers."""
    return max(call.took, key=lambda each: max(-each.least, each.greatest), default=_NOTHING)


def _is_finite(call: Call) -> bool:
    return all(each.is_finite for each in call.gave)


def _has_nan(call: Call) -> bool:
    return any(each.nans for each in call.gave)
