"""The trials of an experiment: a project with each combination of values, or some of them."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.recipe import Objective
from graph_model.recipes.settings import with_setting

MOST: Final = 10_000
"""How many trials an experiment can have."""
_LONGEST: Final = 100
"""How many characters the name of a trial's folder has."""


@frozen
class Trial:
    """One run to be: the values of the settings, as texts, and the project that has them."""

    settings: Mapping[str, str]
    project: Project

    @property
    def name(self) -> str:
        """What its folder is called."""
        told = " ".join(f"{name}={value}" for name, value in self.settings.items())
        return re.sub(r"[^\w=.,+ -]+", "_", told)[:_LONGEST].strip() or "as it is"


def number_of(values: Mapping[str, Sequence[str]]) -> int:
    """Return how many combinations there are."""
    return math.prod(map(len, values.values()))


def trials(
    project: Project,
    values: Mapping[str, Sequence[str]],
    some: int = 0,
    seed: int = 0,
    usual: Sequence[Objective] = (),
) -> Iterator[Trial]:
    """Yield a trial for each combination of values, or for ``some`` of them drawn by a seed.

    ``usual`` is what Outputs are trained for where the recipe does not say. Raises ``Refusal``
    where a setting does not exist or takes no such value.
    """
    count = number_of(values)
    places = range(count)
    chosen = random.Random(seed).sample(places, some) if 0 < some < count else places
    for place in chosen:
        settings = _combination(values, place)
        changed = project
        for name, text in settings.items():
            changed = with_setting(changed, name, text, usual)
        yield Trial(settings, changed)


def _combination(values: Mapping[str, Sequence[str]], place: int) -> dict[str, str]:
    """Return a combination by its place in the order in which the last setting varies fastest."""
    found = {}
    for name in reversed([*values]):
        place, rest = divmod(place, len(values[name]))
        found[name] = values[name][rest]
    return dict(reversed(found.items()))
