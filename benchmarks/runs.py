"""How soon the list of 10,000 kept runs is there, with an index beside them and without one.

    python -m benchmarks.runs [--runs N] [--epochs N]

Keeps runs in a temporary home and opens their list in processes of its own, the fastest of three
counts. Prints the CPU time until the first rows are there and until all are, and its ratio to a
bare loop that asks for the times of the folders. The aim: all runs of 2 epochs within 2 s of CPU
time at the first opening, when nothing is remembered of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.app.runs.kept import keep_run

TARGET: Final = 2.0
_TIMES: Final = 3


def main() -> int:
    """Measure both openings; return 1 where the first one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--open", action="store_true")
    chosen = parser.parse_args()
    if chosen.open:
        _open(chosen.runs)
    with tempfile.TemporaryDirectory() as home:
        _keep(Path(home, "runs"), chosen.runs, chosen.epochs)
        index = Path(home, "runs", "runs-index.json")
        bare = min(_bare(Path(home, "runs")) for _ in range(_TIMES))
        print(f"bare loop of stat  {bare:6.3f} s")
        worst = 0.0
        for title in ("first opening", "later opening"):
            figures = []
            for _ in range(_TIMES):
                if title == "first opening":
                    index.unlink(missing_ok=True)
                figures.append(_measured(home, chosen.runs))
            some, whole = min(figures, key=lambda each: each[1])
            print(f"{title:18} {some:6.3f} s to rows, {whole:6.3f} s to all: {whole / bare:.0f} ×")
            worst = max(worst, whole)
    return int(worst > TARGET)


def _keep(folder: Path, count: int, epochs: int) -> None:
    losses = tuple(1 / (number + 1) for number in range(epochs))
    for number in range(count):
        clock = f"{number // 3600:02d}.{number // 60 % 60:02d}.{number % 60:02d}"
        settings = {"lr": str(1e-5 * (number + 1)), "seed": str(number)}
        keep_run(folder / f"2026-01-02 {clock} Net", losses, settings)


def _bare(folder: Path) -> float:
    began = time.process_time()
    for name in os.listdir(folder):  # noqa: PTH208
        os.stat(f"{folder}/{name}")  # noqa: PTH116
    return time.process_time() - began


def _measured(home: str, count: int) -> tuple[float, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAYERWEFT_HOME": home}
    command = [sys.executable, "-m", "benchmarks.runs", "--open", "--runs", str(count)]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    some, whole = map(float, told.stdout.split())
    return some, whole


def _open(count: int) -> None:
    """Open the list, tell when its rows were there, and end the process."""
    from PySide6.QtWidgets import QApplication

    from app.garbage import take_over
    from app.project.document import Document
    from app.runs.folder import runs_folder
    from app.runs_panel.panel import RunsPanel
    from app.settings import SettingsStore
    from app.widgets.arrangement import Arrangement
    from graph_model.network import empty_project

    application = QApplication(sys.argv[:1])
    take_over()
    store = SettingsStore(runs_folder().parent / "settings.json")
    panel = RunsPanel(Document(empty_project()), Arrangement(store))
    panel.resize(1200, 800)
    panel.show()
    application.processEvents()
    began, some = time.process_time(), 0.0
    while len(panel.list.runs) < count:
        application.processEvents()
        time.sleep(0.001)
        if panel.list.runs and not some:
            some = time.process_time() - began
    print(some, time.process_time() - began, flush=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
