"""The formulas of a network's nodes: which parameters they name, and putting others for those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph_model.blocks import INDEX
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Constant, Formula, Name, as_value, names_in, substitute, write
from graph_model.kind_parameters import of_kind
from graph_model.layers.layer_text import read_layer
from graph_model.network import Network, Node, add_nodes
from graph_model.problems import GraphError, Refusal
from graph_model.values import Value


def mentioned(node: Node) -> set[str]:
    """Return the parameters that the formulas of a node name."""
    formulas = [*node.formulas.values()]
    if not isinstance(node.repeat, int):
        formulas.append(node.repeat)
    named = {name for formula in formulas for name in names_in(formula)}
    return named | {node.kind_from} if node.kind_from else named


def with_formulas(network: Network, known: Mapping[str, Formula]) -> Network:
    """Return a network with other formulas in place of the names that ``known`` has."""
    changed = [
        _substituted(node, known)
        for node in network.nodes.values()
        if mentioned(node) & known.keys()
    ]
    return add_nodes(network, changed) if changed else network


def at_turn(node: Node, turn: int, network: Network) -> Node:
    """Return the use of a block as it is at one of its repeats, from 0 on."""
    is_hidden = any(each.name == INDEX for each in network.parameters)
    return node if is_hidden else _substituted(node, {INDEX: Constant(turn)})


def _substituted(node: Node, known: Mapping[str, Formula]) -> Node:
    arguments: dict[str, Value] = dict(node.arguments)
    formulas: dict[str, Formula] = {}
    for name, formula in node.formulas.items():
        found = as_value(substitute(formula, known))
        if found is None or isinstance(found, bool | int | float | str | tuple):
            arguments[name] = found
        else:
            formulas[name] = _readable(found)
    repeat = node.repeat
    if not isinstance(repeat, int):
        value = as_value(formula := substitute(repeat, known))
        repeat = value if type(value) is int else _readable(formula)  # no condition
    node = replace(node, arguments=arguments, formulas=formulas, repeat=repeat)
    return _of_kind(node, known[node.kind_from]) if node.kind_from in known else node


def _of_kind(node: Node, kind: Formula) -> Node:
    """Return a node whose kind follows from another parameter, or from none any more."""
    match kind:
        case Name(name):
            return replace(node, kind_from=name)
        case Constant(str(text)) if (layer := read_layer(text)) is not None:
            return replace(of_kind(node, layer), kind_from="")
        case _:
            return replace(node, kind_from="")


def _readable(formula: Formula) -> Formula:
    """Return a formula that a file can hold; raises ``GraphError`` where it is too long."""
    try:
        return parse_formula(write(formula))
    except Refusal as refusal:
        raise GraphError(refusal.problem.message) from None
