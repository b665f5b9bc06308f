"""Fixes that make a sequence of pictures, and samples of what a Reshape has laid end to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from graph_model.dims import Shape, divide_exactly, product, symbol, symbols
from graph_model.findings.kernels import works
from graph_model.layers import LAYERS
from graph_model.network import Network, Node, Port
from graph_model.problems import Fix, InsertRow, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

_KEEP_SHAPES: Final = frozenset(("activation", "dropout"))
_ROWS_TO_STEPS: Final = (
    ("Permute", {"dims": (0, 2, 1, 3)}),
    ("Flatten", {"start_dim": 2}),
)
_PIXELS_TO_STEPS: Final = (
    ("Flatten", {"start_dim": 2}),
    ("Transpose", {"dim0": 1, "dim1": 2}),
)


def as_sequence(node: Node, port: str, inputs: Mapping[str, TensorSpec]) -> Iterator[Fix]:
    """Offer to read a picture N×C×H×W as a sequence: its rows, or its pixels, one by one."""
    kind, spec = LAYERS[node.kind], inputs[port]
    arguments = kind.complete(node.arguments)
    if spec.rank != 4 or arguments.get("batch_first") is not True:
        return
    batch, channels, height, width = spec.shape
    rows = (batch, height, product((channels, width)))
    pixels = (batch, product((height, width)), channels)
    if kind.family == "recurrent" and _takes(node, spec, rows, inputs):
        yield _inserted(node, port, "read_rows", _ROWS_TO_STEPS)
    if _takes(node, spec, pixels, inputs):
        yield _inserted(node, port, "read_pixels", _PIXELS_TO_STEPS)


def _inserted(node: Node, port: str, code: str, layers: tuple[tuple[str, Arguments], ...]) -> Fix:
    kinds = {f"kind{place}": kind for place, (kind, _) in enumerate(layers, 1)}
    return Fix(code, InsertRow(port, layers), kinds, node.id)


def _takes(node: Node, was: TensorSpec, shape: Shape, inputs: Mapping[str, TensorSpec]) -> bool:
    """Tell whether a layer would take tensors of this shape in place of those that it is given."""
    given = {
        name: replace(spec, shape=shape) if spec == was else spec for name, spec in inputs.items()
    }
    return works(node.kind, LAYERS[node.kind].complete(node.arguments), given)


def samples_apart(network: Network, at: Port, shape: Shape) -> Iterator[Fix]:
    """Offer the shape with which a Reshape before a port leaves the samples apart.

    ``shape`` is what reaches the port: of one symbol, the batch, which it has merged with others.
    """
    while (edge := network.edges.get(at)) is not None:
        node = network.nodes[edge.source.node]
        if node.kind not in LAYERS or LAYERS[node.kind].family not in _KEEP_SHAPES:
            break
        at = Port(node.id, "input")
    if edge is None or node.kind != "Reshape" or node.formulas:
        return
    names = frozenset[str]().union(*map(symbols, shape))
    features = divide_exactly(product(shape), symbol(*names)) if len(names) == 1 else None
    if isinstance(features, int):
        wanted = (-1, features)
        values = {"node": node.name, "parameter": "shape", "value": str(wanted)}
        yield Fix("set_layer_size", SetArguments({"shape": wanted}), values, node.id)
