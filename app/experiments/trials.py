"""The trials of an experiment: the combinations of values of its settings, or some of them."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias
from zlib import crc32

from graph_model.network import Project
from graph_model.recipe import Objective
from graph_model.recipes.settings import with_setting

MOST: Final = 10_000
"""How many trials an experiment can have."""
_LONGEST: Final = 100
"""How many characters the name of a trial's folder has."""

Settings: TypeAlias = Mapping[str, str]
"""What a trial has of each setting that is varied, as a text."""


def name_of(settings: Settings) -> str:
    """Return what the folder of a trial is called: no two of them the same."""
    told = " ".join(f"{name}={value}" for name, value in settings.items())
    plain = re.sub(r"[^\w=.,+ -]+", "_", told)[:_LONGEST].strip() or "as it is"
    return plain if plain in (told, "as it is") else f"{plain} {crc32(told.encode()):08x}"


def number_of(values: Mapping[str, Sequence[str]]) -> int:
    """Return how many combinations there are."""
    return math.prod(map(len, values.values()))


def combinations(
    values: Mapping[str, Sequence[str]], some: int = 0, seed: int = 0
) -> Iterator[Settings]:
    """Yield each combination of values, or ``some`` of them drawn by a seed."""
    count = number_of(values)
    places = range(count)
    chosen = random.Random(seed).sample(places, some) if 0 < some < count else places
    return (_combination(values, place) for place in chosen)


def with_settings(project: Project, settings: Settings, usual: Sequence[Objective]) -> Project:
    """Return the project that a trial trains.

    ``usual`` is what Outputs are trained for where the recipe does not say. Raises ``Refusal``
    where a setting does not exist or takes no such value.
    """
    for name, text in settings.items():
        project = with_setting(project, name, text, usual)
    return project


def _combination(values: Mapping[str, Sequence[str]], place: int) -> Settings:
    """Return a combination by its place in the order in which the last setting varies fastest."""
    found = {}
    for name in reversed([*values]):
        place, rest = divmod(place, len(values[name]))
        found[name] = values[name][rest]
    return dict(reversed(found.items()))
