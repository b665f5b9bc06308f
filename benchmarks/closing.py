"""How soon the window's process is over once it is asked to close, in the midst of a run.

    python -m benchmarks.closing [--times N] [CASES]

Opens a window in a process of its own, starts a run, in a thread of the window or in a process of
its own, and closes the window while it trains, waits, is evaluated, or reads its data. Prints the
seconds from the request to the end of the process: the median and the longest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, NoReturn

from benchmarks.training import CASES, chain
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe

if TYPE_CHECKING:
    from app.runs.record import Record
    from app.training_panel.trainer import Trainer

MOMENTS: Final = ("training", "paused", "evaluating", "reading", "previewing")
WAYS: Final = ("thread", "process")
TARGET: Final = 1.0
_ROWS, _TIMES = 6000, 1000
_SOME: Final = 0.1
"""The share of the data that is read when the window is closed."""
_LOOK_EVERY: Final = 5
"""Milliseconds between looks at whether the moment has come."""


def measure(case: str, way: str, moment: str, home: Path) -> float:
    """Return the seconds from the request to the end of the process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LAYERWEFT_HOME": str(home)}
    command = [sys.executable, "-m", "benchmarks.closing", "--window", case, way, moment, str(home)]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return time.monotonic() - float(told.stdout)


def window(case: str, way: str, moment: str, home: Path) -> NoReturn:
    """Open a window, start a run in it, and close it at this moment."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMessageBox

    from app.arenas import limit_arenas
    from app.opening import end_process, open_window
    from app.project.opened import Opened

    limit_arenas()
    application = QApplication(sys.argv[:1])
    QMessageBox.question = lambda *_: QMessageBox.StandardButton.Yes  # type: ignore[method-assign,assignment]
    shown = open_window(application, Opened(_project(case, moment, home)))
    shown.begin()
    trainer = shown.trainer
    trainer.is_isolated = way == "process"
    has_come = _moments(trainer)[moment]

    def look() -> None:
        if not trainer.is_running and not trainer.is_waiting and trainer.can_start:
            trainer.start()
        if has_come():
            timer.stop()
            print(time.monotonic(), flush=True)
            shown.document.history.setClean()
            shown.close()

    timer = QTimer(interval=_LOOK_EVERY)
    timer.timeout.connect(look)
    timer.start()
    end_process(application.exec())


def _moments(trainer: Trainer) -> dict[str, Callable[[], bool]]:
    """Return for each moment whether it has come."""
    session = trainer.session

    def is_paused() -> bool:
        if session.record.step and not trainer.is_paused:
            session.pause()
        return trainer.is_paused and session.record.step > 0

    return {
        "training": lambda: session.record.step > 0,
        "paused": is_paused,
        "evaluating": lambda: _is_evaluated(session.record),
        "reading": lambda: trainer.is_running and session.record.started is None,
        "previewing": lambda: (trainer.watch.done or 0) > _SOME,
    }


def _is_evaluated(record: Record) -> bool:
    begun = record.started
    done = begun.steps_per_epoch * len(record.epochs) if begun else 0
    return begun is not None and record.step == done + begun.steps_per_epoch


def _project(case: str, moment: str, home: Path) -> Project:
    """Return a project whose run, or its data, takes much longer than a second at this moment."""
    if moment in ("reading", "previewing"):
        recipe = Recipe(Choice("csv", {"path": str(_table(home)), "target": "kind"}), epochs=1000)
        network = chain(
            ("Input", {"shape": ("N", 4)}), ("Linear", {"out_features": 3}), ("Output", {})
        )
        return Project({"main": network}, "main", recipe=recipe)
    project = next(each for each in CASES if each.name == case).job().project
    recipe = replace(project.recipe, epochs=1000, batch_size=8)
    if moment == "evaluating":
        recipe = replace(recipe, batch_size=1, validation_fraction=0.8)
    return replace(project, recipe=recipe)


def _table(home: Path) -> Path:
    """Return a file with a large table, written where it is not there yet."""
    path = home.parent / "large.csv"
    if not path.is_file():
        rows = "".join(f"{n % 7},{n % 11}.5,{n % 13},{n},{'abc'[n % 3]}\n" for n in range(_ROWS))
        path.write_text("a,b,c,d,kind\n" + rows * _TIMES)
    return path


def main() -> int:
    """Measure all, or some; return 1 where one took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("moments", nargs="*")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--window", nargs=4, metavar=("CASE", "WAY", "MOMENT", "HOME"))
    chosen = parser.parse_args()
    if chosen.window:
        case, way, moment, home = chosen.window
        window(case, way, moment, Path(home))
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for moment, case, way in product(chosen.moments or MOMENTS, ("MLP", "CNN"), WAYS):
            if moment in ("reading", "previewing") and case == "CNN":
                continue  # of which the network knows nothing
            taken = [measure(case, way, moment, _home(folder)) for _ in range(chosen.times)]
            print(f"{moment:11} {case} {way:7} {median(taken):5.2f} s, at most {max(taken):5.2f}")
            worst = max(worst, *taken)
    return int(worst > TARGET)


def _home(folder: str) -> Path:
    """Return a folder of one's own for settings and runs."""
    return Path(tempfile.mkdtemp(dir=folder))


if __name__ == "__main__":
    sys.exit(main())
