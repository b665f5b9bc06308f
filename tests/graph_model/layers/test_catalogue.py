"""What holds of every entry of the catalogue, and how a card sums an entry up."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from graph_model.complaints import complaint
from graph_model.layers import FAMILIES, LAYERS
from graph_model.layers.card import ALWAYS, format_value, summary
from graph_model.layers.kind import LayerKind
from graph_model.naming import name_complaint
from graph_model.problems import FIXES, KINDS
from graph_model.values import Value

every_kind = pytest.mark.parametrize("kind", LAYERS.values(), ids=lambda kind: kind.name)


def test_the_catalogue_is_large_and_no_name_is_taken_twice() -> None:
    assert len(LAYERS) >= 200
    assert all(name == kind.name for name, kind in LAYERS.items())
    assert set(FAMILIES) == {kind.family for kind in LAYERS.values()}


def test_a_family_stays_together_in_the_palette() -> None:
    families = [kind.family for kind in LAYERS.values()]
    assert families == sorted(families, key=FAMILIES.index)


@every_kind
def test_an_entry_explains_itself(kind: LayerKind) -> None:
    assert kind.help[0].isupper()
    assert kind.help.endswith(".")
    assert len(kind.help) <= 100
    for parameter in kind.parameters:
        assert parameter.help.endswith("."), parameter.name
    if kind.family != "input_output":
        assert re.fullmatch(
            r"torch(\.nn|\.fft|\.autograd|\.nn\.functional|\.nn\.parameter|\.Tensor)?\.\w+\.html",
            kind.documentation,
        )


@every_kind
def test_defaults_suit_their_parameters(kind: LayerKind) -> None:
    assert len(kind.by_name) == len(kind.parameters)
    for parameter in kind.parameters:
        assert complaint(parameter, parameter.default) is None
        assert parameter.inferred <= (parameter.default is None)


@every_kind
def test_there_is_a_picture_of_it(kind: LayerKind, root: Path) -> None:
    assert (root / "resources" / "icons" / "family" / f"{kind.glyph}.svg").is_file()


@every_kind
def test_code_names_can_begin_with_the_stem(kind: LayerKind) -> None:
    assert name_complaint(f"{kind.code_stem}1") == ""
    assert kind.code_stem == kind.code_stem.lower()


@every_kind
def test_a_card_names_parameters_of_its_kind(kind: LayerKind) -> None:
    named = {name for piece in kind.card for _, name, _, _ in Formatter().parse(piece) if name}
    assert named <= set(kind.by_name)
    assert "{" not in summary(kind, kind.defaults)


@pytest.mark.parametrize(
    ("kind", "arguments", "expected"),
    [
        ("Conv2d", {"in_channels": 3, "out_channels": 64, "stride": 2}, "3→64 k3 s2"),
        ("Conv2d", {"kernel_size": (3, 5)}, "?→32 k3×5"),
        ("Conv2d", {"kernel_size": (7, 7), "bias": False}, "?→32 k7 bias off"),
        ("Dropout", {}, "p 0.5"),
        ("ELU", {}, ""),
        ("ELU", {"alpha": 2.0}, "alpha 2"),
        ("LayerNorm", {"normalized_shape": (4, 8)}, "4×8"),
        ("LSTM", {"input_size": 8, "bidirectional": True}, "8→64 bidirectional on"),
    ],
)
def test_a_card_says_what_differs(kind: str, arguments: dict[str, Value], expected: str) -> None:
    assert summary(LAYERS[kind], LAYERS[kind].complete(arguments)) == expected


def test_an_empty_tuple_is_written_as_nothing() -> None:
    assert format_value(()) == ""


def test_pieces_shown_always_are_marked() -> None:
    assert summary(LAYERS["Softmax"], LAYERS["Softmax"].defaults) == "dim -1"
    assert LAYERS["Softmax"].card[0].startswith(ALWAYS)


def test_every_sentence_ends_like_one_and_a_fix_does_not() -> None:
    assert [code for code, kind in KINDS.items() if kind.template[-1] not in ".:}?…"] == []
    assert [code for code, text in FIXES.items() if text.endswith(".")] == []
