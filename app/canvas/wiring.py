"""Runs wires between cards, and anew where a card came into their way or left it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsScene

from app.canvas.card import CardItem
from app.canvas.geometry import CARD
from app.canvas.wire import WireItem
from app.layout.facing import is_turned
from app.layout.routing import CardRows, Router
from app.project.state import State
from graph_model.network import Direction, Edge, NodeId, Port, Position

_MANY: Final = 64
"""How many cards may have moved for the wires around each of them to be looked at."""
_AROUND: Final = 32
"""How far from where a card lies, or lay, wires may run for its sake, in pixels at zoom 1."""


class Wiring:
    """The ways of all ``wires`` between the ``cards`` of a network, both kept by the scene.

    It is to be told of every card that comes, goes or moves.
    """

    def __init__(
        self,
        cards: Mapping[NodeId, CardItem],
        wires: Mapping[Port, WireItem],
        direction: Direction,
    ) -> None:
        self._cards, self._wires, self._direction = cards, wires, direction
        self._rows, self._router = CardRows((), direction), Router(direction)
        self._vacated: dict[NodeId, Position] = {}

    def add(self, node: NodeId, at: Position) -> None:
        """Take note of a new card."""
        self._rows.add(at)
        self._vacated.setdefault(node, at)

    def remove(self, node: NodeId, at: Position) -> None:
        """Take note that a card is gone."""
        self._rows.remove(at)
        self._vacated.setdefault(node, at)

    def move(self, node: NodeId, old: Position, new: Position) -> None:
        """Take note that a card has moved."""
        self._rows.move(old, new)
        self._vacated.setdefault(node, old)

    def forget(self, port: Port) -> None:
        """Take note that the wire into a port is gone."""
        self._router.forget(port)

    def run(self, ports: Iterable[Port]) -> None:
        """Run the wires into these ports to where their ends lie now."""
        for port in ports:
            wire = self._wires[port]
            ends = self.ends(wire.edge)
            if ends is None:
                self._router.forget(port)
                wire.run_nowhere()
            else:
                start, end = ends
                places = (Position(start.x(), start.y()), Position(end.x(), end.y()))
                headings = self._headings(wire.edge)
                way = self._router.way(wire.edge, places, self._rows, headings)
                wire.run(start, end, way, headings)

    def ends(self, edge: Edge) -> tuple[QPointF, QPointF] | None:
        """Return where an edge begins and ends, ``None`` where a port does not exist."""
        start = self._cards[edge.source.node].port(edge.source.name, is_input=False)
        end = self._cards[edge.target.node].port(edge.target.name, is_input=True)
        return None if start is None or end is None else (start, end)

    def _headings(self, edge: Edge) -> tuple[int, int]:
        """Return whether an edge leaves and arrives with the flow (1) or against it (-1)."""
        source, target = self._cards[edge.source.node], self._cards[edge.target.node]
        return (-1 if source.is_turned else 1, -1 if target.is_turned else 1)

    def disturbed(self, scene: QGraphicsScene, stale: Collection[Port]) -> set[Port]:
        """Return the wires beside which cards came, went or moved since this was last asked.

        After a move of many cards only their own wires are run anew. Where all are ``stale``, and
        so run anyway, none is looked for.
        """
        vacated, self._vacated = self._vacated, {}
        if len(vacated) > _MANY or len(stale) == len(self._wires):
            return set()
        places = [QPointF(*at) for at in vacated.values()]
        places += [self._cards[node].pos() for node in vacated if node in self._cards]
        around = CARD.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        found = (item for at in places for item in scene.items(around.translated(at)))
        return {item.edge.target for item in found if isinstance(item, WireItem)}

    def turn(
        self, state: State, placed: Collection[NodeId], wires: Collection[Port]
    ) -> set[NodeId]:
        """Turn those cards whose wires run against the flow by now; return those turned.

        That may be cards that lie elsewhere, those at the other ends of their wires, and both ends
        of ``wires`` that are new or gone.
        """
        structure, edges = state.inference.structure, state.network.edges
        concerned = set(placed)
        are_all = self._cards.keys() <= concerned
        for node in () if are_all else placed:
            concerned.update(each.source.node for each in structure.feeders.get(node, ()))
            concerned.update(each.target.node for each in structure.consumers.get(node, ()))
        for port in () if are_all else wires:
            shown = [self._wires[port].edge] if port in self._wires else []
            for edge in (*shown, *([edges[port]] if port in edges else [])):
                concerned |= {edge.source.node, edge.target.node}
        centres = _Centres(self._cards)
        there = concerned & self._cards.keys()
        return {id for id in there if self._is_turned_over(state, id, centres)}

    def _is_turned_over(
        self, state: State, node: NodeId, centres: Mapping[NodeId, Position]
    ) -> bool:
        """Turn a card or turn it back, where that is called for; tell whether it was."""
        structure, card = state.inference.structure, self._cards[node]
        feeders = [centres[each.source.node] for each in structure.feeders.get(node, ())]
        consumers = [centres[each.target.node] for each in structure.consumers.get(node, ())]
        wanted = is_turned(centres[node], feeders, consumers, self._direction)
        is_other = wanted is not card.is_turned
        card.set_turned(wanted)
        return is_other


class _Centres(dict[NodeId, Position]):
    """Where cards lie, each asked once."""

    def __init__(self, cards: Mapping[NodeId, CardItem]) -> None:
        super().__init__()
        self._cards = cards

    def __missing__(self, node: NodeId) -> Position:
        at = self[node] = Position(*self._cards[node].pos().toTuple())
        return at
