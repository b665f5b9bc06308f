"""Weights in files: saved whole, loaded, and told whether they are worth keeping."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from app.training.weight_names import as_called_now
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import need_plain_file
from graph_model.problems import Problem, Refusal

Weights: TypeAlias = Mapping[str, Tensor]
"""The ``state_dict`` of a model in main memory."""


def save_weights(path: Path, weights: Weights) -> None:
    """Write weights as safetensors, whole or not at all; these have one order in memory."""
    laid_out = {name: each.contiguous() for name, each in weights.items()}
    write_atomically(path, safetensors.torch.save(laid_out))


def save_checkpoint(path: Path, state: Mapping[str, Any]) -> None:
    """Write the state of a training, whole or not at all; ``torch.load`` reads it as plain data."""
    write_atomically(path, as_bytes(state))


def as_bytes(state: Mapping[str, Any]) -> bytes:
    """Return a file from which ``torch.load`` reads this as plain data."""
    buffer = io.BytesIO()
    torch.save(dict(state), buffer)
    return buffer.getvalue()


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Return a saved state, which is plain data; raises ``Refusal`` where there is no whole one."""
    try:
        need_plain_file(path)
        state = torch.load(path, map_location="cpu", weights_only=True)
        if isinstance(state, dict):
            return state
        reason = type(state).__name__
    except FileNotFoundError:
        raise Refusal(Problem("no_checkpoint", {"path": str(path)})) from None
    except Exception as error:  # pickle raises whatever a damaged file makes it raise
        reason = first_line(error)
    raise damaged(path, reason)


def damaged(path: Path, reason: str) -> Refusal:
    """Return the refusal of a checkpoint."""
    return Refusal(Problem("damaged_checkpoint", {"path": str(path), "reason": reason}))


def first_line(error: Exception) -> str:
    """Return the first line of what an exception says, or else its kind."""
    said = getattr(error, "strerror", None) or str(error).strip().split("\n")[0]
    return str(said or type(error).__name__)


def load_weights(path: Path, model: nn.Module) -> None:
    """Load saved weights into a model.

    Raises ``Refusal`` where the file cannot be read or its weights do not fit.
    """
    try:
        need_plain_file(path)
        model.load_state_dict(as_called_now(safetensors.torch.load_file(path), model))
    except FileNotFoundError:
        raise Refusal(Problem("file_not_found", {"path": str(path)})) from None
    except (OSError, safetensors.SafetensorError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"path": str(path), "reason": reason}
        raise Refusal(Problem("wrong_weights", values)) from error


def copy_of_weights(model: nn.Module) -> dict[str, Tensor]:
    """Return a copy of all weights and buffers in main memory."""
    return {
        name: tensor.detach().to("cpu", copy=True).contiguous()
        for name, tensor in model.state_dict().items()
    }


def is_sound(model: nn.Module) -> bool:
    """Tell whether every weight is a finite number. A buffer may be infinite, as masks are."""
    try:
        return all(bool(weight.isfinite().all()) for weight in model.parameters()) and not any(
            bool(buffer.isnan().any()) for buffer in model.buffers()
        )
    except RuntimeError:  # their device has failed, and none of them can be read
        return False
