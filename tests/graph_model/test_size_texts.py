"""Sizes by name, held against what Python makes of the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.dims import evaluate
from graph_model.size_texts import is_size, read_size, sizes_named

_SIZES = {"N": 5, "H": 12, "W_2": 7}
_leaves = st.sampled_from([*_SIZES]) | st.integers(0, 99).map(str)
_texts = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(" ".join),
        st.tuples(inner, st.integers(1, 9)).map(lambda each: f"({each[0]}) // {each[1]}"),
        inner.map(lambda each: f"-({each})"),
    ),
    max_leaves=6,
)


@given(_texts)
def test_means_what_python_means(text: str) -> None:
    expected = eval(text, {}, dict(_SIZES))
    assert evaluate(read_size(text), _SIZES) == expected
    assert read_size(text, _SIZES) == expected  # type: ignore[arg-type]
    assert sizes_named(text) == {name for name in _SIZES if name in text}


@given(_texts)
def test_what_is_written_for_a_size_is_read_as_the_same(text: str) -> None:
    size = read_size(text)
    assert read_size(str(size)) == size


@pytest.mark.parametrize(
    "text",
    ["", "3", "n", "H /2", "H // 0", "3 // H", "H // W", "H +", "(H", "H)", "H H", "1H", "__A",
     "H" * 90, "(" * 30 + "H" + ")" * 30, "-" * 70 + "H", "H.shape", "H**2", "9" * 40 + "*H"],
)  # fmt: skip
def test_anything_else_is_no_size(text: str) -> None:
    assert not is_size(text)
