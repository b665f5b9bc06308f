"""How long until the window can be used, beside a bare window of PySide6 and importing torch.

``python benchmarks/startup.py [RUNS]`` starts a fresh process for each figure, all in turn, and
prints the processor time since the start of the process, the least of all runs: the window as
``layerweft example:digits-resnet`` opens it. "Painted" is when
the first frame of the window is on the screen, with the network and all panels in their places;
the next one has what the panels hold. "Live" is when the code of the example is shown. All find
their byte code in a cache, as after an installation: one start that is not counted fills it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

WINDOW = """
import sys, time
import app.cli
with app.cli.imports():
    import app.commands.open  # as the command line does next
from PySide6.QtCore import QTimer
from app.main_window import MainWindow
from app.widgets.first_paint import AfterFirstPaint
begin, taken = MainWindow.begin, []

def note():
    taken.append(time.process_time())

def begun(window):
    note()
    AfterFirstPaint(window.bottom, note)
    looks = QTimer(window, interval=2)
    looks.timeout.connect(lambda: look(window))
    looks.start()
    begin(window)

def look(window):
    if len(taken) == 2 and window.bottom.code.is_settled and window.bottom.code.text:
        note()
        assert "torch" not in sys.modules
        print(*taken)
        window.close()

MainWindow.begin = begun
app.cli.main(["example:digits-resnet"])
"""

BARE = """
import time
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QMainWindow
from app.widgets.first_paint import AfterFirstPaint
application = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
times = []
AfterFirstPaint(window, lambda: times.append(time.process_time()))
while not times:
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
print(times[0])
"""

TORCH = """
import time, torch
print(time.process_time())
"""


def seconds(script: str, cache: str) -> list[float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "QT_QPA_PLATFORM": "offscreen",
            **os.environ,
            "LAYERWEFT_HOME": home,
            "PYTHONPYCACHEPREFIX": cache,
            "PYTHONDONTWRITEBYTECODE": "",
        }
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    scripts = {"bare": BARE, "window": WINDOW, "torch": TORCH}
    taken: dict[str, list[list[float]]] = {name: [] for name in scripts}
    with tempfile.TemporaryDirectory() as cache:
        for counts in (False, *[True] * runs):
            for name, script in scripts.items():
                found = seconds(script, cache)
                if counts:
                    taken[name].append(found)
    bare, painted, filled, live, torch = (
        min(run[place] for run in taken[name])
        for name, place in (
            ("bare", 0),
            ("window", 0),
            ("window", 1),
            ("window", 2),
            ("torch", 0),
        )
    )
    print(f"{'':24}{'s':>8}{'of bare':>10}")
    for name, least in (
        ("bare window painted", bare),
        ("window painted", painted),
        ("its panels painted", filled),
        ("code live", live),
        ("import torch", torch),
    ):
        print(f"{name:24}{least:8.2f}{least / bare:10.2f}")


if __name__ == "__main__":
    main()
