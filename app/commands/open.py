"""``layerweft [FILE]``: the window."""

from __future__ import annotations

import argparse
import os
import sys

from app.commands import UsageError
from app.commands.project import path_of, read
from app.main_window import run as run_window


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    project = read(arguments.file) if arguments.file else None
    if not has_display():
        raise UsageError(
            "There is no display for a window. “layerweft demo” trains an example without one; "
            "“layerweft --help” lists what else does."
        )
    return run_window(project, path_of(arguments.file), sys.argv[:1])


def has_display() -> bool:
    """Tell whether there is a screen to open a window on, or Qt was told of another place."""
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
