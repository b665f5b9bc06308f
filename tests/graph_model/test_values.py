"""What a parameter takes, and what is said of anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.complaints import complaint
from graph_model.problems import KINDS
from graph_model.size_texts import whole_number
from graph_model.tensors import DTYPES
from graph_model.values import (
    LARGEST,
    Parameter,
    Type,
    Value,
    boolean,
    choice,
    dtype,
    folder,
    inferred,
    integer,
    integers,
    number,
    path,
    shape,
    sizes,
    text,
    with_default,
)

COUNT = integer("count", 3, maximum=8)
PADDING_IDX = integer("padding_idx", None, minimum=None)
FEATURES = inferred("in_features")
P = number("p", 0.5, minimum=0, maximum=1)
EPS = number("eps", 1e-5, above=0)
KERNEL = sizes("kernel_size", 2, 3)
PADDING = sizes("padding", 2, 0, minimum=0, words=("same", "valid"))
STRIDE = sizes("stride", 2, None, optional=True)
DIMS = integers("dims", (0, 2, 1))
SHAPE = shape("shape", ("N", 3))
MODE = choice("mode", ("zeros", "reflect"), "zeros")
EVERY = (
    COUNT, PADDING_IDX, FEATURES, P, EPS, KERNEL, STRIDE, DIMS, SHAPE, MODE,
    boolean("bias", True), text("label", ""), path("file"), dtype("dtype", "float32"),
)  # fmt: skip


@pytest.mark.parametrize("parameter", EVERY, ids=lambda each: each.name)
def test_a_default_suits(parameter: Parameter) -> None:
    assert complaint(parameter, parameter.default) is None


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        (COUNT, 1), (COUNT, 8), (PADDING_IDX, -1), (PADDING_IDX, None), (FEATURES, 4), (P, 0),
        (P, 1.0), (EPS, 1e-12), (EPS, float("inf")), (KERNEL, 5), (KERNEL, (1, 7)),
        (STRIDE, None), (DIMS, ()), (DIMS, (-1,)), (SHAPE, ()), (SHAPE, ("Batch", 1)),
        (MODE, "reflect"), (dtype("dtype", "float32"), "bool"),
    ],
)  # fmt: skip
def test_what_suits(parameter: Parameter, value: Value) -> None:
    assert complaint(parameter, value) is None


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        (COUNT, 0, "count must be at least 1, not 0."),
        (COUNT, 9, "count must be at most 8, not 9."),
        (COUNT, None, "count takes a whole number, not nothing."),
        (COUNT, True, "count takes a whole number, not True."),
        (COUNT, 1.0, "count takes a whole number, not 1.0."),
        (COUNT, "3", "count takes a whole number, not '3'."),
        (PADDING_IDX, LARGEST + 1, "padding_idx must be at most"),
        (PADDING_IDX, -LARGEST - 1, "padding_idx must be at most"),
        (FEATURES, 0, "in_features must be at least 1, not 0."),
        (P, -0.1, "p must be at least 0, not -0.1."),
        (P, 1.5, "p must be at most 1, not 1.5."),
        (P, float("nan"), "p takes a number, not nan."),
        (P, False, "p takes a number, not False."),
        (EPS, 0, "eps must be above 0, not 0."),
        (KERNEL, (3, 3, 3), "kernel_size takes a whole number, or one for each spatial"),
        (KERNEL, (3, "N"), "kernel_size takes a whole number, or one for each spatial"),
        (KERNEL, (3, 0), "kernel_size must be at least 1, not 0."),
        (KERNEL, "same", "kernel_size takes a whole number, or one for each spatial"),
        (PADDING, "all", "padding must be one of same, valid, not all."),
        (DIMS, 1, "dims takes whole numbers separated by commas, not 1."),
        (DIMS, (1, True), "dims takes whole numbers separated by commas"),
        (SHAPE, "N", "shape takes sizes or dimension names separated by commas"),
        (SHAPE, ("n", 3), "shape takes sizes or dimension names separated by commas"),
        (SHAPE, ("N", 0), "shape must be at least 1, not 0."),
        (MODE, "ones", "mode must be one of zeros, reflect, not ones."),
        (MODE, 1, "mode takes one of the choices, not 1."),
        (boolean("bias", True), 1, "bias takes true or false, not 1."),
        (text("label", ""), 1, "label takes text, not 1."),
        (path("file"), 1, "file takes a path, not 1."),
        (folder("data"), 1, "data takes a path, not 1."),
    ],
)
def test_what_does_not_suit_and_why(parameter: Parameter, value: Value, message: str) -> None:
    found = complaint(parameter, value)
    assert found is not None
    assert KINDS[found.code].template.format_map(found.values).startswith(message)


_scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(DTYPES)
)  # fmt: skip


@given(st.sampled_from(EVERY), _scalars | st.lists(st.integers() | st.text(max_size=2)).map(tuple))
def test_anything_gets_an_answer(parameter: Parameter, value: Value) -> None:
    found = complaint(parameter, value)
    if found:
        assert KINDS[found.code].template.format_map(found.values)
    elif parameter.type is Type.INTEGER and value is not None:
        assert type(value) is int
        assert -LARGEST <= value <= LARGEST


def test_another_default_changes_nothing_else() -> None:
    other = with_default(COUNT, 5)
    assert (other.default, other.maximum, other.name) == (5, 8, "count")


@given(st.integers(-(2**63), 2**63))
def test_whole_numbers_are_read_as_they_are_written(number: int) -> None:
    assert whole_number(str(number)) == number


@pytest.mark.parametrize("sign", ["", "-"])
def test_of_thousands_of_digits_it_is_known_that_they_are_too_many(sign: str) -> None:
    number = whole_number(sign + "0" * 5000 + "9" * 5000)
    assert abs(number) > 2**63
    assert (number < 0) is (sign == "-")
