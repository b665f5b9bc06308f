"""Symbolic dimensions agree with arithmetic on the numbers that they stand for."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph_model.dims import (
    Dim,
    Expression,
    divide_exactly,
    evaluate,
    format_shape,
    is_symbol,
    product,
    symbol,
    symbols,
)

N, T, H = symbol("N"), symbol("T"), symbol("H")

_small: Final = st.integers(-6, 6)
_leaves: Final = st.sampled_from((N, T, H)) | _small


def _combined(dims: st.SearchStrategy[Dim]) -> st.SearchStrategy[Dim]:
    pairs = st.tuples(st.sampled_from((operator.add, operator.sub, operator.mul)), dims, dims)
    divisions = st.tuples(dims, st.integers(1, 5))
    return pairs.map(lambda made: made[0](made[1], made[2])) | divisions.map(
        lambda made: made[0] // made[1]
    )


dims: Final = st.recursive(_leaves, _combined, max_leaves=6)
values: Final = st.fixed_dictionaries({name: st.integers(1, 40) for name in "NTH"})


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul])
@given(a=dims, b=dims, at=values)
def test_arithmetic_is_that_of_the_numbers(
    operation: Callable[[Dim, Dim], Dim], a: Dim, b: Dim, at: dict[str, int]
) -> None:
    assert evaluate(operation(a, b), at) == operation(evaluate(a, at), evaluate(b, at))


@given(dims, st.integers(1, 12), values)
def test_division_is_the_floor_of_the_numbers(a: Dim, by: int, at: dict[str, int]) -> None:
    assert evaluate(a // by, at) == evaluate(a, at) // by


@given(dims, values)
def test_negation_is_that_of_the_numbers(a: Dim, at: dict[str, int]) -> None:
    assert evaluate(-a, at) == -evaluate(a, at)


@given(dims, dims, dims)
def test_equal_polynomials_are_equal_and_hash_alike(a: Dim, b: Dim, c: Dim) -> None:
    assert a + b == b + a
    assert a * b == b * a
    assert a * (b + c) == a * b + a * c
    assert (a - b) + b == a
    assert hash(a * (b + c)) == hash(a * b + a * c)


@given(dims)
def test_what_is_a_number_is_an_int(a: Dim) -> None:
    assert isinstance(a - a, int)
    assert symbols(a) or isinstance(a, int)


@given(dims, values)
def test_the_text_is_python_that_computes_the_same(a: Dim, at: dict[str, int]) -> None:
    assert eval(str(a), {}, dict(at)) == evaluate(a, at)


@given(dims, st.sampled_from((N, 3 * T, 8, N * T)))
def test_exact_division_undoes_multiplication(a: Dim, by: Dim) -> None:
    assert divide_exactly(a * by, by) == a


@given(dims, dims, values)
def test_exact_division_is_right_where_it_answers(a: Dim, b: Dim, at: dict[str, int]) -> None:
    quotient = divide_exactly(a, b)
    assume(quotient is not None)
    assert quotient is not None
    assert evaluate(quotient, at) * evaluate(b, at) == evaluate(a, at)


@pytest.mark.parametrize(
    ("dividend", "divisor"), [(N, 2), (N, T), (N + 1, N), (7, 2), (7, 0), (N * T, N + T)]
)
def test_exact_division_has_no_answer_where_there_is_none(dividend: Dim, divisor: Dim) -> None:
    assert divide_exactly(dividend, divisor) is None


def test_a_sum_divides_itself() -> None:
    assert divide_exactly(N + T, N + T) == 1


@pytest.mark.parametrize(
    ("dim", "text"),
    [
        (N, "N"),
        (4 * H + 1, "4*H + 1"),
        (1 - H, "-H + 1"),
        (H // 2, "H//2"),
        (N - H // 2, "-(H//2) + N"),
        ((H + 1) // 2, "(H + 1)//2"),
        (3 * (H // 2), "3*(H//2)"),
        (((H - 3) // 2 + 1 - 3) // 2, "(H + 1)//4 - 2"),
        (H // 2 // 2, "H//4"),
        ((2 * H + 3) // 2, "H + 1"),
        (H * T, "H*T"),
    ],
)
def test_dimensions_are_written_as_people_do(dim: Dim, text: str) -> None:
    assert str(dim) == text


def test_repr_tells_an_expression_from_text() -> None:
    assert repr(N + 1) == "Expression(N + 1)"


def test_product_and_symbols() -> None:
    assert product((N, 3, 4)) == 12 * N
    assert product(()) == 1
    assert symbols(N * (H // 2) + 1) == {"N", "H"}
    assert symbols(3) == frozenset()


def test_a_symbol_without_value_is_named() -> None:
    with pytest.raises(KeyError, match="T"):
        evaluate(N + T, {"N": 1})


@pytest.mark.parametrize("name", ["N", "Batch", "T_1", "X2"])
def test_names_of_dimensions(name: str) -> None:
    assert is_symbol(name)
    assert isinstance(symbol(name), Expression)


@pytest.mark.parametrize("name", ["", "n", "1N", "N+1", "Ñ", "N ", "N\n", "_N"])
def test_what_is_no_name_of_a_dimension(name: str) -> None:
    assert not is_symbol(name)
    with pytest.raises(ValueError, match="not the name of a dimension"):
        symbol(name)


def test_shapes_are_written_with_crosses() -> None:
    assert format_shape((N, 64, 28, H // 2)) == "N×64×28×H//2"
    assert format_shape((N, 2 * H + 1)) == "N×(2*H + 1)"
    assert format_shape(()) == "scalar"
    assert format_shape((2, 3), ", ") == "2, 3"
