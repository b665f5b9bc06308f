"""``layerweft import module``: somebody's own module runs, once it may, and becomes a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import UsageError, archive_import
from app.commands.importing import parted, text_of
from app.permission import allow, known_here
from app.source_import.modules import ModuleRun, asked_for
from graph_model.problems import Refusal


def run(arguments: argparse.Namespace) -> int:
    """Run the module of a file, tell what became of it, and write the project and its weights."""
    name, expression = parted(arguments.file)
    path = Path(name)
    text = text_of(path)
    try:
        asked = asked_for(text, path, expression, arguments.input or (), arguments.argument or ())
    except Refusal as refusal:
        return archive_import.tell(arguments, path, refusal.problem)
    if arguments.allow:
        _allow(text)
    run_of_it = ModuleRun(asked, known_here(), arguments.seconds)
    return archive_import.tell(arguments, path, run_of_it.found())


def _allow(text: str) -> None:
    try:
        allow(text)
    except OSError as error:
        raise UsageError(f"The permission cannot be saved: {error.strerror}.") from None
