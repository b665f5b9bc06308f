"""What of a file of weights fits a model: the shapes of both, read without their numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import safetensors.torch
import torch

from app.training.beginning import read_weights
from app.training.checkpoint import first_line
from app.weight_matching.match import Matching, Shapes, match
from codegen.build import build_project
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.files.plain_file import need_plain_file
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

_MOST: Final = 100_000
"""How many tensors a file may hold."""


def matched(project: Project, path: Path, known: Known = NOTHING) -> Matching:
    """Match the weights of a file with those of a project's main network, which has no errors.

    Raises ``Refusal`` where the file cannot be read, or holds more names than any model has.
    """
    theirs = shapes_in(path)
    if len(theirs) > _MOST:
        reason = f"it holds {len(theirs):,} tensors"
        raise Refusal(Problem("no_weights", {"path": str(path), "reason": reason}))
    return match(own_shapes(project, known), theirs)


def own_shapes(project: Project, known: Known = NOTHING) -> Shapes:
    """Return the shapes of a network's weights by their names, without making any."""
    with torch.device("meta"):
        state = build_project(project, known).make().state_dict()
    return {name: tuple(each.shape) for name, each in state.items()}


def shapes_in(path: Path) -> Shapes:
    """Return the shapes of the tensors of a file by their names."""
    if path.suffix != ".safetensors":
        return {name: tuple(each.shape) for name, each in read_weights(path).items()}
    try:
        need_plain_file(path)
        with safetensors.safe_open(path, framework="pt") as file:
            return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise Refusal(Problem("file_not_found", {"path": str(path)})) from None
    except (OSError, safetensors.SafetensorError) as error:
        values = {"path": str(path), "reason": first_line(error)}
        raise Refusal(Problem("no_weights", values)) from error


def as_bytes(path: Path, found: Matching) -> bytes:
    """Return a safetensors file of what was matched, under the names of the model."""
    stored = read_weights(path)
    taken = {name: stored[theirs].contiguous().clone() for name, theirs in found.names.items()}
    return safetensors.torch.save(taken)
