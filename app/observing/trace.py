"""What was seen of one step of a training, call by call; values alone, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph_model.recipe import NodePath


@dataclass(slots=True)
class Seen:
    """What is known of the numbers of a tensor; of those alone that are finite but the counts."""

    nans: float
    infinities: float
    least: float
    greatest: float
    size: float
    """The root of the mean square."""
    dead: float
    """The share of the units along one dimension that are zero for each sample and place."""
    flat: float
    """The share that lies where a squashing function of bounds −1 and 1 is flat."""
    flat_above_zero: float
    """The same for bounds 0 and 1."""

    @property
    def is_finite(self) -> bool:
        return not self.nans and not self.infinities


@dataclass(slots=True)
class Call:
    """One call of torch: the function, the node it is for, and what came in and out.

    ``fed`` are the calls that gave its inputs, by their places in the trace; ``weights`` those of
    the model that it takes. ``back`` says of the way back whether a gradient that is not finite
    came in and whether one went out.
    """

    function: str
    path: NodePath
    fed: tuple[int, ...]
    weights: tuple[str, ...]
    took: Sequence[Seen] = ()
    gave: Sequence[Seen] = ()
    back: tuple[bool, bool] | None = None
    gradient: float = 0.0
    """The root of the mean square of the gradient that came back to what it gave."""


@dataclass(slots=True)
class Trace:
    """What was seen of a step; ``losses`` are the calls whose results the gradients begin with."""

    calls: list[Call] = field(default_factory=list)
    losses: list[int] = field(default_factory=list)
    first_back: int | None = None
    """The first call that makes a gradient that is not finite of ones that are."""
