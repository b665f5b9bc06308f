"""Writing an export from the command line: what goes wrong is told as a mistake of usage."""

from __future__ import annotations

import sys

from app.commands import UsageError
from app.exporting.writer import Export, Exported, write
from graph_model.problems import Refusal


def write_export(export: Export) -> Exported:
    """Write an export and say what is to be known of it; raises ``UsageError``."""
    try:
        exported = write(export)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    except OSError as error:
        raise UsageError(f"{export.path} cannot be written: {error.strerror}.") from None
    for note in exported.notes:
        print(f"note: {note.message}", file=sys.stderr)
    return exported
