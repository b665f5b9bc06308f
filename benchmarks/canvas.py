"""How fast the canvas is: frames at 1,000 and 10,000 nodes beside NodeGraphQt, opening, edits.

./dev bench canvas

NodeGraphQt is measured where it is installed (``pip install NodeGraphQt``). Times are milliseconds
of CPU time, median and 95th percentile; the view is 1400 × 900 pixels.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Sequence
from statistics import median
from typing import Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.view import CanvasView
from app.look import theme
from app.project.document import Document, Selection
from benchmarks.frames import Frames, settle
from benchmarks.networks import FAR, blocks, edges, places, residual
from graph_model.network import (
    Position,
    Project,
    set_arguments,
)

SIZE = (1400, 900)
SMALLEST = 0.36
"""The zoom, about, at which most cards are in view, each with its ports."""
EDITS = 9


class Canvas(Protocol):
    """What is measured: ours or the peer."""

    widget: QWidget
    painted: QWidget

    def look_at(self, zoom: float, x: float, y: float) -> None:
        """Show a point in the middle at some zoom."""

    def pan(self, across: int, down: int) -> None:
        """Move the view by pixels."""

    def drag(self, index: int, x: float, y: float) -> None:
        """Move a node."""


class Ours:
    """The canvas, dragged as the move gesture does it."""

    def __init__(self, project: Project) -> None:
        self.document = Document(project)
        self._view = CanvasView(self.document, Selection(self.document), theme.manager())
        self._ids = list(project.network.nodes)
        self.widget: QWidget = self._view
        self.painted: QWidget = self._view.viewport()

    def look_at(self, zoom: float, x: float, y: float) -> None:
        """Show a point in the middle at some zoom."""
        self._view.zoom_by(zoom / self._view.zoom, QPoint(SIZE[0] // 2, SIZE[1] // 2))
        self._view.centerOn(x, y)

    def pan(self, across: int, down: int) -> None:
        """Move the view by pixels."""
        self._view.scroll_by(QPoint(across, down))

    def drag(self, index: int, x: float, y: float) -> None:
        """Move a card."""
        self._view.canvas.move_cards({self._ids[index]: Position(x, y)})


def entering(count: int) -> None:
    """Print how long it takes to open a block of a large network, and to leave it."""
    ours = Ours(blocks(count))
    ours.widget.resize(*SIZE)
    ours.widget.show()
    settle()
    for name, go in (
        ("open a block", lambda: ours.document.enter("1")),
        ("leave it", ours.document.leave),
    ):
        started = time.perf_counter()
        go()
        ours.widget.grab()
        print(f"{name}, {count:,} nodes: {1000 * (time.perf_counter() - started):.0f} ms")
    ours.widget.close()


def frames(title: str, canvas: Canvas, at: Sequence[tuple[float, float]]) -> None:
    """Print how long frames take at zoom 1, while zooming, and with all in view."""
    canvas.widget.resize(*SIZE)
    canvas.widget.show()
    settle()
    timing = Frames(canvas.painted)
    width, height = (max(each[axis] for each in at) + 300 for axis in (0, 1))
    whole = min(SIZE[0] / width, SIZE[1] / height, 1.0)
    middle = min(
        range(len(at)), key=lambda i: abs(at[i][0] - width / 2) + abs(at[i][1] - height / 2)
    )
    x, y = at[middle]

    def row(name: str, changes: Sequence[object]) -> None:
        print(f"{title:24} {name:18} {timing.series(changes)}", flush=True)  # type: ignore[arg-type]

    def swing(step: int) -> int:
        return 1 if step // 20 % 2 == 0 else -1

    canvas.look_at(1.0, x, y)
    row("pan", [lambda s=s: canvas.pan(9 * swing(s), 5 * swing(s)) for s in range(60)])
    canvas.look_at(1.0, x, y)
    row("drag", [lambda s=s: canvas.drag(middle, x + 8 * (s % 7), y + 3 * s) for s in range(60)])
    canvas.drag(middle, x, y)
    zooms = [whole ** (step / 15) for step in range(1, 16)]
    row("zoom", [lambda z=z: canvas.look_at(z, x, y) for z in (*zooms, *zooms[::-1])])
    canvas.look_at(whole, width / 2, height / 2)
    row("pan, all in view", [lambda s=s: canvas.pan(6 * swing(s), 2) for s in range(30)])
    canvas.widget.close()


def opening(count: int) -> None:
    """Print how long it takes from a project to a painted canvas."""
    opened = residual(count)
    started = time.perf_counter()
    ours = Ours(opened)
    inferred = time.perf_counter()
    ours.widget.resize(*SIZE)
    ours.widget.show()
    settle(0)
    QApplication.processEvents()
    shown = time.perf_counter()
    first = f"of which {shown - inferred:.2f} s for the first frame"
    print(f"open {count:,} nodes: {shown - started:.2f} s, {first}")
    ours.widget.close()


def edit_to_shapes(count: int) -> None:
    """Print how long it takes from an edit of the first layer to new shapes on the screen."""
    ours = Ours(residual(count))
    ours.widget.resize(*SIZE)
    ours.widget.show()
    settle()
    taken = []
    for step in range(EDITS):
        started = time.perf_counter()
        shape = ("N", 16, 32 + step % 2, 32)
        network = set_arguments(ours.document.network, "0", {"shape": shape})
        ours.document.edit_network(network, "")
        ours.widget.grab()
        taken.append(1000 * (time.perf_counter() - started))
    print(f"edit to shapes, all of {count} nodes changed: {median(taken):.1f} ms")
    ours.widget.close()


def wiring(count: int) -> None:
    """Print how long frames take while a wire is dragged and the cards tell whether it fits."""
    ours = Ours(residual(count))
    view = ours.widget
    assert isinstance(view, CanvasView)
    view.resize(*SIZE)
    view.show()
    card = view.canvas.cards[str(count // 2)]
    ours.look_at(SMALLEST, card.x(), card.y())
    settle()
    port = card.port("output", is_input=False)
    assert port is not None
    start = view.mapFromScene(port)

    def move(step: int) -> None:
        at = QPointF(start + QPoint(97 * step % 600, 59 * step % 400))  # never twice the same port
        place, left = view.viewport().mapToGlobal(at), Qt.MouseButton.LeftButton
        kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
        moved = QMouseEvent(kind, at, place, Qt.MouseButton.NoButton, left, none)
        QApplication.sendEvent(view.viewport(), moved)

    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    series = Frames(ours.painted).series([lambda s=s: move(s) for s in range(3, 80)])
    print(f"{f'{count:,} nodes':24} {'drag a wire':18} {series}", flush=True)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.close()


def main() -> int:
    """Print everything."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme.manager().install()
    for count in (100, 500):
        edit_to_shapes(count)
    opening(10_000)
    for count in (1_000, 10_000):
        entering(count)
    print(f"\n{'':24} {'ms a frame':18} {'median':>7} {'95 %':>8}")
    for count in (1_000, 10_000):
        wiring(count)
        frames(f"{count:,} nodes", Ours(residual(count)), places(count))
        frames(f"{count:,} nodes, labels", Ours(residual(count, FAR)), places(count, FAR))
        frames(f"{count:,} repeated blocks", Ours(blocks(count)), places(count))
    if importlib.util.find_spec("NodeGraphQt") is None:
        print("NodeGraphQt is not installed: pip install NodeGraphQt")
        return 0
    from benchmarks.canvas_peer import Peer  # only where it is there

    names = [f"layer{index}" for index in range(1_000)]
    frames("1,000 in NodeGraphQt", Peer(names, places(1_000), edges(1_000)), places(1_000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
