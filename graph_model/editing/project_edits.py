"""Edits of which networks a project holds, what they are called and which of them is trained."""

from __future__ import annotations

from dataclasses import replace

from graph_model.editing.block_edits import free_block_name
from graph_model.editing.dismissals import dismissed_also
from graph_model.editing.edits import apply_fix
from graph_model.network import (
    Network,
    NetworkId,
    Project,
    new_id,
    with_layout,
    with_network,
)
from graph_model.problems import Fix, LetTrain, SetDataArguments
from graph_model.recipe import Choice, Recipe


def fix_project(project: Project, network: NetworkId, fix: Fix) -> Project:
    """Return the project with the change that a fix proposes for one of its networks, or for how
    the project is trained.
    """
    if isinstance(fix.change, SetDataArguments):
        recipe, data = project.recipe, project.recipe.data
        changed = replace(data, arguments={**data.arguments, **fix.change.arguments})
        return replace(project, recipe=replace(recipe, data=changed))
    if isinstance(fix.change, LetTrain):
        return replace(project, recipe=let_train(project.recipe, fix.change))
    return with_network(project, apply_fix(project.networks[network], fix))


def let_train(recipe: Recipe, change: LetTrain) -> Recipe:
    """Return the recipe in which the player of an Output trains these nodes alone."""
    players = (
        replace(each, trains=change.nodes) if each.output == change.output else each
        for each in recipe.players
    )
    return replace(recipe, players=tuple(players))


def choose_data(project: Project, data: Choice) -> Project:
    """Return the project trained on other data, without what was said of the former ones."""
    recipe = replace(project.recipe, data=data, inputs={}, objectives=())
    return replace(project, recipe=recipe)


def add_network(project: Project, name: str) -> tuple[Project, NetworkId]:
    """Add an empty network, its name numbered where that is taken; return its id as well."""
    id = new_id(project.networks)
    return with_network(project, Network(id, free_block_name(project, name))), id


def duplicate_network(project: Project, id: NetworkId) -> tuple[Project, NetworkId]:
    """Add a copy of a network or block under a name of its own; return its id as well."""
    network, copy = project.networks[id], new_id(project.networks)
    name = free_block_name(project, network.name)
    copied = with_network(project, replace(network, id=copy, name=name))
    copied = with_layout(copied, copy, project.layouts.get(id, {}))
    return dismissed_also(copied, id, copy), copy


def remove_network(project: Project, id: NetworkId) -> Project:
    """Remove a network or block.

    Where it was the main one, the first other network is from then on; the last that stands alone
    is not removed. Nodes that use a removed block say that it is missing.
    """
    networks = {each: network for each, network in project.networks.items() if each != id}
    alone = [each for each, network in networks.items() if network.role == "network"]
    if not alone:
        return project
    layouts = {each: layout for each, layout in project.layouts.items() if each != id}
    main = alone[0] if project.main == id else project.main
    return replace(project, networks=networks, layouts=layouts, main=main)


def choose_main(project: Project, id: NetworkId) -> Project:
    """Make a network the one that is trained and exported."""
    return replace(project, main=id)
