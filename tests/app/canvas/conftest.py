"""A canvas with a small network, and a mouse for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.canvas.view import CanvasView
from app.look import theme
from app.look.theme import Mode
from app.project.document import Document, Selection
from graph_model.network import Edge, Network, Node, Port, Position, Project

LEFT = Qt.MouseButton.LeftButton


def project(nodes: dict[str, Node], edges: list[Edge], layout: dict[str, Position]) -> Project:
    """Return a project with one network."""
    network = Network("main", "Net", nodes, {edge.target: edge for edge in edges})
    return Project({"main": network}, "main", {"main": layout})


def chain_project() -> Project:
    """Return Input → Linear → ReLU → Output, one below the other, with ids of one letter."""
    nodes = {
        "i": Node("i", "Input", "x", {"shape": ("N", 8)}),
        "l": Node("l", "Linear", "fc1", {"out_features": 4}),
        "r": Node("r", "ReLU", "relu1"),
        "o": Node("o", "Output", "y"),
    }
    edges = [Edge(Port(a, "output"), Port(b, "input")) for a, b in pairwise(nodes)]
    layout = {id: Position(0, 160 * index) for index, id in enumerate(nodes)}
    return project(nodes, edges, layout)


class Mouse:
    """Presses, drags and turns the wheel over a view, at points of its scene."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def at(self, point: QPointF) -> QPoint:
        """Return where a point of the scene lies in the viewport."""
        return self._view.mapFromScene(point)

    def click(self, point: QPointF, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Click with the left button."""
        QTest.mouseClick(self._view.viewport(), LEFT, modifiers, self.at(point))

    def press(self, point: QPointF, button=LEFT) -> None:
        """Press a button and keep it down."""
        QTest.mousePress(self._view.viewport(), button, pos=self.at(point))

    def move(self, *points: QPointF) -> None:
        """Move over points."""
        for point in points:
            QTest.mouseMove(self._view.viewport(), self.at(point))

    def release(self, point: QPointF, button=LEFT) -> None:
        """Let the button go."""
        QTest.mouseRelease(self._view.viewport(), button, pos=self.at(point))

    def drag(self, start: QPointF, end: QPointF, button=LEFT) -> None:
        """Press at one point, go to another by way of the middle, and release there."""
        target = self.at(end)
        self.press(start, button)
        self.move((start + end) / 2, end)
        QTest.mouseRelease(self._view.viewport(), button, pos=target)


@pytest.fixture(params=[Mode.LIGHT, Mode.DARK], ids=["light", "dark"])
def mode(request) -> Mode:
    """Both looks in turn."""
    return request.param


@pytest.fixture
def themes(qapp) -> theme.ThemeManager:
    manager = theme.manager()
    manager.set_mode(Mode.LIGHT)
    manager.install()
    return manager


@pytest.fixture
def document(qapp) -> Document:
    return Document(chain_project())


@pytest.fixture
def selection(document) -> Selection:
    return Selection(document)


@pytest.fixture
def view(qtbot, themes, document, selection) -> Iterator[CanvasView]:
    made = CanvasView(document, selection, themes)
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.show()
    made.fit()
    yield made
    made.quick_add.hide()


@pytest.fixture
def mouse(view) -> Mouse:
    return Mouse(view)


@pytest.fixture
def port(view):
    """Return where a port lies in the scene."""

    def find(node: str, name: str) -> QPointF:
        card = view.canvas.cards[node]
        found = card.port(name, is_input=True) if name != "output" else None
        found = found or card.port(name, is_input=False)
        assert found is not None
        return found

    return find


@pytest.fixture
def undone(document):
    """Undo everything and return whether the project is the one from the start again."""
    start = document.project

    def undo() -> bool:
        while document.history.canUndo():
            document.history.undo()
        return document.project is start

    return undo


@pytest.fixture
def said(view) -> list[str]:
    """What the canvas told the user."""
    texts: list[str] = []
    view.said.connect(texts.append)
    return texts
