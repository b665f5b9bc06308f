"""Who trains what where a recipe has several players: in which order, how often, by what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId, Project
from graph_model.recipe import Choice, NodePath, Player, Recipe
from graph_model.recipes.binding import trained_outputs
from graph_model.recipes.reaching import reached
from graph_model.recipes.within import closed, find, opened, trainable


@frozen
class Turn:
    """What happens on a batch for one or several Outputs together.

    The weights in ``trains`` go down the gradient of the weighted sum of their losses: nodes and
    what lies in them, by paths. ``moves`` are the layers meant by that, ``reaches`` those that the
    gradient comes to on its way through blocks that others train.
    """

    outputs: tuple[NodeId, ...]
    trains: tuple[NodePath, ...]
    moves: frozenset[NodePath]
    reaches: frozenset[NodePath]
    optimizer: Choice
    every: int = 1


def turns(recipe: Recipe, inference: Inference) -> tuple[Turn, ...]:
    """Return who has a turn on each batch, in order; none where one optimizer trains everything.

    Players of Outputs that are gone or not trained, and nodes that are gone, are left out; one of
    whom all nodes are gone trains nothing. What no player trains for comes last, and trains all it
    reaches that no player trains.
    """
    trained = trained_outputs(recipe, inference)
    players = [each for each in recipe.players if each.output in trained]
    if not players:
        return ()
    leaves = trainable(inference)
    found = [_turn(each, recipe, inference, leaves) for each in players]
    others = tuple(id for id in trained if id not in {each.output for each in players})
    if others:
        reaches = frozenset().union(*(reached(id, inference) for id in others))
        rest = reaches.intersection(leaves).difference(*(each.moves for each in found))
        found.append(Turn(others, closed(rest, leaves), rest, reaches, recipe.optimizer))
    return tuple(found)


def _turn(
    player: Player, recipe: Recipe, inference: Inference, leaves: tuple[NodePath, ...]
) -> Turn:
    reaches = reached(player.output, inference)
    moves = reaches.intersection(leaves)
    if player.trains:
        chosen = filter(None, (find(path, inference) for path in player.trains))
        moves = frozenset().union(*(opened(each.path, leaves) for each in chosen))
    optimizer = player.optimizer or recipe.optimizer
    trains = closed(moves, leaves)
    return Turn((player.output,), trains, moves, reaches, optimizer, player.every)


def alone(project: Project, inference: Inference) -> tuple[tuple[NodeId, ...], ...]:
    """Return the Outputs of a project's network that each turn computes, without all others.

    Those of any other network than the one that is trained are never computed alone.
    """
    if not project.recipe.players or inference.network.id != project.main:
        return ()
    return tuple(each.outputs for each in turns(project.recipe, inference))


def works_against(turns: Collection[Turn]) -> bool:
    """Tell whether the gradient of a player passes what another trains, as that of a generator.

    Then no sum of the losses tells how good the network is.
    """
    return any(
        not each.reaches.isdisjoint(other.moves)
        for each in turns
        for other in turns
        if other is not each
    )


def with_own_optimizers(recipe: Recipe, inference: Inference) -> Recipe:
    """Return the recipe with a player for each Output that is trained.

    What several losses reach is trained by the one that reaches fewest layers: a discriminator by
    its own loss, and not by that of the generator before it.
    """
    leaves = trainable(inference)
    reaches = {
        id: reached(id, inference).intersection(leaves) for id in trained_outputs(recipe, inference)
    }
    ordered = sorted(reaches, key=lambda id: len(reaches[id]))
    owners = {leaf: id for id in reversed(ordered) for leaf in reaches[id]}
    players = (
        Player(id, closed([leaf for leaf in leaves if owners.get(leaf) == id], leaves))
        for id in ordered
    )
    return replace(recipe, players=tuple(players))
