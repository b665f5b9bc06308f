"""The same graph in NodeGraphQt, to be measured beside the canvas."""

from __future__ import annotations

import os
from collections.abc import Sequence

os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("QT_PREFERRED_BINDING", "PySide6")

from NodeGraphQt import BaseNode, NodeGraph
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget


class _Layer(BaseNode):
    __identifier__ = "benchmark"
    NODE_NAME = "Layer"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("input", multi_input=True)
        self.add_output("output")


class Peer:
    """NodeGraphQt with nodes at these places and edges between them."""

    def __init__(
        self,
        names: Sequence[str],
        places: Sequence[tuple[float, float]],
        edges: Sequence[tuple[int, int]],
    ) -> None:
        self._graph = NodeGraph()
        self._graph.register_node(_Layer)
        nodes = [
            self._graph.create_node(
                "benchmark._Layer", name=name, pos=list(at), selected=False, push_undo=False
            )
            for name, at in zip(names, places, strict=True)
        ]
        for source, target in edges:
            nodes[source].output(0).connect_to(nodes[target].input(0), push_undo=False)
        self._items = [node.view for node in nodes]
        self._viewer = self._graph.viewer()
        self.widget: QWidget = self._graph.widget
        self.painted: QWidget = self._viewer.viewport()

    def look_at(self, zoom: float, x: float, y: float) -> None:
        """Show a point in the middle at some zoom."""
        width, height = self.painted.width() / zoom, self.painted.height() / zoom
        self._viewer._scene_range = QRectF(x - width / 2, y - height / 2, width, height)
        self._viewer._update_scene()

    def pan(self, across: int, down: int) -> None:
        """Move the view by pixels."""
        self._viewer._set_viewer_pan(across, down)

    def drag(self, index: int, x: float, y: float) -> None:
        """Move a node."""
        self._items[index].setPos(x, y)
