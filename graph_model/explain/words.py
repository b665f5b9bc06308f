"""What numbers are called: “height of conv1’s output”."""

from __future__ import annotations

from typing import Final

from graph_model.explain.values import DimensionOf
from graph_model.explain.watched import ArgumentKey, InputKey, Key, Trace
from graph_model.explain.where import alike, origin, spot
from graph_model.findings.results import Inference
from graph_model.phrases import Phrase, phrase

_DIMENSIONS: Final = {
    "N": "batch size",
    "C": "channels",
    "T": "steps",
    "L": "length",
    "D": "depth",
    "H": "height",
    "W": "width",
}
_OF_INPUTS: Final = {4: "NCHW", 5: "NCDHW"}
"""What the dimensions of a network's Input are taken for by their number."""


def title(root: Inference, question: DimensionOf) -> Phrase:
    """Return what a dimension is."""
    at = spot(root, question.steps, question.node)
    assert at is not None
    dimension = _dimension(root, question)
    if at.node.kind == "Input":
        return phrase("{dimension} of the input {name}", dimension=dimension, name=at.node.name)
    if len(at.result.outputs) == 1 or question.port == "output":
        return phrase("{dimension} of {name}’s output", dimension=dimension, name=at.node.name)
    return phrase(
        "{dimension} of {name}’s output {port}",
        dimension=dimension,
        name=at.node.name,
        port=question.port,
    )


def _dimension(root: Inference, question: DimensionOf) -> Phrase:
    """Return what a dimension holds, as far upstream as it must be followed to know."""
    asked: DimensionOf | None = question
    while asked is not None:
        at = spot(root, asked.steps, asked.node)
        assert at is not None
        letter = ""
        if not at.is_block and asked.port == "output":
            letter = _letter(at.trace, at.result.outputs["output"].rank, asked.index)
        if at.node.kind == "Input" and not at.steps:
            letter = _OF_INPUTS.get(at.result.outputs["output"].rank, "")[asked.index :][:1]
        if letter:
            return phrase(_DIMENSIONS[letter])
        source = origin(at, asked.port, asked.index)
        asked = source or (None if at.is_block else alike(at, asked.port, asked.index))
    return phrase("dimension {index}", index=question.index)


def _letter(trace: Trace, rank: int, index: int) -> str:
    """Return the letter of an output's dimension, where it is laid out as its inputs are."""
    layouts = {layout.split("×")[index] for layout in trace.layouts.values()
               if layout.count("×") + 1 == rank}  # fmt: skip
    return layouts.pop() if len(layouts) == 1 else ""


def label(trace: Trace, key: Key) -> str:
    """Return what a variable is called in formulas: ``H``, ``input1.shape[1]``, ``stride[0]``."""
    match key:
        case InputKey(port, index):
            if len(trace.ports) == 1 and port in trace.layouts:
                return trace.layouts[port].split("×")[index]
            return f"{port}.shape[{index}]"
        case ArgumentKey(parameter, None):
            return parameter
        case ArgumentKey(parameter, place):
            return f"{parameter}[{place}]"
        case _:
            return key.name
