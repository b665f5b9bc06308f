"""How the parameters add up: of a layer by weight, of a network by node, of a block by repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from graph_model.arrangement import Arrangement
from graph_model.explain.formula_texts import Formulas
from graph_model.explain.notation import Writer, plain
from graph_model.explain.traced import tree_of
from graph_model.explain.values import Explanation, ParametersOf, Part, Variable
from graph_model.explain.watched import Trace
from graph_model.explain.where import Spot, inside, kind_of, spot
from graph_model.findings.results import Inference
from graph_model.formulas import Binary, Constant, Formula, Name
from graph_model.layers.weight import Weight
from graph_model.phrases import Phrase, phrase


def explain_parameters(root: Inference, question: ParametersOf) -> Explanation | None:
    """Explain a parameter count, or return ``None`` where there is none."""
    at = spot(root, question.steps, question.node)
    if at is None:
        inference = inside(root, question.steps)
        if inference is None or question.node is not None:
            return None
        name = phrase("parameters of {name}", name=inference.network.name)
        return _of_network(inference, question, name)
    name = phrase("parameters of {name}", name=at.node.name)
    if at.is_block:
        return _of_block(at, question, name)
    return _of_layer(at, at.trace, question, name) if at.result.outputs else None


def _of_network(inference: Inference, question: ParametersOf, name: Phrase) -> Explanation:
    network = inference.network
    found = []
    for id, result in inference.nodes.items():
        node = network.nodes[id]
        if result.parameter_count and not node.shares:
            asked = ParametersOf(question.steps, id)
            known = kind_of(inference, node)
            assert known is not None
            count = result.parameter_count
            found.append((Variable(id, node.name, count, known.name, asked), 1))
    if any(node.shares for node in network.nodes.values()):
        why = phrase("The parameters of all layers add up; shared weights count once.")
    else:
        why = phrase("The parameters of all layers add up.")
    return _sum(question, name, why, found)


def _of_block(at: Spot, question: ParametersOf, name: Phrase) -> Explanation:
    passes = at.result.passes
    if at.result.arrangement is Arrangement.SHARED:
        why = phrase("All repeats of the block have the same weights, which count once.")
        within = _of_network(passes[0].inference, ParametersOf(at.within(0)), name)
        return replace(within, why=why)
    if len(passes) == 1 and passes[0].times == 1:
        return _of_network(passes[0].inference, ParametersOf(at.within(0)), name)
    found = []
    turn = 0
    for each in passes:
        last = turn + each.times
        source = phrase("repeat {first}", first=turn + 1)
        if each.times > 1:
            source = phrase("repeats {first} to {last}, each", first=turn + 1, last=last)
        label = at.node.name if len(passes) == 1 else f"{at.node.name}[{turn}]"
        asked = ParametersOf(at.within(turn))
        count = each.inference.parameter_count
        found.append((Variable(str(turn), label, count, source, asked), each.times))
        turn = last
    why = phrase("Each repeat of the block has weights of its own, which add up.")
    return _sum(question, name, why, found)


def _of_layer(at: Spot, trace: Trace, question: ParametersOf, name: Phrase) -> Explanation:
    trained = [weight for weight in trace.weights if not weight.is_buffer]
    formulas = Formulas(at, trace)
    parts: dict[str, Part] = {}
    trees = [_size(weight) for weight in trained]
    for weight, tree in zip(trained, trees, strict=True):
        formula = formulas.in_names(tree)
        same = parts.get(plain(formula))
        parts[plain(formula)] = Part(
            (*(same.names if same else ()), weight.name or at.node.name),
            formula,
            formulas.in_values(tree, times="×"),
            weight.count,
        )
    why = phrase("A weight holds as many numbers as its sizes multiplied; all weights add up.")
    owner = at.inference.network.nodes.get(at.node.shares)
    if owner:
        why = phrase("These weights are those of {name}, and counted there.", name=owner.name)
    listed = tuple(parts.values())
    terms = [(_first(part), len(part.names)) for part in listed]
    total = _sum(question, name, why, terms)
    if len(trained) == 1:
        total = replace(total, formula=listed[0].formula, filled=listed[0].filled)
    return replace(total, variables=formulas.variables(trees), parts=listed)


def _first(part: Part) -> Variable:
    """Return the weight that stands for all those alike, by its name."""
    name = part.names[0]
    return Variable(name, name, part.value, name)


def _size(weight: Weight) -> Formula:
    """Return the formula of how many numbers a weight has."""
    sizes = [tree_of(size) for size in weight.shape]
    return reduce(lambda left, right: Binary("*", left, right), sizes) if sizes else Constant(1)


def _sum(
    question: ParametersOf, name: Phrase, why: Phrase, terms: Sequence[tuple[Variable, int]]
) -> Explanation:
    """Explain what adds up, each so many times."""
    if not terms:
        return Explanation(question, name, why, 0)
    trees = [
        Name(variable.key) if times == 1 else Binary("*", Constant(times), Name(variable.key))
        for variable, times in terms
    ]
    tree = reduce(lambda left, right: Binary("+", left, right), trees)
    values = {variable.key: variable.value for variable, _ in terms}
    assert all(isinstance(value, int) for value in values.values())
    counts = {key: value for key, value in values.items() if isinstance(value, int)}
    labels = {variable.key: variable.label for variable, _ in terms}
    return Explanation(
        question,
        name,
        why,
        sum(counts[variable.key] * times for variable, times in terms),
        Writer(labels, counts, groups=True).write(tree),
        Writer(counts, counts, groups=True).write(tree),
        tuple(variable for variable, _ in terms),
    )
