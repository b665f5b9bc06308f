"""A storm of kills over the editor: how much of the work does a crash take?

``python -m tools.kill_storm [KILLS] [--nodes N] [--seed S]`` opens a window offscreen, edits in it
at a random rhythm (0.1 to 3 s between edits), kills it at a random moment, reads what the recovery
journal holds, and prints how old the oldest edit was that is not in there. A second is the limit.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Final

from graph_model.files.journal import left_behind

ROOT: Final = Path(__file__).resolve().parent.parent
LIMIT: Final = 1.0
"""Seconds of work that a crash may take."""
_RHYTHMS: Final = (0.1, 3.0)
_EDITS_BEFORE: Final = 12
"""At most so many edits come before the kill."""

_EDITOR: Final = """
import random, sys, time
from dataclasses import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.opening import open_window
from app.project.opened import Opened
from graph_model.network import Network, Node, Project

rhythm, nodes, chance = float(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])
drawn = Network("main", "0", {f"n{i}": Node(f"n{i}", "ReLU", f"relu{i}") for i in range(nodes)})
application = QApplication([])
window = open_window(application, Opened(Project({"main": drawn}, "main")))
count = 0

def edit():
    global count
    count += 1
    print(count, time.monotonic(), flush=True)
    window.document.edit_network(replace(window.document.network, name=str(count)), "Edit")
    QTimer.singleShot(round(1000 * rhythm * chance.uniform(0.5, 1.5)), edit)

QTimer.singleShot(0, window.begin)  # as after the first picture of any window
QTimer.singleShot(0, edit)
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """What became of one editor: its edits, how many of them were kept, and what was lost.

    ``seconds_lost`` is the age of the oldest edit that was lost; 0 where none was.
    """

    rhythm: float
    edits: int
    kept: int
    seconds_lost: float


@contextmanager
def editor(rhythm: float, nodes: int, seed: int, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a window that edits by itself, telling of each edit and when it began, and kill it."""
    own = {"LAYERWEFT_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _EDITOR, str(rhythm), str(nodes), str(seed)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def kill_one(rhythm: float, edits: int, delay: float, nodes: int, seed: int) -> Kill:
    """Kill an editor ``delay`` seconds after it has begun so many edits, and look at the loss."""
    with tempfile.TemporaryDirectory() as folder:
        begun: list[float] = []
        with editor(rhythm, nodes, seed, Path(folder)) as process:
            assert process.stdout is not None
            while len(begun) < edits:
                begun.append(float(process.stdout.readline().split()[1]))
            time.sleep(delay)
            killed = time.monotonic()
            process.kill()
            begun += [float(line.split()[1]) for line in process.stdout if line.endswith("\n")]
        kept = kept_edits(Path(folder) / "recovery")
    lost = killed - begun[kept] if kept < len(begun) else 0.0
    return Kill(rhythm, len(begun), kept, max(0.0, lost))


def kept_edits(journal: Path) -> int:
    """Return the number of the last edit that a journal holds, 0 where it holds none."""
    found = left_behind(journal)
    for entry in found:
        entry.keep()
    return int(found[0].project.network.name) if found else 0


def main() -> int:
    """Kill many, print each loss and the worst one; return 1 where it is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--nodes", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    done: list[Kill] = []
    for number in range(chosen.kills):
        rhythm = exp(chance.uniform(*map(log, _RHYTHMS)))  # as many quick ones as slow ones
        edits = chance.randint(1, max(2, min(_EDITS_BEFORE, round(8 / rhythm))))
        delay = chance.uniform(0, 1.5 * rhythm)
        kill = kill_one(rhythm, edits, delay, chosen.nodes, number)
        done.append(kill)
        print(
            f"{number + 1:4}  an edit every {rhythm:.1f} s: {kill.kept} of {kill.edits} kept, "
            f"{kill.seconds_lost:.2f} s lost",
            flush=True,
        )
    lost = sorted(kill.seconds_lost for kill in done)
    print(f"{len(done)} kills; lost at most {lost[-1]:.2f} s, median {lost[len(lost) // 2]:.2f} s;")
    print(f"{sum(each > LIMIT for each in lost)} of them lost more than {LIMIT:g} s")
    return int(lost[-1] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
