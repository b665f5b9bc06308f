"""What is wrong with an initialisation: its arguments, and what it would have to fill."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from graph_model.entry import argument_problems
from graph_model.initialisation.groups import filled
from graph_model.initialisation.kinds import INITS, MOST_DIMS, InitKind
from graph_model.layers.weight import Weight
from graph_model.network import Network, Node
from graph_model.parametrizations.tensors import (
    has_magnitude_each,
    has_matrix,
    norm_of,
    without_norm,
)
from graph_model.problems import Fix, Problem, ResetInit
from graph_model.recipe import Choice

_WITH_EMPTY_ROWS: Final = ("eye_", "dirac_", "sparse_")
"""What may leave rows of a weight at zero, each of which weight norm divides by its size."""


class Layer(NamedTuple):
    """A layer of a network or, as ``encoder.fc``, within a block that it uses."""

    name: str
    kind: str
    weights: tuple[Weight, ...]


def layer_problems(node: Node, weights: Iterable[Weight]) -> Iterator[Problem]:
    """Find what is wrong with the initialisation of one layer, which has these weights."""
    weights = tuple(weights)
    for group, chosen in node.init.items():
        reset = Fix("reset_init", ResetInit(group), {"group": group}, node.id)
        found = [*_choice_problems(chosen)]
        tensors = filled(weights, group)
        if not tensors:
            found.append(Problem("nothing_to_initialise", {"group": group, "name": node.name}))
        if not found:
            kind = INITS[chosen.kind]
            found += (p for each in tensors for p in _misfits(kind, chosen, each, node.name))
            if group == "weight":
                found += _zeros(node.name, weights, chosen)
        for problem in found[:1]:
            parameter = f"init.{group}"
            yield replace(problem, node=node.id, parameter=parameter, fixes=(reset,))


def network_problems(network: Network, layers: Collection[Layer]) -> Iterator[Problem]:
    """Find what is wrong with the initialisation of all layers of a network, and of its blocks."""
    for group, chosen in network.init.items():
        reset = Fix("reset_init", ResetInit(group), {"group": group})
        found = [*_choice_problems(chosen)]
        for layer in layers if not found else ():
            for each in covered(layer.kind, layer.weights, group):
                found += _misfits(INITS[chosen.kind], chosen, each, layer.name)
                if group == "weight":
                    found += _zeros(layer.name, layer.weights, chosen)
        for problem in found[:1]:
            yield replace(problem, parameter=f"init.{group}", fixes=(reset,))


def covered(kind: str, weights: Iterable[Weight], group: str) -> tuple[Weight, ...]:
    """Return what the initialisation of a whole network fills of one of its layers.

    That are layers with one matrix called ``weight``: linear ones, convolutions, embeddings. Norms
    and activations begin as they are.
    """
    weights = tuple(weights)
    if not has_matrix(kind, without_norm(weights)):
        return ()
    return tuple(each for each in filled(weights, group) if each.name == group)


def _choice_problems(chosen: Choice) -> Iterator[Problem]:
    kind = INITS.get(chosen.kind)
    if kind is None:
        yield Problem("unknown_init", {"got": chosen.kind, "choices": ", ".join(INITS)})
        return
    yield from argument_problems(kind, chosen.arguments)
    arguments = kind.complete(chosen.arguments)
    low, high = arguments.get("a"), arguments.get("b")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield Problem("init_bounds", {"low": f"{low:g}", "high": f"{high:g}"})


def _zeros(name: str, weights: Iterable[Weight], chosen: Choice) -> Iterator[Problem]:
    """Find that a weight begins with zeros which a norm divides by its size."""
    weights = tuple(weights)
    norm = norm_of(weights)
    is_zero = chosen.kind == "zeros_" or not chosen.arguments.get("val", chosen.kind != "constant_")
    if (norm and is_zero) or (chosen.kind in _WITH_EMPTY_ROWS and has_magnitude_each(weights)):
        yield Problem("init_of_zeros", {"parametrization": norm, "name": name})


def _misfits(kind: InitKind, chosen: Choice, weight: Weight, name: str) -> Iterator[Problem]:
    """Find that a tensor has not as many dimensions, or channels, as a function takes."""
    dims = len(weight.shape)
    values = {"init": kind.name, "weight": ".".join(filter(None, (name, weight.name)))}
    if not kind.fewest <= dims <= kind.most:
        wanted = {"fewest": str(kind.fewest), "most": str(kind.most), "got": str(dims)}
        code = "init_dims" if kind.most == MOST_DIMS else "init_dims_between"
        yield Problem(code, values | wanted)
        return
    groups = kind.complete(chosen.arguments).get("groups", 1)
    assert isinstance(groups, int)
    if weight.shape and weight.shape[0] % groups:
        sizes = {"groups": str(groups), "got": str(weight.shape[0])}
        yield Problem("init_groups", values | sizes)
