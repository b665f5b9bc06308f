"""Edits of which networks a project holds, what they are called and which of them is trained."""

from __future__ import annotations

from dataclasses import replace

from graph_model.editing.block_edits import free_block_name
from graph_model.editing.dismissals import dismissed_also
from graph_model.editing.edits import apply_fix, still_fits
from graph_model.network import (
    Network,
    NetworkId,
    Project,
    new_id,
    with_layout,
    with_network,
)
from graph_model.problems import (
    AddOption,
    ChooseForPlayer,
    ChooseInRecipe,
    ChooseLoss,
    Fix,
    LeaveOutOption,
    LeaveOutPhase,
    LeaveOutTransform,
    LetTrain,
    OfRecipe,
    SetDataArguments,
    SetOptionArguments,
)
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.values import Arguments


def may_fix(project: Project, network: NetworkId, fix: Fix) -> bool:
    """Tell whether all is there that a fix changes: the project may be another by now."""
    drawn = project.networks.get(network)
    return isinstance(fix.change, OfRecipe) or (drawn is not None and still_fits(drawn, fix))


def fix_project(project: Project, network: NetworkId, fix: Fix) -> Project:
    """Return the project with the change that a fix proposes for one of its networks, or for how
    the project is trained.
    """
    if isinstance(fix.change, OfRecipe):
        return replace(project, recipe=_fixed(project.recipe, fix.change))
    return with_network(project, apply_fix(project.networks[network], fix))


def _fixed(recipe: Recipe, change: OfRecipe) -> Recipe:
    """Return a recipe with the change that a fix proposes."""
    match change:
        case SetDataArguments(arguments):
            return replace(recipe, data=_with(recipe.data, arguments))
        case ChooseLoss(output, target, kind, arguments):
            chosen = {each.output: each for each in recipe.objectives}
            objective = chosen.get(output, Objective(output, target, Choice(kind)))
            chosen[output] = replace(objective, loss=Choice(kind, arguments))
            return replace(recipe, objectives=tuple(chosen.values()))
        case ChooseInRecipe("schedule", kind, arguments):
            return replace(recipe, schedule=Choice(kind, arguments))
        case ChooseInRecipe("split", kind, arguments):
            return replace(recipe, split=Choice(kind, arguments))
        case ChooseInRecipe("data", kind, arguments):
            return replace(recipe, data=Choice(kind, arguments), inputs={}, objectives=())
        case ChooseInRecipe(_, kind, arguments):
            return replace(recipe, optimizer=Choice(kind, arguments))
        case ChooseForPlayer(output, kind, arguments):
            chosen_for = (
                replace(each, optimizer=Choice(kind, arguments)) if each.output == output else each
                for each in recipe.players
            )
            return replace(recipe, players=tuple(chosen_for))
        case AddOption(option, arguments):
            others = (each for each in recipe.options if each.kind != option)
            return replace(recipe, options=(*others, Choice(option, arguments)))
        case SetOptionArguments(option, arguments):
            options = (
                _with(each, arguments) if each.kind == option else each for each in recipe.options
            )
            return replace(recipe, options=tuple(options))
        case LeaveOutOption(option):
            options = (each for each in recipe.options if each.kind != option)
            return replace(recipe, options=tuple(options))
        case LeaveOutTransform(place):
            transforms = (*recipe.transforms[:place], *recipe.transforms[place + 1 :])
            return replace(recipe, transforms=transforms)
        case LetTrain(output, nodes):
            players = (
                replace(each, trains=nodes) if each.output == output else each
                for each in recipe.players
            )
            return replace(recipe, players=tuple(players))
        case LeaveOutPhase(place):
            phases = (*recipe.phases[:place], *recipe.phases[place + 1 :])
            return replace(recipe, phases=phases)


def _with(chosen: Choice, arguments: Arguments) -> Choice:
    return replace(chosen, arguments={**chosen.arguments, **arguments})


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
