"""Sizes of Inputs that arguments name, as ``forward`` reads them: ``x.shape[0]``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from codegen.literals import Written
from codegen.model.program import Attribute
from codegen.model.sizes import Sizes
from graph_model.dims import Expression
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Constant, Formula, Name, as_formula, parts, rebuilt
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.inference.named_sizes import declared, named, named_in, sizes_known
from graph_model.layers.kind import Held, LayerKind, Pattern
from graph_model.network import Network, Node, NodeId
from graph_model.values import Value

_MARK: Final = '"'
"""Begins what stands for a size in a formula; no parameter is called so."""
_PART: Final = re.compile(r"([^\s(]+)\.shape\[(\d+)\]")


def as_written(kind: LayerKind, id: NodeId, sizes: Sizes) -> LayerKind:
    """Return a kind in the form that it has for a node, which may name sizes of Inputs."""
    if kind.sized is None or not any(
        any(True for _ in named(kind, each.nodes[id].arguments)) for each in sizes.passes
    ):
        return kind
    return replace(kind, form=kind.sized)


@frozen
class Called:
    """What arguments of a call in ``forward`` are written as, and the values that they read."""

    arguments: Mapping[str, Value]
    reads: tuple[str, ...]


def in_forward(
    node: Node,
    kind: LayerKind,
    sizes: Sizes,
    operands: Mapping[str, str],
    keep: Callable[[str], str],
) -> Called:
    """Return what is written for formulas, over settings kept as attributes, and for sizes.

    Those are read from what the node takes where that has them, else from the Input with them.
    """
    if kind.holds_module:
        return Called({}, ())
    read: dict[str, None] = {}
    is_whole = isinstance(kind.form, Pattern)  # the sizes are not spread out

    def word(name: str) -> str:
        if not name.startswith(_MARK):
            return keep(name)
        value, index = _place(name.removeprefix(_MARK), node.id, sizes, operands)
        read[value] = None
        return f"{value}.shape[{index}]"

    found = {
        name: sizes.formula(formula, keep)
        for name, formula in node.formulas.items()
        if not kind.by_name[name].symbolic
    }
    for parameter in kind.symbolic:
        given = sizes.passes[0].nodes[node.id].arguments[parameter.name]
        formula = node.formulas.get(parameter.name) or as_formula(given)
        if parameter.name in node.formulas or named_in(given):
            marked = _marked(formula, sizes.passes[0], sizes.parameters)
            value = sizes.formula(marked, word)
            found[parameter.name] = _as_slice(value) if is_whole else value
    return Called(found, tuple(read))


def _as_slice(value: Value) -> Value:
    """Write ``x.shape[2:4]`` for ``(x.shape[2], x.shape[3])``."""
    found = _PART.findall(value) if isinstance(value, Written) else []
    tensors, indices = {tensor for tensor, _ in found}, [int(index) for _, index in found]
    if len(tensors) != 1 or value != f"({', '.join(f'{t}.shape[{i}]' for t, i in found)})":
        return value
    if indices != [*range(indices[0], indices[-1] + 1)]:
        return value
    return Written(f"{tensors.pop()}.shape[{indices[0]}:{indices[-1] + 1}]")


def _marked(formula: Formula, inference: Inference, parameters: frozenset[str]) -> Formula:
    """Return a formula with marks in place of sizes, be they names or in quotes."""
    known = sizes_known(inference).keys() - parameters
    match formula:
        case Name(name) if name in known:
            return Name(f"{_MARK}{name}")
        case Constant(str(text)):
            return _marked(parse_formula(text), inference, frozenset())
        case _:
            return rebuilt(
                formula, [_marked(each, inference, parameters) for each in parts(formula)]
            )


def _place(name: str, id: NodeId, sizes: Sizes, operands: Mapping[str, str]) -> tuple[str, int]:
    """Return a value and its dimension of a size, the same in all uses."""
    passes = sizes.passes
    wanted = [sizes_known(each)[name] for each in passes]
    if any(isinstance(each, Expression) for each in wanted):
        for port, value in operands.items():
            given = [
                each.nodes[id].inputs[port] for each in passes if port in each.nodes[id].inputs
            ]
            if len(given) < len(passes):
                continue
            for index in range(min(each.rank for each in given)):
                if [each.shape[index] for each in given] == wanted:
                    return value, index
    at = declared(passes[0].of_kind("Input"))[name]
    return at.input.name, at.dim


def beside(
    node: Node, reads: Sequence[str], inputs: Sequence[Node], network: Network
) -> tuple[str, list[Attribute]]:
    """Return what a tensor made in ``forward`` lies on the device of, and what is kept for that.

    It is what its sizes are read from, else an Input; where there is none, an empty buffer.
    """
    if reads or inputs:
        return reads[0] if reads else inputs[0].name, []
    name = f"{node.name}_device"
    while name in {each.name for each in network.nodes.values()}:
        name += "_"
    return f"self.{name}", [Attribute(node.id, name, "torch.zeros(0)", Held({}))]
