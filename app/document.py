"""The project being edited, what is known of it, and its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.canvas.arrange import placed
from graph_model.infer import Inference, infer
from graph_model.network import Layout, Network, NodeId, Project, with_layout, with_network


@dataclass(frozen=True, slots=True)
class State:
    """A project together with the inference of its main network."""

    project: Project
    inference: Inference

    @property
    def network(self) -> Network:
        """The network on the canvas."""
        return self.project.network

    @property
    def layout(self) -> Layout:
        """Where its nodes lie."""
        return self.project.layout


class Document(QObject):
    """Holds the current :class:`State`; :meth:`edit` is the only door through which it changes.

    ``changed`` carries the old and the new state. Views compare the two by identity and touch
    only what differs. ``replaced`` says that another project was opened in place of this one.
    """

    changed = Signal(object, object)
    replaced = Signal()
    path_changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = _state(project, None)
        self.path: Path | None = None
        self.history = QUndoStack(self)

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
    def is_modified(self) -> bool:
        """Whether anything was edited since the project was opened or saved."""
        return not self.history.isClean()

    def edit(self, project: Project, text: str, merge: str = "") -> None:
        """Make ``project`` the current one, as an undoable step called ``text``.

        Consecutive edits with the same non-empty ``merge`` key become one step.
        """
        if project is self.project:
            return
        self.history.push(_Edit(self, _state(project, self.state), text, merge))

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

    def open(self, project: Project, path: Path | None = None) -> None:
        """Replace the whole project, forgetting the history."""
        old = self.state
        self.history.clear()
        self.state = _state(project, None)
        self.set_path(path)
        self.changed.emit(old, self.state)
        self.replaced.emit()

    def saved(self, path: Path) -> None:
        """Note that the project as it is now stands in the file at ``path``."""
        self.history.setClean()
        self.set_path(path)

    def set_path(self, path: Path | None) -> None:
        """Note where the project was read from or written to."""
        self.path = path
        self.path_changed.emit()

    def show(self, state: State) -> None:
        """Make ``state`` the current one; called by the steps of the history alone."""
        old, self.state = self.state, state
        self.changed.emit(old, state)


class Selection(QObject):
    """Which nodes are selected, shared by the canvas, the inspector and the code."""

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._nodes: frozenset[NodeId] = frozenset()
        document.changed.connect(self._forget_removed)

    @property
    def nodes(self) -> frozenset[NodeId]:
        """The ids of the selected nodes."""
        return self._nodes

    @property
    def single(self) -> NodeId | None:
        """The selected node, where it is exactly one."""
        return next(iter(self._nodes)) if len(self._nodes) == 1 else None

    def set(self, nodes: Iterable[NodeId]) -> None:
        """Select exactly these nodes."""
        chosen = frozenset(nodes)
        if chosen != self._nodes:
            self._nodes = chosen
            self.changed.emit()

    def _forget_removed(self, _: State, new: State) -> None:
        self.set(id for id in self._nodes if id in new.network.nodes)


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


def _state(project: Project, previous: State | None) -> State:
    """Infer a project's network, only where it differs from that of ``previous``."""
    if previous is None:
        return State(placed(project), infer(project.network, blocks=project.networks))
    if project.network is previous.network and _same_networks(project, previous.project):
        return replace(previous, project=project)
    return State(project, infer(project.network, previous.inference, project.networks))


def _same_networks(project: Project, other: Project) -> bool:
    """Tell whether two projects hold the same networks, by identity."""
    mine, others = project.networks, other.networks
    return mine is others or (
        mine.keys() == others.keys() and all(mine[id] is others[id] for id in mine)
    )
