"""What a board of all panels costs while a long run is watched: memory, and time for each redraw.

    python -m benchmarks.board [--steps N]

A run of so many steps is told one step at a time, as where steps are slow, with what observers see
of 100 weights and 50 layers at every tenth of them. Prints how much memory the run takes, with its
board, and the processor time of a redraw of each panel, painting included: the upper tercile.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from statistics import quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psutil
from PySide6.QtWidgets import QApplication

from app.live_panels.board import Board
from app.live_panels.kinds import KINDS, Circumstances
from app.look import theme
from app.runs.events import EpochEnded, Event, Load, Observed, Started, Steps
from app.runs.record import Record
from app.widgets.arrangement import Arrangement

MOST_MEMORY, MOST_TIME = 150, 5.0
_REDRAWS = 30
_PER_EPOCH = 1000
_LOOKED_AT = 10


def events(first: int, last: int) -> Iterator[Event]:
    """Yield what a run tells of some steps."""
    random = np.random.default_rng(first)
    for step in range(first, last):
        loss = 2 / np.sqrt(1 + step / 1000) + 0.1 * random.standard_normal()
        yield Steps(step, (float(loss),), 0.1, 1000.0 + step % 7)
        if step % _LOOKED_AT == 0:
            yield _observed(step, random)
            yield Load(1e9 + step, 0.5)
        if step % _PER_EPOCH == 0:
            figures = {"loss": float(loss), "accuracy": 0.9}
            yield EpochEnded(step // _PER_EPOCH, step, figures, figures, 0.1, 1000.0, 1.0, False)


def _observed(step: int, random: np.random.Generator) -> Observed:
    weights = {f"layer{number}.weight": float(random.random()) for number in range(100)}
    layers = {f"layer{number}": float(random.random()) for number in range(50)}
    counts, edges = np.histogram(random.standard_normal(500), 64)
    told = {"layer0": (float(edges[0]), float(edges[-1]), *counts.tolist())}
    seen = {
        "gradient_norm": weights,
        "unclipped_norm": weights,
        "update_ratio": weights,
        "activation_zeros": layers,
        "activation_deviation": layers,
        "activation_mean": layers,
        "seconds": dict.fromkeys(("data", "forward", "backward", "optimizer"), 0.01),
        "sizes": layers,
    }
    return Observed(step, seen, {"weights": told, "gradients": told, "outputs": told})


def main() -> None:
    """Print memory and times."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--steps", type=int, default=1_000_000)
    steps = parser.parse_args().steps
    application = QApplication(sys.argv[:1])
    theme.manager().install()
    board = Board(Arrangement(), "board")
    board.follow_circumstances(Circumstances(is_live=True))
    for name in KINDS:
        if name not in board.places.panels:
            board.add(name)
    board.resize(1400, 1200)
    board.show()
    application.processEvents()
    before = psutil.Process().memory_info().rss
    record = Record()
    record.add(Started("cpu", 10_000, 2 * steps // _PER_EPOCH, _PER_EPOCH, 32_000, 100, 100))
    for event in events(1, steps):
        record.add(event)
    board.show_record(record)
    board.smooth(0.9)
    application.processEvents()
    taken = (psutil.Process().memory_info().rss - before) / 2**20
    mark = f"  above {MOST_MEMORY}" if taken > MOST_MEMORY else ""
    print(f"{steps} steps take {taken:.0f} MB, with their board{mark}")
    times: dict[str, list[float]] = {name: [] for name in board.places.panels}
    for number in range(_REDRAWS):
        for event in events(steps + 15 * number, steps + 15 * (number + 1)):
            record.add(event)
        names = {id(board.panel(name)): name for name in times}
        for panel in board.begin_round():
            began = time.process_time()
            panel.refresh()
            application.processEvents()
            times[names[id(panel)]].append(1000 * (time.process_time() - began))
    for name, of_panel in times.items():
        tercile = quantiles(of_panel, n=3)[1]
        print(f"{name:12}{tercile:6.1f} ms{f'  above {MOST_TIME}' if tercile > MOST_TIME else ''}")
    board.hide()


if __name__ == "__main__":
    main()
