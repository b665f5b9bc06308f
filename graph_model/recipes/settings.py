"""Settings of a project by name, as ``layerweft search`` and comparisons call them.

``epochs``, ``lr``, ``optimizer``, ``optimizer.momentum``, ``schedule.gamma``, ``data.noise``,
``l2_penalty`` and ``l2_penalty.weight`` of the options, ``linear1.out_features`` of a node, and
``dropout1`` itself, which is there or bridged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NoReturn

from graph_model.complaints import complaint
from graph_model.editing.edits import remove_and_bridge
from graph_model.entry import Entry
from graph_model.layers import LAYERS
from graph_model.network import Node, Project, set_arguments
from graph_model.problems import Problem, Refusal
from graph_model.recipe import SETTINGS, Choice, Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES
from graph_model.recipes.splitting import SPLITS
from graph_model.values import Parameter, Type, Value, integer

PLACES: Final[Mapping[str, Mapping[str, Entry]]] = {
    "data": SOURCES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "split": SPLITS,
}
"""The choices of a recipe that are one entry of a catalogue each."""
SHORT: Final = {"lr": "optimizer.lr"}
_PLAIN: Final = {each.name: each for each in SETTINGS}
WITH, WITHOUT = "with", "without"
_REPEAT: Final = integer("repeat", 1)


def with_setting(project: Project, name: str, text: str) -> Project:
    """Return a project in which a setting has the value that a text means.

    Raises ``Refusal`` where there is no such setting, or it takes no such value.
    """
    place, _, argument = SHORT.get(name, name).partition(".")
    recipe = project.recipe
    if name in _PLAIN:
        changed = replace(recipe, **{name: _value(_PLAIN[name], text)})  # type: ignore[arg-type]
    elif place in PLACES:
        chosen = _chosen(getattr(recipe, place), PLACES[place], name, argument, text)
        changed = replace(recipe, **{place: chosen})  # type: ignore[arg-type]
    elif place in OPTIONS:
        changed = replace(recipe, options=tuple(_options(recipe, place, name, argument, text)))
    else:
        return _with_node(project, place, name, argument, text)
    return replace(project, recipe=changed)


def _chosen(
    chosen: Choice, catalogue: Mapping[str, Entry], name: str, argument: str, text: str
) -> Choice:
    if argument:
        parameters = catalogue[chosen.kind].parameters if chosen.kind in catalogue else ()
        value = _value(_parameter(parameters, name, argument), text)
        return Choice(chosen.kind, {**chosen.arguments, argument: value})
    if text not in catalogue:
        _refuse_value(name, text, catalogue)
    known = {each.name for each in catalogue[text].parameters}
    return Choice(text, {key: each for key, each in chosen.arguments.items() if key in known})


def _options(recipe: Recipe, kind: str, name: str, argument: str, text: str) -> Iterator[Choice]:
    """Yield the options of a recipe with one that is there, is not, or has an argument."""
    yield from (each for each in recipe.options if each.kind != kind)
    chosen = recipe.option(kind) or Choice(kind)
    if argument:
        value = _value(_parameter(OPTIONS[kind].parameters, name, argument), text)
        yield Choice(kind, {**chosen.arguments, argument: value})
    elif text == WITH:
        yield chosen
    elif text != WITHOUT:
        _refuse_value(name, text, (WITH, WITHOUT))


def _with_node(project: Project, called: str, name: str, argument: str, text: str) -> Project:
    network = project.network
    node = next((each for each in network.nodes.values() if each.name == called), None)
    if node is None:
        nodes = (each.name for each in network.nodes.values())
        _refuse_name(name, (*_PLAIN, *SHORT, *PLACES, *OPTIONS, *nodes))
    if argument == _REPEAT.name:
        repeat = _value(_REPEAT, text)
        assert isinstance(repeat, int)
        changed = replace(network, nodes={**network.nodes, node.id: replace(node, repeat=repeat)})
    elif argument:
        value = _value(_parameter(_parameters(project, node), name, argument), text)
        changed = set_arguments(network, node.id, {**node.arguments, argument: value})
    elif text in (WITH, WITHOUT):
        changed = remove_and_bridge(network, [node.id]) if text == WITHOUT else network
    else:
        _refuse_value(name, text, (WITH, WITHOUT))
    return replace(project, networks={**project.networks, project.main: changed})


def _parameters(project: Project, node: Node) -> Iterable[Parameter]:
    if node.kind in LAYERS:
        return LAYERS[node.kind].parameters
    block = project.networks.get(node.kind)
    return block.parameters if block is not None else ()


def _parameter(parameters: Iterable[Parameter], name: str, argument: str) -> Parameter:
    known = {each.name: each for each in parameters}
    if argument not in known:
        place = name.partition(".")[0]
        _refuse_name(name, (f"{place}.{each}" for each in known))
    return known[argument]


def _value(parameter: Parameter, text: str) -> Value:
    """Return what a text means to a parameter."""
    value = _meaning(parameter, text)
    wrong = complaint(parameter, value)
    if wrong is not None:
        raise Refusal(Problem(wrong.code, wrong.values, parameter=parameter.name))
    return value


def _meaning(parameter: Parameter, text: str) -> Value:
    if text == "none" and parameter.accepts_none:
        return None
    if parameter.type is Type.BOOLEAN:
        return {"true": True, "false": False, "on": True, "off": False}.get(text.lower(), text)
    if parameter.type in (Type.TEXT, Type.CHOICE, Type.LAYER, Type.PATH, Type.FOLDER):
        return text
    numbers = [_number(each) for each in text.strip("()").split("x" if "x" in text else ";")]
    return numbers[0] if len(numbers) == 1 else tuple(numbers)


def _number(text: str) -> float | str:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _refuse_name(name: str, choices: Iterable[str]) -> NoReturn:
    values = {"name": name, "choices": ", ".join(choices)}
    raise Refusal(Problem("unknown_setting", values))


def _refuse_value(name: str, text: str, choices: Iterable[str]) -> NoReturn:
    values = {"parameter": name, "choices": ", ".join(choices), "got": text}
    raise Refusal(Problem("not_a_choice", values, parameter=name))
