"""The project being edited, what is known of it, and its history."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.project.readings import Readings
from app.project.state import (
    Noted,
    State,
    Step,
    Trail,
    first_state,
    informed,
    moved,
    next_state,
    with_noticed,
)
from app.project.telling import Telling
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.files.storage import Origin
from graph_model.inference.infer import Inference
from graph_model.network import (
    Edge,
    Layout,
    Network,
    NetworkId,
    NodeId,
    Port,
    Project,
    used_layer,
    with_layout,
    with_network,
)

STEPS: Final = 500
"""How far back edits can be undone: at 5,000 nodes, each holds half a megabyte."""


class Document(QObject):
    """Holds the current :class:`State`; :meth:`edit` is the only door through which it changes.

    ``changed`` carries the old and the new state. Views compare the two by identity and touch
    only what differs. ``edited`` comes before it, where a step of the history made the project
    another one: what must not wait for the views follows this. ``layer_opened`` asks to show the
    text of a custom layer. ``previewed`` carries the project that a fix which is pointed at would
    make, ``None`` where none is. ``replaced`` says that another project was opened in place of
    this one.
    ``settling`` asks for what was typed and is no edit yet, to be made one or to be ``unread``.
    """

    changed = Signal(object, object)
    edited = Signal()
    layer_opened = Signal(str)
    previewed = Signal(object)
    replaced = Signal()
    path_changed = Signal()
    settling = Signal()

    def __init__(
        self, project: Project, parent: QObject | None = None, known: Known = NOTHING
    ) -> None:
        super().__init__(parent)
        self.known = known
        self.noticed: tuple[Noted, ...] = ()
        self.unread = False
        """Whether something was typed that is not understood, and so not in the project."""
        self.state = first_state(project, known)
        self.origin: Origin | None = None
        """The file that the project belongs to, as it was read or written last."""
        self.title = ""
        """What a project without a file is called, where not after its network."""
        self.history = QUndoStack(self, undoLimit=STEPS)
        self.telling = Telling(self)
        """Says when all is known that is told of the network."""
        self.readings = Readings(self)
        """Which data were looked at."""

    @property
    def path(self) -> Path | None:
        """The file that the project belongs to, if it has one."""
        return self.origin.path if self.origin else None

    @property
    def name(self) -> str:
        """The name of that file, else the title that was given, else that of the network."""
        return self.path.name if self.path else self.title or self.project.network.name

    @property
    def stem(self) -> str:
        """What a file made from it is to be called, before its ending."""
        return self.path.stem if self.path else self.name

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self.state.project

    @property
    def network(self) -> Network:
        """The network on the canvas."""
        return self.state.network

    @property
    def inference(self) -> Inference:
        """What is known of the network on the canvas."""
        return self.state.inference

    @property
    def main(self) -> Inference:
        """What is known of the main network: the one that is trained and exported."""
        return self.state.main

    @property
    def is_modified(self) -> bool:
        """Whether anything was edited since the project was opened or saved."""
        return not self.history.isClean()

    def edit(self, project: Project, text: str, merge: str = "") -> None:
        """Make ``project`` the current one, as an undoable step called ``text``.

        Consecutive edits with the same non-empty ``merge`` key become one step.
        """
        if project is self.project:
            return
        self.history.push(_Edit(self, next_state(project, self.state), text, merge))

    def settle(self) -> bool:
        """Let what was typed become part of the project; say whether all of it is."""
        self.settling.emit()
        return not self.unread

    def edit_network(
        self, network: Network, text: str, *, layout: Layout | None = None, merge: str = ""
    ) -> None:
        """Make ``network``, and its layout where one is given, the current one."""
        project = self.project
        if network is not project.networks.get(network.id):
            project = with_network(project, network)
        if layout is not None:
            project = with_layout(project, network.id, layout)
        self.edit(project, text, merge)

    def learn(self, known: Known) -> None:
        """Take on what is known of custom layers by now; this is no step of the history."""
        self.known = known
        self.show(self.state)

    def notice(self, noticed: tuple[Noted, ...]) -> None:
        """Take on what was noticed of a run by now; this is no step of the history."""
        if noticed != self.noticed:
            self.noticed = noticed
            self.show(self.state)

    def enter(self, node: NodeId, turn: int = 0) -> None:
        """Open the block that a node on the canvas uses, as it is at one of its repeats."""
        trail = self.state.trail
        self.go_to(Trail(trail.network, (*trail.steps, Step(node, turn))))

    def open_layer(self, node: NodeId) -> None:
        """Show the text of the custom layer that a node on the canvas uses."""
        layer = used_layer(self.network.nodes[node].kind)
        if layer is not None and layer in self.project.layers:
            self.layer_opened.emit(layer)

    def leave(self, levels: int = 1) -> None:
        """Go back out of so many blocks."""
        trail = self.state.trail
        self.go_to(Trail(trail.network, trail.steps[: max(0, len(trail.steps) - levels)]))

    def open_network(self, id: NetworkId) -> None:
        """Put a network, or a block by itself, on the canvas."""
        self.go_to(Trail(id))

    def go_to(self, trail: Trail) -> None:
        """Put another place of the project on the canvas; this is no step of the history."""
        if trail != self.state.trail:
            self.show(moved(self.state, trail))

    def open(self, project: Project, origin: Origin | None = None, title: str = "") -> None:
        """Replace the whole project, forgetting the history."""
        old = self.state
        self.history.clear()
        self.noticed = ()
        self.state = first_state(project, self.known)
        self.set_origin(origin, title)
        self.changed.emit(old, self.state)
        self.replaced.emit()

    def saved(self, origin: Origin) -> None:
        """Note that the project as it is now stands in this file."""
        self.history.setClean()
        self.set_origin(origin)

    def set_origin(self, origin: Origin | None, title: str = "") -> None:
        """Note where the project was read from or written to; without a file, what to call it."""
        self.origin, self.title = origin, title
        self.path_changed.emit()

    def show(self, state: State) -> None:
        """Make ``state`` the current one: a step of the history, or another place."""
        told = with_noticed(informed(state, self.known), self.noticed)
        old, self.state = self.state, told
        if state.project is not old.project:
            self.edited.emit()
        self.changed.emit(old, self.state)


_MOST_KNOWN: Final = 100
"""Of how many edits is kept what was selected before them."""


class _Selected(NamedTuple):
    """What was selected before an edit, the networks around it, and whether it took some of it."""

    before: Network
    after: Network
    nodes: frozenset[NodeId]
    edges: frozenset[Port]
    is_lost: bool


class Selection(QObject):
    """Which nodes and edges are selected, shared by the canvas, the inspector and the code."""

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._nodes: frozenset[NodeId] = frozenset()
        self._edges: frozenset[Port] = frozenset()
        self._known: deque[_Selected] = deque(maxlen=_MOST_KNOWN)
        document.changed.connect(self._follow)
        document.replaced.connect(self._known.clear)

    @property
    def nodes(self) -> frozenset[NodeId]:
        """The ids of the selected nodes."""
        return self._nodes

    @property
    def edges(self) -> frozenset[Port]:
        """The inputs at which the selected edges end."""
        return self._edges

    @property
    def single_edge(self) -> Edge | None:
        """The selected edge, where it is exactly one and no node besides."""
        alone = len(self._edges) == 1 and not self._nodes
        return self._document.network.edges[next(iter(self._edges))] if alone else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return not self._nodes and not self._edges

    @property
    def single(self) -> NodeId | None:
        """The selected node, where it is exactly one."""
        return next(iter(self._nodes)) if len(self._nodes) == 1 else None

    def set(self, nodes: Iterable[NodeId], edges: Iterable[Port] = ()) -> None:
        """Select exactly these nodes, and the edges that end at these inputs, as far as they exist.

        A gesture may have begun with what an undo has taken away since.
        """
        network = self._document.network
        chosen = frozenset(network.nodes.keys() & nodes), frozenset(network.edges.keys() & edges)
        if chosen != (self._nodes, self._edges):
            self._nodes, self._edges = chosen
            self.changed.emit()

    def _follow(self, old: State, new: State) -> None:
        """Forget what is gone, until an undo brings it back; on leaving a block select its use."""
        depth = len(new.trail.steps)
        if new.network.id == old.network.id:
            self._follow_edit(old.network, new.network)
        elif replace(old.trail, steps=old.trail.steps[:depth]) == new.trail:
            used = old.trail.steps[depth].node  # gone where another project was opened
            self.set([used] if used in new.network.nodes else ())
        else:
            self.set(())

    def _follow_edit(self, old: Network, new: Network) -> None:
        """Forget what is gone; where an undo takes or brings any, select what was before."""
        nodes = [id for id in self._nodes if id in new.nodes]
        edges = [port for port in self._edges if new.edges.get(port) is old.edges.get(port)]
        is_less = len(nodes) < len(self._nodes) or len(edges) < len(self._edges)
        undone = (each for each in self._known if each.before is new and each.after is old)
        back = next(undone, None)
        if back is None:
            known = _Selected(old, new, self._nodes, self._edges, is_less)
            self._known.append(known)
            self.set(nodes, edges)
            return
        self._known.remove(back)
        if is_less or back.is_lost:
            self.set(back.nodes, back.edges)


class _Edit(QUndoCommand):
    """One step of the history: holds the states before and after it."""

    def __init__(self, document: Document, after: State, text: str, merge: str) -> None:
        super().__init__(text)
        self._document = document
        self._before, self._after = document.state, after
        self._merge = merge

    def id(self) -> int:
        return 1 if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._merge != self._merge:
            return False
        self._after = other._after
        return True

    def undo(self) -> None:
        self._document.show(self._before)

    def redo(self) -> None:
        self._document.show(self._after)
