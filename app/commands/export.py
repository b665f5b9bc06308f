"""``layerweft export``: the PyTorch file, and what goes with it."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from app.commands import FAILED, FINE, UsageError
from app.commands.exporting import say_proof, write_export
from app.commands.project import make_folder, read, say_problems, settled
from app.exporting.targets import TARGETS
from app.exporting.writer import Export, obstacle
from codegen.emit import source
from graph_model.recipes.players import alone


def run(arguments: argparse.Namespace) -> int:
    """Write the file, or print it where no place is given."""
    targets = _targets(arguments)
    path = _path(arguments)
    if path is None and (targets or arguments.prove):
        raise UsageError(
            "--train, --weights, --as and --prove write beside the model: say where, with -o."
        )
    project = read(arguments.file)
    inference, known = settled(project)
    if say_problems(inference):
        return FAILED
    if arguments.list:
        _list(Export(project, inference, path or Path("model.py"), (), _weights(arguments)))
        return FINE
    if path is None:
        sys.stdout.write(source(inference, alone(project, inference)).text)
        return FINE
    if arguments.to:
        make_folder(path.parent)
    export = Export(
        project, inference, path, targets, _weights(arguments), known, opset=arguments.opset
    )
    proves = export.holds_models if arguments.prove is None else arguments.prove
    exported = write_export(replace(export, proves=proves))
    return say_proof(exported, as_json=arguments.json)


def _weights(arguments: argparse.Namespace) -> Path | None:
    return Path(arguments.weights) if arguments.weights else None


def _list(export: Export) -> None:
    """Print every target with its files, and what it lacks where it cannot be written now."""
    for name, target in TARGETS.items():
        files = " ".join(target.names(export.path.stem))
        print(f"{name:<12} {target.title}: {target.help}\n{'':<12} {files}")
        if why := obstacle(target, export):
            print(f"{'':<12} cannot be written now: {why.message}")


def _path(arguments: argparse.Namespace) -> Path | None:
    """Return where the model is to be written, if anywhere."""
    if arguments.to and arguments.output:
        raise UsageError("--to names the folder and -o the file of the model: give one of them.")
    if arguments.to:
        return Path(arguments.to) / "model.py"
    return Path(arguments.output) if arguments.output else None


def _targets(arguments: argparse.Namespace) -> list[str]:
    """Return the targets of the catalogue that the options stand for."""
    found = [*arguments.formats]
    if arguments.train or arguments.to:
        found.append("training")
    if arguments.weights and not arguments.to:
        found.append("weights")
    return found
