"""The sizes of Inputs that arguments name: ``shape = N, 16`` where an Input has N×3."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from graph_model.dims import Dim, is_symbol, symbol
from graph_model.findings.results import Inference, Specs
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.network import Network, Node
from graph_model.open_inputs import in_order
from graph_model.problems import Problem
from graph_model.size_texts import sizes_named
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Parameter, Value


class Declared(NamedTuple):
    """Where the size of a name is: a dimension of an Input, which declares so many."""

    input: Node
    dim: int
    rank: int


def declared(inputs: Iterable[Node]) -> dict[str, Declared]:
    """Return for each name of a dimension the first Input that declares it.

    That is one which may stay open only where no other does.
    """
    found: dict[str, Declared] = {}
    for node in in_order(inputs):
        shape = LAYERS["Input"].complete(node.arguments)["shape"]
        entries = shape if isinstance(shape, tuple) else ()
        for index, entry in enumerate(entries):
            if isinstance(entry, str) and is_symbol(entry):
                found.setdefault(entry, Declared(node, index, len(entries)))
    return found


def sizes_given(network: Network, given: Specs | None) -> Mapping[str, Dim]:
    """Return the size of each name where the Inputs are given these, or what they declare.

    Of an Input that is given another number of dimensions than it declares, none is known.
    """
    inputs = [node for node in network.nodes.values() if node.kind == "Input"]
    if given is None:
        return {name: symbol(name) for name in declared(inputs)}
    return sizes_found(inputs, lambda node: given.get(node.name))


def sizes_known(inference: Inference) -> Mapping[str, Dim]:
    """Return the size of each name in what is known of a network."""
    nodes = inference.nodes
    return sizes_found(
        inference.of_kind("Input"), lambda node: nodes[node.id].outputs.get("output")
    )


def sizes_found(
    inputs: Iterable[Node], spec: Callable[[Node], TensorSpec | None]
) -> dict[str, Dim]:
    """Return the size of each name that these Inputs declare, where they give what they should."""
    return {
        name: found.shape[at.dim]
        for name, at in declared(inputs).items()
        if (found := spec(at.input)) is not None and found.rank == at.rank
    }


def named_in(value: Value) -> frozenset[str]:
    """Return the names of dimensions in a value of a symbolic parameter."""
    entries = value if isinstance(value, tuple) else (value,)
    return frozenset().union(*(sizes_named(each) for each in entries if isinstance(each, str)))


def named(kind: LayerKind, arguments: Arguments) -> Iterator[tuple[Parameter, frozenset[str]]]:
    """Yield the parameters that name dimensions, with the names."""
    for parameter in kind.symbolic:
        if names := named_in(arguments[parameter.name]):
            yield parameter, names


def may_name_sizes(kind: LayerKind, node: Node) -> bool:
    """Tell whether the arguments of a node name sizes, or would by their formulas."""
    return any(
        each.name in node.formulas or bool(named_in(node.arguments.get(each.name)))
        for each in kind.symbolic
    )


def unknown_sizes(
    kind: LayerKind, arguments: Arguments, known: Mapping[str, Dim]
) -> Iterator[Problem]:
    """Yield what is wrong where an argument names what no Input has."""
    for parameter, names in named(kind, arguments):
        for name in sorted(names - known.keys()):
            values = {"parameter": parameter.name, "name": name, "known": ", ".join(known) or "–"}
            yield Problem("unknown_size", values, parameter=parameter.name)
