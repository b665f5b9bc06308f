"""Steps that tests of blocks on the canvas have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.view import CanvasView
from app.project.document import Document, Selection
from graph_model.network import Network, Project
from tests.codegen.blocks import SAMPLES


def make(view: CanvasView, selection: Selection, *nodes: str) -> str:
    """Make a block of nodes with the name that is proposed, and return the use of it."""
    selection.set(nodes)
    view.blocks.make()
    QTest.keyClick(view.blocks._prompt.line, Qt.Key.Key_Escape)
    return selection.single


def answer(view: CanvasView, text: str) -> None:
    """Type into the field that asks, and press Enter."""
    line = view.blocks._prompt.line
    assert line.isVisible()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def sample(document: Document, name: str) -> None:
    document.open(Project(SAMPLES[name], "main"))


def block_of(document: Document, node: str) -> Network:
    kind = document.network.nodes[node].kind
    return document.project.networks[kind.removeprefix("block:")]
