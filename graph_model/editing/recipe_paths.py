"""What a recipe says of nodes follows them when they move into a block, or out of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from graph_model.network import NetworkId, NodeId, Project, used_network
from graph_model.recipe import BETWEEN, Choice, NodePath, Player
from graph_model.values import Value

Tail: TypeAlias = tuple[NodeId, ...]
"""What of a path lies within one network."""
Moved: TypeAlias = Callable[[Tail], Sequence[Tail]]
"""Where a tail leads after an edit: to several nodes where one became several."""


def followed(edited: Project, before: Project, network: NetworkId, moved: Moved) -> Project:
    """Return an edited project whose recipe names nodes where they are now.

    ``moved`` tells of the tails of paths within the network that was edited.
    """
    recipe = before.recipe

    def paths(path: NodePath) -> Iterator[NodePath]:
        yield from _followed(path, before, network, moved)

    return replace(
        edited,
        recipe=replace(
            recipe,
            players=tuple(_player(each, paths) for each in recipe.players),
            options=tuple(_option(each, paths) for each in recipe.options),
        ),
    )


def into_block(ids: Sequence[NodeId], use: NodeId) -> Moved:
    """Return how nodes moved that a use of a new block stands for."""
    return lambda tail: [(use, *tail)] if tail[0] in ids else [tail]


def out_of_block(use: NodeId, fresh: Mapping[NodeId, NodeId], named: Sequence[NodeId]) -> Moved:
    """Return how nodes moved that came in place of a use of their block.

    ``fresh`` are their ids by those within the block, ``named`` those that stand for the use.
    """

    def moved(tail: Tail) -> Sequence[Tail]:
        if tail[0] != use:
            return [tail]
        if len(tail) == 1:
            return [(id,) for id in named]
        return [(fresh[tail[1]], *tail[2:])] if tail[1] in fresh else []

    return moved


def into_copies(use: NodeId, copies: Sequence[NodeId]) -> Moved:
    """Return how a use moved that several took the place of."""
    return lambda tail: [(id, *tail[1:]) for id in copies] if tail[0] == use else [tail]


def _followed(
    path: NodePath, before: Project, network: NetworkId, moved: Moved
) -> Iterator[NodePath]:
    ids = tuple(path.split(BETWEEN))
    within = before.main
    for place, id in enumerate(ids):
        if within == network:
            yield from (BETWEEN.join((*ids[:place], *tail)) for tail in moved(ids[place:]))
            return
        node = before.networks[within].nodes.get(id) if within in before.networks else None
        within = used_network(node.kind) or "" if node else ""
    yield path


def _player(player: Player, paths: Callable[[NodePath], Iterator[NodePath]]) -> Player:
    trains = dict.fromkeys(each for path in player.trains for each in paths(path))
    return replace(player, trains=tuple(trains))


def _option(chosen: Choice, paths: Callable[[NodePath], Iterator[NodePath]]) -> Choice:
    moved = {name: _value(value, paths) for name, value in chosen.arguments.items()}
    return replace(chosen, arguments=moved)


def _value(value: Value, paths: Callable[[NodePath], Iterator[NodePath]]) -> Value:
    """Return what an option says of layers, told of where they are now.

    That is a tuple of paths, or of paths each of which a number follows; no other argument of an
    option is a tuple of texts.
    """
    if not isinstance(value, tuple) or not any(isinstance(each, str) for each in value):
        return value
    said: dict[NodePath, list[float]] = {}
    last: list[NodePath] = []
    for entry in value:
        if isinstance(entry, str):
            last = [*paths(entry)]
            said.update({path: [] for path in last})
            continue
        for path in last:
            said[path].append(entry)
    found: list[float | str] = []
    for path, numbers in said.items():
        found += [path, *numbers]
    return tuple(found)
