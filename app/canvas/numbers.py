"""The numbers on the canvas that can be clicked: sizes on cards and wires, parameter counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from app.canvas.hits import card_at, label_at
from app.late import late
from app.project.document import Document
from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec

if TYPE_CHECKING:
    from graph_model.explain import Question


@frozen
class Number:
    """A number and where in the scene it stands.

    ``index`` is that of a dimension of what the node gives at ``port``, of its first output where
    that is empty; -1 means the parameter count.
    """

    node: NodeId
    port: str
    index: int
    area: QRectF


def number_at(scene: QGraphicsScene, at: QPointF) -> Number | None:
    """Return the number at a point."""
    card = card_at(scene, at)
    if card is not None:
        if card.count_area().contains(at):
            return Number(card.node, "", -1, card.count_area())
        area = card.shape_area()
        if not area.contains(at):
            return None
        share = (at.x() - area.left()) / area.width()
        return Number(card.node, "", _place(card.content.shape, share), area)
    label = label_at(scene, at)
    if label is None:
        return None
    within = label.boundingRect()
    share = (label.mapFromScene(at).x() - within.left()) / within.width()
    source = label.edge.source
    index = _place(label.text, share)
    return Number(source.node, source.name, index, label.mapRectToScene(within))


def _place(text: str, share: float) -> int:
    """Return which of the sizes stands at this share of the text, whose letters are alike wide."""
    return text[: int(share * len(text))].count("×")


def question(document: Document, number: Number) -> Question | None:
    """Ask how a number came about."""
    asking = late("app.explain.asking")
    question: Question | None
    if number.index < 0:
        question = asking.count_question(document, number.node)
    elif port := number.port or _first_output(document, number.node):
        question = asking.output_question(document, number.node, port, number.index)
    else:
        question = asking.input_question(document, number.node, "input", number.index)
    return question


def spec_of(document: Document, number: Number) -> TensorSpec | None:
    """Return the shape that a number belongs to; a parameter count belongs to none."""
    if number.index < 0:
        return None
    result = document.inference.nodes[number.node]
    port = number.port or _first_output(document, number.node)
    return result.outputs[port] if port else result.inputs.get("input")


def _first_output(document: Document, node: NodeId) -> str:
    """Return the first output of a node, nothing of an Output."""
    return next(iter(document.inference.nodes[node].outputs), "")
