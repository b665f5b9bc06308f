"""Curves as SVG text, for reports that need nothing installed to be read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import numpy as np

from app.runs.curves import Array, Curve

COLOURS: Final = ("#4F5BD5", "#D9622B", "#1A8A51", "#B5418B", "#008399", "#9D6800", "#8459C3")
_SIZE: Final = (560.0, 260.0)
_MARGINS: Final = (52.0, 10.0, 12.0, 34.0)
"""What is free beside the curves: left, above, right, below."""
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def curves_svg(curves: Mapping[str, Curve], unit: str) -> str:
    """Return curves by name over what ``unit`` counts; nothing where none of them has a point."""
    told = {name: _finite(curve) for name, curve in curves.items() if len(curve)}
    told = {name: points for name, points in told.items() if len(points[0])}
    if not told:
        return ""
    x_ticks = ticks(*_ends([x for x, _ in told.values()]))
    y_ticks = ticks(*_ends([y for _, y in told.values()]))
    frame = _Frame(x_ticks[0], x_ticks[-1], y_ticks[0], y_ticks[-1])
    parts = [*_grid(frame, x_ticks, y_ticks, unit), *_lines(frame, told)]
    width, height = _SIZE
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" class="curves">'
        + "".join(parts)
        + "</svg>"
    )


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers at even distances, from below ``low`` to above ``high``."""
    if high <= low:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [each * step for each in range(first, last + 1)]


class _Frame:
    """Where values lie in the picture."""

    def __init__(self, left: float, right: float, low: float, high: float) -> None:
        self.left, self.right, self.low, self.high = left, right, low, high

    def x(self, value: float) -> float:
        wide = _SIZE[0] - _MARGINS[0] - _MARGINS[2]
        return _MARGINS[0] + (value - self.left) / (self.right - self.left) * wide

    def y(self, value: float) -> float:
        tall = _SIZE[1] - _MARGINS[1] - _MARGINS[3]
        return _MARGINS[1] + (self.high - value) / (self.high - self.low) * tall


def _grid(
    frame: _Frame, x_ticks: Sequence[float], y_ticks: Sequence[float], unit: str
) -> Iterator[str]:
    bottom, right = _SIZE[1] - _MARGINS[3], _SIZE[0] - _MARGINS[2]
    for value in y_ticks:
        y = frame.y(value)
        yield f'<path class="grid" d="M{_MARGINS[0]:g} {y:.1f}H{right:g}"/>'
        yield _text(_MARGINS[0] - 6, y + 4, "end", f"{value:g}")
    for value in x_ticks:
        yield _text(frame.x(value), bottom + 15, "middle", f"{value:g}")
    yield _text((_MARGINS[0] + right) / 2, _SIZE[1] - 4, "middle", unit)


def _text(x: float, y: float, anchor: str, words: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="tick" {place}>{escape(words)}</text>'


def _lines(frame: _Frame, told: Mapping[str, tuple[Array, Array]]) -> Iterator[str]:
    for number, (name, (x, y)) in enumerate(told.items()):
        points = " ".join(
            f"{frame.x(each):.1f},{frame.y(value):.1f}"
            for each, value in zip(x.tolist(), y.tolist(), strict=True)
        )
        colour = COLOURS[number % len(COLOURS)]
        yield (
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" points="{points}">'
            f"<title>{escape(name)}</title></polyline>"
        )


def _finite(curve: Curve) -> tuple[Array, Array]:
    x, y = curve.thinned(float(curve.x[0]), float(curve.x[-1]))
    is_finite = np.isfinite(y)
    return x[is_finite], y[is_finite]


def _ends(values: Sequence[Array]) -> tuple[float, float]:
    every = np.concatenate(values)
    return float(every.min()), float(every.max())
