"""Where panels lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live_panels.places import Cell, Places, Row, Side, as_words, from_words, kind_of

KINDS = ("loss", "metrics", "rate", "speed")
USUAL = Places(
    (
        Row((Cell("loss", 60), Cell("metrics", 40)), 70),
        Row((Cell("rate"), Cell("speed")), 30),
    )
)


def shape(places: Places) -> list[str]:
    return [" ".join(row.panels) for row in places.rows]


def test_a_new_panel_comes_where_there_is_most_room() -> None:
    places = USUAL.with_new("loss.2")
    assert shape(places) == ["loss metrics", "rate speed loss.2"]
    places = places.with_new("loss.3")
    assert shape(places) == ["loss metrics loss.3", "rate speed loss.2"]
    assert places.rows[0].cells[-1].width == 50
    assert shape(places.with_new("loss.4"))[2:] == ["loss.4"]
    assert shape(Places().with_new("loss")) == ["loss"]


def test_names_of_several_of_a_kind() -> None:
    assert USUAL.new_name("loss") == "loss.2"
    assert USUAL.with_new("loss.2").without("loss").new_name("loss") == "loss"
    assert kind_of("loss.2") == "loss"


@pytest.mark.parametrize(
    ("panel", "side", "expected"),
    [
        ("loss", Side.RIGHT, ["metrics loss", "rate speed"]),
        ("loss", Side.LEFT, ["loss metrics", "rate speed"]),
        ("metrics", Side.BELOW, ["loss", "rate metrics speed"]),
        ("speed", Side.ABOVE, ["loss speed metrics", "rate"]),
        ("metrics", Side.ABOVE, ["metrics", "loss", "rate speed"]),
        ("rate", Side.BELOW, ["loss metrics", "speed", "rate"]),
    ],
)
def test_a_panel_moves_to_a_side(panel: str, side: Side, expected: list[str]) -> None:
    assert shape(USUAL.moved(panel, side)) == expected


def test_alone_in_the_last_row_there_is_nothing_further() -> None:
    places = USUAL.moved("rate", Side.BELOW)
    assert places.moved("rate", Side.BELOW) == places


def test_it_is_dropped_beside_another() -> None:
    assert shape(USUAL.beside("speed", "loss", Side.LEFT)) == ["speed loss metrics", "rate"]
    assert shape(USUAL.beside("speed", "loss", Side.BELOW)) == ["loss metrics", "speed", "rate"]
    assert USUAL.beside("loss", "loss", Side.BELOW) == USUAL


SIDES = st.sampled_from(Side)
EDITS = st.lists(
    st.tuples(st.sampled_from(("new", "away", "moved", "beside")), st.integers(0, 20), SIDES)
)


@given(EDITS)
def test_whatever_is_done_each_panel_is_there_once_and_is_remembered(edits: object) -> None:
    places = USUAL
    for what, number, side in edits:  # type: ignore[attr-defined]
        panels = set(places.panels)
        panel = places.panels[number % len(panels)] if panels else ""
        if what == "new":
            added = places.new_name(KINDS[number % len(KINDS)])
            places, panels = places.with_new(added), {*panels, added}
        elif panel and what == "away":
            places, panels = places.without(panel), panels - {panel}
        elif panel and what == "moved":
            places = places.moved(panel, side)
        elif panel:
            places = places.beside(panel, places.panels[number // 2 % len(panels)], side)
        assert len(places.panels) == len(panels)
        assert set(places.panels) == panels
        assert all(row.cells for row in places.rows)
        assert from_words(as_words(places), KINDS) == places


def test_what_was_remembered_may_be_anything() -> None:
    words = ("x loss=-3 unknown=5 loss=7", "", "99999999999 ", "10 rate")
    assert from_words(words, KINDS) == Places((Row((Cell("loss"),)), Row((Cell("rate"),), 10)))


def test_sizes_are_taken_over() -> None:
    places = USUAL.sized((300, 0), ((10, 20), (30, 40)))
    assert as_words(places) == ("300 loss=10 metrics=20", "1 rate=30 speed=40")
