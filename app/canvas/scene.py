"""The items of a network, kept in step with the document by comparing old and new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.card import CardItem
from app.canvas.card_style import CardStyle
from app.canvas.changes import AT_ONCE, Changes, are_many, at_first, changes, everything
from app.canvas.content import Content, PortNames, content, port_names
from app.canvas.geometry import bounds
from app.canvas.lagging import Lagging
from app.canvas.overview import Overview
from app.canvas.sharing import SharingLinks
from app.canvas.wire import WireItem
from app.canvas.wiring import Wiring
from app.garbage import without_collecting
from app.language.sentences import problem_sentence
from app.look.theme import Theme
from app.project.document import Document, Selection
from app.project.state import State, Trail
from graph_model.inference.infer import Inference
from graph_model.network import Layout, NodeId, Port, Position

_ROOM: Final = 4000.0
"""How far one can scroll beyond the cards, in pixels."""

_ORIGIN: Final = Position(0, 0)


class _Left(NamedTuple):
    """What showed a network before one went into a block of it, kept to come back to."""

    state: State
    cards: dict[NodeId, CardItem]
    wires: dict[Port, WireItem]
    wiring: Wiring
    overview: Overview | None

    def items(self) -> Iterator[QGraphicsItem]:
        """Yield every item."""
        yield from self.cards.values()
        for wire in self.wires.values():
            yield from wire.items()


class _Selected(NamedTuple):
    """Which cards and wires are shown as selected."""

    nodes: frozenset[NodeId] = frozenset()
    edges: frozenset[Port] = frozenset()


class CanvasScene(QGraphicsScene):
    """One card for each node and one wire for each edge of the document's network."""

    def __init__(self, document: Document, selection: Selection, style: CardStyle) -> None:
        super().__init__(document)
        self._selection = selection
        self.card_style = style
        self.cards: dict[NodeId, CardItem] = {}
        self.wires: dict[Port, WireItem] = {}
        self.links = SharingLinks(self, self.cards, style)
        self.wiring = Wiring(self.cards, self.wires, style.direction)
        self._overview: Overview | None = None
        self._around: QRectF | None = None
        """The rectangle around all cards, until one of them is elsewhere."""
        self._room = QRectF()
        """The rectangle of the scene. Qt, asked for it, would look at every item at first."""
        self._left: dict[Trail, _Left] = {}
        self._selected = _Selected()
        self.state = document.state
        """What is shown."""
        self._lagging = Lagging(self, self._show_flow)
        self._fills: Mapping[NodeId, str] = {}
        self.figure_of: Callable[[NodeId], str] = lambda _: ""
        """Says the number that a card is coloured for."""
        document.changed.connect(self._follow)
        document.telling.told.connect(self._lagging.find_what_differs)
        document.replaced.connect(style.pictures.clear)
        selection.changed.connect(self._show_selection)
        self._follow(None, document.state)

    def set_theme(self, theme: Theme) -> None:
        """Follow another theme."""
        if theme is self.card_style.theme:
            return
        self._left.clear()
        self.card_style.set_theme(theme)
        self._lagging.take_another_look(self.wires)
        self.update()

    def catch_up(self, area: QRectF | None = None) -> None:
        """Have cards and wires, those in an area or all, show what they are to show by now."""
        self._lagging.catch_up(area)

    def retranslate(self) -> None:
        """Follow another language."""
        self._left.clear()
        for card in self.cards.values():
            card.renew()
        self._follow_flows(self.wires.keys())

    def centre(self, node: NodeId) -> Position:
        """Return where the card of a node is now, also while it is being dragged."""
        at = self.cards[node].pos()
        return Position(at.x(), at.y())

    def contents_rect(self, nodes: Collection[NodeId] = ()) -> QRectF:
        """Return the rectangle around these cards; where none is named, around all there is."""
        if nodes:
            return bounds(map(self.centre, nodes))
        if self._around is None:
            self._around = bounds(map(self.centre, self.cards))
        return self._around.united(self.links.rect())

    def move_cards(self, centres: Mapping[NodeId, Position]) -> None:
        """Show cards elsewhere, without an edit, while they are being dragged."""
        self._around = None
        for node, at in centres.items():
            self.wiring.move(node, self.centre(node), at)
            self.cards[node].setPos(at.x, at.y)
        touching = self.state.inference.structure.touching(centres)
        self.wiring.run(touching)
        self._lagging.begin_anew()
        if self._overview is not None:
            self._overview.move(centres, (self.wires[port].edge for port in touching))
        self.links.run(centres.keys())

    def return_cards(self, nodes: Iterable[NodeId]) -> None:
        """Show cards where the document has them."""
        layout = positions_of(self.state.layout, nodes)
        self.move_cards({node: at for node, at in layout.items() if node in self.cards})

    def overview(self) -> Overview:
        """Return the network as it is to be seen from far away."""
        if self._overview is None:
            centres = {node: self.centre(node) for node in self.cards}
            self._overview = Overview(self.state, centres)
        self._overview.fill(self._fills)
        return self._overview

    def fill(self, fills: Mapping[NodeId, str], figure_of: Callable[[NodeId], str]) -> None:
        """Show cards in the colours of a quantity, ``#RRGGBB``; the others without any.

        ``figure_of`` says the number of each.
        """
        if not fills and not self._fills:
            return
        self._fills, self.figure_of = fills, figure_of
        self._left.clear()  # whose cards have other colours
        for id, card in self.cards.items():
            card.set_fill(fills.get(id, ""))

    def _follow(self, old: State | None, new: State) -> None:
        """Touch what differs between two states, and nothing else."""
        if old is None or _is_another(old, new):
            with without_collecting():
                self._show(old, new, fresh=True)
        else:
            self._show(old, new, fresh=False)

    def _show(self, old: State | None, new: State, *, fresh: bool) -> None:
        before = self._exchange(old, new) if fresh else old
        self.state = new
        if before is None or before.inference is not new.inference:
            self._overview = None
        is_large = before is not None and self._is_large(before, new)
        if before is None:
            differences = everything(new)
        else:
            differences = at_first(before, new) if is_large else changes(before, new)
        moved = self._follow_nodes(new, differences)
        if fresh or moved or differences.nodes:
            self._around = None
        placed = {*moved, *differences.placed}
        moved |= self.wiring.turn(new, placed, differences.wires)
        self._follow_edges(new, differences, moved)
        self._follow_flows(differences.flows)
        if fresh or moved or before is None or before.inference is not new.inference:
            self.links.follow(new, self._selection.nodes)
        self._grow(moved)
        if is_large and before is not None:
            self._lagging.put_off_edit(before)

    def _is_large(self, old: State, new: State) -> bool:
        """Tell whether an edit is followed only where that is seen, until it is painted."""
        return self._lagging.is_edit_waiting or are_many(old, new)

    def _exchange(self, old: State | None, new: State) -> State | None:
        """Take one network off, and put on what is kept of another; return when that was shown.

        Kept are those on the way from the outermost network to the one on the canvas.
        """
        self.catch_up()
        if old is None or old.project.direction != new.project.direction:
            self._leave_all()
            self.card_style.direction = new.project.direction
        else:
            cards, wires = dict(self.cards), dict(self.wires)
            left = _Left(old, cards, wires, self.wiring, self._overview)
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
            self.wiring = Wiring(self.cards, self.wires, self.card_style.direction)
            self._overview = None
            return None
        self.cards.update(kept.cards)
        self.wires.update(kept.wires)
        self.wiring, self._overview = kept.wiring, kept.overview
        for item in kept.items():
            self.addItem(item)
        self._select(self.cards, self.wires)
        return kept.state

    def _leave_all(self) -> None:
        """Remove every item, here and in what was left."""
        for item in (*self.cards.values(), *(i for w in self.wires.values() for i in w.items())):
            self.removeItem(item)
        self._left.clear()

    def _follow_nodes(self, state: State, differences: Changes) -> set[NodeId]:
        """Add, remove, move and rewrite cards; return the nodes whose cards are new or moved."""
        nodes, moved = state.network.nodes, set(differences.ports)
        for id in differences.nodes:
            if id not in nodes and id in self.cards:
                self._drop_card(id)
            elif id in nodes and id not in self.cards:
                self._add_card(state, id)
                moved.add(id)
        for id in differences.told:
            if id in self.cards:
                self.cards[id].renew()
        for id in differences.placed:
            if id in self.cards and self._place_card(id, state.layout.get(id, _ORIGIN)):
                moved.add(id)
        return moved & self.cards.keys()

    def _add_card(self, state: State, id: NodeId) -> None:
        card = self.cards[id] = CardItem(id, self._content, self._port_names, self.card_style)
        at = state.layout.get(id, _ORIGIN)
        card.setPos(at.x, at.y)
        card.set_selected(id in self._selection.nodes)
        card.set_fill(self._fills.get(id, ""))
        self.addItem(card)
        self._overview = None
        self.wiring.add(id, at)

    def _drop_card(self, id: NodeId) -> None:
        self._overview = None
        self.wiring.remove(id, self.centre(id))
        self.removeItem(self.cards.pop(id))

    def _place_card(self, id: NodeId, at: Position) -> bool:
        """Put a card in its place; tell whether it was elsewhere."""
        before = self.centre(id)
        if before == at:
            return False
        self.cards[id].setPos(at.x, at.y)
        self._overview = None
        self.wiring.move(id, before, at)
        return True

    def _content(self, id: NodeId) -> Content:
        """Return what the card of a node says, once that is asked for."""
        state = self.state
        return content(state, state.network.nodes[id])

    def _port_names(self, id: NodeId) -> PortNames:
        """Return the ports of a node, which its wires ask for before its card is seen."""
        state = self.state
        return port_names(state, state.network.nodes[id])

    def _follow_edges(self, state: State, differences: Changes, moved: set[NodeId]) -> None:
        """Remove and add wires, and run those that are new or end at cards that moved."""
        edges = state.network.edges
        stale = dict.fromkeys(state.inference.structure.touching(moved))
        for port in differences.wires:
            wire, edge = self.wires.get(port), edges.get(port)
            if wire is not None and wire.edge is not edge:
                for item in self.wires.pop(port).items():
                    self.removeItem(item)
                self.wiring.forget(port)
                wire = None
            if wire is None and edge is not None:
                wire = self.wires[port] = WireItem(edge, self.card_style)
                wire.set_selected(port in self._selection.edges)
                self.addItem(wire)
                stale[port] = None
        stale.update(dict.fromkeys(self.wiring.disturbed(self, stale) & self.wires.keys()))
        self.wiring.run(stale)
        self._lagging.begin_anew()

    def _follow_flows(self, ports: Collection[Port]) -> None:
        """Show on wires what flows there, and why it does not fit: of many on those in view.

        Of a network that was just opened it is not known yet which these are.
        """
        if len(ports) > AT_ONCE:
            seen = {wire.edge.target for wire in self._wires_in_view()}
            self._lagging.put_off(port for port in ports if port not in seen)
            ports = seen.intersection(ports)
        for port in ports:
            self._show_flow(port)

    def areas_in_view(self) -> Iterator[QRectF]:
        """Yield what each view shows of the scene."""
        for view in self.views():
            yield view.mapToScene(view.viewport().rect()).boundingRect()

    def _wires_in_view(self) -> Iterator[WireItem]:
        items = chain.from_iterable(map(self.items, self.areas_in_view()))
        return (item for item in items if isinstance(item, WireItem))

    def _show_flow(self, port: Port) -> None:
        state, wire = self.state, self.wires.get(port)
        if wire is not None:
            spec = state.inference.spec(wire.edge.source)
            wire.set_state(state.shown(spec) if spec else None, _reason(state.inference, port))

    def _grow(self, nodes: Collection[NodeId]) -> None:
        """Leave room around these cards to scroll into; the scene never shrinks under the hand."""
        if len(nodes) == len(self.cards):
            around = self.contents_rect()
        else:
            around = bounds(map(self.centre, nodes)).united(self.links.rect())
        wanted = around.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
        if not self._room.contains(wanted):
            self._room = self._room.united(wanted)
            self.setSceneRect(self._room)

    def _show_selection(self) -> None:
        chosen, shown = self._selection, self._selected
        self._select(
            (chosen.nodes ^ shown.nodes) & self.cards.keys(),
            (chosen.edges ^ shown.edges) & self.wires.keys(),
        )
        self.links.show_selection(chosen.nodes)

    def _select(self, nodes: Iterable[NodeId], ports: Iterable[Port]) -> None:
        """Show which of these cards and wires are selected."""
        chosen = self._selected = _Selected(self._selection.nodes, self._selection.edges)
        for id in nodes:
            self.cards[id].set_selected(id in chosen.nodes)
        for port in ports:
            self.wires[port].set_selected(port in chosen.edges)


def _is_another(old: State, new: State) -> bool:
    """Tell whether the canvas shows another network, or the same in another direction."""
    return old.network.id != new.network.id or old.project.direction != new.project.direction


def _reason(inference: Inference, port: Port) -> str:
    """Return why the edge into a port does not fit, or nothing."""
    for problem in inference.problems_of(port.node):
        if problem.port == port.name and problem.is_error:
            return problem_sentence(problem)
    return ""


def positions_of(layout: Layout, nodes: Iterable[NodeId]) -> dict[NodeId, Position]:
    """Return where nodes lie, the origin for those that lie nowhere yet."""
    return {node: layout.get(node, Position(0, 0)) for node in nodes}
