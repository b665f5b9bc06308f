"""What block cards say of their arguments: the most telling first, nothing cut in the middle."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from app.canvas.card_texts import pieces_that_fit
from app.canvas.tips import tip
from app.look import icons
from app.look.theme import ui_font
from graph_model.network import Project
from graph_model.values import boolean, integer
from tests.codegen.blocks import network

PART = network({}, "part", "Part", {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "fc": ("Linear", {"out_features": "=features", "bias": "=bias"}, "x"),
    "y": ("Output", {}, "fc"),
}, integer("depth", 2), boolean("bias", False), integer("features", 8))  # fmt: skip
USED = network({"part": PART}, "main", "Main", {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "one": ("[part]", {"features": 16, "bias": True}, "x"),
    "two": ("[part]", {}, "one"),
    "y": ("Output", {}, "two"),
})  # fmt: skip


def test_where_a_use_differs_from_others_comes_first(view, document):
    document.open(Project({"main": USED, "part": PART}, "main"))
    card = view.canvas.cards["one"]
    assert card.content.summary == "bias, features 16, depth 2"
    assert view.canvas.cards["two"].content.summary == "depth 2, bias off, features 8"
    assert card.content.summary in tip(view, card.pos() + QPointF(60, -4))


def test_an_input_and_an_output_have_glyphs_of_their_own(view, document):
    document.open(Project({"main": USED, "part": PART}, "main"))
    glyphs = [view.canvas.cards[id].content.glyph for id in ("x", "one", "y")]
    assert glyphs == ["input", "block", "output"]
    assert {f"family/{glyph}" for glyph in glyphs} <= set(icons.names())


@pytest.mark.parametrize("room", range(10, 260, 10))
def test_no_piece_is_cut_unless_it_is_the_only_one(qapp, room):
    font = ui_font(11)
    text = "channels 64, depth 3, downsample, stride 1"
    fitting = pieces_that_fit(text, font, room)
    pieces = fitting.removesuffix(" …").split(", ")
    assert pieces == [each for each in text.split(", ") if each in pieces]
    assert pieces[0] == "channels 64"
    assert (fitting == text) or fitting.endswith(" …")
    assert len(pieces) == 1 or QFontMetricsF(font).horizontalAdvance(fitting) <= room
