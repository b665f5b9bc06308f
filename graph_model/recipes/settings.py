"""Settings of a project by name, as ``layerweft search`` and comparisons call them.

``epochs``, ``lr``, ``optimizer``, ``optimizer.momentum``, ``schedule.gamma``, ``data.noise``,
``inputs.x`` of an Input; ``l2_penalty`` and ``l2_penalty.factor`` of the options, ``thaw.conv1``
of what they say of layers; ``transforms``,
``transforms.crop`` and ``transforms.crop.padding``; ``loss``,
``loss.label_smoothing`` and, of one of several Outputs, ``scores.loss`` and ``scores.weight``;
``players.loss.every``, ``phases.1.start``; ``linear1.out_features`` of a node, and ``dropout1``
itself, which is there or bridged; ``Dropout.p`` and ``Dropout`` of all nodes of a kind, those in
blocks too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graph_model.editing.edits import remove_and_bridge
from graph_model.entry import Entry
from graph_model.layers import LAYERS
from graph_model.network import Node, Project, set_arguments
from graph_model.recipe import SETTINGS, Objective, Recipe
from graph_model.recipes import setting_parts as parts
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.setting_meanings import (
    chosen,
    is_with,
    parameter,
    refuse_name,
    switched,
    value,
)
from graph_model.recipes.sources import SOURCES
from graph_model.recipes.splitting import SPLITS
from graph_model.recipes.transforms import TRANSFORMS
from graph_model.values import Parameter, integer

PLACES: Final[Mapping[str, Mapping[str, Entry]]] = {
    "data": SOURCES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "split": SPLITS,
}
"""The choices of a recipe that are one entry of a catalogue each."""
SHORT: Final = {"lr": "optimizer.lr"}
_PLAIN: Final = {each.name: each for each in SETTINGS}
_REPEAT: Final = integer("repeat", 1)
_OF_SEVERAL: Final = ("loss", "transforms", "inputs", "players", "phases")
"""The first words of settings of what a recipe has several of."""


def with_setting(
    project: Project, name: str, text: str, usual: Sequence[Objective] = ()
) -> Project:
    """Return a project in which a setting has the value that a text means.

    ``usual`` is what Outputs are trained for where the recipe does not say. Raises ``Refusal``
    where there is no such setting, or it takes no such value.
    """
    place, _, argument = SHORT.get(name, name).partition(".")
    if parts.is_of_output(project, place, argument):
        recipe = parts.with_objective(project, usual, place, argument, text)
        return replace(project, recipe=recipe)
    found = _with_recipe(project, place, argument, name, text, usual)
    if found is None:
        return _with_node(project, place, name, argument, text)
    return replace(project, recipe=found)


def _with_recipe(
    project: Project, place: str, argument: str, name: str, text: str, usual: Sequence[Objective]
) -> Recipe | None:
    """Return the recipe with another setting, ``None`` where it has none of this name."""
    recipe = project.recipe
    if name in _PLAIN:
        return replace(recipe, **{name: value(_PLAIN[name], text)})  # type: ignore[arg-type]
    if place in PLACES:
        after = chosen(getattr(recipe, place), PLACES[place], name, argument, text)
        return replace(recipe, **{place: after})  # type: ignore[arg-type]
    if parts.names_layer(place, argument):
        return parts.with_layer(project, place, argument, text)
    if place in OPTIONS:
        options = switched(recipe.options, place, OPTIONS[place], name, argument, text)
        return replace(recipe, options=options)
    match place:
        case "transforms":
            return _with_transform(recipe, argument, name, text)
        case "loss":
            output = parts.of_only_output(project, usual, name)
            return parts.with_objective(project, usual, output, name, text)
        case "inputs":
            return _with_input(project, argument, name, text)
        case "players":
            return parts.with_player(project, argument, text)
        case "phases":
            return parts.with_phase(recipe, argument, text)
    return None


def _with_transform(recipe: Recipe, called: str, name: str, text: str) -> Recipe:
    kind, _, argument = called.partition(".")
    if not called:
        return recipe if is_with(name, text) else replace(recipe, transforms=())
    if kind not in TRANSFORMS:
        refuse_name(name, (f"transforms.{each}" for each in TRANSFORMS))
    found = switched(recipe.transforms, kind, TRANSFORMS[kind], name, argument, text)
    return replace(recipe, transforms=found)


def _with_input(project: Project, called: str, name: str, text: str) -> Recipe:
    inputs = {each.name: each for each in project.network.nodes.values() if each.kind == "Input"}
    if called not in inputs:
        refuse_name(name, (f"inputs.{each}" for each in inputs))
    recipe = project.recipe
    return replace(recipe, inputs={**recipe.inputs, inputs[called].id: text})


def _with_node(project: Project, called: str, name: str, argument: str, text: str) -> Project:
    network = project.network
    node = next((each for each in network.nodes.values() if each.name == called), None)
    if node is None and called in LAYERS and _has_kind(project, called):
        return _with_kind(project, called, name, argument, text)
    if node is None:
        nodes = (each.name for each in network.nodes.values())
        refuse_name(name, (*_PLAIN, *SHORT, *PLACES, *_OF_SEVERAL, *OPTIONS, *nodes))
    if argument == _REPEAT.name:
        repeat = value(_REPEAT, text)
        assert isinstance(repeat, int)
        changed = replace(network, nodes={**network.nodes, node.id: replace(node, repeat=repeat)})
    elif argument:
        found = value(parameter(parameters_of(project, node), name, argument), text)
        changed = set_arguments(network, node.id, {**node.arguments, argument: found})
    else:
        changed = network if is_with(name, text) else remove_and_bridge(network, [node.id])
    return replace(project, networks={**project.networks, project.main: changed})


def _has_kind(project: Project, kind: str) -> bool:
    networks = project.networks.values()
    return any(each.kind == kind for network in networks for each in network.nodes.values())


def _with_kind(project: Project, kind: str, name: str, argument: str, text: str) -> Project:
    """Return a project in which all nodes of a kind have an argument, or are bridged."""
    networks = dict(project.networks)
    for id, network in project.networks.items():
        nodes = [each for each in network.nodes.values() if each.kind == kind]
        if argument:
            found = value(parameter(LAYERS[kind].parameters, name, argument), text)
            for each in nodes:
                arguments = {**each.arguments, argument: found}
                networks[id] = set_arguments(networks[id], each.id, arguments)
        elif not is_with(name, text):
            networks[id] = remove_and_bridge(network, [each.id for each in nodes])
    return replace(project, networks=networks)


def parameters_of(project: Project, node: Node) -> Iterable[Parameter]:
    """Return the parameters of a node's layer or block."""
    if node.kind in LAYERS:
        return LAYERS[node.kind].parameters
    block = project.networks.get(node.kind)
    return block.parameters if block is not None else ()
