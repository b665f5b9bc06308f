"""Data drawn from a formula, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Dataset, classified, measured, need_memory, with_columns
from graph_model.values import Arguments

Numbers = NDArray[Any]
_BYTES_PER_STEP: Final = 40
"""About how much memory a sample takes while it is drawn, or each step of a sequence."""


def _linear(count: int, noise: float, random: np.random.Generator, _: Arguments) -> Dataset:
    x = random.uniform(-1, 1, (count, 1))
    return measured(x, 2 * x - 1 + noise * random.standard_normal((count, 1)))


def _sine(count: int, noise: float, random: np.random.Generator, _: Arguments) -> Dataset:
    x = random.uniform(-np.pi, np.pi, (count, 1))
    return measured(x, np.sin(x) + noise * random.standard_normal((count, 1)))


def _moons(count: int, noise: float, random: np.random.Generator, _: Arguments) -> Dataset:
    labels = np.arange(count) % 2
    angle = random.uniform(0, np.pi, count)
    upper = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    lower = np.stack((1 - np.cos(angle), 0.5 - np.sin(angle)), axis=1)
    points = np.where(labels[:, None] == 0, upper, lower)
    return _plane(points + noise * random.standard_normal((count, 2)), labels, ("upper", "lower"))


def _spirals(
    count: int, noise: float, random: np.random.Generator, arguments: Arguments
) -> Dataset:
    arms = int(str(arguments["classes"]))
    labels = np.arange(count) % arms
    radius = np.sqrt(random.uniform(0.01, 1, count))
    angle = 2 * np.pi * (labels / arms + radius)
    points = radius[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    names = tuple(f"arm {number}" for number in range(1, arms + 1))
    return _plane(points + noise * random.standard_normal((count, 2)), labels, names)


def _ring(count: int, noise: float, random: np.random.Generator, arguments: Arguments) -> Dataset:
    places = int(str(arguments["places"]))
    labels = np.arange(count) % places
    angle = 2 * np.pi * labels / places
    points = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    names = tuple(f"place {number}" for number in range(1, places + 1))
    return _plane(points + noise * random.standard_normal((count, 2)), labels, names)


def _xor(count: int, noise: float, random: np.random.Generator, _: Arguments) -> Dataset:
    points = random.uniform(-1, 1, (count, 2))
    labels = (points[:, 0] > 0) != (points[:, 1] > 0)
    noisy = points + noise * random.standard_normal((count, 2))
    return _plane(noisy, labels, ("same", "different"))


def _sequence(
    count: int, noise: float, random: np.random.Generator, arguments: Arguments
) -> Dataset:
    """Draw two signals with a pulse each, at different times; the label is the earlier signal.

    Only the order of the pulses tells the classes apart: what the signals hold, without when, has
    the same distribution in both.
    """
    length = int(str(arguments["length"]))
    labels = np.arange(count) % 2
    early = random.integers(0, length - 1, count)
    late = random.integers(early + 1, length)
    samples = noise * random.standard_normal((count, length, 2))
    row = np.arange(count)
    samples[row, early, labels] += 1
    samples[row, late, 1 - labels] += 1
    return classified(samples, labels, ("first signal", "second signal"))


def _plane(points: Numbers, labels: Numbers, names: tuple[str, ...]) -> Dataset:
    data = classified(points, labels, names)
    return with_columns(data, {"x": data.features[:, [0]], "y": data.features[:, [1]]})


_DRAWN: Final[Mapping[str, Callable[[int, float, np.random.Generator, Arguments], Dataset]]] = {
    "linear": _linear,
    "sine": _sine,
    "moons": _moons,
    "spirals": _spirals,
    "ring": _ring,
    "xor": _xor,
    "sequence": _sequence,
}


def _loader(name: str) -> Callable[[Arguments], Dataset]:
    def load(arguments: Arguments) -> Dataset:
        random = np.random.default_rng(int(str(arguments["data_seed"])))
        count, noise = int(str(arguments["samples"])), float(str(arguments["noise"]))
        steps = int(str(arguments.get("length", 1)))
        need_memory(Path(name), _BYTES_PER_STEP * count * steps)
        return _DRAWN[name](count, noise, random, arguments)

    return load


LOADERS: Final = {name: _loader(name) for name in _DRAWN}
