"""Explains a number: its formula, the same with values filled in, and where those come from.

The formula of a shape is that of its rule: the rule is run once more, with numbers that remember
how they were worked out. Nothing of this is done before somebody asks.
"""

from __future__ import annotations

from graph_model.explain.arguments import explain_argument
from graph_model.explain.counts import explain_parameters
from graph_model.explain.dimensions import explain_dimension
from graph_model.explain.notation import Piece, Written, plain, size_text
from graph_model.explain.values import (
    ArgumentOf,
    DimensionOf,
    Explanation,
    ParametersOf,
    Part,
    Question,
    Steps,
    Variable,
)
from graph_model.explain.where import inside, spot
from graph_model.findings.results import Inference
from graph_model.network import NodeId

__all__ = [
    "ArgumentOf",
    "DimensionOf",
    "Explanation",
    "ParametersOf",
    "Part",
    "Piece",
    "Question",
    "Steps",
    "Variable",
    "Written",
    "explain",
    "input_dimension",
    "inside",
    "plain",
    "size_text",
]


def explain(root: Inference, question: Question) -> Explanation | None:
    """Answer a question about a network, or return ``None`` where nothing is known."""
    match question:
        case DimensionOf():
            return explain_dimension(root, question)
        case ArgumentOf():
            return explain_argument(root, question)
        case ParametersOf():  # pragma: no branch - it is the last
            return explain_parameters(root, question)


def input_dimension(
    root: Inference, steps: Steps, node: NodeId, port: str, index: int
) -> DimensionOf | None:
    """Ask for a dimension of what reaches an input of a node, if anything does."""
    at = spot(root, steps, node)
    return at.feeder(port, index) if at and port in at.result.inputs else None
