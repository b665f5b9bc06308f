"""Sizes for the symbolic dimensions of a network, to try it out with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.constraints import holds
from graph_model.custom_layers.known import is_pending
from graph_model.dims import evaluate, symbols
from graph_model.inference.infer import Inference, infer
from graph_model.network import Node
from graph_model.tensors import TensorSpec

_BATCH: Final = 2
_SIZES: Final = (8, 16, 32, 64, 128, 224, 256, 512, 1024, *range(1, 64))


def example_sizes(inference: Inference) -> Mapping[str, int]:
    """Return a size for each symbolic dimension, with which every layer accepts its input.

    ``N`` is 2, since normalisation over a batch needs more than one sample. Where nothing
    suits, the last that was tried is returned.
    """
    inputs = _known_inputs(inference)
    shapes = [inference.nodes[node.id].outputs["output"].shape for node in inputs]
    names = frozenset[str]().union(*(symbols(dim) for shape in shapes for dim in shape))
    batch = _rounded_up(_BATCH, inference.multiples.get("N", 1))
    sizes = {"N": batch} if "N" in names else {}
    if names <= {"N"}:
        return sizes
    for size in _SIZES:
        sizes = {
            name: batch if name == "N" else _rounded_up(size, inference.multiples.get(name, 1))
            for name in sorted(names)
        }
        if not all(holds(each, sizes) for each in inference.constraints):
            continue
        tried = _with_sizes(inference, sizes)
        if all(is_pending(problem) for problem in tried.problems if problem.is_error):
            break
    return sizes


def _rounded_up(size: int, multiple: int) -> int:
    return -(-size // multiple) * multiple


def _with_sizes(inference: Inference, sizes: Mapping[str, int]) -> Inference:
    """Infer the same network for inputs of known sizes."""
    known: dict[str, TensorSpec] = {}
    for node in _known_inputs(inference):
        spec = inference.nodes[node.id].outputs["output"]
        known[node.name] = spec.with_shape(*(evaluate(dim, sizes) for dim in spec.shape))
    return infer(inference.network, inference, scope=inference.scope, inputs=known)


def _known_inputs(inference: Inference) -> list[Node]:
    """Return the Inputs of which it is known what they give."""
    return [node for node in inference.of_kind("Input") if inference.nodes[node.id].outputs]
