"""Asking what custom layers give."""

from __future__ import annotations

from codegen.custom_layers.prober import Prober
from graph_model.custom_layers.known import Answer, Known, digest, question
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.custom_layers import entry


def asked(
    prober: Prober,
    text: str,
    *shapes: tuple[object, ...],
    dtype: str = "float32",
    **arguments: object,
) -> Answer:
    """Return what a text gives for inputs of these shapes."""
    found = entry(text)
    complete: Arguments = {each.name: each.default for each in found.parameters} | arguments  # type: ignore[operator]
    specs = {
        port: TensorSpec(shape, dtype)  # type: ignore[arg-type]
        for port, shape in zip(found.inputs, shapes, strict=False)
    }
    return prober.ask(question(text, complete, specs), allowing(text))


def allowing(*texts: str) -> Known:
    return Known(frozenset(map(digest, texts)))


def complaint(answer: Answer) -> Problem:
    assert answer.problem is not None
    assert answer.problem.message
    return answer.problem


def function(body: str, arguments: str = "x") -> str:
    return f"import torch\n\n\ndef tried({arguments}):\n    {body}\n"
