"""Pictures of numbers in the colours of cards, of which the highest stand out."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from app.inspecting.seen import Numbers
from app.look import theme
from app.overlays.colour_map import WRONG, colours
from graph_model.frozen import frozen


@frozen
class Range:
    """From where to where colours go; around 0 where there are numbers at both sides of it."""

    low: float
    high: float

    @property
    def is_signed(self) -> bool:
        """Whether 0 is the middle."""
        return self.low < 0 < self.high


def range_of(*pictures: Numbers) -> Range:
    """Return the range of the finite numbers of some pictures together."""
    finite = [each[np.isfinite(each)] for each in pictures]
    some = [each for each in finite if each.size]
    if not some:
        return Range(0.0, 0.0)
    low = min(float(each.min()) for each in some)
    high = max(float(each.max()) for each in some)
    if low < 0 < high:
        high = max(-low, high)
        low = -high
    return Range(low, high)


def image(numbers: Numbers, within: Range) -> QImage:
    """Return a picture ``(H, W)`` in colours, or ``(H, W, 3)`` as it is, a pixel each."""
    pixels = (255 * numbers).round().astype(np.uint8) if numbers.ndim == 3 else None
    pixels = _coloured(numbers, within) if pixels is None else pixels
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels)
    made = QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return made.copy()  # of its own: the array goes


def _coloured(numbers: Numbers, within: Range) -> NDArray[np.uint8]:
    table = _table(theme.current().is_dark, within.is_signed)
    is_finite = np.isfinite(numbers)
    clean = np.where(is_finite, numbers, within.low)
    span = within.high - within.low
    places = (clean - within.low) / span if span and math.isfinite(span) else np.zeros_like(clean)
    steps = (places.clip(0, 1) * (len(table) - 2)).round().astype(np.intp)
    steps[~is_finite] = len(table) - 1
    found: NDArray[np.uint8] = table[steps]
    return found


@lru_cache(maxsize=4)
def _table(is_dark: bool, is_signed: bool) -> NDArray[np.uint8]:
    """Return the colours of all steps, and last that of what is not finite."""
    look = theme.DARK if is_dark else theme.LIGHT
    made = map(QColor, (*colours(look, is_signed=is_signed), WRONG))
    return np.array([(each.red(), each.green(), each.blue()) for each in made], np.uint8)
