"""Where the lines of parallel coordinates cross their axes."""

from __future__ import annotations

import math

import pytest

from app.experiments.parallel import axis


def test_words_lie_at_even_distances() -> None:
    found = axis("optimizer", ["SGD", "Adam", None, "Lion"])
    assert found.ticks == ((0.0, "Adam"), (0.5, "Lion"), (1.0, "SGD"))
    assert found.places[:2] == (1.0, 0.0)
    assert math.isnan(found.places[2])


def test_wide_ranges_are_logarithmic_and_narrow_ones_are_not() -> None:
    wide = axis("lr", [1e-4, 1e-3, 1e-2])
    assert wide.places == pytest.approx((0, 0.5, 1))
    assert [label for _, label in wide.ticks] == ["0.0001", "0.001", "0.01"]
    assert axis("epochs", [1, 5, 9]).places == (0, 0.5, 1)
    assert axis("factor", [0, 50, 100]).places == (0, 0.5, 1), "0 has no logarithm"


def test_one_value_lies_in_the_middle_and_many_have_few_ticks() -> None:
    assert axis("seed", [3, 3]).places == (0.5, 0.5)
    many = axis("loss", [each / 100 for each in range(101)])
    assert [label for _, label in many.ticks] == ["0", "0.25", "0.5", "0.75", "1"]
    assert math.isnan(axis("loss", [math.nan, 1.0]).places[0])
    assert axis("on", [True, False]).ticks == ((0.0, "off"), (1.0, "on"))
