"""What redrawing the plots of a long run costs, smoothed and zoomed as well.

    python -m benchmarks.plots

Four curves of so many points, to which 15 are added before each redraw, as at 15 redraws a second
and a few milliseconds a step. Prints the CPU time of the slowest third of redraws, and beside it
that of pyqtgraph's own way: all points handed over, with its own downsampling and clipping.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from statistics import quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph
from PySide6.QtWidgets import QApplication

from app.live_panels.plots import LivePlot
from app.live_panels.steps import Steps
from app.look import theme
from app.runs.curves import Curve

CURVES, ADDED, REDRAWS = 4, 15, 30


def grow(curves: list[Curve], count: int) -> None:
    """Append as many noisy points to each curve."""
    for number, curve in enumerate(curves):
        x = np.arange(len(curve), len(curve) + count, dtype=float)
        noise = np.random.default_rng(len(curve) + number).standard_normal(count)
        curve.extend(x, 2 / np.sqrt(1 + x / 1000) + number + 0.1 * noise)


def milliseconds(redraw: Callable[[], None], curves: list[Curve], repeats: int = REDRAWS) -> float:
    """Return the upper tercile of the CPU time of a redraw, painting included."""
    taken = []
    for _ in range(repeats):
        grow(curves, ADDED)
        began = time.process_time()
        redraw()
        QApplication.processEvents()
        taken.append(1000 * (time.process_time() - began))
    return quantiles(taken, n=3)[1]


def ours(points: int, prepare: Callable[[LivePlot, Steps], None]) -> float:
    """Return what a redraw of our plot takes."""
    curves = [Curve() for _ in range(CURVES)]
    grow(curves, points)
    steps = Steps()
    plot = LivePlot(steps=steps)
    plot.resize(600, 300)
    plot.show()
    for number, curve in enumerate(curves):
        plot.show_curve(str(number), curve, number)
    plot.refresh()
    prepare(plot, steps)
    taken = milliseconds(plot.refresh, curves)
    plot.hide()
    return taken


def theirs(points: int) -> float:
    """Return what a redraw takes that hands pyqtgraph every point."""
    curves = [Curve() for _ in range(CURVES)]
    grow(curves, points)
    plot = pyqtgraph.PlotWidget()
    plot.plotItem.setDownsampling(auto=True, mode="peak")
    plot.plotItem.setClipToView(True)
    plot.resize(600, 300)
    plot.show()
    items = [plot.plot() for _ in curves]

    def redraw() -> None:
        for item, curve in zip(items, curves, strict=True):
            item.setData(curve.x, curve.y)

    taken = milliseconds(redraw, curves, repeats=6)
    plot.hide()
    return taken


def main() -> int:
    """Print a row for each length."""
    application = QApplication(sys.argv[:1])
    theme.manager().install()
    print("CPU ms a redraw of four curves")
    print(f"{'points':>9}{'all':>8}{'smoothed':>10}{'zoomed':>8}{'pyqtgraph':>11}{'ratio':>7}")
    for points in (10_000, 100_000, 1_000_000):
        whole = ours(points, lambda plot, steps: None)
        smooth = ours(points, lambda plot, steps: plot.set_smoothing(0.9))
        zoomed = ours(points, lambda plot, steps: steps.choose((5000.0, 7000.0)))
        peer = theirs(points)
        print(
            f"{points:9}{whole:8.1f}{smooth:10.1f}{zoomed:8.1f}{peer:11.1f}{whole / peer:7.2f}",
            flush=True,
        )
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
