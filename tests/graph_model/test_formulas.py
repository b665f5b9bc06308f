"""Formulas: read, worked out and written as Python itself would."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.formula_parser import LONGEST, parse_formula
from graph_model.formulas import (
    PRECEDENCE,
    Binary,
    Call,
    Conditional,
    Constant,
    Formula,
    Name,
    Sequence,
    Unary,
    as_formula,
    as_value,
    evaluate,
    names_in,
    substitute,
    write,
)
from graph_model.problems import Refusal

SCOPE = {"channels": 64, "stride": 2, "dropout": 0.5, "bias": True, "mode": "max"}
constants = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-99, 99),
    st.floats(-9, 9),
    st.text(max_size=3),
    st.sampled_from([float("inf"), -float("inf")]),
).map(Constant)
leaves = constants | st.sampled_from(list(SCOPE)).map(Name)


def _larger(within: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "not"]), within),
        st.builds(Binary, st.sampled_from(list(PRECEDENCE)), within, within),
        st.builds(Conditional, within, within, within),
        st.builds(
            Call,
            st.sampled_from(["min", "max"]),
            st.lists(within, min_size=2, max_size=3).map(tuple),
        ),
        st.builds(Sequence, st.lists(within, max_size=3).map(tuple)),
    )


formulas = st.recursive(leaves, _larger, max_leaves=6)
readable_formulas = formulas.map(write).filter(lambda text: len(text) <= LONGEST).map(parse_formula)
"""Formulas as a file holds them, which ``-4`` as an operator upon 4 is not."""


@given(formulas)
def test_what_is_written_is_read_again_and_is_what_python_reads(formula: Formula) -> None:
    text = write(formula)
    if len(text) <= LONGEST:
        again = parse_formula(text)
        assert write(again) == text
        assert _tree(write(again)) == _tree(text)
        assert repr(_outcome(again)) == repr(_outcome(formula))


def _tree(text: str) -> str:
    return ast.dump(ast.parse(text, mode="eval"))


def _outcome(formula: Formula) -> Any:
    try:
        return evaluate(formula, SCOPE)
    except Refusal as refusal:
        return refusal.problem.code


@given(formulas)
def test_what_is_worked_out_is_what_python_works_out(formula: Formula) -> None:
    try:
        value = evaluate(formula, SCOPE)
    except Refusal:
        return
    expected = eval(write(formula), {"min": min, "max": max, "float": float}, dict(SCOPE))
    assert repr(value) == repr(expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("channels * 4", 256),
        ("channels // 3 % 4 - 1", 0),
        ("stride == 1", False),
        ("stride != 1 and not bias or mode == 'max'", True),
        ("1 if stride < 2 else (channels, -1)", (64, -1)),
        ("max(8, channels / 4)", 16.0),
        ("-channels + .5e1", -59.0),
        ("stride <= 2", True),
        ("stride > 2", False),
        ("stride >= 2", True),
        ("()", ()),
        ("(stride,)", (2,)),
        ('"N\\u00e9"', "Né"),
        ('"\\x"', "\\x"),
        ("None", None),
        ("channels ** -stride", 64**-2),
        ("-stride ** 2 ** 3", -256),
        ("(-stride) ** 3 * 2", -16),
        ("2 ** 31 // 2 ** 2", "formula_too_large"),
        ("stride ** 0.5", 2**0.5),
        ("min(stride, 1) ** channels", 1),
        ("1 ** 2000000000", 1),
    ],
)
def test_formulas_have_values(text: str, value: object) -> None:
    assert _outcome(parse_formula(text)) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("depth + 1", "“depth” is not a parameter of this block. Its parameters: channels, stride"),
        ("channels // (stride - 2)", "channels // (stride - 2) divides by zero."),
        ("bias + 1", "bias must be a number, but is True."),
        ("1 if channels else 2", "channels must be true or false, but is 64."),
        ("(dropout, 1)", "dropout must be a whole number, but is 0.5."),
        ("0 ** -stride", "0 ** -stride divides by zero."),
        ("(-stride) ** 0.5", "(-stride) ** 0.5 is no real number"),
        ("stride ** channels", "stride ** channels gives a number that is too large."),
        ("9 ** 9 ** 9", "9 ** 9 ** 9 gives a number"),
        ("1e9 ** 1e9", "1000000000.0 ** 1000000000.0 gives a number that is too large."),
        ("2147483647 * channels", "2147483647 * channels gives a number that is too large."),
    ],
)
def test_what_cannot_be_worked_out_says_why(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        evaluate(parse_formula(text), SCOPE)
    assert refused.value.problem.message.startswith(sentence)


def test_without_parameters_there_are_none_to_name() -> None:
    with pytest.raises(Refusal, match=r"Its parameters: none\."):
        evaluate(Name("x"), {})


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("a b", "b"),
        ("a < b < c", "<"),
        ("1 +", "the end"),
        ("", "the end"),
        ("(1", "the end"),
        ("1 if a", "the end"),
        ("min(1)", "the end"),
        ("else", "else"),
        ("a.b", "."),
        ("a[0]", "["),
        ("f(x)", "("),
        ("lambda: 0", ":"),
        ("a * * 2", "*"),
        ("a ** * 2", "*"),
        ("__import__('os')", "("),
        ("[a for a in b]", "["),
        ("a := 1", ":"),
    ],
)
def test_what_is_no_formula_is_refused(text: str, got: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_formula(text)
    message = refused.value.problem.message
    assert message == f"“{text}” cannot be read: {got} is not expected there."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * (LONGEST + 1), "formula_too_long"),
        ("+".join("a" * 100), "formula_too_long"),  # as it is written, with spaces
        ("(" * 100, "formula_too_deep"),
        ("99999999999", "formula_too_large"),
        ("1e999", "formula_too_large"),
    ],
)
def test_formulas_have_limits(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_formula(text)
    assert refused.value.problem.code == code


def test_names_are_replaced_everywhere() -> None:
    text = "-a if not a == 1 else max(a, (a + b) * 2) if b else (a, 3)"
    formula = parse_formula(text)
    assert sorted(names_in(formula)) == ["a"] * 5 + ["b"] * 2
    known = {"a": parse_formula("c + 1")}
    expected = "-(c + 1) if not c + 1 == 1 else max(c + 1, (c + 1 + b) * 2) if b else (c + 1, 3)"
    assert write(substitute(formula, known)) == expected


def test_words_for_names_can_be_given() -> None:
    assert write(parse_formula("-heads * 2"), {"heads": "self.heads"}) == "-self.heads * 2"


def test_values_and_formulas_without_names_are_the_same() -> None:
    assert as_value(as_formula((2, "N"))) == (2, "N")
    assert as_value(as_formula(0.5)) == 0.5
    assert as_value(parse_formula("2 * 3")) == 6
    assert as_value(parse_formula("2 * a")) == parse_formula("2 * a")
    assert as_value(parse_formula("1 // 0")) == parse_formula("1 // 0")
