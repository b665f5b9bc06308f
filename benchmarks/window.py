"""The window while it trains: how late its event loop is, and what it costs the training.

    python -m benchmarks.window

Trains the two models of ``benchmarks.training`` from the training tab of a real window, with its
plots redrawn, and beside that without a window, in turns. Prints the delay of the window's event
loop (a 5 ms heartbeat, from the first step to the last) and the throughput relative to headless.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LAYERWEFT_HOME"] = tempfile.mkdtemp()

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.look import theme
from app.main_window import MainWindow
from app.runs.events import EpochEnded
from app.runs.record import Record
from app.settings import SettingsStore
from app.training.control import Control
from app.training.engine import train
from app.workspaces.kinds import Workspace
from benchmarks.training import CASES, Case

HEARTBEAT = 5
"""Milliseconds between two beats."""
ROUNDS = 3


class Heart:
    """Notes how late each beat of a timer in the window's event loop is."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=HEARTBEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to listen."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.delays.append(max(0.0, 1000 * (now - self._last) - HEARTBEAT))
        self._last = now


def in_window(application: QApplication, case: Case) -> tuple[Record, list[float]]:
    """Train a case in a window; return what the run told and the delays in milliseconds."""
    window = MainWindow(case.job().project, None, SettingsStore())
    window.resize(1280, 800)
    window.show()
    training, heart = window.trainer, Heart()
    window.workspaces.go_to(Workspace.TRAIN)
    session = training.session
    session.progressed.connect(
        lambda: heart.start() if not heart.delays and session.record.step else None
    )
    session.ended.connect(lambda _: (heart.stop(), application.quit()))
    waiting = QTimer(interval=20)  # for the data, which is read in the background
    waiting.timeout.connect(
        lambda: (waiting.stop(), training.start()) if training.can_start else None
    )
    waiting.start()
    application.exec()
    record = session.record
    window.document.history.setClean()  # nothing to be asked about
    window.close()
    window.deleteLater()
    application.processEvents()
    return record, heart.delays


def headless(case: Case) -> Record:
    """Train a case without a window; return what the run told."""
    record = Record()
    for event in train(case.job(), Control()):
        record.add(event)
    return record


def speed(record: Record) -> float:
    """Return the samples a second of a typical epoch, the first left out."""
    epochs: list[EpochEnded] = record.epochs[1:] or record.epochs
    return median(epoch.samples_per_second for epoch in epochs)


def main() -> int:
    """Run both cases in turns and print a row for each."""
    application = QApplication(sys.argv[:1])
    theme.manager().install()
    print(f"{'model':8} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'of headless speed':>18}")
    for case in CASES:
        delays: list[float] = []
        ratios = []
        for _ in range(ROUNDS):
            alone = headless(case)
            record, late = in_window(application, case)
            delays += late
            ratios.append(speed(record) / speed(alone))
        p50, p99 = np.percentile(delays, (50, 99))
        print(
            f"{case.name:8} {p50:8.2f} {p99:8.2f} {max(delays):8.2f} {median(ratios):17.0%}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
