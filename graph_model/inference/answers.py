"""What the shape rule of a layer says of given arguments and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from graph_model.constraints import Constraint
from graph_model.dims import Dim
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.complex_numbers import need_what_it_takes
from graph_model.layers.kind import LayerKind, Script
from graph_model.layers.use import Use
from graph_model.layers.weight import Weight
from graph_model.problems import GraphError, Problem, Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

NO_SIZES: Final[Mapping[str, Dim]] = MappingProxyType({})


@frozen
class Answer:
    """What a rule states: the outputs and all that comes with them, or why it refuses."""

    outputs: Mapping[str, TensorSpec] = field(default_factory=dict)
    sizes: Arguments = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()
    constraints: tuple[Constraint, ...] = ()


@lru_cache(maxsize=1 << 10)
def ask(
    kind_name: str,
    arguments: tuple[tuple[str, object], ...],
    inputs: tuple[tuple[str, TensorSpec], ...],
    sizes: tuple[tuple[str, Dim], ...] = (),
) -> Answer:
    """Apply the rule of a catalogue entry; equal questions are answered from memory."""
    given: Arguments = dict(arguments)  # type: ignore[arg-type]
    return apply_rule(LAYERS[kind_name], given, dict(inputs), dict(sizes))


def apply_rule(
    kind: LayerKind,
    complete: Arguments,
    inputs: Mapping[str, TensorSpec],
    sizes: Mapping[str, Dim] = NO_SIZES,
) -> Answer:
    """Apply the shape rule of a kind, with the ``sizes`` that its arguments name.

    Raises ``GraphError`` where the rule gives another number of outputs than the kind has.
    """
    use = Use(kind.name, complete, inputs, sizes_named=sizes)
    try:
        if not isinstance(kind.form, Script):
            need_what_it_takes(kind, use)
        stated = kind.rule(use)
    except Refusal as refusal:
        return Answer(sizes=use.sizes_inferred, problems=(refusal.problem,))
    specs = (stated,) if isinstance(stated, TensorSpec) else tuple(stated)
    ports = kind.outputs(complete)
    if len(specs) != len(ports):
        raise GraphError(f"the rule of {kind.name} gave {len(specs)} outputs for {ports}")
    outputs = dict(zip(ports, specs, strict=True))
    return Answer(
        outputs, use.sizes_inferred, tuple(use.weights), tuple(use.warnings), tuple(use.constraints)
    )
