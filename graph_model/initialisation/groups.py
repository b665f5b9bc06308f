"""Which tensors of a layer an initialisation is for: its weights, or its biases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph_model.layers.weight import Weight
from graph_model.parametrizations.tensors import without_norm

GROUPS: Final = ("weight", "bias")


def group_of(name: str) -> str:
    """Return the group of a tensor by its name, such as ``weight_ih_l0`` or ``out_proj.bias``."""
    return "bias" if "bias" in name.rpartition(".")[2] else "weight"


def filled(weights: Iterable[Weight], group: str) -> tuple[Weight, ...]:
    """Return the learned tensors of a group that an initialisation fills.

    Of a layer that holds matrices, such as one of a transformer, its weights are these alone, not
    the scales of its norms.
    """
    learned = [each for each in without_norm(weights) if not each.is_buffer]
    found = [each for each in learned if group_of(each.name) == group]
    matrices = [each for each in found if len(each.shape) > 1]
    return tuple(matrices if matrices and group == "weight" else found)
