"""Trained weights, for those who build the model from its Python file."""

from __future__ import annotations

import io
from collections.abc import Sequence

import safetensors.torch
import torch

from app.exporting.material import Material
from app.training.checkpoint import copy_of_weights


def files(material: Material) -> Sequence[bytes]:
    """Return the weights as safetensors, and as a torch ``state_dict``."""
    state = copy_of_weights(material.module)
    buffer = io.BytesIO()
    torch.save(state, buffer)
    return safetensors.torch.save(state), buffer.getvalue()
