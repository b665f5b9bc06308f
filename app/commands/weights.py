"""``layerweft weights``: which tensors of a file go to which weights of a network."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from app.commands import FAILED, FINE, UsageError
from app.commands.project import read, say_problems, settled, write
from app.weight_matching.match import Matching, Shape
from graph_model.problems import Refusal

_WORDS: Final = {
    "name": "by name",
    "prefix": "by name behind a prefix",
    "shape": "only one of its shape",
    "order": "by order",
}


def run(arguments: argparse.Namespace) -> int:
    """Print the table, and write what fits where that is asked for."""
    project = read(arguments.file)
    inference, known = settled(project)
    if say_problems(inference):
        return FAILED
    path, fitting = Path(arguments.weights), import_module("app.training.fitting")
    if arguments.output and Path(arguments.output).suffix != ".safetensors":
        raise UsageError(f"{arguments.output} must end in .safetensors.")
    try:
        found: Matching = fitting.matched(project, path, known)
        found = found.by_order() if arguments.map else found
        if arguments.output:
            write(Path(arguments.output), fitting.as_bytes(path, found))
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    print(json.dumps(_plain(found), indent=2) if arguments.json else "\n".join(_lines(found)))
    return FAILED if found.left else FINE


def _plain(found: Matching) -> dict[str, Any]:
    return {
        "matched": {
            name: {"file": pair.theirs, "shape": found.ours[name], "how": pair.how}
            for name, pair in found.pairs.items()
        },
        "left": {
            name: {"shape": found.ours[name], "candidates": found.free(name)} for name in found.left
        },
        "unused": {name: found.theirs[name] for name in found.unused},
    }


def _lines(found: Matching) -> Iterator[str]:
    width = max(map(len, found.ours), default=0)
    for name, shape in found.ours.items():
        yield f"{name:<{width}}  {_told(shape):<14}  {_answer(found, name)}"
    yield ""
    ways = (f"{number} {_WORDS[how]}" for how, number in found.counts.items())
    yield f"{len(found.pairs)} of {len(found.ours)} weights fit" + "".join(
        f", {each}" for each in ways
    )
    if found.left and any(map(found.free, found.left)):
        yield "Some could go to several places: --map goes by their order."
    if found.unused:
        yield f"Not used of the file: {', '.join(found.unused[:4])}" + (
            f" and {len(found.unused) - 4} more" if len(found.unused) > 4 else ""
        )


def _answer(found: Matching, name: str) -> str:
    """Return what one of ours is given, and how it was found, or why it is not."""
    pair = found.pairs.get(name)
    if pair is not None:
        return f"{pair.theirs}  {_WORDS[pair.how]}"
    other = found.same_name(name)
    if other is not None:
        return f"– the file has {_told(other)}"
    count = len(found.free(name))
    return f"– {count} have this shape" if count else "– nothing fits"


def _told(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "1"
