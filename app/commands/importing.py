"""``layerweft import``: a file of code or of a model is read, never run, and becomes a project."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.commands import FAILED, FINE, UsageError, archive_import
from app.commands.project import say_problems
from app.layout.placed import placed
from app.source_import.recognising import is_archive
from codegen.importing.inputs import read_input
from codegen.importing.limits import LONGEST
from codegen.importing.source import Imported, read_source
from graph_model.files.plain_file import read_start_of_text
from graph_model.files.storage import ProjectFileError, save
from graph_model.inference.infer import Inference, infer_project
from graph_model.problems import Problem, Refusal

_SUFFIX = ".py"


def run(arguments: argparse.Namespace) -> int:
    """Read the file, tell what became of it, and write the project."""
    if is_archive(Path(arguments.file)):
        return archive_import.run(arguments)
    path, wanted = parted(arguments.file)
    text = text_of(Path(path))
    try:
        inputs = [read_input(each) for each in arguments.input or ()]
        found = read_source(text, wanted, inputs)
    except Refusal as refusal:
        _refuse(path, refusal.problem, as_json=arguments.json)
        return FAILED
    inference = infer_project(found.project)
    if arguments.output:
        _write(found, Path(arguments.output))
    if arguments.json:
        print(json.dumps(_report(found, inference), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, inference)))
        say_problems(inference)
    return FINE


def parted(given: str) -> tuple[str, str]:
    """Return the file, and what of it is asked for: ``FILE.py:Net(num_classes=10)``."""
    path, mark, wanted = given.partition(_SUFFIX + ":")
    return (path + _SUFFIX, wanted) if mark else (given, "")


def text_of(path: Path) -> str:
    """Return the text of a Python file; raises ``UsageError`` where it has none."""
    try:
        return read_start_of_text(path, LONGEST + 1)  # one more is refused as too long
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no text in UTF-8.") from None


def _write(found: Imported, path: Path) -> None:
    try:
        save(placed(found.project), path)
    except (OSError, ProjectFileError) as error:
        raise UsageError(f"{path} cannot be written: {error}.") from None


def _refuse(path: str, problem: Problem, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"class": None, "notes": [_plain(problem)]}, ensure_ascii=False, indent=2))
    else:
        print(f"{path}: {problem.message}", file=sys.stderr)


def _report(found: Imported, inference: Inference) -> dict[str, Any]:
    network = inference.network
    return {
        "class": found.class_name,
        "nodes": len(network.nodes),
        "blocks": [each.name for id, each in found.project.networks.items() if id != network.id],
        "custom_layers": [each.name for each in found.project.layers.values()],
        "parameters": inference.parameter_count,
        "notes": [_plain(each) for each in found.notes],
        "problems": [_plain(each) for each in inference.problems if each.is_error],
    }


def _plain(problem: Problem) -> dict[str, Any]:
    line = problem.values.get("line", "")
    return {
        "code": problem.code,
        "line": int(line) if line.isdigit() and line != "0" else None,
        "message": problem.message,
    }


def _lines(found: Imported, inference: Inference) -> Iterator[str]:
    blocks = [each for id, each in found.project.networks.items() if id != found.project.main]
    yield f"{found.class_name}: {len(inference.network.nodes)} nodes"
    if blocks:
        yield f"  blocks: {', '.join(each.name for each in blocks)}"
    if found.project.layers:
        yield f"  kept as text: {', '.join(each.name for each in found.project.layers.values())}"
    yield f"  parameters: {inference.parameter_count:,}"
    yield from (each.message for each in found.notes)
