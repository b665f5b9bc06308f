"""Which names a node may have: torch itself says which attributes are taken."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from graph_model.naming import LONGEST, RESERVED, as_name, name_complaint


def test_every_public_attribute_of_a_module_is_refused() -> None:
    taken = {name for name in dir(nn.Module()) if not name.startswith("_")}
    assert {name for name in taken if not name_complaint(name)} == set()


@pytest.mark.parametrize("name", [*keyword.kwlist, *keyword.softkwlist])
def test_keywords_are_refused(name: str) -> None:
    assert name_complaint(name)


@pytest.mark.parametrize("name", ["conv", "conv1", "layer_2", "größe", "卷积", "x" * LONGEST])
def test_what_may_be_a_name(name: str) -> None:
    assert name_complaint(name) == ""
    assert as_name(name, "layer") == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("x" * (LONGEST + 1), "longer"),
        ("1x", "begin with a digit"),
        ("a b", "letters, digits"),
        ("a\nb", "letters, digits"),
        ("a'''", "letters, digits"),
        ("ﬁ", "letters, digits"),  # NFKC folds it to "fi", so Python would read another name
        ("_x", "underscore"),
        ("__class__", "underscore"),
        ("forward", "uses it already"),
        ("torch", "uses it already"),
    ],
)
def test_what_may_not_be_a_name_and_why(name: str, reason: str) -> None:
    assert reason in name_complaint(name)


@given(st.text(max_size=80) | st.sampled_from(sorted(RESERVED)))
def test_any_text_becomes_a_name(text: str) -> None:
    assert name_complaint(as_name(text, "layer")) == ""


@given(st.text(max_size=80))
def test_a_name_stays_as_it_is(text: str) -> None:
    name = as_name(text, "layer")
    assert as_name(name, "other") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("My layer", "My_layer"), ("3x3 conv", "layer_3x3_conv"), ("***", "layer"), ("if", "layer")],
)
def test_names_stay_near_what_was_typed(text: str, name: str) -> None:
    assert as_name(text, "layer") == name


@pytest.mark.parametrize("name", ["l", "O", "I"])
def test_names_that_look_like_digits_are_refused(name: str) -> None:
    assert "mistaken" in name_complaint(name)


@pytest.mark.parametrize("name", ["half", "train", "double", "forward"])
def test_what_a_module_calls_its_own_may_name_an_input(name: str) -> None:
    assert name_complaint(name)
    assert name_complaint(name, is_attribute=False) == ""


@pytest.mark.parametrize("name", ["torch", "self", "print", "float", "class", "_x"])
def test_what_the_file_uses_may_name_nothing(name: str) -> None:
    assert name_complaint(name, is_attribute=False)


def test_zeros_is_a_name_like_any_other() -> None:
    assert name_complaint("zeros") == ""
