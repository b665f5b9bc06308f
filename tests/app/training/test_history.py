from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.training.history import Curve, smoothed


def filled(sizes: list[int]) -> tuple[Curve, np.ndarray]:
    curve, numbers = Curve(), np.random.default_rng(0).standard_normal(sum(sizes))
    start = 0
    for size in sizes:
        part = slice(start, start + size)
        curve.extend(np.arange(start, start + size, dtype=float), numbers[part])
        curve.thinned()
        start += size
    return curve, numbers


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=8))
def test_nothing_is_thrown_away_however_it_comes(sizes: list[int]) -> None:
    curve, numbers = filled(sizes)
    assert len(curve) == len(numbers)
    np.testing.assert_array_equal(curve.y, numbers)
    np.testing.assert_array_equal(curve.x, np.arange(len(numbers)))


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=6))
def test_thinned_is_short_ascends_and_keeps_the_extremes(sizes: list[int]) -> None:
    curve, numbers = filled(sizes)
    x, y = curve.thinned()
    assert len(x) == len(y) <= 7201 + len(numbers) // 1800
    assert np.all(np.diff(x) >= 0)
    if len(numbers):
        assert y.min() == numbers.min()
        assert y.max() == numbers.max()


def test_a_short_curve_is_drawn_as_it_is() -> None:
    curve, numbers = filled([100])
    np.testing.assert_array_equal(curve.thinned()[1], numbers)


def test_smoothing_is_the_bias_corrected_moving_average() -> None:
    y = np.array([1.0, 5.0, 2.0, 8.0])
    weights = [[0.9 ** (last - each) for each in range(last + 1)] for last in range(4)]
    expected = [np.average(y[: len(row)], weights=row) for row in weights]
    np.testing.assert_allclose(smoothed(y, 0.9), expected)


def test_smoothing_by_nothing_and_past_gaps() -> None:
    y = np.array([1.0, np.nan, 3.0])
    assert smoothed(y, 0.0) is y
    result = smoothed(y, 0.5)
    assert np.isnan(result[1])
    assert 1.0 < result[2] < 3.0
