"""Who trains what where a recipe has several players: in which order, how often, by what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.layers.gradient import WITHOUT_GRADIENT
from graph_model.network import NodeId, Project
from graph_model.recipe import Choice, Player, Recipe
from graph_model.recipes.binding import trained_outputs


@frozen
class Turn:
    """What happens on a batch for one or several Outputs together.

    The weights of the nodes in ``trains`` go down the gradient of the weighted sum of their losses;
    the gradient reaches those in ``reaches``, on its way through blocks that others train.
    """

    outputs: tuple[NodeId, ...]
    trains: tuple[NodeId, ...]
    reaches: frozenset[NodeId]
    optimizer: Choice
    every: int = 1


def turns(recipe: Recipe, inference: Inference) -> tuple[Turn, ...]:
    """Return who has a turn on each batch, in order; none where one optimizer trains everything.

    Players of Outputs that are gone or not trained, and nodes that are gone, are left out. What no
    player trains for comes last, and trains all it reaches that no player trains.
    """
    trained = trained_outputs(recipe, inference)
    players = [each for each in recipe.players if each.output in trained]
    if not players:
        return ()
    found = [_turn(each, recipe, inference) for each in players]
    others = tuple(id for id in trained if id not in {each.output for each in players})
    if others:
        reaches = frozenset().union(*(reached(id, inference) for id in others))
        taken = {id for each in found for id in each.trains}
        rest = _in_order(reaches - taken, inference)
        found.append(Turn(others, rest, reaches, recipe.optimizer))
    return tuple(found)


def _turn(player: Player, recipe: Recipe, inference: Inference) -> Turn:
    reaches = reached(player.output, inference)
    chosen = {_owner(id, inference) for id in player.trains if id in inference.network.nodes}
    chosen = {id for id in chosen if is_trainable(id, inference)} if chosen else {*reaches}
    trains = _in_order(chosen, inference)
    optimizer = player.optimizer or recipe.optimizer
    return Turn((player.output,), trains, reaches, optimizer, player.every)


def alone(project: Project, inference: Inference) -> tuple[tuple[NodeId, ...], ...]:
    """Return the Outputs of a project's network that each turn computes, without all others.

    Those of any other network than the one that is trained are never computed alone.
    """
    if not project.recipe.players or inference.network.id != project.main:
        return ()
    return tuple(each.outputs for each in turns(project.recipe, inference))


def reached(output: NodeId, inference: Inference) -> frozenset[NodeId]:
    """Return the nodes with weights that the gradient of an Output reaches.

    Nodes that share weights are told as the one that has them. Whether a gradient finds its way
    through a block is not looked into.
    """
    found: set[NodeId] = set()
    seen, waiting = {output}, [output]
    while waiting:
        for edge in inference.structure.feeders[waiting.pop()]:
            source = edge.source.node
            spec = inference.nodes[source].outputs.get(edge.source.name)
            is_cut = spec is not None and not spec.has_fractions
            is_cut = is_cut or inference.network.nodes[source].kind in WITHOUT_GRADIENT
            if source not in seen and not is_cut:
                seen.add(source)
                waiting.append(source)
                if is_trainable(source, inference):
                    found.add(_owner(source, inference))
    return frozenset(found)


def is_trainable(id: NodeId, inference: Inference) -> bool:
    """Tell whether a node has weights that are not frozen."""
    owner = inference.network.nodes[_owner(id, inference)]
    return bool(inference.nodes[owner.id].parameter_count) and not owner.frozen


def trainable(inference: Inference) -> tuple[NodeId, ...]:
    """Return all nodes with weights of their own that are not frozen, in order."""
    nodes = inference.network.nodes.values()
    return tuple(each.id for each in nodes if not each.shares and is_trainable(each.id, inference))


def works_against(turns: Collection[Turn]) -> bool:
    """Tell whether the gradient of a player passes what another trains, as that of a generator.

    Then no sum of the losses tells how good the network is.
    """
    return any(
        set(each.reaches) & set(other.trains)
        for each in turns
        for other in turns
        if other is not each
    )


def with_own_optimizers(recipe: Recipe, inference: Inference) -> Recipe:
    """Return the recipe with a player for each Output that is trained.

    What several losses reach is trained by the one that reaches fewest nodes: a discriminator by
    its own loss, and not by that of the generator before it.
    """
    reaches = {id: reached(id, inference) for id in trained_outputs(recipe, inference)}
    owners: Mapping[NodeId, NodeId] = {
        node: min((id for id in reaches if node in reaches[id]), key=lambda id: len(reaches[id]))
        for node in frozenset().union(*reaches.values())
    }
    ordered = sorted(reaches, key=lambda id: len(reaches[id]))
    players = (
        Player(id, _in_order({n for n in reaches[id] if owners[n] == id}, inference))
        for id in ordered
    )
    return replace(recipe, players=tuple(players))


def _in_order(ids: Collection[NodeId], inference: Inference) -> tuple[NodeId, ...]:
    return tuple(id for id in inference.network.nodes if id in ids)


def _owner(id: NodeId, inference: Inference) -> NodeId:
    """Return the node that has the weights of a node."""
    shares = inference.network.nodes[id].shares
    return shares if shares in inference.network.nodes else id
