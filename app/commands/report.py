"""``layerweft report``: writes what runs have reached into one HTML file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import FINE, UsageError
from app.commands.pictures import Studio
from app.commands.runs import folder_of, sought
from app.reporting import write_report
from app.runs.folder import runs_folder
from app.runs.index import read_summaries
from app.runs.summaries import summary_of


def run(chosen: argparse.Namespace) -> int:
    """Write a report of the runs that are named, or of all that a line of conditions leaves."""
    runs = [summary_of(folder_of(each)) for each in chosen.runs]
    if chosen.where is not None:
        runs += sought(read_summaries(runs_folder()), chosen.where)
    if not runs:
        raise UsageError("There is no run to report: name some, or say which by --where.")
    studio = Studio()
    path = Path(chosen.output)
    try:
        write_report(runs, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    del studio
    print(f"Written: {path}")
    return FINE
