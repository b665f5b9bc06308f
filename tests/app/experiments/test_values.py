"""Values as people write them, and what settings do to a figure."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.experiments.effects import effects
from app.experiments.values import MOST, values_of
from graph_model.problems import Refusal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1, 0.2", ("0.1", "0.2")),
        ("Adam，SGD,Adam", ("Adam", "SGD")),
        ("SGD momentum=0.9, Adam", ("SGD momentum=0.9", "Adam")),
        ("with\nwithout", ("with", "without")),
        ("0..4", ("0", "1", "2", "3", "4")),
        ("-1..1", ("-1", "0", "1")),
        ("1e-5..1e-1 log 5", ("1e-05", "0.0001", "0.001", "0.01", "0.1")),
        ("0…1 of 3", ("0", "0.5", "1")),
        ("1..3, 10", ("1", "2", "3", "10")),
        ("8..128 log 5", ("8", "16", "32", "64", "128")),
        ("3x3", ("3x3",)),
    ],
)
def test_lists_and_ranges(text: str, expected: tuple[str, ...]) -> None:
    assert values_of(text) == expected


def test_ranges_are_those_of_numpy() -> None:
    assert [*map(float, values_of("1e-4..3 log 7"))] == pytest.approx(
        np.geomspace(1e-4, 3, 7), 1e-5
    )
    assert [*map(float, values_of("-2..3 of 6"))] == pytest.approx(np.linspace(-2, 3, 6))


@pytest.mark.parametrize(
    "text", ["", " , ", "0.1..0.5", "4..0", "0..1 log 3", "1..2 log 1", "0..99999", "1..1 of 3"]
)
def test_what_is_no_list_is_said(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        values_of(text)
    assert refused.value.problem.code in ("no_values", "too_many_values")


@given(st.text())
def test_any_text_is_values_or_refused(text: str) -> None:
    try:
        found = values_of(text)
    except Refusal:
        return
    assert 0 < len(found) <= MOST


def test_effects_are_means_errors_and_eta_squared() -> None:
    runs = [
        ({"lr": 0.1, "seed": seed, "optimizer": kind}, figure)
        for (kind, seed), figure in {
            ("SGD", 0): 0.5,
            ("SGD", 1): 0.7,
            ("Adam", 0): 0.9,
            ("Adam", 1): 1.0,
        }.items()
    ]
    found = effects([*runs, ({"optimizer": "SGD"}, math.nan)], ["seed", "optimizer", "lr"])
    assert [each.setting for each in found] == ["optimizer", "seed"], "lr has one value alone"
    adam, sgd = found[0].levels
    assert (adam.value, adam.count, adam.mean) == ("Adam", 2, pytest.approx(0.95))
    assert sgd.error == pytest.approx(statistics.stdev([0.5, 0.7]) / math.sqrt(2))
    figures = np.array([0.5, 0.7, 0.9, 1.0])
    between = 2 * ((0.6 - figures.mean()) ** 2 + (0.95 - figures.mean()) ** 2)
    assert found[0].share == pytest.approx(between / (4 * figures.var()))
    assert sum(each.share for each in found) <= 1
