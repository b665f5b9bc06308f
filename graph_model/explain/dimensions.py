"""Why a dimension of an output has the size that it has."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.dims import Dim, data_symbols
from graph_model.explain.formula_texts import Formulas
from graph_model.explain.traced import tree_of
from graph_model.explain.values import DimensionOf, Explanation, Variable
from graph_model.explain.watched import InputKey, Trace
from graph_model.explain.where import Spot, origin, spot
from graph_model.explain.words import title
from graph_model.findings.results import Inference
from graph_model.formulas import Binary, Constant, Formula, Name, names_in
from graph_model.layers.kind import Script
from graph_model.phrases import Phrase, phrase

_ROUNDING: Final = frozenset({"stride", "step"})
"""Parameters that a size is divided by and rounded down, which the formula tells in any case."""


def explain_dimension(root: Inference, question: DimensionOf) -> Explanation | None:
    """Explain one dimension of an output, or return ``None`` where it is not known."""
    at = spot(root, question.steps, question.node)
    spec = at.result.outputs.get(question.port) if at else None
    if at is None or spec is None or question.index >= spec.rank:
        return None
    shape = root.shown(spec).shape
    return replace(_explained(at, question, shape[question.index]), shape=shape)


def _explained(at: Spot, question: DimensionOf, result: Dim) -> Explanation:
    name = title(at.root, question)
    if at.is_block or (at.node.kind == "Input" and at.steps):
        return _passed_on(at, question, name, result)
    tree = tree_of(at.trace.outputs[question.port].shape[question.index])
    formula = Formulas(at, at.trace, keeps_floors=bool(_ROUNDING & at.kind.by_name.keys()))
    if not formula.keys([tree]):
        return Explanation(question, name, _fixed(at, result), result)
    return Explanation(
        question,
        name,
        _reason(at.trace, tree),
        result,
        formula.in_names(tree),
        formula.in_values(tree),
        formula.variables([tree]),
    )


def _passed_on(at: Spot, question: DimensionOf, name: Phrase, result: Dim) -> Explanation:
    """Explain what passes the border of a block."""
    if at.is_block:
        why = phrase("It is what comes out of the block {block}.", block=at.kind.name)
    else:
        why = phrase("It is what goes into the block {block}.", block=at.inference.network.name)
    source = origin(at, question.port, question.index)
    if source is None:
        count = at.result.repeat
        joined = phrase("{count} repeats lie side by side along this dimension.", count=count)
        return Explanation(question, name, joined, result)
    variable = Variable("", "", result, title(at.root, source), source)
    return Explanation(question, name, why, result, variables=(variable,))


def _fixed(at: Spot, result: Dim) -> Phrase:
    """Return why a dimension has no formula."""
    if at.node.kind == "Input":
        return _stands_for(at, str(result))
    if data_symbols(result):
        return phrase("Only the data tell how many {kind} finds: {value} stands for that number, "
                      "which may differ at each call and be zero.",
                      kind=at.kind.name, value=result)  # fmt: skip
    if isinstance(at.kind.form, Script):
        return phrase("{kind} was run on a tensor without data, and gave it.", kind=at.kind.name)
    return phrase("{kind} gives {value} here.", kind=at.kind.name, value=result)


def _stands_for(at: Spot, symbol: str) -> Phrase:
    divisor = at.root.multiples.get(symbol)
    if divisor is None:
        return phrase("You called this dimension {symbol}: it stands for any size.", symbol=symbol)
    return phrase(
        "You called this dimension {symbol}: it stands for any multiple of {divisor}.",
        symbol=symbol,
        divisor=divisor,
    )


def _reason(trace: Trace, tree: Formula) -> Phrase:
    """Return in a sentence what a formula does."""
    kind = trace.kind.name
    keys = [trace.named[name][0] for name in names_in(tree) if name in trace.named]
    from_inputs = all(isinstance(key, InputKey) for key in keys)
    match tree:
        case Name() if kind == "Input":
            return phrase("You gave this size at the input.")
        case Name() if from_inputs:
            return phrase("{kind} leaves this dimension as it came.", kind=kind)
        case Name():
            return phrase("It is an argument of {kind}.", kind=kind)
        case Binary("+") if from_inputs:
            return phrase("The tensors lie one after the other, so their sizes are added.")
        case Binary("*") if from_inputs:
            return phrase("These dimensions become one, so their sizes are multiplied.")
        case Binary("+", Binary("//"), Constant()) if _ROUNDING & trace.kind.by_name.keys():
            return phrase("It is the number of places that the window takes, step by step.")
        case _:
            return phrase("{kind} works it out like this.", kind=kind)
