"""How long one edit takes in the whole window, until it is painted; and how long opening takes.

./dev bench edits

The window stands as after opening: inspector, problems, code and all else follow each edit. Times
are milliseconds of the window's thread, median and 95th percentile. The network is one of residual
blocks. "argument" changes nothing downstream, "shape" the shapes of all layers behind the middle.
What is left for after the frame is listed as "later". Then another theme and another language.

Machines differ, and one that is busy is slower: so each figure stands once more as a multiple of
what dragging a card of the bare canvas (``benchmarks.canvas_bare``) takes just before, beside the
multiple that the target was when it was set.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
os.environ["LAYERWEFT_HOME"] = tempfile.mkdtemp()

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from app.language.i18n import CHINESE, ENGLISH
from app.look import theme
from app.main_window import MainWindow
from app.settings import SettingsStore
from app.workspaces.kinds import Workspace
from benchmarks.canvas_bare import BareCanvas
from benchmarks.frames import Frames, settle
from benchmarks.networks import edges, places, residual
from graph_model.network import Position, set_arguments

SIZE = (1280, 800)
TIMES = 9
BUSY = 0.03
"""Seconds of processor time in 0.3 seconds above which something is still being done."""
TARGETS = {
    "move": 8,
    "argument": 10,
    **dict.fromkeys(("shape", "undo", "redo", "select", "delete"), 16),
    **dict.fromkeys(("theme", "language"), 100),
}
OPENING = 0.15
"""Milliseconds to open each node."""
BARE_DRAG = 2.3
"""Milliseconds that dragging a card of the bare canvas took where the targets were set."""


class Taken(NamedTuple):
    """Milliseconds until an edit was painted, and those that followed."""

    painted: float
    later: float


class Bare:
    """The bare canvas of as many nodes, to measure the machine by."""

    def __init__(self, count: int) -> None:
        at = places(count)
        self._index, self._place = count // 2, at[count // 2]
        self._canvas = BareCanvas(at, edges(count))
        self._canvas.resize(*SIZE)
        self._canvas.show()
        self._canvas.look_at(1.0, *self._place)
        settle()
        self._timing = Frames(self._canvas.painted)

    def drag(self) -> float:
        """Return the milliseconds that dragging a card takes now."""
        x, y = self._place
        moves = [
            lambda s=step: self._canvas.drag(self._index, x + 8 * (s % 7), y + 3 * s)
            for step in range(2 * TIMES)
        ]
        return median(self._timing.series(moves))

    def close(self) -> None:
        """Take it away."""
        self._canvas.close()


class Bench:
    """A window on a network of so many nodes, and edits near its middle."""

    def __init__(self, count: int) -> None:
        opened = residual(count)
        started = time.thread_time()
        self.window = MainWindow(opened, None, SettingsStore())
        self.window.resize(*SIZE)
        self.window.workspaces.go_to(Workspace.DRAW)
        self.window.show()
        self.view = self.window.canvas
        timing = Frames(self.view.viewport())
        timing.time(lambda: None)
        self.opening = 1000 * (time.thread_time() - started)
        self._timing = timing
        self._count = count
        self._middle = next(
            id
            for id, node in list(opened.network.nodes.items())[count // 2 :]
            if node.kind == "Conv2d"
        )
        quieten()
        card = self.view.canvas.cards[self._middle]
        self.view.zoom_by(1 / self.view.zoom, QPoint(0, 0))
        self.view.centerOn(card.pos())
        settle()

    def edits(self) -> dict[str, Callable[[int], object]]:
        """Return what is done, by name, for each of the times that it is."""
        document, middle = self.window.document, self._middle
        return {
            "move": self._move,
            "argument": lambda turn: document.edit_network(
                set_arguments(document.network, middle, {"bias": turn % 2 == 0}), ""
            ),
            "shape": lambda turn: document.edit_network(
                set_arguments(document.network, middle, {"stride": 1 + (turn + 1) % 2}), ""
            ),
            "undo": lambda _: document.history.undo(),
            "redo": lambda _: document.history.redo(),
            "select": self._select,
            "delete": lambda _: self.view.editing.delete_selected(),
            "theme": lambda _: self.window.appearance.toggle_theme(),
            "language": lambda turn: self.window.appearance.use_language(
                (CHINESE, ENGLISH)[turn % 2]
            ),
        }

    def _move(self, turn: int) -> None:
        at = self.window.document.state.layout[self._middle]
        self.view.editing.place({self._middle: Position(at.x + 8 * (1 - turn % 2 * 2), at.y)})

    def _select(self, turn: int) -> None:
        self.window.selection.set([self._near(turn)])

    def _near(self, turn: int) -> str:
        return str(int(self._middle) + 1 + turn)

    def _prepare(self, name: str, turn: int) -> None:
        """Bring what is selected or deleted into view, or else nothing would be painted."""
        if name in ("select", "delete"):
            self.view.centerOn(self.view.canvas.cards[self._near(turn)].pos())
        if name == "delete":
            self._select(turn)
        quieten()

    def series(self, name: str, edit: Callable[[int], object]) -> list[Taken]:
        """Return how long an edit takes, each of the times."""
        taken = []
        for turn in range(TIMES):
            self._prepare(name, turn)
            painted = self._timing.time(lambda turn=turn: edit(turn))
            started = time.thread_time()
            quieten()
            taken.append(Taken(painted, 1000 * (time.thread_time() - started)))
        return taken

    def close(self) -> None:
        """Take the window away."""
        self.window.document.history.setClean()
        self.window.close()


def quieten() -> None:
    """Let all follow that an edit leaves for later, in this thread and in others."""
    busy = True
    while busy:
        before = time.process_time()
        for _ in range(20):
            QApplication.processEvents()
            time.sleep(0.015)
        busy = time.process_time() - before > BUSY


def rows(counts: list[int]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        f"{'':12}{'nodes':>8}{'median':>9}{'95 %':>9}{'later':>9}{'target':>9}"
        f"{'× bare':>10}{'95 %':>9}{'target':>9}"
    )
    for count in counts:
        bare = Bare(count)
        unit, bench = bare.drag(), Bench(count)
        target = OPENING * count
        figures = f"{bench.opening:9.1f}{'':18}{target:9.0f}"
        yield f"{'open':12}{count:8,}{figures}{_in(unit, bench.opening)}{'':9}{_target(target)}"
        for name, edit in bench.edits().items():
            unit = bare.drag()
            taken = bench.series(name, edit)
            painted = sorted(each.painted for each in taken)
            later, middle = median(each.later for each in taken), median(painted)
            worst = painted[int(0.95 * (len(painted) - 1))]
            figures = f"{middle:9.1f}{worst:9.1f}{later:9.1f}{TARGETS[name]:9}"
            ratios = f"{_in(unit, middle)}{_in(unit, worst)[1:]}{_target(TARGETS[name])}"
            yield f"{name:12}{count:8,}{figures}{ratios}"
        bench.close()
        bare.close()


def _in(unit: float, taken: float) -> str:
    return f"{taken / unit:10.1f}"


def _target(target: float) -> str:
    return f"{target / BARE_DRAG:9.1f}"


def main() -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 5_000, 10_000])
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setFont(theme.ui_font())
    theme.manager().install()
    for row in rows(parser.parse_args().counts):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
