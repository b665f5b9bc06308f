"""A symbolic dimension is carried through every rule, and means what its numbers would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graph_model.constraints import holds
from graph_model.dims import Dim, evaluate, symbol
from graph_model.layers.kind import LayerKind
from graph_model.tensors import TensorSpec
from tests.graph_model.layers.draws import BY_THE_DATA, COMPUTING, Drawn, uses
from tests.graph_model.layers.single import result
from tests.sampling import cases

EXAMPLES = cases(10, 200)

UNKNOWN: Final = {
    "size_must_be_number",  # weights have numbers for sizes
    "symbol_not_supported",
    "cannot_reshape",  # N elements do not fill 4×3, though 12 do
    "wrong_size",  # as of the batch of a mask that is a number: equal by chance alone
    "wrong_shape",
    "cannot_broadcast",
    "cannot_concatenate",
    "cannot_multiply",
    "leading_dims_differ",
    "cannot_expand",
    "cannot_split",
    "cannot_unbind",
    "letter_differs",
    "index_too_large",
    "class_weights_differ",
}
"""Why a symbol may be refused where the number it stood for is not."""


TOLD = [kind for kind in COMPUTING if kind.name not in BY_THE_DATA]


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.name)
def test_symbols_mean_what_their_numbers_give(kind: LayerKind) -> None:
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(uses(kind), st.sets(st.integers(2, 6), min_size=1), st.integers(40, 80))
    def agrees(drawn: Drawn, made_symbols: set[int], more: int) -> None:
        symbolic = {port: _with_symbols(spec, made_symbols) for port, spec in drawn.inputs.items()}
        found, problem = result(kind, drawn.arguments, symbolic)
        note(f"{drawn.arguments} {symbolic}: {problem.message if problem else found.outputs}")
        small, problem_then = result(kind, drawn.arguments, drawn.inputs)
        if problem:
            assert problem_then or problem.code in UNKNOWN
            return
        sizes = {f"S{size}": size for size in made_symbols}
        if not problem_then and all(holds(each, sizes) for each in found.constraints):
            _assert_same(found.outputs, small.outputs, sizes)
            assert found.weights == small.weights
        values = {f"S{size}": size + more for size in made_symbols}
        large = {port: _evaluated(spec, values) for port, spec in symbolic.items()}
        known, refused = result(kind, drawn.arguments, large)
        if not all(holds(each, values) for each in found.constraints):
            return
        assert not refused, f"not for every large size: {refused.message if refused else ''}"
        _assert_same(found.outputs, known.outputs, values)

    agrees()


def _with_symbols(spec: TensorSpec, made_symbols: set[int]) -> TensorSpec:
    """Replace each size in ``made_symbols`` by its own symbol."""
    dims: list[Dim] = [symbol(f"S{dim}") if dim in made_symbols else dim for dim in spec.shape]
    return spec.with_shape(*dims)


def _evaluated(spec: TensorSpec, values: Mapping[str, int]) -> TensorSpec:
    return replace(spec, shape=tuple(evaluate(dim, values) for dim in spec.shape))


def _assert_same(
    symbolic: Mapping[str, TensorSpec],
    known: Mapping[str, TensorSpec],
    values: Mapping[str, int],
) -> None:
    assert {port: _evaluated(spec, values) for port, spec in symbolic.items()} == dict(known)
