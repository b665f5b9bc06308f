"""What samples look like: a picture, curves, a text, or a row of cells, to be shown to people."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from graph_model.frozen import frozen


@frozen
class Looks:
    """Some samples, of which only one of these is there; nothing of what cannot be shown.

    ``pictures`` has the shape ``(samples, 1 or 3, height, width)``, ``curves`` ``(samples, steps,
    variables)``; ``cells`` has a row for each sample, one cell for each of the ``columns``.
    """

    samples: NDArray[Any]
    pictures: NDArray[Any] | None = None
    curves: NDArray[Any] | None = None
    texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
