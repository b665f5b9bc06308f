from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.runs.curves import Curve, Smoothed


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


def test_what_is_looked_at_closely_is_drawn_point_by_point() -> None:
    curve, numbers = filled([100_000])
    x, y = curve.thinned(40_000, 41_000)
    np.testing.assert_array_equal(x, np.arange(39_999, 41_002))
    np.testing.assert_array_equal(y, numbers[39_999:41_002])
    np.testing.assert_array_equal(curve.thinned(99_990, 1e9)[1], numbers[99_989:])
    assert len(curve.thinned(-5, 20.5)[0]) == 22
    assert len(curve.thinned(2e5, 3e5)[0]) <= 1


@given(st.integers(0, 99_000), st.integers(1000, 100_000))
def test_a_part_is_short_ascends_and_keeps_its_extremes(first: int, length: int) -> None:
    curve, numbers = filled([100_000])
    x, y = curve.thinned(first, first + length)
    part = numbers[max(0, first - 1) : first + length + 2]
    assert len(x) == len(y) <= 7201
    assert np.all(np.diff(x) >= 0)
    assert (y.min(), y.max()) == (part.min(), part.max())


def test_one_bad_value_does_not_blank_its_bin() -> None:
    curve = Curve()
    values = np.ones(50_000)
    values[25_000] = np.nan
    curve.extend(np.arange(50_000.0), values)
    for _, drawn in (curve.thinned(), curve.thinned(10_000, 45_000)):
        assert np.isfinite(drawn).all()


def averages(y: np.ndarray, amount: float) -> list[float]:
    """The bias-corrected average by its definition: a weighted mean of all that came before."""
    return [
        np.average(y[: last + 1], weights=amount ** np.arange(last, -1.0, -1.0))
        for last in range(len(y))
    ]


@given(st.lists(st.integers(0, 150), max_size=5), st.sampled_from([0.01, 0.5, 0.9, 0.99]))
def test_smoothing_is_the_moving_average_however_the_values_come(
    sizes: list[int], amount: float
) -> None:
    y = np.random.default_rng(1).standard_normal(sum(sizes))
    curve, at = Curve(), 0
    smoothed = Smoothed(curve, amount)
    for size in sizes:
        curve.extend(np.arange(at, at + size, dtype=float), y[at : at + size])
        at += size
        assert len(smoothed.curve()) == at
    np.testing.assert_allclose(smoothed.curve().y, averages(y, amount), rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(smoothed.curve().x, curve.x)


def test_smoothing_passes_over_what_is_not_finite() -> None:
    curve = Curve()
    curve.extend(np.arange(4.0), np.array([1.0, np.nan, np.inf, 3.0]))
    result = Smoothed(curve, 0.5).curve().y
    assert np.isnan(result[1])
    assert np.isinf(result[2])
    np.testing.assert_allclose(result[[0, 3]], averages(np.array([1.0, 3.0]), 0.5))


def test_means_of_pieces() -> None:
    curve, numbers = filled([10])
    parts = [numbers[:4], numbers[4:8], numbers[8:]]
    np.testing.assert_allclose(curve.means(3), [part.mean() for part in parts])
    np.testing.assert_allclose(curve.means(48), numbers)
    assert filled([0])[0].means(3) == []
