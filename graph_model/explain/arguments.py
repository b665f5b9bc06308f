"""Where an argument comes from: a formula of its block, the input, the user, the default."""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.dims import Dim
from graph_model.explain.formula_texts import Formulas, argument_source
from graph_model.explain.notation import Writer
from graph_model.explain.traced import tree_of
from graph_model.explain.values import ArgumentOf, Explanation, Variable
from graph_model.explain.where import Spot, spot
from graph_model.findings.results import Inference
from graph_model.formulas import Formula, Sequence, names_in
from graph_model.inference.arguments import as_owner, at_turn
from graph_model.inference.named_sizes import sizes_known
from graph_model.phrases import Phrase, phrase
from graph_model.values import Value


def explain_argument(root: Inference, question: ArgumentOf) -> Explanation | None:
    """Explain an argument of a node, or return ``None`` where there is no such one."""
    at = spot(root, question.steps, question.node)
    if at is None or question.parameter not in at.result.arguments:
        return None
    value = _entry(at.result.arguments[question.parameter], question.index)
    name = phrase("{parameter} of {name}", parameter=question.parameter, name=at.node.name)
    node = as_owner(at.inference.network, at.node)
    if question.parameter in node.formulas:
        return _by_formula(at, question, name, node.formulas[question.parameter], value)
    source, has_more = argument_source(at, question.parameter)
    if not has_more:
        return Explanation(question, name, source, value)
    tree = tree_of(_entry(at.trace.inferred[question.parameter], question.index))  # type: ignore[arg-type]
    formula = Formulas(at, at.trace)
    why = phrase("It follows from what comes in, so that the weights fit.")
    return Explanation(
        question,
        name,
        why,
        value,
        formula.in_names(tree),
        formula.in_values(tree),
        formula.variables([tree]),
    )


def _by_formula(
    at: Spot, question: ArgumentOf, name: Phrase, formula: Formula, value: Value
) -> Explanation:
    """Explain an argument that is worked out from the parameters of the block around."""
    if isinstance(formula, Sequence) and question.index is not None:
        formula = formula.items[question.index]
    block = at.inference.network
    node = as_owner(block, at.node)
    scope = at_turn(at.inference.scope, 0, node)
    used = dict.fromkeys(names_in(formula))
    sizes = {} if used.keys() <= scope.keys() else sizes_known(at.inference)
    variables = tuple(
        _not_a_parameter(each, sizes)
        if each not in at.inference.scope
        else Variable(
            each,
            each,
            scope[each],
            phrase("a parameter of the block {block}", block=block.name),
            ArgumentOf(at.steps[:-1], at.steps[-1][0], each) if at.steps else None,
        )
        for each in used
    )
    in_names = Writer({each: each for each in used}, {}, keeps_floors=True)
    words = {each: _word(scope[each]) if each in scope else sizes[each] for each in used}
    filled = Writer(words, {}, keeps_floors=True)
    why = phrase("It is worked out from the parameters of the block {block}.", block=block.name)
    if used.keys() - at.inference.scope.keys() - sizes.keys():
        why = phrase("It is worked out for each repeat; here it is that of the first.")
    return Explanation(
        question, name, why, value, in_names.write(formula), filled.write(formula), variables
    )


def _not_a_parameter(name: str, sizes: Mapping[str, Dim]) -> Variable:
    """Return what there is to say of a size that was named, or of the number of a repeat."""
    if name in sizes:
        why = phrase("You called this dimension {symbol}: it stands for any size.", symbol=name)
        return Variable(name, name, sizes[name], why, None)
    return Variable(name, name, 0, phrase("which repeat it is, counted from 0"), None)


def _word(value: Value) -> str | int:
    """Return what is written for the value of a parameter."""
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _entry(value: Value, index: int | None) -> Value:
    return value[index] if isinstance(value, tuple) and index is not None else value
