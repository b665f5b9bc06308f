"""The names of all settings that a project has, with what each is now, to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph_model.entry import Entry
from graph_model.layers.card import format_value
from graph_model.network import Project
from graph_model.recipe import Choice
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.setting_meanings import WITH, WITHOUT
from graph_model.recipes.setting_values import setting_values
from graph_model.recipes.settings import parameters_of
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Type, Value

_PLAIN = frozenset(
    {
        Type.INTEGER,
        Type.NUMBER,
        Type.BOOLEAN,
        Type.CHOICE,
        Type.TEXT,
        Type.INTEGERS,
        Type.NUMBERS,
        Type.SIZES,
    }
)
"""The types of arguments that are written as one text."""


def setting_names(project: Project) -> dict[str, str]:
    """Return the settings that ``with_setting`` changes, each with its value now as a text."""
    return {name: _text(value) for name, value in _named(project)}


def _named(project: Project) -> Iterator[tuple[str, Value]]:
    yield from setting_values(project.recipe).items()
    yield from _switches(project.recipe.options, OPTIONS, "")
    yield from _switches(project.recipe.transforms, TRANSFORMS, "transforms.")
    if project.recipe.transforms:
        yield "transforms", WITH
    yield from _of_nodes(project)


def _switches(
    choices: Iterable[Choice], entries: Mapping[str, Entry], before: str
) -> Iterator[tuple[str, Value]]:
    there = {each.kind for each in choices}
    for kind in entries:
        yield f"{before}{kind}", WITH if kind in there else WITHOUT


def _of_nodes(project: Project) -> Iterator[tuple[str, Value]]:
    for node in project.network.nodes.values():
        if node.kind in ("Input", "Output"):
            continue
        for parameter in parameters_of(project, node):
            if parameter.type in _PLAIN:
                value = node.arguments.get(parameter.name, parameter.default)
                yield f"{node.name}.{parameter.name}", value
        if isinstance(node.repeat, int) and node.repeat > 1:
            yield f"{node.name}.repeat", node.repeat
        yield node.name, WITH


def _text(value: Value) -> str:
    return "" if value is None else format_value(value)
