"""``layerweft import FILE.onnx``: an archive is read as data, its weights go beside the project."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.commands import FAILED, FINE, UsageError
from app.commands.project import say_problems
from app.source_import.archives import ArchiveAnswer, FoundArchive, found_archive, write_weights
from graph_model.files.storage import ProjectFileError, save
from graph_model.problems import Problem


def run(arguments: argparse.Namespace) -> int:
    """Read the archive, tell what became of it, and write the project and its weights."""
    path = Path(arguments.file)
    return tell(arguments, path, found_archive(path, " ".join(arguments.input or ())))


def tell(arguments: argparse.Namespace, path: Path, found: ArchiveAnswer) -> int:
    """Tell what became of a model, and write what is asked for; return the exit status."""
    if isinstance(found, Problem):
        if arguments.json:
            print(_json({"notes": [_plain(found)]}))
        else:
            print(f"{path}: {found.message}", file=sys.stderr)
        return FAILED
    weights = _write(found, Path(arguments.output)) if arguments.output else None
    if arguments.json:
        print(_json(_report(found, weights)))
    else:
        print("\n".join(_lines(found, weights)))
        say_problems(found.inference)
    return FINE


def _write(found: FoundArchive, path: Path) -> Path | None:
    try:
        save(found.project, path)
        return write_weights(found, path.with_suffix(".safetensors"))
    except (OSError, ProjectFileError) as error:
        raise UsageError(f"{path} cannot be written: {error}.") from None


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _report(found: FoundArchive, weights: Path | None) -> dict[str, Any]:
    network = found.inference.network
    others = [each for id, each in found.project.networks.items() if id != network.id]
    return {
        "name": found.archive.name,
        "nodes": len(network.nodes),
        "blocks": [each.name for each in others],
        "custom_layers": [each.name for each in found.project.layers.values()],
        "parameters": found.inference.parameter_count,
        "weights": str(weights) if weights else None,
        "difference": found.difference,
        "notes": [_plain(each) for each in found.notes],
        "problems": [_plain(each) for each in found.errors],
    }


def _plain(problem: Problem) -> dict[str, Any]:
    values = problem.values
    named = {key: values[key] for key in ("node", "op", "file", "line") if key in values}
    return {"code": problem.code, **named, "message": problem.message}


def _lines(found: FoundArchive, weights: Path | None) -> Iterator[str]:
    yield f"{found.archive.name}: {len(found.inference.network.nodes)} nodes"
    others = [each for id, each in found.project.networks.items() if id != found.project.main]
    if others:
        yield f"  blocks: {', '.join(each.name for each in others)}"
    if found.project.layers:
        yield f"  to be written: {', '.join(each.name for each in found.project.layers.values())}"
    yield f"  parameters: {found.inference.parameter_count:,}"
    if found.difference is not None:
        yield f"  run beside the model: results differ by {found.difference:.1e} at most"
    if weights is not None:
        yield f"  weights: {weights} (layerweft train … --weights {weights})"
    yield from (each.message for each in found.notes)
