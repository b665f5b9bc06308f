"""A network of one layer, and what is inferred of it."""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.dims import Shape
from graph_model.inference.infer import Inference, NodeResult, infer
from graph_model.layers.kind import LayerKind
from graph_model.network import Edge, Network, Node, Port
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

NODE = "layer"


def network(kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]) -> Network:
    """Return the network of one layer, with an Input for each connected port."""
    nodes = {NODE: Node(NODE, kind.name, "layer", arguments)}
    edges = {}
    for port, spec in inputs.items():
        shape = tuple(dim if isinstance(dim, int) else str(dim) for dim in spec.shape)
        nodes[port] = Node(port, "Input", f"x_{port}", {"shape": shape, "dtype": spec.dtype})
        edges[Port(NODE, port)] = Edge(Port(port, "output"), Port(NODE, port))
    return Network("main", "Single", nodes, edges)


def result(
    kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]
) -> tuple[NodeResult, Problem | None]:
    """Return what is known of the layer, and why it was refused where it was."""
    inference = infer(network(kind, arguments, inputs))
    return inference.nodes[NODE], refusal(inference)


def refusal(inference: Inference) -> Problem | None:
    """Return the error at the layer, if any."""
    errors = [each for each in inference.nodes[NODE].problems if each.is_error]
    return errors[0] if errors else None


def shapes(found: NodeResult) -> tuple[Shape, ...]:
    """Return the shapes of all outputs."""
    return tuple(spec.shape for spec in found.outputs.values())
