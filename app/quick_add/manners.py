"""Words before a convolution that say how it goes about: ``depthwise``, ``separable``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from graph_model.values import Arguments, Value


class Manner(StrEnum):
    """How a convolution treats its channels and its window."""

    USUAL = ""
    BY_CHANNEL = "by channel"
    SEPARABLE = "separable"
    POINTWISE = "pointwise"
    DILATED = "dilated"


_CONVOLUTION: Final = "-?(.*conv.*|.*卷积.*)"
_PATTERNS: Final[Mapping[Manner, re.Pattern[str]]] = {
    manner: re.compile(f"(?:{words}){_CONVOLUTION}", re.IGNORECASE)
    for manner, words in (
        (Manner.SEPARABLE, "(?:depth-?wise-?)?sep(?:arable)?|(?:深度)?可分离"),
        (Manner.BY_CHANNEL, "depth-?wise|dw|逐通道|深度"),
        (Manner.POINTWISE, "point-?wise|pw|逐点"),
        (Manner.DILATED, "dilated|atrous|空洞|膨胀|扩张"),
    )
}
BEGUN: Final[Mapping[Manner, Arguments]] = {
    Manner.POINTWISE: {"kernel_size": 1},
    Manner.DILATED: {"dilation": 2},
}
"""What such words set; what is typed behind them may say otherwise."""

NEEDS_CHANNELS: Final = frozenset({Manner.BY_CHANNEL, Manner.SEPARABLE})
"""Those that can be told only where it is known how many channels come."""


def told(name: str) -> tuple[Manner, str]:
    """Split the manner from the name of a convolution."""
    for manner, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(name):
            return manner, found[1]
    return Manner.USUAL, name


def separated(arguments: Arguments, channels: int) -> tuple[Arguments, Arguments]:
    """Return the two convolutions of a separable one: each channel by itself, then across them."""
    by_itself = {**arguments, "out_channels": channels, "groups": channels}
    kept = ("out_channels", "bias")
    across: dict[str, Value] = {name: arguments[name] for name in kept if name in arguments}
    return by_itself, {**across, "kernel_size": 1}
