"""What the settings of a recipe are, by the names under which ``settings.py`` changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph_model.entry import Entry
from graph_model.recipe import SETTINGS, Choice, Recipe
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.setting_meanings import WITH
from graph_model.recipes.settings import PLACES, SHORT
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Value

_PLAIN: Final = tuple(each.name for each in SETTINGS)
FIELDS: Final = (*_PLAIN, *PLACES, "options", "transforms")
"""The fields of a recipe that have settings, in the order in which these are told."""


def setting_values(recipe: Recipe) -> dict[str, Value]:
    """Return every plain setting of a recipe by its name, defaults of its entries included.

    Options and transforms are there only where they were chosen, each as ``with``. Roles of
    columns and other mappings of the data have no name of their own and are left out.
    """
    return {
        name: value
        for field in FIELDS
        for name, value in values_of_field(field, getattr(recipe, field))
    }


def values_of_field(field: str, value: Any) -> Iterator[tuple[str, Value]]:
    """Yield the settings that are told by one of :data:`FIELDS` of a recipe."""
    if field in _PLAIN:
        yield field, value
    elif field in PLACES:
        yield field, value.kind
        yield from _arguments(field, value, PLACES[field])
    elif field == "options":
        for option in value:
            yield option.kind, WITH
            yield from _arguments(option.kind, option, OPTIONS)
    else:
        for transform in value:
            place = f"transforms.{transform.kind}"
            yield place, WITH
            yield from _arguments(place, transform, TRANSFORMS)


def _arguments(
    place: str, chosen: Choice, entries: Mapping[str, Entry]
) -> Iterator[tuple[str, Value]]:
    short = {name: each for each, name in SHORT.items()}
    entry = entries.get(chosen.kind)
    complete = entry.complete(chosen.arguments) if entry is not None else chosen.arguments
    for argument, value in complete.items():
        name = f"{place}.{argument}"
        if value is not None and not isinstance(value, Mapping):
            yield short.get(name, name), value
