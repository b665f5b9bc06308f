"""Networks to be explained, and what is said of them as plain text."""

from __future__ import annotations

from graph_model.explain import (
    Explanation,
    Question,
    explain,
    plain,
)
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.network import Edge, Port
from graph_model.tensors import TensorSpec
from graph_model.values import Value
from tests.graph_model.layers.single import network


def layer_of(kind: str, **given: Value | TensorSpec) -> Inference:
    inputs = {name: each for name, each in given.items() if isinstance(each, TensorSpec)}
    arguments = {name: each for name, each in given.items() if not isinstance(each, TensorSpec)}
    return infer(network(LAYERS[kind], arguments, inputs))


def explained_by(inference: Inference, question: Question) -> Explanation:
    found = explain(inference, question)
    assert found is not None
    return found


def told(explained: Explanation) -> tuple[str, str, str, str]:
    return (
        str(explained.title),
        plain(explained.formula),
        plain(explained.filled),
        str(explained.result),
    )


def line_of(first: tuple[str, str], *nodes: str) -> dict[Port, Edge]:
    edges = {}
    source = Port(*first)
    for node in nodes:
        target = Port(node, "input")
        edges[target] = Edge(source, target)
        source = Port(node, "output")
    return edges
