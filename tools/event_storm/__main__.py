"""Random events for every widget, with edits in the midst of them, and the exceptions that follow.

``python -m tools.event_storm [ACTIONS] [--seed S]`` opens the window without a screen and sends it
mouse, keys, drags and edits as they come, mostly without letting it come to rest: so it paints,
hovers and drops what an edit has just taken away. Each exception is printed once; any ends with
status 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import re
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LAYERWEFT_HOME", tempfile.mkdtemp())

from PySide6.QtWidgets import QApplication, QFileDialog

from app.opening import open_window
from tools.event_storm.edits import small
from tools.event_storm.events import Events

_OURS: Final = re.compile("/(app|codegen|graph_model)/")
_HUNG_AFTER: Final = 400
"""Seconds without progress after which the stacks of all threads are written."""


class Exceptions:
    """What was raised where nobody catches it, each kind once."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.doing = ""
        """What was done last."""

    def note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take note of one, and print it where it is new."""
        frames = traceback.extract_tb(trace)
        ours = [(each.filename, each.name) for each in frames if _OURS.search(each.filename)]
        key = f"{kind.__name__} {ours[-2:]}"
        if key not in self.kinds:
            told = "".join(traceback.format_exception(kind, error, trace))
            self.kinds[key] = told
            print(f"--- {self.doing}\n{told}", flush=True)


def storm(actions: int, seed: int, told: Exceptions) -> None:
    """Open a window and do so many things to it."""
    chance = random.Random(seed)
    application = QApplication.instance() or QApplication(["layerweft"])
    assert isinstance(application, QApplication)
    folder = tempfile.mkdtemp()

    def name(*_: object, **__: object) -> tuple[str, str]:
        return chance.choice(["", str(Path(folder) / f"{chance.randint(1, 3)}.weft")]), ""

    QFileDialog.getOpenFileName = QFileDialog.getSaveFileName = name  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = lambda *_, **__: chance.choice(["", folder])  # type: ignore[method-assign]
    window = open_window(application, None)
    window.resize(1280, 800)
    QApplication.processEvents()
    window.begin()
    window.document.open(small(chance))
    work = Events(window, chance)
    for number in range(actions):
        try:
            told.doing = work.act()
        except Exception as error:  # raised in what the event was sent to, handed on by PySide
            told.note(type(error), error, error.__traceback__)
        if number % 500 == 499:
            print(f"{number + 1} actions", flush=True)
        if number % 100 == 99:
            QApplication.processEvents()
            faulthandler.dump_traceback_later(_HUNG_AFTER, exit=True)
    work.stop()
    window.document.history.setClean()
    window.close()
    for _ in range(20):
        QApplication.processEvents()


def main() -> int:
    """Do it; return 1 where something was raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("actions", nargs="?", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    faulthandler.enable()
    told = Exceptions()
    sys.excepthook = told.note
    threading.excepthook = lambda of: told.note(
        of.exc_type, of.exc_value or RuntimeError(), of.exc_traceback
    )
    storm(chosen.actions, chosen.seed, told)
    print(f"{len(told.kinds)} kinds of exceptions, seed {chosen.seed}", flush=True)
    sys.stdout.flush()
    os._exit(int(bool(told.kinds)))


if __name__ == "__main__":
    sys.exit(main())
