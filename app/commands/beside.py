"""What is written beside an exported model: trained weights, and the script that trains it."""

from __future__ import annotations

from pathlib import Path

from app.commands import UsageError
from app.runs.job import Job
from app.training.checkpoint import as_state_dict, copy_of_weights, load_weights, save_weights
from app.training.export import export_training
from codegen.build import build_project
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.network import Project
from graph_model.problems import Refusal


def write_weights(
    trained: Path, model: Path, project: Project, known: Known = NOTHING
) -> tuple[Path, ...]:
    """Write the weights in ``trained`` beside the Python file ``model``, and return where.

    They become a ``.safetensors`` file and a torch ``state_dict``. Raises ``UsageError`` where
    they cannot be read or do not fit the network.
    """
    module = build_project(project, known).make()
    tensors, state = model.with_suffix(".safetensors"), model.with_suffix(".pt")
    try:
        load_weights(trained, module)
        save_weights(tensors, copy_of_weights(module))
        as_state_dict(tensors, state)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    except OSError as error:
        raise UsageError(f"{model.parent} cannot be written: {error.strerror}.") from None
    return tensors, state


def write_training(project: Project, model: Path, known: Known = NOTHING) -> tuple[Path, ...]:
    """Write ``train.py`` and its data beside the Python file ``model``, and return where.

    Raises ``UsageError`` where the data cannot be read or do not fit.
    """
    if not model.stem.isidentifier():
        raise UsageError(f"train.py cannot import {model.name}: choose a name such as model.py.")
    try:
        return export_training(Job(project, known=known), model.parent, model.stem)
    except Refusal as refusal:
        raise UsageError(str(refusal)) from None
    except OSError as error:
        raise UsageError(f"{model.parent} cannot be written: {error.strerror}.") from None
