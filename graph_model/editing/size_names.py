"""Sizes of Inputs that the nodes of a block name, where those nodes come to lie elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph_model.custom_layers.known import custom_kinds
from graph_model.dims import Dim
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Constant, Formula, names_in, substitute
from graph_model.inference.infer import infer
from graph_model.inference.named_sizes import may_name_sizes, sizes_known
from graph_model.layers import LAYERS
from graph_model.network import Network, Node, Project, add_nodes
from graph_model.size_texts import read_size
from graph_model.values import Value


def with_sizes_outside(project: Project, outer: Network, use: Node, block: Network) -> Network:
    """Return a block whose nodes name the sizes of ``outer`` that one use of it is given."""
    naming = [node for node in block.nodes.values() if _may_name_sizes(node)]
    if not naming:
        return block
    known = infer(outer, None, project.networks, custom_kinds(project.layers)).nodes[use.id]
    sizes = sizes_known(known.passes[0].inference) if known.passes else {}
    return add_nodes(block, [_renamed(node, sizes) for node in naming])


def _may_name_sizes(node: Node) -> bool:
    return node.kind in LAYERS and may_name_sizes(LAYERS[node.kind], node)


def _renamed(node: Node, sizes: Mapping[str, Dim]) -> Node:
    arguments, formulas = dict(node.arguments), dict(node.formulas)
    for parameter in LAYERS[node.kind].symbolic:
        name = parameter.name
        if name in formulas:
            formulas[name] = substitute(formulas[name], _as_formulas(formulas[name], sizes))
        elif name in arguments:
            arguments[name] = _value(arguments[name], sizes)
    return replace(node, arguments=arguments, formulas=formulas)


def _as_formulas(formula: Formula, sizes: Mapping[str, Dim]) -> dict[str, Formula]:
    return {
        name: Constant(size) if isinstance(size, int) else parse_formula(str(size))
        for name in names_in(formula)
        if (size := sizes.get(name)) is not None
    }


def _value(value: Value, sizes: Mapping[str, Dim]) -> Value:
    if isinstance(value, tuple):
        return tuple(_entry(each, sizes) for each in value)
    return _entry(value, sizes) if isinstance(value, str) else value


def _entry(entry: float | str, sizes: Mapping[str, Dim]) -> float | str:
    if not isinstance(entry, str):
        return entry
    size = read_size(entry, sizes)
    return size if isinstance(size, int) else str(size)
