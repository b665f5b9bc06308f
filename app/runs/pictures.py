"""Pictures that the outputs of a model give, as they are told and looked at."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from graph_model.frozen import frozen


@frozen
class Shown:
    """Pictures of one output: ``(samples, channels, height, width)``, from ``low`` to ``high``.

    ``originals`` are those that they follow from, if any, and ``samples`` their numbers.
    """

    output: str
    pictures: NDArray[Any]
    originals: NDArray[Any] | None
    samples: NDArray[Any]
    low: float
    high: float
