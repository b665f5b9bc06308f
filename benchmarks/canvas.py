"""How fast the canvas is: frames at 1,000 and 10,000 nodes beside a bare one, opening, edits.

./dev bench canvas

NodeGraphQt is measured where it is installed (``pip install NodeGraphQt``). Times are milliseconds
of CPU time, median and 95th percentile; the view is 1400 × 900 pixels. The bare canvas is that of
``benchmarks.canvas_bare``, asked in turns with ours. A first round is not counted, in which both
draw their pictures: what it takes of ours is told below, as is painting all sharp once the zoom is
at rest. ``python -m benchmarks.canvas frames 5000`` prints only the ratios, of so many nodes.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable, Sequence
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
from benchmarks.canvas_bare import BareCanvas
from benchmarks.frames import Frames, middle_and_worst, settle
from benchmarks.networks import FAR, NEAR, blocks, edges, places, residual
from graph_model.network import (
    Position,
    Project,
    set_arguments,
)

SIZE = (1400, 900)
FARTHEST = 0.04
"""The zoom beyond which ours goes no farther, so that the bare canvas is not asked to either."""
SMALLEST = 0.36
"""The zoom, about, at which most cards are in view, each with its ports."""
COUNTS = (1_000, 5_000, 10_000)
EDITS = 9
ROUNDS = 3
TARGETS = {"pan": 2.0, "drag": 2.0, "zoom": 1.5, "pan, all in view": 1.3}
"""How many times as long as the bare canvas ours may take."""


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

    def at_rest(self, timing: Frames) -> list[float]:
        """Return how long it takes to paint all sharp after the zoom has passed some places."""
        taken = []
        for zoom in (0.8, 0.6, 0.45, 0.36, 0.28, 0.2):
            self._view.zoom_by(zoom / self._view.zoom, QPoint(SIZE[0] // 2, SIZE[1] // 2))
            timing.time(lambda: None)
            centre = self._view.area().center()
            taken.append(timing.time(lambda z=zoom, at=centre: self._view.look_at(z, at)))
        return taken


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


def changes(
    canvas: Canvas, at: Sequence[tuple[float, float]]
) -> dict[str, tuple[Callable[[], object], Sequence[Callable[[], object]]]]:
    """Return by name how the canvas is made ready, and the changes to be painted one by one."""
    width, height = (max(each[axis] for each in at) + 300 for axis in (0, 1))
    whole = max(FARTHEST, min(SIZE[0] / width, SIZE[1] / height, 1.0))
    middle = min(
        range(len(at)), key=lambda i: abs(at[i][0] - width / 2) + abs(at[i][1] - height / 2)
    )
    x, y = at[middle]
    zooms = [whole ** (step / 15) for step in range(1, 16)]

    def swing(step: int) -> int:
        return 1 if step // 20 % 2 == 0 else -1

    def near() -> None:
        canvas.drag(middle, x, y)
        canvas.look_at(1.0, x, y)

    return {
        "pan": (near, [lambda s=s: canvas.pan(9 * swing(s), 5 * swing(s)) for s in range(60)]),
        "drag": (
            near,
            [lambda s=s: canvas.drag(middle, x + 8 * (s % 7), y + 3 * s) for s in range(60)],
        ),
        "zoom": (near, [lambda z=z: canvas.look_at(z, x, y) for z in (*zooms, *zooms[::-1])]),
        "pan, all in view": (
            lambda: canvas.look_at(whole, width / 2, height / 2),
            [lambda s=s: canvas.pan(6 * swing(s), 2) for s in range(30)],
        ),
    }


def frames(title: str, canvas: Canvas, bare: Canvas, at: Sequence[tuple[float, float]]) -> None:
    """Print how long frames take at zoom 1, while zooming, and with all in view.

    Beside each stands how many times as long as those of the bare canvas they take, which is asked
    in turns.
    """
    timings = []
    for each in (canvas, bare):
        each.widget.resize(*SIZE)
        each.widget.show()
        settle()
        timings.append((Frames(each.painted), changes(each, at)))
    for name in timings[0][1]:
        taken: list[list[float]] = [[], []]
        first: list[float] = []
        for turn in range(ROUNDS + 1):
            for own, (timing, offered) in zip(taken, timings, strict=True):
                ready, steps = offered[name]
                ready()
                found = timing.series(steps)
                own += found if turn else []
                first = first or found
        (mid, worst), (bare_mid, bare_worst) = map(middle_and_worst, taken)
        print(
            f"{title:24} {name:18} {mid:7.2f} {worst:8.2f} {mid / bare_mid:9.2f} "
            f"{worst / bare_worst:8.2f} {TARGETS[name]:9}",
            flush=True,
        )
        if name == "zoom":
            beside(title, "… the first time", first)
    if isinstance(canvas, Ours):
        beside(title, "… sharp at rest", canvas.at_rest(timings[0][0]))
    canvas.widget.close()
    bare.widget.close()


def beside(title: str, name: str, taken: Sequence[float]) -> None:
    """Print what the bare canvas has nothing like."""
    middle, worst = middle_and_worst(taken)
    print(f"{title:24} {name:18} {middle:7.2f} {worst:8.2f}", flush=True)


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
    middle, worst = middle_and_worst(series)
    print(f"{f'{count:,} nodes':24} {'drag a wire':18} {middle:7.2f} {worst:8.2f}", flush=True)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.close()


def ratios(counts: Sequence[int]) -> None:
    """Print how long frames take of networks of each shape, beside the bare canvas."""
    head = f"{'median':>7} {'95 %':>8} {'÷ bare':>9} {'95 %':>8} {'target':>9}"
    print(f"\n{'':24} {'ms a frame':18} {head}")
    for count in counts:
        wiring(count)
        for title, project, down in (
            (f"{count:,} nodes", residual(count), NEAR),
            (f"{count:,} nodes, labels", residual(count, FAR), FAR),
            (f"{count:,} repeated blocks", blocks(count), NEAR),
        ):
            at = places(count, down)
            joined = [
                (int(edge.source.node), int(edge.target.node))
                for edge in project.network.edges.values()
            ]
            frames(title, Ours(project), BareCanvas(at, joined), at)


def main() -> int:
    """Print everything, or only the ratios."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme.manager().install()
    if sys.argv[1:2] == ["frames"]:
        ratios([int(each) for each in sys.argv[2:]] or COUNTS)
        return 0
    for count in (100, 500):
        edit_to_shapes(count)
    opening(10_000)
    for count in (1_000, 10_000):
        entering(count)
    ratios(COUNTS)
    if importlib.util.find_spec("NodeGraphQt") is None:
        print("NodeGraphQt is not installed: pip install NodeGraphQt")
        return 0
    from benchmarks.canvas_peer import Peer  # only where it is there

    names = [f"layer{index}" for index in range(1_000)]
    at = places(1_000)
    peer = Peer(names, at, edges(1_000))
    frames("1,000 in NodeGraphQt", peer, BareCanvas(at, edges(1_000)), at)
    return 0


if __name__ == "__main__":
    sys.exit(main())
