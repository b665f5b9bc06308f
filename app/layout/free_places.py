"""Room for new cards: the nearest free places, and other cards moved out of their way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from app.layout.measures import GRID, HEIGHT, WIDTH, card_size, snapped, turned
from graph_model.network import Direction, Edge, Layout, Network, NodeId, Position

_ROOM: Final = 3 * GRID
"""Between two cards, so that wires find their way past, and to a port that lies there."""
_APART: Final = Position(WIDTH + _ROOM, HEIGHT + _ROOM)
"""How far apart the centres of two cards lie, along either axis."""

_RIGHT, _DOWN, _LEFT, _UP = (Position(1, 0), Position(0, 1), Position(-1, 0), Position(0, -1))
EVERYWHERE: Final = (_RIGHT, _DOWN, _LEFT, _UP)
"""The ways in which a free place is looked for, the first of those that are equally near."""


def ways_across(direction: Direction) -> tuple[Position, ...]:
    """Return the ways across the flow, for a card that is to stay where it is along it."""
    return tuple(turned(way, direction) for way in (_RIGHT, _LEFT))


class _Taken:
    """Where cards lie, in squares as large as a card, so that only few are looked at."""

    def __init__(self, places: Iterable[Position]) -> None:
        self._squares: dict[tuple[int, int], list[Position]] = {}
        for place in places:
            self._squares.setdefault(self._square(place), []).append(place)

    def _square(self, at: Position) -> tuple[int, int]:
        return int(at.x // _APART.x), int(at.y // _APART.y)

    def near(self, at: Position) -> Iterator[Position]:
        """Yield the cards upon which one would lie here."""
        column, row = self._square(at)
        for across in (column - 1, column, column + 1):
            for along in (row - 1, row, row + 1):
                for each in self._squares.get((across, along), ()):
                    if abs(each.x - at.x) < _APART.x and abs(each.y - at.y) < _APART.y:
                        yield each


def free_shift(
    layout: Layout, group: Collection[Position], ways: Collection[Position] = EVERYWHERE
) -> Position:
    """Return the smallest shift, in one of the ways, by which a group of cards comes to lie free.

    The group keeps its form; on the grid it stays there.
    """
    taken = _Taken(layout.values())
    shifts = [_shift(taken, group, way) for way in ways]
    return min(shifts, key=lambda shift: abs(shift.x) + abs(shift.y))


def _shift(taken: _Taken, group: Collection[Position], way: Position) -> Position:
    """Return the smallest shift in one way by which a group comes to lie free.

    Each step is as long as the worst pair needs: with any shorter one that pair would still lie
    upon each other, so that none is too long.
    """
    gone = 0.0
    while True:
        now = (Position(at.x + way.x * gone, at.y + way.y * gone) for at in group)
        pairs = ((at, other) for at in now for other in taken.near(at))
        missing = max((_missing(*pair, way) for pair in pairs), default=0)
        if not missing:
            return Position(way.x * gone, way.y * gone)
        gone += -(-missing // GRID) * GRID


def _missing(at: Position, other: Position, way: Position) -> float:
    """Return how far a card has yet to go to lie clear of another."""
    if way.x:
        return _APART.x - way.x * (at.x - other.x)
    return _APART.y - way.y * (at.y - other.y)


def free_place(
    layout: Layout, wanted: Position, ways: Collection[Position] = EVERYWHERE
) -> Position:
    """Return the nearest place, in one of the ways, where a card lies upon no other."""
    wanted = snapped(wanted)
    shift = free_shift(layout, [wanted], ways)
    return Position(wanted.x + shift.x, wanted.y + shift.y)


def room_between(network: Network, layout: Layout, edge: Edge, direction: Direction) -> Layout:
    """Return the layout with room for a card between the ends of an edge.

    What it leads to moves on along the flow, and what would come to lie below that; of an edge
    that runs back, nothing does.
    """
    source, target = (turned(layout[end.node], direction) for end in (edge.source, edge.target))
    missing = 2 * card_size(direction).step - (target.y - source.y)
    if missing <= 0 or target.y <= source.y:
        return layout
    shift = turned(Position(0, -(-missing // GRID) * GRID), direction)
    moving = _led_to(network, layout, edge.target.node, direction)
    return _pushed(layout, moving, shift)


def _led_to(
    network: Network, layout: Layout, start: NodeId, direction: Direction
) -> dict[NodeId, None]:
    """Return a node and all that it leads to by edges that run along the flow."""
    consumers: dict[NodeId, list[NodeId]] = {}
    for edge in network.edges.values():
        consumers.setdefault(edge.source.node, []).append(edge.target.node)
    along = {id: turned(at, direction).y for id, at in layout.items()}
    found = {start: None}
    waiting = [start]
    for id in waiting:
        on = [each for each in consumers.get(id, ()) if each in along and along[each] > along[id]]
        waiting += [each for each in on if each not in found]
        found.update(dict.fromkeys(on))
    return found


def _pushed(layout: Layout, moving: dict[NodeId, None], shift: Position) -> Layout:
    """Return the layout with nodes moved, and with them all upon which one would come to lie.

    All move alike, so that those that move stay clear of one another.
    """
    places = {at: id for id, at in layout.items()}
    taken = _Taken(places)
    moved = dict(layout)
    waiting = list(moving)
    for id in waiting:
        at = layout[id]
        moved[id] = to = Position(at.x + shift.x, at.y + shift.y)
        for other in map(places.__getitem__, taken.near(to)):
            if other not in moving and _overlaps(to, layout[other]):
                moving[other] = None
                waiting.append(other)
    return moved


def _overlaps(one: Position, other: Position) -> bool:
    return abs(one.x - other.x) < WIDTH and abs(one.y - other.y) < HEIGHT


def place_between(layout: Layout, edge: Edge, wanted: Position, direction: Direction) -> Position:
    """Return the free place between the ends of an edge that is nearest to ``wanted``."""
    source, target = (turned(layout[end.node], direction) for end in (edge.source, edge.target))
    across, along = turned(wanted, direction)
    step = card_size(direction).step
    if target.y - source.y >= 2 * step:
        along = min(max(along, source.y + step), target.y - step)
    at = turned(Position(across, along), direction)
    return free_place(layout, at, ways_across(direction))


def room_around(
    layout: Layout, fresh: Collection[NodeId], centre: Position, direction: Direction
) -> Layout:
    """Return the layout with all others clear of the fresh nodes that came in place of ``centre``.

    What lies before and after it along the flow moves away along it, the rest across.
    """
    fresh = [id for id in fresh if id in layout]
    along = _parted(layout, fresh, turned(centre, direction).y, direction)
    other: Direction = "down" if direction == "right" else "right"
    return _parted(along, fresh, turned(centre, other).y, other)


def _parted(
    layout: Layout, fresh: Collection[NodeId], centre: float, direction: Direction
) -> Layout:
    """Return the layout with others moved away along a direction as far as any of them needs."""
    size = card_size(direction)
    new = [turned(layout[id], direction) for id in fresh]
    others = [turned(at, direction) for id, at in layout.items() if id not in fresh]
    first = min((at.y for at in new), default=0) - size.step
    last = max((at.y for at in new), default=0) + size.step
    close = [at for at in others if any(abs(at.x - each.x) < size.across + GRID for each in new)]
    back = max((at.y - first for at in close if first < at.y < centre), default=0)
    on = max((last - at.y for at in close if centre < at.y < last), default=0)
    layout = _moved(layout, fresh, centre, on, direction)
    return _moved(layout, fresh, centre, -back, direction)


def _moved(
    layout: Layout, but: Collection[NodeId], beyond: float, by: float, direction: Direction
) -> Layout:
    """Return the layout with all nodes but some moved that lie beyond a line across the flow.

    By more than nothing moves what lies after the line, by less what lies before it.
    """
    if not by:
        return layout
    steps = (1 if by > 0 else -1) * -(-abs(by) // GRID) * GRID
    moved = dict(layout)
    for id, at in layout.items():
        across, along = turned(at, direction)
        if id not in but and (along > beyond if by > 0 else along < beyond):
            moved[id] = turned(Position(across, along + steps), direction)
    return moved
