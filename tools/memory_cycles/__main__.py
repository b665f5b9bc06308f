"""Which action leaves something behind, each time that it is done.

``python -m tools.memory_cycles [NAME …] [--rounds N]`` opens the window, does everything there is
in ``cycles.py`` once, so that what is loaded once is there, and then each N times over. It prints
how much is added by a round: of memory in MB, of Python's objects and of Qt's, and of which kinds
of objects there are more after every round. Numbers that are not near nothing are leaks.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.arenas import limit_arenas
from app.main_window import MainWindow
from app.opening import open_window
from tools.memory_cycles.cycles import CYCLES
from tools.memory_cycles.driven import Driven
from tools.memory_cycles.figures import Figures, growing, slopes
from tools.random_session.window import exceptions, note

_MOST_NAMED: Final = 14
_LOOK_EVERY: Final = 3
"""Rounds from one look at what is held to the next: each takes as long as many a round."""


def main() -> int:
    """Repeat what is named; return 1 where an exception was met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*CYCLES, []])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--warm", type=int, default=2, help="rounds before the first figure")
    chosen = parser.parse_args()
    names = chosen.names or list(CYCLES)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "LAYERWEFT_HOME": home}
        driven = Driven(_window(), Path(home))
        driven.until(lambda: driven.window.torch_loader.is_loaded, "PyTorch")
        begin = Figures()
        for name in names:
            CYCLES[name](driven)
        driven.open_nothing()
        now = Figures()
        print(f"all once: {begin.resident:.1f} MB, then {now.resident:.1f} MB", flush=True)
        print(f"{'':18}" + "".join(f"{name:>10}" for name in Figures.NAMES), flush=True)
        for name in names:
            _measure(name, driven, chosen.rounds, chosen.warm)
        driven.open_nothing()
        after = Figures()
        print(f"in the end {after.resident:.1f} MB ({after.resident - now.resident:+.1f})")
        print(f"{len(exceptions)} exceptions", flush=True)
    os._exit(
        bool(exceptions)
    )  # as the window ends: what is still read in a thread is not waited for


def _window() -> MainWindow:
    sys.excepthook = note
    limit_arenas()
    application = QApplication(sys.argv[:1])
    window = open_window(application, None)
    window.resize(1280, 800)
    window.show()
    window.begin()
    return window


def _measure(name: str, driven: Driven, rounds: int, warm: int) -> None:
    """Do a cycle many times and print what each adds."""
    began, told = time.process_time(), []
    for number in range(warm + rounds + 1):
        if number >= warm and (number - warm) % _LOOK_EVERY == 0:
            told.append(Figures())
            for each in told[1:-1]:
                each.forget_kinds()
        CYCLES[name](driven)
    seconds = (time.process_time() - began) / (warm + rounds + 1)
    found = {name: each / _LOOK_EVERY for name, each in slopes(told).items()}
    row = "".join(f"{found[each]:>10.3f}" for each in Figures.NAMES)
    print(f"{name:18}{row}   {seconds:.1f} s", flush=True)
    for what in ("kinds", "remembered"):
        first, last = (getattr(each, what) for each in (told[0], told[-1]))
        more = list(growing(first, last, rounds).items())[:_MOST_NAMED]
        if more:
            print(f"    {what}: {', '.join(f'{name} +{count:.1f}' for name, count in more)}")


if __name__ == "__main__":
    sys.exit(main())
