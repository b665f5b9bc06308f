"""What is seen of a tensor, reduced to what is drawn: arrays of NumPy of a bounded size."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph_model.frozen import frozen

Numbers: TypeAlias = NDArray[np.float32]


@frozen
class Facts:
    """A tensor in numbers; of what is not finite only how much of it there is.

    ``zeros`` is a share. ``minimum``, ``mean`` and the others are of the finite numbers, ``nan``
    where there are none; of complex numbers they are of the absolute values.
    """

    shape: tuple[int, ...]
    dtype: str
    minimum: float
    maximum: float
    mean: float
    deviation: float
    zeros: float
    not_finite: int


@frozen
class Histogram:
    """How many of the numbers lie in each of equally wide bins from ``low`` to ``high``."""

    counts: NDArray[np.int64]
    low: float
    high: float


@frozen
class Heat:
    """Numbers in rows and columns as a picture; of large ones the means of neighbours.

    ``rows`` and ``columns`` are how many there are of them.
    """

    numbers: Numbers
    rows: int
    columns: int


@frozen
class Tiles:
    """Small pictures of one size, the first of ``total``: filters, feature maps or attention.

    Each is ``(H, W)``, or ``(H, W, 3)`` from 0 to 1 where it has colours.
    """

    pictures: tuple[Numbers, ...]
    total: int


@frozen
class Cloud:
    """Vectors seen along the two directions in which they differ most, the first of ``total``.

    ``share`` is how much of their variance that shows.
    """

    points: Numbers
    names: tuple[str, ...]
    share: float
    total: int


@frozen
class Seen:
    """What a node gives at a port for one sample.

    ``head`` has the first numbers of the last dimensions, ``maps`` the channels as pictures.
    """

    port: str
    facts: Facts
    head: NDArray[np.generic]
    histogram: Histogram | None
    heat: Heat | None
    maps: Tiles | None


@frozen
class Look:
    """What is seen of a node for a sample: what it gives, and what it has of its own kind.

    ``values`` are empty where it was not computed, for nothing takes what it gives or it is left
    out. ``filters`` are those of a convolution, ``cloud`` the table of an embedding, ``attention``
    how much each query takes of each key, a map for each head.
    """

    values: tuple[Seen, ...] = ()
    filters: Tiles | None = None
    attention: Tiles | None = None
    cloud: Cloud | None = None
