"""How long until the window can be used, beside how long importing torch alone takes.

``python benchmarks/startup.py [RUNS]`` starts a fresh process for each figure, the two in turn,
and prints the medians. "Painted" is the first frame of the window on the screen; "live" is when
the shapes of the example are inferred and its code is shown. Both find their byte code in a cache,
as after an installation: one start that is not counted fills it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

WINDOW = """
import time; start = time.perf_counter()
import sys
from app.late import imports
with imports():
    import app.commands.open  # as the command line does
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from app.commands.project import open_project
from app.opening import open_window
application = QApplication([])
window = open_window(application, open_project("example:digits-resnet"))
application.processEvents()
window.grab()
painted = time.perf_counter() - start
while not (window.bottom.code.is_settled and window.bottom.code.text):
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
live = time.perf_counter() - start
assert "torch" not in sys.modules
print(painted, live)
window.close()
"""

TORCH = """
import time; start = time.perf_counter()
import torch
print(time.perf_counter() - start)
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
    windows, torches = [], []
    with tempfile.TemporaryDirectory() as cache:
        for counts in (False, *[True] * runs):
            window, torch_alone = seconds(WINDOW, cache), seconds(TORCH, cache)[0]
            if counts:
                windows.append(window)
                torches.append(torch_alone)
    torch = statistics.median(torches)
    print(f"{'':24}{'s':>8}{'of torch':>10}")
    print(f"{'import torch':24}{torch:8.2f}{1:10.2f}")
    for place, name in enumerate(("window painted", "shapes and code live")):
        median = statistics.median(run[place] for run in windows)
        print(f"{name:24}{median:8.2f}{median / torch:10.2f}")


if __name__ == "__main__":
    main()
