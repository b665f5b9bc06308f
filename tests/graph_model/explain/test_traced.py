"""Traced numbers compute as plain ones do, and their formulas, as written, come to the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import add, floordiv, mul, neg, sub
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.dims import Dim, evaluate, symbol
from graph_model.explain import plain, size_text
from graph_model.explain.notation import Writer
from graph_model.explain.traced import bare, named, traced, tree_of, worked_out
from graph_model.formulas import Constant, Name, Sequence
from tests.graph_model.explain.reading import read

SYMBOLS: Final = {"N": 3, "H": 50, "T": 17}
_VALUES: Final = {"a": 7, "b": -2, "c": 1, "n": symbol("N"), "h": symbol("H") // 2 - symbol("T")}


def _combined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    whole = st.integers(1, 9)
    return st.one_of(
        st.builds(lambda f, a, b: f(a, b), st.sampled_from([add, sub, mul]), parts, parts),
        st.builds(lambda f, a, b: f(a, b), st.sampled_from([add, sub, mul]), whole, parts),
        st.builds(floordiv, parts, whole),
        st.builds(lambda a, b: -(-a // b), parts, whole),
        st.builds(neg, parts),
    )


NUMBERS: Final = st.recursive(
    st.sampled_from([named(value, name) for name, value in _VALUES.items()]), _combined,
    max_leaves=8,
)  # fmt: skip


@given(NUMBERS, st.booleans())
def test_a_formula_comes_to_its_number(number: Any, keeps_floors: bool) -> None:
    tree = tree_of(number)
    assert worked_out(tree, _VALUES) == bare(number)
    written = plain(Writer(_VALUES, _VALUES, keeps_floors).write(tree))
    assert read(written, SYMBOLS) == evaluate(bare(number), SYMBOLS)
    numbers = {name: evaluate(value, SYMBOLS) for name, value in _VALUES.items()}
    in_names = plain(Writer({name: name for name in _VALUES}, numbers, True).write(tree))
    assert read(in_names, numbers | SYMBOLS) == evaluate(bare(number), SYMBOLS)


@given(NUMBERS)
def test_a_size_is_written_as_it_is(number: Any) -> None:
    assert read(size_text(bare(number)), SYMBOLS) == evaluate(bare(number), SYMBOLS)


@pytest.mark.parametrize(("made", "written", "value"), [
    (lambda a: 10 - a, "10 − a", 3),
    (lambda a: 30 // a, "⌊30 / a⌋", 4),
    (lambda a: -(-a // 2), "⌈a / 2⌉", 4),
    (lambda a: math.floor(a / 2), "⌊a / 2⌋", 3),
    (lambda a: math.ceil(a / 2), "⌈a / 2⌉", 4),
    (lambda a: math.floor(a * 1.5), "⌊a·1.5⌋", 10),
    (lambda a: math.ceil(a * 1.5), "⌈a·1.5⌉", 11),
    (lambda a: math.floor(a), "a", 7),
    (lambda a: a - (a - 2), "a − a + 2", 2),
    (lambda a: (a + 1) * (a - 1), "(a + 1) · (a − 1)", 48),
    (lambda a: 100 // (a * 2), "⌊100 / (a·2)⌋", 7),
    (lambda a: math.floor(100 // traced(2.0, Constant(2)) ** a), "⌊100 / 2^a⌋", 0),
    (lambda a: (a + 0) * 1 // 1, "a", 7),
    (lambda a: -(-a // 2) // 2, "⌊⌈a / 2⌉ / 2⌋", 2),
    (lambda a: math.floor(a * 1.5) // 2, "⌊⌊a·1.5⌋ / 2⌋", 5),
])  # fmt: skip
def test_formulas_are_written_as_people_do(
    made: Callable[[Any], Any], written: str, value: int
) -> None:
    number = made(named(7, "a"))
    assert plain(Writer({"a": "a"}, {"a": 7}, keeps_floors=True).write(tree_of(number))) == written
    assert number == worked_out(tree_of(number), {"a": 7}) == value


def test_what_comes_out_even_needs_no_rounding() -> None:
    half = named(8, "a") // named(2, "b")
    values: dict[str, Dim | float] = {"a": 8, "b": 2}
    assert plain(Writer({"a": "a", "b": "b"}, values).write(tree_of(half))) == "a / b"
    assert plain(Writer({"a": "a", "b": "b"}, values).write(tree_of(half * 3 + 1))) == "a / b·3 + 1"


def test_a_traced_number_stands_for_a_plain_one() -> None:
    size = named(symbol("H"), "H")
    assert size == symbol("H")
    assert {size: 1}[symbol("H")] == 1
    assert size != 3
    assert [0] * named(2, "a") == [0, 0]
    assert tree_of(named(True + 1, "a")) == Name("a")
    assert named(7, "a") + True == 8


def test_only_formulas_of_numbers_are_worked_out() -> None:
    with pytest.raises(TypeError, match="no formula of traced numbers"):
        worked_out(Sequence(()), {})
