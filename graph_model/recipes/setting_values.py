"""What the settings of a recipe are, by the names under which ``settings.py`` changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_model.entry import Entry
from graph_model.recipe import SETTINGS, Choice, Recipe
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.setting_meanings import WITH
from graph_model.recipes.settings import PLACES, SHORT
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Value


def setting_values(recipe: Recipe) -> dict[str, Value]:
    """Return every plain setting of a recipe by its name, defaults of its entries included.

    Options and transforms are there only where they were chosen, each as ``with``. Roles of
    columns and other mappings of the data have no name of their own and are left out.
    """
    return dict(_told(recipe))


def _told(recipe: Recipe) -> Iterator[tuple[str, Value]]:
    for setting in SETTINGS:
        yield setting.name, getattr(recipe, setting.name)
    for place, entries in PLACES.items():
        chosen: Choice = getattr(recipe, place)
        yield place, chosen.kind
        yield from _arguments(place, chosen, entries)
    for option in recipe.options:
        yield option.kind, WITH
        yield from _arguments(option.kind, option, OPTIONS)
    for transform in recipe.transforms:
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
