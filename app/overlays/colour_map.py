"""The colours that numbers are shown by: even steps to the eye, and told apart by the colour-blind.

One-sided quantities have viridis, by Nathaniel Smith and Stéfan van der Walt (CC0), without the end
that would be lost in the ground: what is more stands out more, in either theme. Signed ones go from
blue over grey to orange.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor

from app.look.theme import Theme
from app.overlays.scale import STEPS

_VIRIDIS: Final = (
    "#440154", "#482475", "#414487", "#355F8D", "#2A788E", "#21918C", "#22A884", "#44BF70",
    "#7AD151", "#BDDF26", "#FDE725",
)  # fmt: skip
_SIGNED_LIGHT: Final = ("#08519C", "#4292C6", "#9ECAE1", "#C9CCD3", "#FDBE85", "#F16913", "#A63603")
_SIGNED_DARK: Final = ("#8CC5F2", "#4292C6", "#2B5C8A", "#5A6069", "#9A5417", "#E6812F", "#FFC08A")
_FROM, _TO = 0.14, 0.86
"""Where viridis begins on a dark ground, and ends on a light one."""
WRONG: Final = "#D6006C"
"""What stands for numbers that are not finite: it is on neither map."""
_INKS: Final = ("#000000", "#FFFFFF")


def colour(theme: Theme, step: int, *, is_signed: bool) -> str:
    """Return the colour for a step of a scale, ``#RRGGBB``."""
    return _colours(theme.is_dark, is_signed)[step]


def colours(theme: Theme, *, is_signed: bool) -> tuple[str, ...]:
    """Return the colours for all steps of a scale."""
    return _colours(theme.is_dark, is_signed)


@lru_cache(maxsize=4)
def _colours(is_dark: bool, is_signed: bool) -> tuple[str, ...]:
    stops = (_SIGNED_DARK if is_dark else _SIGNED_LIGHT) if is_signed else _VIRIDIS
    places = (step / (STEPS - 1) for step in range(STEPS))
    if not is_signed:
        places = (_FROM + (1 - _FROM) * at if is_dark else _TO * (1 - at) for at in places)
    return tuple(_between(stops, at) for at in places)


def _between(stops: tuple[str, ...], at: float) -> str:
    """Return the colour at a place between evenly spaced ones."""
    whole = min(int(at * (len(stops) - 1)), len(stops) - 2)
    rest = at * (len(stops) - 1) - whole
    one, other = QColor(stops[whole]), QColor(stops[whole + 1])
    mixed = (
        round(a + (b - a) * rest)
        for a, b in (
            (one.red(), other.red()),
            (one.green(), other.green()),
            (one.blue(), other.blue()),
        )
    )
    return QColor(*mixed).name()


@lru_cache(maxsize=4 * STEPS)
def ink(ground: str) -> str:
    """Return what text is written in upon a colour: black or white, whichever is told better."""
    return max(_INKS, key=lambda each: contrast(each, ground))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 has it, from 1 to 21."""
    darker, lighter = sorted(_luminance(QColor(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = map(_linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
