"""``layerweft export``: the PyTorch file, and what goes with it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.commands import FAILED, FINE, UsageError
from app.commands.exporting import write_export
from app.commands.project import read, say_problems, settled
from app.exporting.writer import Export
from codegen.model.emit import source
from graph_model.recipes.players import alone


def run(arguments: argparse.Namespace) -> int:
    """Write the file, or print it where no place is given."""
    targets = _targets(arguments)
    if not arguments.output and targets:
        raise UsageError("--train, --weights and --as write beside the model: say where, with -o.")
    project = read(arguments.file)
    inference, known = settled(project)
    if say_problems(inference):
        return FAILED
    if not arguments.output:
        sys.stdout.write(source(inference, alone(project, inference)).text)
        return FINE
    weights = Path(arguments.weights) if arguments.weights else None
    write_export(Export(project, inference, Path(arguments.output), targets, weights, known))
    return FINE


def _targets(arguments: argparse.Namespace) -> list[str]:
    """Return the targets of the catalogue that the options stand for."""
    found = [*arguments.formats]
    if arguments.train:
        found.append("training")
    if arguments.weights:
        found.append("weights")
    return found
