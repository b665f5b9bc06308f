"""A project whose networks flow the other way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from app.layout.arrange import Progress, arrange
from app.layout.measures import GAP_ACROSS, card_size, snapped, turned
from graph_model.network import Direction, Layout, Position, Project


def flowing(project: Project, direction: Direction, progress: Progress = lambda _: None) -> Project:
    """Return the project with all its networks flowing in a direction.

    What lies where it was arranged is arranged anew; what was laid out by hand keeps its form, its
    axes exchanged and its distances in proportion to the cards, so that none come to overlap.
    """
    if project.direction == direction:
        return project
    layouts: dict[str, Layout] = {}
    for index, (id, layout) in enumerate(project.layouts.items()):
        network, blocks = project.networks.get(id), project.networks
        start, share = index / len(project.layouts), 1 / len(project.layouts)

        def partly(part: float, start: float = start, share: float = share) -> None:
            progress(start + share * part)

        if network is None or arrange(network, blocks, project.direction, partly) != layout:
            layouts[id] = _exchanged(layout, project.direction, direction)
        else:
            layouts[id] = arrange(network, blocks, direction, partly)
    return replace(project, layouts=layouts, direction=direction)


def _exchanged(layout: Layout, before: Direction, after: Direction) -> Layout:
    """Return the layout with its axes exchanged."""
    old, new = card_size(before), card_size(after)
    flowing = {id: turned(at, before) for id, at in layout.items()}
    across = _spread(
        (at.x for at in flowing.values()),
        (old.across, old.across + GAP_ACROSS),
        (new.across, new.across + GAP_ACROSS),
    )
    along = _spread((at.y for at in flowing.values()), (old.along, old.step), (new.along, new.step))
    return {
        id: snapped(turned(Position(across[at.x], along[at.y]), after))
        for id, at in flowing.items()
    }


def _spread(
    places: Iterable[float], old: tuple[float, float], new: tuple[float, float]
) -> dict[float, float]:
    """Return where places along an axis come to lie as cards and the steps between them change.

    From one place to the next, what is less than a card stays the same part of one, and what is
    more grows as the room between two cards does, and beyond a step as the step: no order of
    places makes cards overlap that did not.
    """
    (card, step), (new_card, new_step) = old, new
    ordered = sorted(set(places))
    spread = {ordered[0]: ordered[0] * new_step / step} if ordered else {}
    for one, other in pairwise(ordered):
        distance = other - one
        if distance <= card:
            distance *= new_card / card
        elif distance <= step:
            distance = new_card + (distance - card) * (new_step - new_card) / (step - card)
        else:
            distance *= new_step / step
        spread[other] = spread[one] + distance
    return spread
