"""Reshaping that mixes the samples of a batch is found, held against where the elements go."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor, arange, ones, zeros

from graph_model.dims import Shape, evaluate, product, symbol
from graph_model.layers.samples import kept_apart, mixed_dimension

N, T = symbol("N"), symbol("T")
SAMPLES = 120


def _is_mixed(places: Tensor, dim: int, stride: int) -> bool:
    """Tell whether some line along a dimension has a part of the batch, and something else."""
    lines = places.movedim(dim, 0).reshape(places.shape[dim], -1)
    samples = lines // stride % SAMPLES
    counts = zeros(SAMPLES, lines.shape[1]).scatter_add(0, samples, ones(lines.shape))
    is_part = ((counts > 0).sum(dim=0) > 1) & (counts != counts[0]).any(dim=0)
    others = lines % stride + lines // (stride * SAMPLES) * stride
    differ = (others != others[0]).any(dim=0)
    return bool((is_part & differ).any())


@given(
    st.lists(st.sampled_from((1, 2, 3, 4, 6)), min_size=1, max_size=3),
    st.integers(0, 3),
    st.lists(st.sampled_from((1, 2, 3, 4, 6, 8)), min_size=1, max_size=3),
    st.integers(0, 3),
)
def test_a_dimension_is_mixed_where_its_places_in_memory_are(
    sizes: list[int], batch: int, wanted: list[int], free: int
) -> None:
    before: Shape = (*sizes[:batch], N, *sizes[batch:])
    left = product(before) // prod(wanted)
    assume(left * prod(wanted) == product(before))
    after: Shape = (*wanted[:free], left, *wanted[free:])
    concrete = [evaluate(dim, {"N": SAMPLES}) for dim in after]
    places = arange(prod(concrete)).reshape(concrete)
    mixed = [i for i in range(len(after)) if _is_mixed(places, i, prod(sizes[batch:]))]
    found = mixed_dimension(before, after)
    assert found in mixed if mixed else found is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((N, T, 32), (N, T, 4, 8)),
        ((T, N, 32), (T, N * 4, 8)),
        ((N, T, 4), (4 * N * T,)),
        ((N, T, 8), (N, T * 4, 2)),
        ((N, 2 * T, 4), (N * T, 8)),
        ((8, 4), (4, 8)),
    ],
    ids=str,
)
def test_what_only_merges_or_parts_is_kept_apart(before: Shape, after: Shape) -> None:
    assert mixed_dimension(before, after) is None


@pytest.mark.parametrize(
    ("before", "sizes", "kept"),
    [
        ((N, 8, 6), (7, -1), (-1, 48)),
        ((N, 8, 6), (7, -1, 6), (-1, 8, 6)),
        ((N, 8, 6), (7, 5, -1), (-1, 48)),
        ((N, 8, 6), (-1, 24), (-1, 48)),
        ((N, 8, 6), (7, 6, 8), (-1, 6, 8)),
        ((N, T, 6), (7, -1), None),
        ((T, N, 6), (7, -1), None),
    ],
    ids=str,
)
def test_sizes_that_keep_samples_apart(
    before: Shape, sizes: tuple[int, ...], kept: tuple[int, ...] | None
) -> None:
    assert kept_apart(before, sizes) == kept
