"""The edits that the canvas offers: adding, inserting, removing, copying, moving, arranging."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from app.canvas import clipboard
from app.canvas.walking import edges_at
from app.late import late
from app.layout.free_places import free_place, free_shift, place_between, room_between
from app.layout.measures import GRID, card_size, snapped, turned
from app.layout.settle import beside
from app.project.block_files import block_file
from app.project.document import Document, Selection
from graph_model.editing.block_edits import may_use
from graph_model.editing.block_library import copy_nodes, insert, paste_nodes
from graph_model.editing.edits import insert_on_edge, new_node, remove_and_bridge
from graph_model.mappings import with_entries
from graph_model.network import (
    Direction,
    Edge,
    Layout,
    Network,
    Node,
    NodeId,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    disconnect,
    new_id,
    remove_nodes,
    use_kind,
    used_network,
)
from graph_model.values import Arguments


class Editing(QObject):
    """Each method is one step of the history.

    ``added`` says that what is selected was just added; ``refused`` says why nothing was done.
    """

    added = Signal()
    refused = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._origin = new_id()
        document.replaced.connect(self._forget_origin)

    @property
    def _direction(self) -> Direction:
        """Where the network flows on the canvas."""
        return self._document.project.direction

    @property
    def layout(self) -> Layout:
        """Where each node lies, the origin for those that have no place yet."""
        known = self._document.state.layout
        return {id: known.get(id, Position(0, 0)) for id in self._document.network.nodes}

    def add(self, kind: str, at: Position, arguments: Arguments | None = None) -> None:
        """Add a layer at a place."""
        node = self._new(kind, arguments)
        if node is not None:
            self._add(add_nodes(self._document.network, [node]), node, at)

    def _new(self, kind: str, arguments: Arguments | None = None) -> Node | None:
        """Return a node of a kind, unless it is a block that would come to contain itself."""
        if self._may_use([kind]):
            known = self._document.state.kind(kind)
            return new_node(self._document.network, kind, arguments, known)
        return None

    def take_in(self, kind: str, add: Callable[[str], object]) -> None:
        """Add by a kind; one of the library is taken into the project first, in the same step."""
        found = block_file(kind)
        if found is None or found.project is None:
            add(kind)
            return
        mine = self._document.project
        project, block = insert(mine, _flowing(found.project, mine.direction))
        if not self._may_use([use_kind(block)], project):
            return
        text = self.tr("Add {0}").format(found.name)
        is_new = project is not self._document.project
        if is_new:
            self._document.history.beginMacro(text)
            self._document.edit(project, text)
        add(use_kind(block))
        if is_new:
            self._document.history.endMacro()

    def _may_use(self, kinds: Iterable[str], project: Project | None = None) -> bool:
        """Tell whether the network may use these kinds, and say why where it may not."""
        project, network = project or self._document.project, self._document.network
        for block in filter(None, map(used_network, kinds)):
            if block in project.networks and not may_use(project, network.id, block):
                text = self.tr("{0} cannot be used here: it would contain itself.")
                self.refused.emit(text.format(project.networks[block].name))
                return False
        return True

    def add_after(self, lead: NodeId, kind: str, arguments: Arguments | None = None) -> None:
        """Add a layer after a node along the flow, fed by its first output."""
        outputs = self._ports(self._document.network.nodes[lead], inputs=False)
        place = beside(self.layout, lead, self._direction)
        if outputs:
            self.add_wired(kind, place, Port(lead, outputs[0]), arguments=arguments)
        else:
            self.add(kind, place, arguments)

    def add_wired(
        self,
        kind: str,
        at: Position,
        port: Port,
        *,
        is_input: bool = False,
        arguments: Arguments | None = None,
    ) -> None:
        """Add a layer at a place, with an edge between it and a port of another node."""
        node = self._new(kind, arguments)
        if node is None:
            return
        network = add_nodes(self._document.network, [node])
        if is_input:
            mine = next(iter(self._ports(node, inputs=False)), "")
        else:
            known = self._document.state.kind(kind)
            given = self._document.inference.spec(port)
            mine = late("app.canvas.offers").input_for(known, given) if known else ""
        ends = (port, Port(node.id, mine))
        if mine:
            network = connect(network, *(reversed(ends) if is_input else ends))
        self._add(network, node, at)

    def _add(self, network: Network, node: Node, at: Position) -> None:
        at = free_place(self.layout, at)
        layout = with_entries(self._document.state.layout, {node.id: at})
        text = self.tr("Add {0}").format(self._title(node.kind))
        self._document.edit_network(network, text, layout=layout)
        self._selection.set([node.id])
        self.added.emit()

    def insert(
        self, kind: str, edge: Edge, at: Position, arguments: Arguments | None = None
    ) -> None:
        """Insert a layer into an edge, moving on what comes after where there is no room."""
        node = self._new(kind, arguments)
        if node is None:
            return
        self._put_into(node, edge, at)
        self.added.emit()

    def splice(self, id: NodeId, edge: Edge, at: Position) -> None:
        """Put a node that has no edges yet into an edge."""
        self._put_into(self._document.network.nodes[id], edge, at)

    def _put_into(self, node: Node, edge: Edge, at: Position) -> None:
        known = self._document.state.kind(node.kind)
        network = insert_on_edge(self._document.network, node, edge, known)
        others = {id: place for id, place in self.layout.items() if id != node.id}
        layout = room_between(self._document.network, others, edge, self._direction)
        layout = {**layout, node.id: place_between(layout, edge, at, self._direction)}
        text = self.tr("Insert {0}").format(self._title(node.kind))
        self._document.edit_network(network, text, layout=layout)
        self._selection.set([node.id])

    def delete_selected(self) -> None:
        """Remove the selected nodes and edges, and the edges of the nodes."""
        if not self._selection.is_empty:
            chosen, network = self._selection, self._document.network
            touching = self._document.inference.structure.touching(chosen.nodes)
            network = remove_nodes(network, chosen.nodes, {*touching, *chosen.edges})
            self._document.edit_network(network, self.tr("Delete"))

    def delete_and_reconnect(self) -> None:
        """Remove the selected nodes; what each fed is fed by what feeds its first input."""
        chosen, network = self._selection.nodes, self._document.network
        if chosen:
            network = disconnect(network, self._all_but_first(chosen))
            network = remove_and_bridge(network, chosen)
            self._document.edit_network(network, self.tr("Delete and Reconnect"))

    def _all_but_first(self, nodes: Collection[NodeId]) -> list[Port]:
        """Return the inputs of nodes that have an edge, each node's first left out."""
        return [
            edge.target
            for node in nodes
            for edge in edges_at(self._document, node, forwards=False)[1:]
        ]

    def copy(self) -> None:
        """Put the selected nodes on the clipboard."""
        if self._selection.nodes:
            clipboard.put(self._selected(), self._origin)

    def cut(self) -> None:
        """Put the selected nodes on the clipboard and remove them."""
        if self._selection.nodes:
            clipboard.put(self._selected(), self._origin)
            network = remove_nodes(self._document.network, self._selection.nodes)
            self._document.edit_network(network, self.tr("Cut"))

    def paste(self, around: Position) -> None:
        """Add what is on the clipboard, its middle at a place or as near as there is room."""
        copied = clipboard.get()
        if copied is None or not copied.network.nodes:
            self.refused.emit(self.tr("The clipboard holds no layers."))
            return
        copied = _flowing(copied, self._direction)
        places = list(copied.layout.values()) or [Position(0, 0)]
        middle_x = (min(at.x for at in places) + max(at.x for at in places)) / 2
        middle_y = (min(at.y for at in places) + max(at.y for at in places)) / 2
        offset = Position(around.x - middle_x, around.y - middle_y)
        is_same = clipboard.is_from(self._origin)
        self._paste(copied, offset, self.tr("Paste"), is_same=is_same)

    def duplicate(self) -> None:
        """Copy the selected nodes beside them, across the flow."""
        if self._selection.nodes:
            direction = self._direction
            places = [turned(self.layout[node], direction).x for node in self._selection.nodes]
            across = max(places) - min(places) + card_size(direction).across + 4 * GRID
            offset = turned(Position(across, 0), direction)
            self._paste(self._selected(), offset, self.tr("Duplicate"), is_same=True)

    def _selected(self) -> Project:
        document = self._document
        return copy_nodes(document.project, document.network.id, self._selection.nodes)

    def _paste(self, copied: Project, offset: Position, text: str, *, is_same: bool) -> None:
        lead = next(iter(copied.layout.values()), Position(0, 0))
        snap = snapped(Position(lead.x + offset.x, lead.y + offset.y))
        offset = Position(snap.x - lead.x, snap.y - lead.y)
        group = [Position(at.x + offset.x, at.y + offset.y) for at in copied.layout.values()]
        shift = free_shift(self.layout, group)
        offset = Position(offset.x + shift.x, offset.y + shift.y)
        project, network = self._document.project, self._document.network.id
        project, fresh = paste_nodes(project, network, copied, offset, is_same=is_same)
        if self._may_use(project.networks[network].nodes[id].kind for id in fresh.values()):
            self._document.edit(project, text)
            self._selection.set(fresh.values())
            self.added.emit()

    def _forget_origin(self) -> None:
        self._origin = new_id()

    def place(self, places: Mapping[NodeId, Position], *, merge: str = "") -> None:
        """Put nodes elsewhere."""
        layout = with_entries(self._document.state.layout, places)
        text = self.tr("Move")
        self._document.edit_network(self._document.network, text, layout=layout, merge=merge)

    def nudge(self, across: int, down: int) -> None:
        """Move the selected nodes by steps of the grid; repeated, it is one step to undo."""
        layout = self.layout
        self.place(
            {
                node: Position(layout[node].x + across * GRID, layout[node].y + down * GRID)
                for node in self._selection.nodes
            },
            merge=" ".join(["nudge", *sorted(self._selection.nodes)]),
        )

    def _ports(self, node: Node, *, inputs: bool) -> tuple[str, ...]:
        kind = self._document.state.kind(node.kind)
        if kind is None:
            return ()
        arguments = kind.complete(node.arguments)
        return kind.inputs(arguments) if inputs else kind.outputs(arguments)

    def _title(self, kind: str) -> str:
        known = self._document.state.kind(kind)
        return known.name if known else kind


def _flowing(project: Project, direction: Direction) -> Project:
    flowing: Project = late("app.layout.direction").flowing(project, direction)
    return flowing
