"""``layerweft export``: the PyTorch file, and what goes with it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.commands import FAILED, FINE, UsageError
from app.commands.project import read, say_problems, settled, write
from codegen.model.emit import source


def run(arguments: argparse.Namespace) -> int:
    """Write the file, or print it where no place is given."""
    if not arguments.output and (arguments.train or arguments.weights):
        raise UsageError("--train and --weights write beside the model: say where, with -o.")
    project = read(arguments.file)
    inference, known = settled(project)
    if say_problems(inference):
        return FAILED
    text = source(inference).text
    if not arguments.output:
        sys.stdout.write(text)
        return FINE
    path = Path(arguments.output)
    if arguments.weights or arguments.train:
        from app.commands import beside  # as late as this: torch takes a second

        if arguments.weights:
            beside.write_weights(Path(arguments.weights), path, project, known)
        if arguments.train:
            beside.write_training(project, path, known)
    write(path, text)
    return FINE
