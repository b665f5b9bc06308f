"""Questions about the numbers that are on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.language.sentences import multiples_text, translate
from app.late import late
from app.project.document import Document
from graph_model.dims import Shape, evaluate, format_shape, symbols
from graph_model.findings.results import Inference
from graph_model.inference.example_sizes import example_sizes
from graph_model.inference.rounding import unrounded
from graph_model.network import NodeId
from graph_model.recipes.binding import symbol_sizes
from graph_model.recipes.sources import SOURCES
from graph_model.tensors import TensorSpec

if TYPE_CHECKING:
    from graph_model.explain import Question, Steps

_EXPLAIN: Final = "graph_model.explain"
"""What answers the questions; imported late."""


def root_of(document: Document) -> Inference:
    """Return what is known of the network from which all steps are counted."""
    return _place(document)[0]


def output_question(document: Document, node: NodeId, port: str, index: int) -> Question:
    """Ask for a dimension of an output of a node on the canvas."""
    question: Question = late(_EXPLAIN).DimensionOf(_place(document)[1], node, port, index)
    return question


def input_question(document: Document, node: NodeId, port: str, index: int) -> Question | None:
    """Ask for a dimension of what reaches an input of a node on the canvas."""
    root, steps = _place(document)
    question: Question | None = late(_EXPLAIN).input_dimension(root, steps, node, port, index)
    return question


def count_question(document: Document, node: NodeId | None = None) -> Question:
    """Ask for the parameters of a node on the canvas, or of all that is on it."""
    question: Question = late(_EXPLAIN).ParametersOf(_place(document)[1], node)
    return question


def _place(document: Document) -> tuple[Inference, Steps]:
    """Return where the trail of the canvas begins and the steps along it.

    Where the use of a block is not right yet, the block stands by itself.
    """
    state = document.state
    root, steps = state.levels[0], tuple((step.node, step.turn) for step in state.trail.steps)
    is_led_to = late(_EXPLAIN).inside(root, steps) is state.inference
    return (root, steps) if is_led_to else (state.inference, ())


def shape_tip(document: Document, spec: TensorSpec) -> str:
    """Say what a shape is, in symbols and in numbers, with its dtype."""
    shown = document.state.shown(spec)
    numbers = in_numbers(document, spec.shape)
    rounded = _rounded_text(document) if "//" in str(shown) else ""
    return "\n".join(text for text in (f"{shown} {spec.dtype}", numbers, rounded) if text)


def _rounded_text(document: Document) -> str:
    """Say that sizes are rounded, and what could be stated so that none is."""
    text = translate("Explain", "“//” rounds down.")
    root = root_of(document)
    if root.network.role == "network" and (stated := unrounded(root)):
        offer = translate("Explain", "The Input can state: {0}.").format(multiples_text(stated))
        return f"{text} {offer}"
    return text


def click_hint() -> str:
    """Say how to learn more of a number."""
    return translate("Explain", "Click a number to see where it comes from.")


def in_numbers(document: Document, shape: Shape) -> str:
    """Return a symbolic shape in numbers, and what they are for: ``32×64, N = 32``.

    They are those of a batch of the recipe, or examples where the data do not tell.
    """
    names = sorted(frozenset[str]().union(*map(symbols, shape)))
    if not names:
        return ""
    sizes = _sizes(document)
    if not set(names) <= sizes.keys():
        sizes = {**example_sizes(document.main), **sizes}
    if not set(names) <= sizes.keys():
        return ""  # of a block by itself
    numbers = format_shape(tuple(evaluate(dim, sizes) for dim in shape))
    return ", ".join([numbers, *(f"{name} = {sizes[name]}" for name in names)])


def _sizes(document: Document) -> dict[str, int]:
    recipe = document.project.recipe
    source = SOURCES.get(recipe.data.kind)
    facts = (
        source.facts(source.complete(recipe.data.arguments)) if source and source.facts else None
    )
    return symbol_sizes(recipe, document.main, facts)
