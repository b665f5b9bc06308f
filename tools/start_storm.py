"""Starts the window again and again and presses F5 at a random moment of its first seconds.

``python -m tools.start_storm [STARTS] [--busy N] [--seed S]`` does so while ``N`` busy processes
load the machine, and prints how each start that did not end as it should ended. A start is well
when the run that F5 asked for has told of its first epoch and the window has closed. That is how a
crash was found that came of PyTorch being imported while the window was being built
(``docs/decisions/0018``).
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
WITHIN: Final = 3000
"""Milliseconds after the beginning of the process, within which F5 is pressed."""
_LIMIT: Final = 300
_BUSY: Final = 2
"""Processes that load the machine; none are needed where others do so already."""

START: Final = """
import sys, time
begun = time.monotonic()
at = float(sys.argv[1]) / 1000
import app.cli

def watch():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from app.main_window import MainWindow

    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    trainer = window.trainer
    pressed = []

    def look():
        if not pressed and time.monotonic() - begun >= at and trainer.can_start:
            pressed.append(True)
            window.actions_by_id["train_start"].trigger()
        elif pressed and trainer.is_running and trainer.session.record.epochs:
            trainer.stop()
        elif pressed and trainer.job and not trainer.is_running and not trainer.is_waiting:
            timer.stop()
            print("well" if trainer.session.record.epochs else trainer.session.record.ended)
            window.document.history.setClean()
            window.close()

    timer = QTimer(window, interval=5)
    timer.timeout.connect(look)
    timer.start()

import app.commands.open
import app.main_window

begin = app.main_window.MainWindow.__init__

def made(self, *arguments, **named):
    begin(self, *arguments, **named)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, watch)

app.main_window.MainWindow.__init__ = made
status = app.cli.main(["open", "example:iris-mlp"])
sys.exit(status)
"""


def start(at: float) -> str:
    """Start the window, press F5 ``at`` milliseconds later, and return how that ended: ``well``."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_NUM_THREADS": "1",
            **os.environ,
            "LAYERWEFT_HOME": home,
            "PYTHONFAULTHANDLER": "1",
        }
        try:
            done = subprocess.run(
                [sys.executable, "-c", START, str(at)],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                timeout=_LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "no end"
    if done.returncode == 0 and done.stdout.strip() == "well" and not done.stderr.strip():
        return "well"
    return f"status {done.returncode}: {done.stdout[-500:]}{done.stderr[-3000:]}"


def main() -> int:
    """Do so many starts under load; return 1 where any did not end well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("starts", nargs="?", type=int, default=300)
    parser.add_argument("--busy", type=int, default=_BUSY)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(chosen.busy)
    ]
    outcomes: collections.Counter[str] = collections.Counter()
    try:
        for number in range(chosen.starts):
            at = chance.uniform(0, WITHIN)
            outcome = start(at)
            outcomes[outcome.partition(":")[0]] += 1
            if outcome != "well":
                print(f"start {number}, F5 at {at:.0f} ms: {outcome}", flush=True)
            elif number % 25 == 24:
                print(dict(outcomes), "load average", *os.getloadavg()[:2], flush=True)
    finally:
        for each in busy:
            each.kill()
    print(dict(outcomes))
    return int(set(outcomes) != {"well"})


if __name__ == "__main__":
    sys.exit(main())
