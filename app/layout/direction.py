"""A project whose networks flow the other way."""

from __future__ import annotations

from dataclasses import replace

from app.layout.arrange import Progress, arrange
from app.layout.measures import GAP_ACROSS, card_size, snapped, turned
from graph_model.network import Direction, Layout, Position, Project


def flowing(project: Project, direction: Direction, progress: Progress = lambda _: None) -> Project:
    """Return the project with all its networks flowing in a direction.

    What lies where it was arranged is arranged anew; what was laid out by hand keeps its form, its
    axes exchanged and all distances in proportion to the cards.
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
    along = new.step / old.step
    across = (new.across + GAP_ACROSS) / (old.across + GAP_ACROSS)
    flowing = {id: turned(at, before) for id, at in layout.items()}
    return {
        id: snapped(turned(Position(at.x * across, at.y * along), after))
        for id, at in flowing.items()
    }
