"""How much memory a run will take, worked out from the shapes before it starts. Without torch."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.training.data.dataset import format_bytes
from graph_model.dims import evaluate, product, symbols
from graph_model.infer import Inference
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.binding import symbol_sizes
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.tensors import TensorSpec

_BYTES: Final[Mapping[str, int]] = {
    "float64": 8,
    "int64": 8,
    "float32": 4,
    "int32": 4,
    "float16": 2,
    "bfloat16": 2,
    "int16": 2,
    "int8": 1,
    "uint8": 1,
    "bool": 1,
}
_GUESSED_SIZE: Final = 64
"""What a symbolic dimension other than the batch is taken for where the data do not tell."""
_MOST_OF_FREE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes by what they are for."""

    weights: int
    gradients: int
    optimizer: int
    activations: int
    data: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.weights + self.gradients + self.optimizer + self.activations + self.data


def estimate(recipe: Recipe, inference: Inference, facts: DataFacts) -> Estimate:
    """Estimate the memory of a run.

    Activations are what every layer gives for one batch, kept for the gradient, and as much again
    for the gradients on their way back. Data are counted twice: as read, and as prepared.
    """
    sizes = symbol_sizes(recipe, inference, facts)
    weights = buffers = activations = 0
    for weight, count in inference.weights():
        size = count * weight.count * _BYTES[weight.dtype]
        buffers += size if weight.is_buffer else 0
        weights += 0 if weight.is_buffer else size
    for result in inference.nodes.values():
        activations += sum(_size(spec, sizes) for spec in result.outputs.values())
    kind = OPTIMIZERS[recipe.optimizer.kind]
    return Estimate(
        weights + buffers,
        weights,
        weights * kind.tensors_per_weight(recipe.optimizer.arguments),
        2 * activations,
        2 * _data_size(facts),
    )


def memory_problem(needed: Estimate, free: int, device: str) -> Problem | None:
    """Return a warning where a run would take more than 80 % of what is free."""
    if needed.total <= _MOST_OF_FREE * free:
        return None
    values = {"needed": format_bytes(needed.total), "free": format_bytes(free), "device": device}
    return Problem("memory", values, parameter="batch_size")


def free_main_memory() -> int:
    """Return how many bytes of main memory programs can still take without swapping."""
    psutil = importlib.import_module("psutil")  # slow to load, and seldom asked for
    return int(psutil.virtual_memory().available)


def _size(spec: TensorSpec, sizes: Mapping[str, int]) -> int:
    count = product(spec.shape)
    known = {name: sizes.get(name, _GUESSED_SIZE) for name in symbols(count)}
    return evaluate(count, known) * _BYTES[spec.dtype]


def _data_size(facts: DataFacts) -> int:
    total = 0
    for name in (facts.features, facts.target):
        array = facts.arrays[name]
        count = facts.samples
        for size in array.shape:
            count *= size
        total += count * _BYTES[array.dtype]
    return total
