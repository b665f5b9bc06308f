"""The items of a network, kept in step with the document by comparing old and new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.card import CardItem
from app.canvas.content import content
from app.canvas.geometry import bounds
from app.canvas.look import Look
from app.canvas.overview import Overview
from app.canvas.sharing import SharingLinks
from app.canvas.wire import WireItem
from app.language.sentences import problem_sentence
from app.layout.facing import is_turned
from app.layout.routing import Heights, Router
from app.look.theme import Theme
from app.project.document import Document, Selection
from app.project.state import State, Trail
from graph_model.inference.infer import Inference
from graph_model.network import Edge, Layout, NodeId, Port, Position, used_layer, used_network

_ROOM: Final = 4000.0
"""How far one can scroll beyond the cards, in pixels."""


class _Left(NamedTuple):
    """What showed a network before one went into a block of it, kept to come back to."""

    state: State
    cards: dict[NodeId, CardItem]
    wires: dict[Port, WireItem]
    router: Router
    heights: Heights | None
    overview: Overview | None

    def items(self) -> Iterator[QGraphicsItem]:
        """Yield every item."""
        yield from self.cards.values()
        for wire in self.wires.values():
            yield from wire.items()


class CanvasScene(QGraphicsScene):
    """One card for each node and one wire for each edge of the document's network."""

    def __init__(self, document: Document, selection: Selection, look: Look) -> None:
        super().__init__(document)
        self._document, self._selection = document, selection
        self.look = look
        self.cards: dict[NodeId, CardItem] = {}
        self.wires: dict[Port, WireItem] = {}
        self.links = SharingLinks(self, self.cards, look)
        self._router = Router(look.direction)
        self._heights: Heights | None = None
        self._overview: Overview | None = None
        self._left: dict[Trail, _Left] = {}
        document.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self._follow(None, document.state)

    def set_theme(self, theme: Theme) -> None:
        """Follow another theme."""
        self._left.clear()
        self.look.set_theme(theme)
        for wire in self.wires.values():
            wire.restyle()
        self.update()

    def retranslate(self) -> None:
        """Follow another language."""
        state = self._document.state
        for id, node in state.network.nodes.items():
            self.cards[id].retranslate(content(state, node))

    def centre(self, node: NodeId) -> Position:
        """Return where the card of a node is now, also while it is being dragged."""
        at = self.cards[node].pos()
        return Position(at.x(), at.y())

    def contents_rect(self, nodes: Collection[NodeId] = ()) -> QRectF:
        """Return the rectangle around these cards; where none is named, around all there is."""
        if nodes:
            return bounds(map(self.centre, nodes))
        return bounds(map(self.centre, self.cards)).united(self.links.rect())

    def move_cards(self, centres: Mapping[NodeId, Position]) -> None:
        """Show cards elsewhere, without an edit, while they are being dragged."""
        heights = self._cards_by_height()
        for node, at in centres.items():
            heights.move(self.centre(node), at)
            self.cards[node].setPos(at.x, at.y)
        touching = _touching(self._document.state, centres.keys())
        self._run_wires(touching)
        if self._overview is not None:
            self._overview.move(centres, (self.wires[port].edge for port in touching))
        self.links.run(centres.keys())

    def return_cards(self, nodes: Iterable[NodeId]) -> None:
        """Show cards where the document has them."""
        layout = positions_of(self._document.state.layout, nodes)
        self.move_cards({node: at for node, at in layout.items() if node in self.cards})

    def overview(self) -> Overview:
        """Return the network as it is to be seen from far away."""
        if self._overview is None:
            centres = {node: self.centre(node) for node in self.cards}
            self._overview = Overview(self._document.state, centres)
        return self._overview

    def _cards_by_height(self) -> Heights:
        if self._heights is None:
            self._heights = Heights(map(self.centre, self.cards), self.look.direction)
        return self._heights

    def _follow(self, old: State | None, new: State) -> None:
        """Touch what differs between two states, and nothing else."""
        fresh = old is None or _is_another(old, new)
        before = self._exchange(old, new) if fresh else old
        if before is None or before.inference is not new.inference:
            self._overview = None
        moved = self._follow_nodes(before, new)
        if moved or before is None or before.network.edges is not new.network.edges:
            moved |= self._turn_cards(new, self.cards)
        self._follow_edges(before, new, moved)
        self._follow_specs(before, new)
        if fresh or moved or before is None or before.inference is not new.inference:
            self.links.follow(new, self._selection.nodes)
        self._grow()

    def _exchange(self, old: State | None, new: State) -> State | None:
        """Take one network off, and put on what is kept of another; return when that was shown.

        Kept are those on the way from the outermost network to the one on the canvas.
        """
        if old is None or old.project.direction != new.project.direction:
            self._leave_all()
            self.look.direction = new.project.direction
        else:
            cards, wires = dict(self.cards), dict(self.wires)
            left = _Left(old, cards, wires, self._router, self._heights, self._overview)
            for item in left.items():
                self.removeItem(item)
            self._left[old.trail] = left
        self.cards.clear()
        self.wires.clear()
        self.links.clear()
        self._left = {
            trail: left for trail, left in self._left.items() if new.trail.goes_through(trail)
        }
        kept = self._left.pop(new.trail, None)
        if kept is None:
            self._router = Router(self.look.direction)
            self._heights = self._overview = None
            return None
        self.cards.update(kept.cards)
        self.wires.update(kept.wires)
        self._router, self._heights, self._overview = kept.router, kept.heights, kept.overview
        for item in kept.items():
            self.addItem(item)
        self._show_selection()
        return kept.state

    def _leave_all(self) -> None:
        """Remove every item, here and in what was left."""
        for item in (*self.cards.values(), *(i for w in self.wires.values() for i in w.items())):
            self.removeItem(item)
        self._left.clear()

    def _turn_cards(self, state: State, nodes: Iterable[NodeId]) -> set[NodeId]:
        """Turn those cards whose wires run against the flow; return those that were turned."""
        structure = state.inference.structure
        turned: set[NodeId] = set()
        for id in nodes:
            card = self.cards[id]
            feeders = [self.centre(e.source.node) for e in structure.feeders.get(id, ())]
            consumers = [self.centre(e.target.node) for e in structure.consumers.get(id, ())]
            wanted = is_turned(self.centre(id), feeders, consumers, self.look.direction)
            if wanted is not card.is_turned:
                card.set_turned(wanted)
                turned.add(id)
        return turned

    def _follow_nodes(self, old: State | None, new: State) -> set[NodeId]:
        """Add, remove, move and rewrite cards; return the nodes whose cards are new or moved."""
        network, inference, layout = new.network, new.inference, new.layout
        moved: set[NodeId] = set()
        for id in self.cards.keys() - network.nodes.keys():
            self.removeItem(self.cards.pop(id))
            self._heights = None
        same = old is not None and old.inference is inference and _dismissed_alike(old, new)
        for id, node in network.nodes.items():
            card = self.cards.get(id)
            if card is None:
                card = self.cards[id] = CardItem(id, content(new, node), self.look)
                self.addItem(card)
                moved.add(id)
                card.set_selected(id in self._selection.nodes)
            elif not same and _differs(old, new, id):
                before = card.content
                card.set_content(content(new, node))
                if (before.inputs, before.outputs) != (card.content.inputs, card.content.outputs):
                    moved.add(id)
            at = layout.get(id, Position(0, 0))
            if card.x() != at.x or card.y() != at.y:
                card.setPos(at.x, at.y)
                moved.add(id)
        if moved:
            self._heights = self._overview = None
        return moved

    def _follow_edges(self, old: State | None, new: State, moved: set[NodeId]) -> None:
        edges = new.network.edges
        if old is not None and old.network.edges is edges and not moved:
            return
        for port in [port for port, wire in self.wires.items() if edges.get(port) is not wire.edge]:
            for item in self.wires.pop(port).items():
                self.removeItem(item)
            self._router.forget(port)
        stale: list[WireItem] = []
        for port, edge in edges.items():
            wire = self.wires.get(port)
            if wire is None:
                wire = self.wires[port] = WireItem(edge, self.look)
                self.addItem(wire)
                wire.set_selected(port in self._selection.edges)
                stale.append(wire)
            elif edge.source.node in moved or edge.target.node in moved:
                stale.append(wire)
        self._run_wires(stale)

    def _follow_specs(self, old: State | None, new: State) -> None:
        """Show on each wire what flows there, and why it does not fit."""
        if old is not None and old.inference is new.inference:
            return
        for port, wire in self.wires.items():
            spec = new.inference.spec(wire.edge.source)
            wire.set_state(new.shown(spec) if spec else None, _reason(new.inference, port))

    def _run_wires(self, wires: Iterable[WireItem] | Iterable[Port]) -> None:
        heights = self._cards_by_height()
        for each in wires:
            wire = each if isinstance(each, WireItem) else self.wires[each]
            ends = self.ends(wire.edge)
            if ends is None:
                self._router.forget(wire.edge.target)
                wire.run_nowhere()
            else:
                start, end = (Position(at.x(), at.y()) for at in ends)
                headings = self._headings(wire.edge)
                way = self._router.way(wire.edge, (start, end), heights, headings)
                wire.run(*ends, way, headings)

    def _headings(self, edge: Edge) -> tuple[int, int]:
        """Return whether an edge leaves and arrives with the flow (1) or against it (-1)."""
        leaves, arrives = (
            self.cards[node].is_turned for node in (edge.source.node, edge.target.node)
        )
        return (-1 if leaves else 1, -1 if arrives else 1)

    def ends(self, edge: Edge) -> tuple[QPointF, QPointF] | None:
        """Return where an edge begins and ends, ``None`` where a port does not exist."""
        start = self.cards[edge.source.node].port(edge.source.name, is_input=False)
        end = self.cards[edge.target.node].port(edge.target.name, is_input=True)
        return None if start is None or end is None else (start, end)

    def _grow(self) -> None:
        """Leave room around the cards to scroll into; the scene never shrinks under the hand."""
        wanted = self.contents_rect().adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
        if not self.sceneRect().contains(wanted):
            self.setSceneRect(self.sceneRect().united(wanted))

    def _show_selection(self) -> None:
        chosen = self._selection.nodes
        for id, card in self.cards.items():
            card.set_selected(id in chosen)
        for port, wire in self.wires.items():
            wire.set_selected(port in self._selection.edges)
        self.links.show_selection(chosen)


