"""Advice: what a practitioner would say of a network that runs.

Each adviser looks at a node of certain kinds and its nearest neighbours. What lies on two sides of
the edge of a block is advised on at the node that uses it, or at the layer before or behind that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final

from graph_model.advice import axes, losses, order, sizes
from graph_model.advice.surroundings import Adviser, Level, Neighbourly, Spot
from graph_model.findings.results import Inference, NodeResult
from graph_model.frozen import frozen
from graph_model.network import Edge, NodeId, used_network
from graph_model.problems import Problem
from graph_model.remembered import with_its_owner
from graph_model.validate import Structure

__all__ = ["Advice", "Level", "Spot"]

_SOURCE: Final[Callable[[Edge], NodeId]] = attrgetter("source.node")
_TARGET: Final[Callable[[Edge], NodeId]] = attrgetter("target.node")
_REACH: Final = 3
"""How many edges away an adviser looks, where no block hands on what it is given."""
_LOOKING_BACK: Final = (*order.LOOKING_BACK, *axes.LOOKING_BACK, *losses.LOOKING_BACK)
_ALONE: Final = (*sizes.ADVISERS, *axes.ADVISERS)


@frozen
class Advice:
    """The advice on the nodes of a network, worked out for each that is asked for."""

    level: Level

    def on(self, id: NodeId) -> tuple[Problem, ...]:
        """Return the advice on one node; there is none where its outputs are not known yet."""
        level = self.level
        result = level.results[id]
        if not result.outputs:
            return ()
        if result.passes:
            said: list[Problem] = []
            said += (each for each in _at_the_edge(level, id) if each not in said)
            return tuple(said)
        advisers = _advisers(*level.kinds_around(id))
        if not advisers:
            return ()
        spot = Spot(level, id)
        return tuple([problem for adviser in advisers if (problem := adviser(spot))])

    def within_reach(self, dirty: Set[NodeId]) -> Set[NodeId]:
        """Return the nodes of which an adviser may see one that is dirty.

        These are nodes of which anything else is known, and those that an edge led from or leads
        from.
        """
        level = self.level
        touched = outermost = {id for id in dirty if id in level.network.nodes}
        for _ in range(_REACH):
            if len(touched) >= len(level.network.nodes):
                break  # there is nothing farther
            outermost = _one_farther(level, outermost, touched)
            touched = touched | outermost
        return touched


@lru_cache(maxsize=1 << 12)
def _advisers(before: str, kind: str, after: str) -> Sequence[Adviser]:
    """Return those that may have advice on a layer of a kind, by the kinds of what is beside it."""
    return [
        *_looking(_LOOKING_BACK, kind, before),
        *_looking(order.LOOKING_AHEAD, kind, after),
        *(adviser for kinds, adviser in _ALONE if kind in kinds),
    ]


def _looking(among: Iterable[Neighbourly], kind: str, beside: str) -> Iterator[Adviser]:
    """Return the advisers on a kind that may have something to say of what is beside it."""
    return (
        each.adviser
        for each in among
        if kind in each.kinds and (beside in each.beside or used_network(beside) is not None)
    )


def _at_the_edge(level: Level, use: NodeId) -> Iterator[Problem]:
    """Yield what is to be said of layers in a block only where one sees what is around it.

    That may be its own next turn. Of turns that are alike, the first, second and last are telling.
    """
    start = 0
    for each in level.results[use].passes:
        edge = _outermost(each.inference)
        last = start + each.times - 1
        for turn in sorted({start, min(start + 1, last), last}) if edge else ():
            inside = level.inside(use, turn)
            assert inside is not None
            for alone, adviser in edge:
                problem = adviser(alone.within(inside))
                if problem and not adviser(alone):
                    yield replace(problem, node=use, port="", parameter="")
        start = last + 1


@with_its_owner(1)
def _outermost(known: Inference) -> Sequence[tuple[Spot, Adviser]]:
    """Return the layers of a block on which there may be advice by what is before or behind it.

    They are looked for once, however often the block is used.
    """
    level = Level(known.network, known.structure, known.nodes)
    found: list[tuple[Spot, Adviser]] = []
    for input in level.ports("Input"):
        for spot in order.looked_through(Spot(level, input).reader):
            found += _of_kind(spot, _LOOKING_BACK)
    for output in level.ports("Output"):
        if last := Spot(level, output).feeder:
            found += _of_kind(last, order.LOOKING_AHEAD)
    return found


def _of_kind(spot: Spot, among: Iterable[Neighbourly]) -> Iterator[tuple[Spot, Adviser]]:
    if spot.level.results[spot.id].outputs:  # else nothing is known of it
        yield from ((spot, each.adviser) for each in among if spot.kind in each.kinds)


def _one_farther(level: Level, ids: set[NodeId], seen: set[NodeId]) -> set[NodeId]:
    """Return the nodes beside these that are not ``seen``.

    A block that hands on what it is given is no step: advisers look through any number of them.
    """
    found: set[NodeId] = set()
    waiting = ids
    while waiting:
        waiting = _beside(level.structure, waiting) - seen - found
        found |= waiting
        waiting = {id for id in waiting if _hands_on(level.results[id])}
    return found


def _beside(structure: Structure, ids: Iterable[NodeId]) -> set[NodeId]:
    """Return the nodes at the other ends of the edges of these."""
    leaving = chain.from_iterable(map(structure.consumers.__getitem__, ids))
    entering = chain.from_iterable(map(structure.feeders.__getitem__, ids))
    return {*map(_TARGET, leaving), *map(_SOURCE, entering)}


def _hands_on(use: NodeResult) -> bool:
    """Tell whether a node is a block of which an Output gives what an Input is given."""
    return any(_is_led_through(each.inference) for each in use.passes)


@with_its_owner(1)
def _is_led_through(known: Inference) -> bool:
    sources = (
        edge.source.node
        for output in known.of_kind("Output")
        for edge in known.structure.feeders[output.id]
    )
    return any(
        known.network.nodes[id].kind == "Input" or _hands_on(known.nodes[id]) for id in sources
    )
