"""Fuzzy search: order of letters, and what comes first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.search.fuzzy import best_matches, score
from graph_model.layers import LAYERS


def names(query: str) -> list[str]:
    return best_matches(query, list(LAYERS), lambda name: (name,))


def test_letters_must_appear_in_order():
    assert score("cnv", "Conv2d") is not None
    assert score("vnc", "Conv2d") is None


def test_the_nearest_comes_first():
    assert names("conv2d")[0] == "Conv2d"
    assert names("bn2") == names("bn2")
    assert names("relu")[0] == "ReLU"
    assert names("ct2")[0] == "ConvTranspose2d"


def test_keywords_find_what_the_name_does_not_say():
    found = best_matches("placeholder", LAYERS.values(), lambda kind: (kind.name, *kind.keywords))
    assert found[0].name == "Input"


def test_an_empty_query_keeps_everything_in_order():
    assert names("  ") == list(LAYERS)


def test_letters_that_are_several_when_folded_move_no_place():
    assert score("e", "Straße") == score("e", "Strasse")
    assert score("strasse", "Straße") == score("Straße", "Strasse")


@given(st.text(max_size=20))
def test_every_text_matches_itself(text):
    assert score(text, text) is not None


def test_what_is_typed_without_the_hyphen_is_found_as_well():
    named = ["Open the example SqueezeNet 1.0", "Open the example U-Net", "GaussianNLLLoss"]
    assert best_matches("unet", named, lambda name: (name,))[0] == "Open the example U-Net"
    assert score("u-net", "U-Net") == score("unet", "U-Net")
