"""The quantities that cards can be coloured by, as a catalogue."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Final

from graph_model.frozen import frozen


class Unit(Enum):
    """How a number of a quantity is written."""

    PLAIN = "plain"
    SHARE = "share"
    SECONDS = "seconds"
    BYTES = "bytes"


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


def _median(numbers: Sequence[float]) -> float:
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _norm(numbers: Sequence[float]) -> float:
    return math.hypot(*numbers)


@frozen
class Quantity:
    """Something that is known of each layer.

    ``observer`` is what tells it of a training, by its name in ``app.observing.catalogue``;
    ``is_surveyed`` says that it is known of a network at rest as well. ``joined`` makes one number
    of those of several weights, repeats, or layers within a block. A signed quantity has its
    middle at 0; of a share the scale is always the whole.
    """

    name: str
    observer: str
    unit: Unit
    joined: Callable[[Sequence[float]], float]
    is_surveyed: bool = True
    is_log: bool = False
    is_signed: bool = False


QUANTITIES: Final[Mapping[str, Quantity]] = {
    each.name: each
    for each in (
        Quantity("gradient_norm", "gradients", Unit.PLAIN, _norm, False, is_log=True),
        Quantity("update_ratio", "gradients", Unit.PLAIN, _median, False, is_log=True),
        Quantity("activation_mean", "activations", Unit.PLAIN, _mean, is_signed=True),
        Quantity("activation_deviation", "activations", Unit.PLAIN, _mean, is_log=True),
        Quantity("activation_zeros", "activations", Unit.SHARE, _mean),
        Quantity("dead_units", "dead_units", Unit.SHARE, _mean),
        Quantity("activation_saturation", "saturation", Unit.SHARE, _mean),
        Quantity("forward_seconds", "layer_costs", Unit.SECONDS, math.fsum, is_log=True),
        Quantity("output_bytes", "layer_costs", Unit.BYTES, math.fsum, is_log=True),
    )
}
"""All of them by name, which is that in ``Observed``."""
