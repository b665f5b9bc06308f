"""Sizes in numbers: how much memory a tensor takes, and what symbolic dimensions are taken for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from graph_model.dims import Dim, evaluate, product, symbols
from graph_model.findings.results import Inference
from graph_model.inference.example_sizes import example_sizes
from graph_model.layers.weight import Weight
from graph_model.tensors import BYTES, TensorSpec

Sizes: TypeAlias = tuple[tuple[str, int], ...]
"""A number for each symbol, sorted by name."""


def elements(shape: tuple[Dim, ...]) -> int:
    """Return how many elements a tensor has whose sizes are numbers."""
    return evaluate(product(shape), {})


def size_of(tensor: TensorSpec | Weight) -> int:
    """Return how many bytes a tensor takes whose sizes are numbers."""
    return elements(tensor.shape) * BYTES[tensor.dtype]


def batch_symbol(inference: Inference) -> str:
    """Return the symbol that stands for the batch: ``N``, or what the first Input begins with."""
    shapes = [
        result.outputs["output"].shape
        for node in inference.of_kind("Input")
        if "output" in (result := inference.nodes[node.id]).outputs
    ]
    names = [str(dim) for shape in shapes for dim in shape[:1] if symbols(dim)]
    every = {name for shape in shapes for dim in shape for name in symbols(dim)}
    return "N" if "N" in every or not names else names[0]


def sizes_for(
    inference: Inference, batch: int = 1, known: Mapping[str, int] | None = None
) -> Sizes:
    """Return a size for each symbol: the batch, what is known of the data, else an example."""
    found = {**example_sizes(inference), **(known or {}), batch_symbol(inference): batch}
    return tuple(sorted(found.items()))


def with_sizes(spec: TensorSpec, sizes: Mapping[str, int]) -> TensorSpec:
    """Return a tensor with numbers for its symbols."""
    return spec.with_shape(*(evaluate(dim, sizes) for dim in spec.shape))
