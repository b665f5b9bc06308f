"""The arguments of a node in its surroundings: defaults filled in, formulas worked out, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from graph_model.arrangement import Arrangement
from graph_model.blocks import INDEX, REPEAT, settled
from graph_model.complaints import complaint
from graph_model.formulas import Formula, Scope, evaluate, names_in
from graph_model.layers.kind import Boundary, Composite, Index, LayerKind, Module
from graph_model.network import Network, Node
from graph_model.problems import Fix, Problem, Refusal, SetArguments
from graph_model.tensors import DTYPES
from graph_model.values import Arguments, Value


def as_owner(network: Network, node: Node) -> Node:
    """Return a node with what it takes over from the one whose weights it shares."""
    owner = network.nodes.get(node.shares)
    if owner is None or owner.kind != node.kind:
        return node
    return replace(owner, id=node.id, name=node.name, shares=node.shares)


def worked_out(
    kind: LayerKind, node: Node, scope: Scope, sizes: Iterable[str] = ()
) -> tuple[Arguments, list[Problem]]:
    """Return the complete arguments of a node, and what is wrong with them.

    Formulas for what is symbolic may name ``sizes`` as well.
    """
    given: Arguments = node.arguments
    problems: list[Problem] = []
    if node.formulas:
        wide = with_sizes(scope, sizes)
        scopes = {each.name: wide for each in kind.symbolic}
        found, problems = _evaluated(node, node.formulas, scope, scopes)
        given = {**given, **found}
    for name in node.formulas:
        if name in kind.by_name and not takes_formula(kind, name):
            values = {"parameter": name, "kind": kind.name}
            problems.append(Problem("formula_not_here", values, node=node.id, parameter=name))
    for name, value in given.items():
        parameter = kind.by_name.get(name)
        if parameter is None:
            values = {"kind": kind.name, "parameter": name}
            problems.append(Problem("unknown_parameter", values, node=node.id, parameter=name))
        elif wrong := complaint(parameter, value):
            fix = Fix(
                "set_argument",
                SetArguments({name: parameter.default}),
                {"parameter": name, "value": str(parameter.default)},
                node.id,
            )
            problems.append(
                Problem(wrong.code, wrong.values, node=node.id, parameter=name, fixes=(fix,))
            )
    complete = kind.complete(given)
    if isinstance(kind.form, Composite) and not problems:
        complete = {name: settled(kind.by_name[name], value) for name, value in complete.items()}
    return complete, problems


def with_sizes(scope: Scope, sizes: Iterable[str]) -> Scope:
    """Return what a formula for sizes may name: parameters, and the sizes of the Inputs."""
    return {**{name: name for name in sizes}, **scope}


def is_condition(node: Node, scope: Scope) -> bool:
    """Tell whether what stands for the repeats of a block says if it is there at all."""
    return not isinstance(node.repeat, int) and isinstance(evaluate(node.repeat, scope), bool)


def arrangement(node: Node, scope: Scope) -> Arrangement:
    """Return how the repeats of a block lie; what is there once or not is a sequence."""
    if node.repeat == 1 or is_condition(node, scope):
        return Arrangement.SEQUENCE
    return node.arrangement


def is_by_turn(node: Node, scope: Scope) -> bool:
    """Tell whether the arguments of a node depend on which of its repeats it is."""
    formulas = node.formulas.values()
    return INDEX not in scope and any(INDEX in names_in(each) for each in formulas)


def at_turn(scope: Scope, turn: int, node: Node) -> Scope:
    """Return what the formulas of a block's use may name, at one of its repeats from 0 on.

    Repeats that share their weights have the same arguments, so they do not know which they are.
    """
    is_loop = node.arrangement is Arrangement.SHARED and node.repeat != 1
    return scope if INDEX in scope or is_loop else {**scope, INDEX: turn}


def takes_formula(kind: LayerKind, parameter: str) -> bool:
    """Tell whether a parameter can be a formula: not where it decides on ports or on a dtype."""
    form = kind.form
    if isinstance(form, Boundary) or kind.by_name[parameter].choices == DTYPES:
        return False
    if isinstance(form, Index):
        return parameter not in {"dim", "step"}
    called = form.call_keywords if isinstance(form, Module) else ()
    return parameter not in kind.decides_on_ports and parameter not in called


def repeats(kind: LayerKind, node: Node, scope: Scope) -> tuple[int, list[Problem]]:
    """Return how many times in sequence a node is used, and what is wrong with that.

    A formula that is true or false tells whether it is used at all.
    """
    if node.repeat == 1:
        return 1, []
    if not isinstance(kind.form, Composite):
        values = {"name": node.name}
        return 1, [Problem("repeat_needs_block", values, node=node.id, parameter=REPEAT.name)]
    value: Value
    if isinstance(node.repeat, int):
        value = node.repeat
    else:
        found, problems = _evaluated(node, {REPEAT.name: node.repeat}, scope)
        if problems:
            return 1, problems
        value = found[REPEAT.name]
    is_condition = isinstance(value, bool)
    if not is_condition and (wrong := complaint(REPEAT, value)):
        return 1, [Problem(wrong.code, wrong.values, node=node.id, parameter=REPEAT.name)]
    assert isinstance(value, int)
    inputs, outputs = kind.inputs({}), kind.outputs({})
    may_be_more = value > 1 or node.repeat != value
    if not is_condition and may_be_more and node.arrangement.is_parallel:
        if len(outputs) != 1:
            values = {"outputs": ", ".join(outputs) or "–"}
            return 1, [Problem("parallel_outputs", values, node=node.id, parameter=REPEAT.name)]
    elif may_be_more and not 0 < len(outputs) <= len(inputs):
        values = {"inputs": ", ".join(inputs), "outputs": ", ".join(outputs)}
        return 1, [Problem("repeat_does_not_fit", values, node=node.id, parameter=REPEAT.name)]
    return int(value), []


def _evaluated(
    node: Node,
    formulas: Mapping[str, Formula],
    scope: Scope,
    scopes: Mapping[str, Scope] = MappingProxyType({}),
) -> tuple[dict[str, Value], list[Problem]]:
    found: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, formula in formulas.items():
        try:
            found[name] = evaluate(formula, scopes.get(name, scope))
        except Refusal as refusal:
            cause = refusal.problem
            problems.append(Problem(cause.code, cause.values, node=node.id, parameter=name))
    return found, problems
