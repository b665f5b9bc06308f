"""A block of two layers, and networks that use it."""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.inference.infer import Inference
from graph_model.network import Network
from graph_model.problems import Severity
from graph_model.values import integer
from tests.codegen.blocks import network

FEATURES = integer("features", 8, minimum=None)
LAYER = network({}, "layer", "Layer", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc": ("Linear", {"out_features": "=features"}, "x"),
    "act": ("ReLU", {}, "fc"),
    "y": ("Output", {}, "act"),
}, FEATURES)  # fmt: skip
BLOCKS = {"layer": LAYER}


def main(lines: Mapping[str, tuple[str, Mapping[str, object], str]]) -> Network:
    given = {"input": ("Input", {"shape": ("N", 4)}, "")}
    return network(BLOCKS, "main", "Main", {**given, **lines})  # type: ignore[arg-type]


def used(kind: str = "[layer]", **arguments: object) -> Network:
    lines = {"part": (kind, arguments, "input"), "output": ("Output", {}, "part")}
    return main(lines)


def codes(inference: Inference) -> list[str]:
    """Return the codes of all problems but advice."""
    return [each.code for each in inference.problems if each.severity is not Severity.ADVICE]
