"""``layerweft [FILE]``: the window."""

from __future__ import annotations

import argparse
import sys

from app.commands.project import path_of, read
from app.main_window import run as run_window


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    project = read(arguments.file) if arguments.file else None
    return run_window(project, path_of(arguments.file), sys.argv[:1])
