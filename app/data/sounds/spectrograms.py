"""Spectrograms as the ear has them: how strong each of some bands is over time."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FRAME: Final = 512
"""How many numbers of a wave one column is made from, and half of it is the step to the next."""
FLOOR: Final = 1e-6
"""What is added before the logarithm, so that silence has one."""

Numbers = NDArray[Any]


def frames_of(length: int) -> int:
    """Return how many columns the spectrogram of a wave has."""
    return 1 + length // (FRAME // 2)


def spectrogram(wave: Numbers, bands: Numbers) -> NDArray[np.float32]:
    """Return the logarithm of the power in each band (rows) over time (columns)."""
    half = FRAME // 2
    padded = np.pad(wave.astype(np.float64), half)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::half]
    frames = frames[: frames_of(len(wave))]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)
    power = np.abs(np.fft.rfft(frames * window)) ** 2
    # Summed by NumPy itself: so small a product is not worth the threads of a BLAS, which spin.
    strengths = np.einsum("bf,tf->bt", bands, power)
    return np.log(strengths + FLOOR).astype(np.float32)


def bands_of(rate: int, count: int) -> Numbers:
    """Return how much each band has of each frequency: triangles, as wide as the ear has them."""
    highest = 2595 * np.log10(1 + rate / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, highest, count + 2) / 2595) - 1)
    frequencies = np.linspace(0, rate / 2, FRAME // 2 + 1)
    low, middle, high = (edges[at : at + count, None] for at in range(3))
    rising = (frequencies - low) / (middle - low)
    falling = (high - frequencies) / (high - middle)
    bands: Numbers = np.maximum(0, np.minimum(rising, falling))
    return bands
