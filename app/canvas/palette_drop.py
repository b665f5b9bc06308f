"""Layers dragged from the palette: where they would go, and adding or inserting them there."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt

from app.canvas.hits import wire_at
from app.canvas.surface import Surface
from app.canvas.wire import WireItem
from app.panels.kind_mime import KIND_MIME
from app.project.block_files import block_file
from graph_model.layers.kind import LayerKind
from graph_model.network import Position


class PaletteDrop:
    """Marks the wire below a drag from the palette, and takes what is dropped."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._marked: WireItem | None = None

    def drag_over(self, data: QMimeData, screen: QPoint) -> bool:
        """Mark the wire into which a drop would insert; return whether a drop is welcome."""
        kind = self._dragged_kind(data)
        if kind is None:
            return False
        self._mark(self._wire_for(kind, self._view.mapToScene(screen)))
        return True

    def drag_leave(self) -> None:
        """Mark nothing."""
        self._mark(None)

    def drop(self, data: QMimeData, screen: QPoint) -> bool:
        """Add or insert the layer that was dropped; return whether it was one."""
        self._mark(None)
        kind = self._dragged_kind(data)
        if kind is None:
            return False
        at = self._view.mapToScene(screen)
        wire = self._wire_for(kind, at)
        place = Position(at.x(), at.y())
        editing = self._view.editing
        if wire is not None:
            edge = wire.edge
            editing.take_in(kind, lambda kind: editing.insert(kind, edge, place))
        else:
            editing.take_in(kind, lambda kind: editing.add(kind, place))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _wire_for(self, kind: str, at: QPointF) -> WireItem | None:
        """Return the wire below a point, if a layer of this kind has both ends for it."""
        entry = self._kind(kind)
        assert entry is not None
        has_ends = entry.inputs(entry.defaults) and entry.outputs(entry.defaults)
        return wire_at(self._view.canvas, at, self._view.zoom) if has_ends else None

    def _mark(self, wire: WireItem | None) -> None:
        if wire is self._marked:
            return
        if self._marked is not None:
            self._marked.set_marked(False)
        if wire is not None:
            wire.set_marked(True)
        self._marked = wire

    def _dragged_kind(self, data: QMimeData) -> str | None:
        """Return the layer kind that a drag carries, ``None`` where it carries anything else."""
        if not data.hasFormat(KIND_MIME):
            return None
        name = bytes(data.data(KIND_MIME).data()).decode(errors="replace")
        return name if self._kind(name) else None

    def _kind(self, name: str) -> LayerKind | None:
        """Return a layer kind, a block of the project or one of the library by its name."""
        in_file = block_file(name)
        return in_file.kind if in_file else self._view.document.state.kind(name)
