"""What colours cards: numbers of nodes, the range of their scale, and the colours themselves."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from app.look.tokens import DARK, LIGHT
from app.observing.catalogue import OBSERVERS
from app.overlays.colour_map import WRONG, colour, contrast, ink
from app.overlays.quantities import QUANTITIES
from app.overlays.scale import STEPS, Scale, of_cards, scale_of
from app.overlays.words import number_text, title

TOLD = {"a": [3.0], "block/b": [1.0, 2.0], "block/inner/c": [5.0], "blocks/d": [7.0]}


def test_a_block_has_what_is_within_it() -> None:
    assert of_cards(TOLD, QUANTITIES["forward_seconds"]) == {"a": 3, "block": 8, "blocks": 7}
    assert of_cards(TOLD, QUANTITIES["forward_seconds"], "block") == {"b": 3, "inner": 5}
    assert of_cards(TOLD, QUANTITIES["activation_mean"])["block"] == pytest.approx(8 / 3)
    norm = of_cards(TOLD, QUANTITIES["gradient_norm"])["block"]
    assert norm == pytest.approx(np.linalg.norm([1, 2, 5]))
    assert of_cards(TOLD, QUANTITIES["update_ratio"])["block"] == np.median([1, 2, 5])


def test_scales_reach_from_the_least_to_the_most() -> None:
    norms = QUANTITIES["gradient_norm"]
    assert scale_of({"a": 1.0, "b": 1000.0}, norms) == Scale(1.0, 1000.0, is_log=True)
    assert scale_of({"a": 1.0, "b": 2.0}, norms) == Scale(1.0, 2.0)
    assert scale_of({"a": 0.0, "b": 1e-20, "c": 1.0}, norms) == Scale(1e-6, 1.0, is_log=True)
    assert scale_of({"a": math.nan}, norms) is None
    assert scale_of({}, norms) is None
    assert scale_of({"a": -1.0, "b": 3.0}, QUANTITIES["activation_mean"]) == Scale(-3.0, 3.0)
    assert scale_of({"a": 0.2}, QUANTITIES["activation_zeros"]) == Scale(0.0, 1.0)


def test_places_on_a_scale() -> None:
    assert Scale(1.0, 100.0, is_log=True).place(10.0) == pytest.approx(0.5)
    assert Scale(1.0, 100.0, is_log=True).place(0.0) == 0
    assert Scale(0.0, 4.0).place(1.0) == 0.25
    assert Scale(2.0, 2.0).place(2.0) == 0.5
    assert Scale(0.0, 1.0).step(1.0) == STEPS - 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("is_signed", [False, True], ids=["one-sided", "signed"])
def test_text_is_legible_upon_every_colour_and_cards_upon_the_canvas(theme, is_signed) -> None:
    colours = [colour(theme, step, is_signed=is_signed) for step in range(STEPS)]
    assert min(contrast(ink(each), each) for each in (*colours, WRONG)) >= 4.5
    assert min(contrast(each, theme.canvas) for each in colours) >= 1.4
    assert WRONG not in colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_more_is_told_from_less_by_lightness_alone(theme) -> None:
    """So that who sees no colours sees the order."""
    colours = [colour(theme, step, is_signed=False) for step in range(STEPS)]
    against = [contrast(each, theme.canvas) for each in colours]
    assert all(after > before for before, after in pairwise(against))


def test_every_quantity_is_told_by_an_observer_and_has_a_name() -> None:
    for each in QUANTITIES.values():
        assert each.observer in OBSERVERS
        assert title(each.name)


def test_numbers_are_written_in_their_units() -> None:
    units = {name: each.unit for name, each in QUANTITIES.items()}
    assert number_text(0.125, units["activation_zeros"]) == "12.5 %"
    assert number_text(0.0042, units["forward_seconds"]) == "4.2 ms"
    assert number_text(3.21e-7, units["gradient_norm"]) == "3.21e-7"
    assert number_text(math.inf, units["gradient_norm"]) == "inf"
