"""Settings of what a recipe has several of: outputs with their losses, players, phases, layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph_model.network import Node, NodeId, Project
from graph_model.recipe import BETWEEN, TURN, WEIGHT, Choice, NodePath, Objective, Player, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.metrics import with_loss
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OF_LAYERS, OPTIONS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.setting_meanings import (
    WITH,
    WITHOUT,
    chosen,
    is_with,
    refuse_name,
    refuse_value,
    value,
)
from graph_model.recipes.weights import named
from graph_model.values import Type, integer, number

_START: Final = integer("start", 2, minimum=2)
_SHORT: Final = {"lr": "optimizer.lr"}
_OF_OUTPUT: Final = ("loss", "weight", "target")


def outputs_of(project: Project) -> dict[str, Node]:
    """Return the Output nodes by their names."""
    return {node.name: node for node in project.network.nodes.values() if node.kind == "Output"}


def is_of_output(project: Project, place: str, argument: str) -> bool:
    """Tell whether a setting is of what an Output is trained for, and not of the node."""
    return place in outputs_of(project) and argument.partition(".")[0] in _OF_OUTPUT


def of_only_output(project: Project, usual: Sequence[Objective], name: str) -> str:
    """Return the name of the one Output that is trained, or refuse where there are several."""
    ids = {each.output: each for each in (*usual, *project.recipe.objectives)}
    outputs = outputs_of(project)
    trained = [
        called for called, node in outputs.items() if node.id not in ids or ids[node.id].weight
    ]
    if len(trained) != 1:
        refuse_name(name, (f"{each}.{name}" for each in outputs))
    return trained[0]


def with_objective(
    project: Project, usual: Sequence[Objective], output: str, setting: str, text: str
) -> Recipe:
    """Return the recipe with another loss, weight or target of an Output.

    ``usual`` is what Outputs are trained for where the recipe does not say.
    """
    node, recipe = outputs_of(project)[output], project.recipe
    known = {each.output: each for each in (*usual, *recipe.objectives)}
    before = known.get(node.id) or Objective(node.id, "target", Choice("MSELoss"))
    what, _, argument = setting.partition(".")
    name = f"{output}.{setting}"
    if what == "loss":
        after = with_loss(before, chosen(before.loss, LOSSES, name, argument, text))
    elif setting == "weight":
        weight = value(WEIGHT, text)
        assert isinstance(weight, int | float)
        after = replace(before, weight=weight)
    elif setting == "target":
        after = replace(before, target=text)
    else:
        refuse_name(name, (f"{output}.{each}" for each in _OF_OUTPUT))
    others = [each for each in recipe.objectives if each.output != node.id]
    return replace(recipe, objectives=(*others, after))


def with_player(project: Project, argument: str, text: str) -> Recipe:
    """Return the recipe with a player that is there, is not, or steps in another way."""
    outputs, recipe = outputs_of(project), project.recipe
    called, _, setting = argument.partition(".")
    name = f"players.{argument}"
    if called not in outputs:
        refuse_name(name, (f"players.{each}" for each in outputs))
    id = outputs[called].id
    before = next((each for each in recipe.players if each.output == id), None)
    after = _player(before or Player(id), recipe, name, setting, text)
    if before is None:
        players = (*recipe.players, *after)
    else:
        kept = ([each] if each is not before else after for each in recipe.players)
        players = tuple(each for group in kept for each in group)
    return replace(recipe, players=players)


def _player(
    player: Player, recipe: Recipe, name: str, setting: str, text: str
) -> tuple[Player, ...]:
    """Return a player with another setting, nobody where there is to be none."""
    what, _, argument = _SHORT.get(setting, setting).partition(".")
    if what not in ("", TURN.name, "optimizer"):
        place = name.removesuffix(setting)
        refuse_name(name, (f"{place}{each}" for each in (TURN.name, "lr", "optimizer")))
    if not what:
        return (player,) if is_with(name, text) else ()
    if what == TURN.name:
        every = value(TURN, text)
        assert isinstance(every, int)
        return (replace(player, every=every),)
    before = player.optimizer or recipe.optimizer
    return (replace(player, optimizer=chosen(before, OPTIMIZERS, name, argument, text)),)


def with_phase(recipe: Recipe, argument: str, text: str) -> Recipe:
    """Return the recipe with another beginning or schedule of one that follows the first."""
    number, _, setting = argument.partition(".")
    what, _, told = setting.partition(".")
    places = [str(place) for place, _ in enumerate(recipe.phases, 1)]
    name = f"phases.{argument}"
    if number not in places or what not in ("start", "schedule"):
        refuse_name(
            name, (f"phases.{each}.{end}" for each in places for end in ("start", "schedule"))
        )
    phase = recipe.phases[int(number) - 1]
    if what == "start":
        start = value(_START, text)
        assert isinstance(start, int)
        after = replace(phase, start=start)
    else:
        after = replace(phase, schedule=chosen(phase.schedule, SCHEDULES, name, told, text))
    before, later = recipe.phases[: int(number) - 1], recipe.phases[int(number) :]
    return replace(recipe, phases=(*before, after, *later))


def names_layer(option: str, argument: str) -> bool:
    """Tell whether a setting of an option is what it says of a layer, and not an argument."""
    is_own = option in OPTIONS and argument in {each.name for each in OPTIONS[option].parameters}
    return option in OF_LAYERS and bool(argument) and not is_own


def with_layer(project: Project, option: str, argument: str, text: str) -> Recipe:
    """Return the recipe in which an option says something else of a layer, or nothing of it."""
    recipe, about = project.recipe, OPTIONS[option].parameters[0]
    path = _path(project, argument, f"{option}.{argument}")
    before = recipe.option(option) or Choice(option)
    said = named(before.arguments.get(about.name, ()))
    if text == WITHOUT:
        said.pop(path, None)
    elif about.type is Type.NODES:
        if text != WITH:
            refuse_value(f"{option}.{argument}", text, (WITH, WITHOUT))
        said[path] = 0.0
    else:
        least = about.minimum or 0
        epochs, factor = (
            integer(about.name, 1, minimum=int(least)),
            number(about.name, 1, minimum=least),
        )
        found = value(epochs if about.type is Type.NODE_EPOCHS else factor, text)
        assert isinstance(found, int | float)
        said[path] = found
    pairs = ((key,) if about.type is Type.NODES else (key, each) for key, each in said.items())
    flat = tuple(part for pair in pairs for part in pair)
    others = tuple(each for each in recipe.options if each.kind != option)
    after = (Choice(option, {**before.arguments, about.name: flat}),) if flat else ()
    return replace(recipe, options=(*others, *after))


def _path(project: Project, called: str, name: str) -> NodePath:
    """Return the path of a node by its name, or by names one within the other: ``block.fc``."""
    ids: list[NodeId] = []
    network = project.networks.get(project.main)
    for part in called.split("."):
        nodes = [*network.nodes.values()] if network else []
        node = next((each for each in nodes if each.name == part), None)
        if node is None:
            before = name.removesuffix(part)
            refuse_name(name, (f"{before}{each.name}" for each in nodes))
        ids.append(node.id)
        network = project.networks.get(node.kind)
    return BETWEEN.join(ids)
