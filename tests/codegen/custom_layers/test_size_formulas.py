"""How a number follows from symbolic dimensions is told from what it was in several trials."""

from __future__ import annotations

from itertools import product as iterations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.custom_layers.size_formulas import doubts, lines, polynomial, with_combinations
from graph_model.dims import Expression, evaluate, symbol

N, T = symbol("N"), symbol("T")


@pytest.mark.parametrize("dim", [4 * N, N - 3, (3 * N + 1) // 2, -N + 50, N * T, N + T])
def test_what_was_seen_is_found(dim: Expression) -> None:
    sizes = [(29, 31), (30, 31), (31, 31), (32, 31), (41, 31), (29, 32), (29, 43), (34, 43)]
    sets = [{"N": n, "T": t} for n, t in sizes]
    seen = [evaluate(dim, each) for each in sets]
    first, *_ = lines(seen, sets, with_combinations([N, T]))
    assert first.size == dim


def test_what_is_no_line_is_not() -> None:
    assert not list(lines((1, 4, 9), [{"N": n} for n in (1, 2, 3)], [N]))


@settings(max_examples=25)
@given(st.integers(-2, 3).filter(bool), st.integers(1, 64), st.integers(-64, 64))
def test_doubts_end_with_the_truth(p: int, q: int, c: int) -> None:
    expected = (p * T + c) // q
    sets = [{"T": size} for size in (31, 32, 33, 34, 43, 108)]
    possible = [{"T": size} for size in range(31, 31 + 256)]
    for _ in range(40):
        found = list(lines([evaluate(expected, each) for each in sets], sets, [T]))
        further = list(doubts(found, possible))
        if not further:
            break
        sets += further
    for each in possible:
        assert evaluate(found[0].size, each) == evaluate(expected, each)


@given(st.lists(st.integers(-9, 9), min_size=9, max_size=9), st.sampled_from([1, 2]))
def test_a_polynomial_is_found_by_its_values(factors: list[int], divisor: int) -> None:
    powers = list(iterations(range(3), repeat=2))

    def value(n: int, t: int) -> int:
        terms = zip(powers, factors, strict=True)
        return sum(2 // divisor * each * n**i * t**j for (i, j), each in terms)

    axes = [(29, 30, 33), (31, 32, 35)]
    found = polynomial([value(n, t) for n, t in iterations(*axes)], axes, [N, T])
    assert found is not None
    assert evaluate(found, {"N": 5, "T": 70}) == value(5, 70)


def test_too_few_different_values_give_no_polynomial() -> None:
    assert polynomial([1, 1, 2], [(1, 1, 2)], [N]) is None
