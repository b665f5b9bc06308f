"""What is said of a place on the canvas while the mouse rests there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPointF

from app.canvas.card_style import BLOCK
from app.canvas.content import Content
from app.canvas.hits import card_at, port_at, wire_at
from app.canvas.numbers import number_at, spec_of
from app.canvas.surface import Surface
from app.language.sentences import problem_sentence, translate
from app.late import late
from app.project.document import Document
from app.widgets.open_ports import open_texts
from graph_model.layers.attention import SEQUENCES
from graph_model.network import Port
from graph_model.tensors import TensorSpec

_ASKING: Final = "app.explain.asking"


def tip(view: Surface, at: QPointF) -> str:
    """Return what there is to say about a place, as plain text."""
    port = port_at(view.canvas, at, view.zoom)
    if port is not None:
        return _of_port(view, port.port, is_input=port.is_input)
    number = number_at(view.canvas, at)
    spec = spec_of(view.document, number) if number else None
    hint = f"{_shape_tip(view.document, spec)}\n{late(_ASKING).click_hint()}" if spec else ""
    card = card_at(view.canvas, at)
    if card is not None:
        figure = view.canvas.figure_of(card.node)
        return "\n".join(text for text in (figure, hint, *_of_card(card.content)) if text)
    wire = wire_at(view.canvas, at, view.zoom)
    if wire is None or hint:
        return hint
    if wire.toolTip():
        return wire.toolTip()
    spec = view.document.inference.spec(wire.edge.source)
    lines = (_shape_tip(view.document, spec) if spec else "", _order(view, wire.edge.target))
    return "\n".join(line for line in lines if line)


def _shape_tip(document: Document, spec: TensorSpec) -> str:
    tip: str = late(_ASKING).shape_tip(document, spec)
    return tip


def _of_port(view: Surface, port: Port, *, is_input: bool) -> str:
    result = view.document.inference.nodes[port.node]
    spec = (result.inputs if is_input else result.outputs).get(port.name)
    state = view.document.state
    is_free = is_input and port not in state.network.edges
    open_text = open_texts(state, state.network.nodes[port.node]).get(port.name) if is_free else ""
    told = _shape_tip(view.document, spec) if spec else open_text
    named = f"{port.name}: {told}" if told else port.name
    return "\n".join(line for line in (named, _order(view, port)) if line)


def _order(view: Surface, port: Port) -> str:
    """Say in which order a port reads or gives a sequence, where it is one of a layer for those."""
    card = view.canvas.cards[port.node]
    return _order_text(card.content) if port.name in SEQUENCES else ""


def _order_text(content: Content) -> str:
    match content.batch_first:
        case True:
            return translate(
                "Card", "Sequences have the batch first, then the steps (batch_first = True)."
            )
        case False:
            return translate(
                "Card", "Sequences have the steps first, then the batch (batch_first = False)."
            )
        case None:
            return ""


def _of_card(content: Content) -> Iterator[str]:
    """Yield what there is to say about a card beyond what it shows."""
    yield from map(problem_sentence, content.problems)
    if content.batch_first is not None or content.family == BLOCK:
        yield content.summary  # the card may have no room for all of it
    yield _order_text(content)
    if content.owner:
        yield translate("Card", "Its weights are those of {0}.").format(content.owner)
    if content.family == BLOCK:
        yield translate("Card", "Double-click to open the block.")
