"""What differs between two recipes: every setting by its name, ``optimizer.lr``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from graph_model.editing.differences import Change
from graph_model.recipe import Choice, Recipe
from graph_model.values import Value


def recipe_differences(old: Recipe, new: Recipe) -> tuple[Change, ...]:
    """Return what differs, of no node; ``None`` stands for what was not given."""
    before, after = dict(_settings(old)), dict(_settings(new))
    return tuple(
        Change("", name, before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def _settings(value: object, name: str = "") -> Iterator[tuple[str, Value]]:
    """Yield every plain value within another, by the way to it."""
    match value:
        case Choice(kind, arguments):
            yield name, kind
            yield from _settings(arguments, name)
        case Mapping():
            for key, entry in value.items():
                yield from _settings(entry, _within(name, str(key)))
        case tuple() if any(map(dataclasses.is_dataclass, value)):
            for number, entry in enumerate(value, 1):
                yield from _settings(entry, f"{name} {number}")
        case _ if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from _settings(getattr(value, field.name), _within(name, field.name))
        case _:
            yield name, value  # type: ignore[misc]  # what no other holds is a Value


def _within(name: str, inner: str) -> str:
    return f"{name}.{inner}" if name else inner
