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

    def at(self, places: NDArray[Any]) -> Looks:
        """Return those of some samples, at these places and in their order."""
        return Looks(
            self.samples[places],
            None if self.pictures is None else self.pictures[places],
            None if self.curves is None else self.curves[places],
            tuple(self.texts[place] for place in places) if self.texts else (),
            self.columns,
            tuple(self.cells[place] for place in places) if self.cells else (),
        )
