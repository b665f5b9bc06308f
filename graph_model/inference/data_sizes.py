"""Sizes that only the data tell: what each is called, so that no two are taken for the same.

A rule gives ``K??``. In a network that becomes ``K?`` or ``K2?`` by the name of the node, and what
a block gives, each time that it is used, ``K.name?`` by the name of its use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from graph_model.dims import data_symbols, renamed
from graph_model.findings.results import Specs
from graph_model.layers.kind import LayerKind
from graph_model.network import Node
from graph_model.tensors import TensorSpec


def told_in(specs: Iterable[TensorSpec]) -> frozenset[str]:
    """Return the symbols in some shapes that only the data tell."""
    return frozenset().union(
        *(data_symbols(dim) for spec in specs for dim in spec.shape if not isinstance(dim, int))
    )


def told_at(inputs: Specs, outputs: Specs) -> frozenset[str]:
    """Return those in what a node gives that are in nothing that it is given."""
    found = told_in(outputs.values())
    return found - told_in(inputs.values()) if found else found


def called_after(node: Node, kind: LayerKind, outputs: Specs, taken: Collection[str]) -> Specs:
    """Return what a layer gives, its own sizes called after its node and as none that is taken."""
    number = node.name.removeprefix(kind.code_stem)
    is_usual = node.name != number and number.isdigit()
    end = ("" if number == "1" else number) if is_usual else f"_{node.name}"
    names: dict[str, str] = {}
    for name in told_in(outputs.values()):
        wish = f"{name.removesuffix('??')}{end}"
        while f"{wish}?" in taken:
            wish += "_"
        names[name] = f"{wish}?"
    return _with_names(outputs, names)


def called_outside(use: Node, inputs: Specs, outputs: Specs) -> Specs:
    """Return what a block gives, the sizes that came up within called after its use."""
    names = {name: f"{name[:-1]}.{use.name}?" for name in told_at(inputs, outputs)}
    return _with_names(outputs, names) if names else outputs


def _with_names(specs: Specs, names: Mapping[str, str]) -> Specs:
    return {
        port: spec.with_shape(*(renamed(dim, names) for dim in spec.shape))
        for port, spec in specs.items()
    }
