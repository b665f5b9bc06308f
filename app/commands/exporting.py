"""Writing an export from the command line: what goes wrong is told as a mistake of usage."""

from __future__ import annotations

import json
import sys

from app.commands import FAILED, FINE, UsageError
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


def say_proof(exported: Exported, *, as_json: bool) -> int:
    """Print what came of running the files again, and return the status: not all may be equal."""
    report = exported.report
    if as_json:
        written = [str(each) for each in exported.paths]
        proof = report.plain() if report else None
        print(json.dumps({"written": written, "proof": proof}, ensure_ascii=False, indent=2))
    elif report is not None:
        print("\n".join(each.message for each in report.sentences))
    return FAILED if report is not None and report.is_refuted else FINE
