"""``layerweft [FILE]``: the window."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile

import app.unhooked  # noqa: F401
from app.commands import UsageError
from app.commands.project import open_project
from app.opening import run as run_window
from app.settings import home


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    opened = open_project(arguments.file) if arguments.file else None
    if not has_display():
        raise UsageError(
            "There is no display for a window. “layerweft demo” trains an example without one; "
            "“layerweft --help” lists what else does."
        )
    _need_home()
    return run_window(opened, sys.argv[:1])


def _need_home() -> None:
    """Make the folder for settings, runs and recovery; without it unsaved work could be lost."""
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(
            f"{folder}, where settings, runs and unsaved work are kept, cannot be written: "
            f"{error.strerror}. Set LAYERWEFT_HOME to a folder that can be."
        ) from None


def has_display() -> bool:
    """Tell whether there is a screen to open a window on, or Qt was told of another place."""
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
