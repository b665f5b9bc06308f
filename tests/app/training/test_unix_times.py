"""Numbers that count since 1970 are moments, here and in predict.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.data.reading import load
from app.training.rows import cell_fields
from graph_model.problems import ChooseInRecipe
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.splits import split_problems
from tests.app.training.test_parted_cells import table, trained
from tests.app.training.test_tables import said_by_script

SCALES = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
SECONDS = 1_600_000_000 + np.arange(90) * 7919


@pytest.mark.parametrize("unit", SCALES)
@pytest.mark.parametrize("name", ["timestamp", "ts", "created_at"])
def test_they_are_the_moments_that_pandas_reads(tmp_path: Path, unit: str, name: str) -> None:
    numbers = SECONDS * SCALES[unit]
    rows = [f"{number},{at % 7},{'yn'[at % 2]}" for at, number in enumerate(numbers)]
    data = load(table(tmp_path, f"{name},x,label", rows))
    (form, parts) = data.dates[name]
    assert form == f"unix {unit}"
    moments = pd.to_datetime(numbers, unit=unit)  # type: ignore[call-overload]
    made = data.arrays[name]
    for place, part in enumerate(parts):
        found = getattr(moments, "day_of_week" if part == "weekday" else part)
        np.testing.assert_array_equal(made[:, place], found)
    assert data.facts.ordered_by == name
    (problem,) = split_problems(Recipe(), data.facts)
    assert isinstance(problem.fixes[0].change, ChooseInRecipe)
    field = next(each for each in cell_fields(data) if each.name == name)
    assert float(field.usual) == pytest.approx(numbers[0], rel=1e-12)


@pytest.mark.parametrize("name", ["price", "population"])
def test_numbers_called_otherwise_stay_numbers(tmp_path: Path, name: str) -> None:
    rows = [f"{number},{at % 7},{'yn'[at % 2]}" for at, number in enumerate(SECONDS)]
    assert not load(table(tmp_path, f"{name},x,label", rows)).dates


def test_small_numbers_called_time_stay_numbers(tmp_path: Path) -> None:
    rows = [f"{at * 37},{at % 7},{'yn'[at % 2]}" for at in range(90)]
    assert not load(table(tmp_path, "time,x,label", rows)).dates


def test_new_rows_are_read_alike(tmp_path: Path) -> None:
    rows = [f"{n * 1000},{at % 7},{'yn'[at % 2]}" for at, n in enumerate(SECONDS)]
    predictor = trained(tmp_path, table(tmp_path, "timestamp,x,label", rows))
    table(tmp_path, "timestamp,x", [row.rpartition(",")[0] for row in rows[:9]], "new.csv")
    (here,) = predictor.file(tmp_path / "new.csv")
    (of_data,) = predictor.at(range(9))
    np.testing.assert_allclose(here.scores, of_data.scores, atol=1e-6)
    lines, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    assert complaints == ""
    answers = [next(v for v in line.values() if isinstance(v, dict)) for line in lines]
    told = [[*each["probabilities"].values()] for each in answers]
    np.testing.assert_allclose(told, here.scores, atol=1e-5)


def test_a_series_over_them_is_in_their_order(tmp_path: Path) -> None:
    order = np.random.default_rng(1).permutation(90)
    rows = [f"{SECONDS[at]},{at}" for at in order]
    path = table(tmp_path, "timestamp,value", rows).arguments["path"]
    data = load(Choice("series", {"path": path, "window": 4}))
    np.testing.assert_array_equal(data.features[0].ravel(), [0, 1, 2, 3])
    assert data.target[0].ravel().tolist() == [4]