def _is_another(old: State, new: State) -> bool:
    """Tell whether the canvas shows another network, or the same in another direction."""
    return old.network.id != new.network.id or old.project.direction != new.project.direction


def _dismissed_alike(old: State, new: State) -> bool:
    return old.project.dismissed == new.project.dismissed


def _differs(old: State | None, new: State, id: NodeId) -> bool:
    """Tell whether a card may have to say something else."""
    return (
        old is None
        or any(one is not other for one, other in zip(_told(old, id), _told(new, id), strict=True))
        or old.problems_of(id) != new.problems_of(id)
        or old.levels[0].multiples != new.levels[0].multiples
        or old.inference.required_of(id) != new.inference.required_of(id)
    )


def _told(state: State, id: NodeId) -> tuple[object, ...]:
    """Return what the card of a node tells of, apart from problems."""
    network = state.network
    node = network.nodes.get(id)
    if node is None:
        return (None,) * 5
    block = state.project.networks.get(used_network(node.kind) or "")
    layer = state.project.layers.get(used_layer(node.kind) or "")
    return (node, state.inference.nodes[id], network.nodes.get(node.shares), block, layer)


def _reason(inference: Inference, port: Port) -> str:
    """Return why the edge into a port does not fit, or nothing."""
    for problem in inference.problems_by_node.get(port.node, ()):
        if problem.port == port.name and problem.is_error:
            return problem_sentence(problem)
    return ""


def _touching(state: State, nodes: Collection[NodeId]) -> list[Port]:
    structure = state.inference.structure
    ports: dict[Port, None] = {}
    for node in nodes:
        for edge in (*structure.feeders.get(node, ()), *structure.consumers.get(node, ())):
            ports[edge.target] = None
    return list(ports)


def positions_of(layout: Layout, nodes: Iterable[NodeId]) -> dict[NodeId, Position]:
    """Return where nodes lie, the origin for those that lie nowhere yet."""
    return {node: layout.get(node, Position(0, 0)) for node in nodes}
