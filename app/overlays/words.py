"""What quantities are called, and how their numbers are written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.numbers import byte_size
from app.language.sentences import translate
from app.overlays.quantities import Unit

_TITLES: Final[Mapping[str, Any]] = {
    "gradient_norm": QT_TRANSLATE_NOOP("Overlays", "Gradient norm"),
    "update_ratio": QT_TRANSLATE_NOOP("Overlays", "Update / weight"),
    "activation_mean": QT_TRANSLATE_NOOP("Overlays", "Mean of outputs"),
    "activation_deviation": QT_TRANSLATE_NOOP("Overlays", "Deviation of outputs"),
    "activation_zeros": QT_TRANSLATE_NOOP("Overlays", "Share of zeros"),
    "dead_units": QT_TRANSLATE_NOOP("Overlays", "Dead units"),
    "activation_saturation": QT_TRANSLATE_NOOP("Overlays", "Saturation"),
    "forward_seconds": QT_TRANSLATE_NOOP("Overlays", "Time, forward"),
    "output_bytes": QT_TRANSLATE_NOOP("Overlays", "Memory of outputs"),
}


def title(quantity: str) -> str:
    """Return what a quantity is called."""
    return translate("Overlays", _TITLES[quantity])


def number_text(value: float, unit: Unit) -> str:
    """Write a number of a quantity."""
    if not math.isfinite(value):
        return str(value)
    match unit:
        case Unit.SHARE:
            return f"{100 * value:.3g} %"
        case Unit.SECONDS:
            return seconds_text(value)
        case Unit.BYTES:
            return byte_size(round(value))
        case Unit.PLAIN:
            return plain_text(value)


def plain_text(value: float) -> str:
    """Write a number with three digits: ``0.0123``, ``4.5e-07``."""
    return f"{value:.3g}".replace("e-0", "e-").replace("e+0", "e")


def seconds_text(value: float) -> str:
    """Write a short time: ``12.3 µs``, ``4.5 ms``, ``1.2 s``."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if value >= 0.9995 * size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-6:.3g} µs"
