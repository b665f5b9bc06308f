"""What a block would be with other values for its parameters and other sizes of its inputs.

A class that is written with ``dim: int = 64`` promises to work with another ``dim``. Which sizes
within follow from it is found out by trying: some variations of every use are inferred, and what
is without errors tells how each size changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graph_model.inference.infer import Inference, infer_within
from graph_model.network import Network
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, Value

VARIED: Final = frozenset({Type.INTEGER, Type.SIZES, Type.NUMBER, Type.LAYER})
"""The types of parameters of which other values are tried."""
_MOST_LENT: Final = 8
"""How many different inputs of other uses are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """A use of a block as it would be with another value for a ``parameter``.

    With other inputs as well it is not ``is_alone``; without a parameter only they differ. They
    are those of another use where it ``is_lent``.
    """

    inference: Inference
    parameter: str = ""
    is_alone: bool = True
    is_lent: bool = False


def variations(network: Network, passes: Sequence[Inference]) -> list[Variation]:
    """Return those without errors.

    They are tried for every combination that occurs of what parameters say yes or no to.
    """
    if not network.parameters:
        return []
    switches = [each.name for each in network.parameters if each.type is Type.BOOLEAN]
    kinds: dict[tuple[Value, ...], Inference] = {}
    for each in passes:
        kinds.setdefault(tuple(each.scope[name] for name in switches), each)
    varying = [each for each in network.parameters if each.type in VARIED]
    own = [found for actual in kinds.values() for found in _of_one_use(actual, varying)]
    return [*own, *_lent(list(kinds.values()), passes)]


def _lent(kinds: Sequence[Inference], passes: Sequence[Inference]) -> Iterator[Variation]:
    """Yield one use of each kind with the inputs that uses of another kind have."""
    others: dict[tuple[TensorSpec, ...], dict[str, TensorSpec]] = {}
    for each in passes if len(kinds) > 1 else ():
        specs = _inputs(each)
        others.setdefault(tuple(specs.values()), specs)
    for actual in kinds:
        own = _inputs(actual)
        for specs in islice(others.values(), _MOST_LENT):
            if specs != own and specs.keys() == own.keys():
                found = infer_within(actual.block, actual.scope, specs)
                if not found.has_errors:
                    yield Variation(found, is_lent=True)


def _inputs(actual: Inference) -> dict[str, TensorSpec]:
    given = {node.name: actual.nodes[node.id].outputs for node in actual.of_kind("Input")}
    return {name: outputs["output"] for name, outputs in given.items() if outputs}


def promised(
    parameters: Collection[Parameter],
    found: Sequence[Variation],
    passes: Sequence[Inference],
    unmet: Collection[Inference],
) -> list[Variation]:
    """Return the variations in which a class has to work as well.

    What differs among the ``passes`` that occur promises no more than those. Any other parameter
    is tried alone, and with other inputs only where none of that is possible: ``x + f(x)`` takes
    another ``dim`` only with another ``x``. What parameters say yes or no to goes with the inputs
    of all uses. Those that are ``unmet`` proved to be impossible.
    """
    kept = [each for each in found if each.is_lent and each.inference not in unmet]
    for parameter in parameters:
        if len({each.scope[parameter.name] for each in passes}) > 1:
            continue
        own = [each for each in found if each.parameter == parameter.name]
        alone = [each for each in own if each.is_alone]
        kept += [each for each in alone or own if each.inference not in unmet]
    return kept


def _of_one_use(actual: Inference, varying: Sequence[Parameter]) -> Iterator[Variation]:
    specs = _inputs(actual)
    dims = {dim for spec in specs.values() for dim in spec.shape if isinstance(dim, int)}
    for dim in sorted(dims - {1}):
        yield from _tried(actual, {}, _doubled(specs, dim), "", is_alone=False)
    for parameter in varying:
        name, value = parameter.name, actual.scope[parameter.name]
        alone = [
            found
            for other in _others(parameter, value)
            for found in _tried(actual, {name: other}, specs, name, is_alone=True)
        ]
        yield from alone
        if not isinstance(value, int):
            continue
        # What is as large as the parameter first: the rest is tried only where that is in vain.
        with_inputs = [*_tried(actual, {name: 2 * value}, _doubled(specs, value), name)]
        for dim in sorted(dims - {1, value}) if not (alone or with_inputs) else ():
            with_inputs += _tried(actual, {name: 2 * value}, _doubled(specs, dim), name)
        yield from with_inputs


def _others(parameter: Parameter, value: Value) -> list[Value]:
    """Return other values to try: twice as much, a little more, and half; all other kinds."""
    if parameter.type is Type.LAYER:
        return [each for each in parameter.choices if each != value]
    if isinstance(value, float):
        return [value / 2 if value else 0.5]
    if type(value) is int:
        return [2 * value, value + 1, value + 2, *([value // 2] if value % 2 == 0 < value else [])]
    if isinstance(value, tuple):  # a size for each spatial dimension
        sizes = [int(each) for each in value]
        return [tuple(2 * each for each in sizes), tuple(each + 2 for each in sizes)]
    return []


def _tried(
    actual: Inference,
    arguments: Mapping[str, Value],
    specs: Mapping[str, TensorSpec],
    parameter: str,
    *,
    is_alone: bool = False,
) -> Iterator[Variation]:
    found = infer_within(actual.block, {**actual.scope, **arguments}, specs)
    if not found.has_errors:
        yield Variation(found, parameter, is_alone)


def _doubled(specs: Mapping[str, TensorSpec], dim: int) -> dict[str, TensorSpec]:
    """Return inputs in which each dimension of that size is twice as large."""
    return {
        name: spec.with_shape(*(2 * each if each == dim else each for each in spec.shape))
        for name, spec in specs.items()
    }
