"""Data that people ask about, in small forms of their own: read rightly, or said what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from app.data.foreign import foreign
from app.data.prepare import prepare
from app.data.reading import load
from codegen.moments import moment_of
from graph_model.inference.infer import infer
from graph_model.problems import ChooseInRecipe
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from tests.app.data.reading import facts_of, refused
from tests.app.training.networks import mlp

RANDOM = np.random.default_rng(3)
LINES = "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 12345\n"
PAGE = "<!DOCTYPE html>\n<html><body>" + "<p>a,b,c</p>\n" * 30 + "</body></html>\n"


def csv_of(folder: Path, **columns: object) -> Choice:
    path = folder / "t.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    return Choice("csv", {"path": str(path)})


def test_columns_may_be_called_as_the_arrays_are(tmp_path: Path) -> None:
    first, second = RANDOM.normal(size=60), RANDOM.normal(size=60)
    first[:5] = np.nan
    choice = csv_of(tmp_path, features=first, target=second, label=["a", "b", "c"] * 20)
    data = load(choice)
    np.testing.assert_allclose(data.features[5:], np.c_[first, second][5:], rtol=1e-6)
    np.testing.assert_allclose(data.arrays["target"][:, 0], second, rtol=1e-6)
    assert data.target.tolist() == [0, 1, 2] * 20
    recipe, inference = Recipe(choice), infer(mlp(2, 4, 3))
    made = prepare(data, recipe, bind(recipe, inference, data.facts), inference)
    assert made.inputs[0].shape == (60, 2)
    assert np.isfinite(made.inputs[0]).all()


@pytest.mark.parametrize("form", ["{year}Q{quarter}", "Q{quarter} {year}", "{year}-Q{quarter}"])
def test_quarters_are_dates(tmp_path: Path, form: str) -> None:
    periods = pd.period_range("1990Q1", periods=40, freq="Q")
    cells = [form.format(year=each.year, quarter=each.quarter) for each in periods]
    data = load(csv_of(tmp_path, period=cells, gdp=np.arange(40.0)))
    assert data.dates["period"] == ("quarter", ("year", "month", "weekday"))
    expected = np.c_[periods.year, periods.start_time.month, periods.start_time.day_of_week]
    np.testing.assert_array_equal(data.features, expected)


def test_weeks_of_iso_are_dates() -> None:
    days = pd.date_range("2019-12-30", periods=60, freq="7D")
    for form in ("%G-W%V", "%GW%V"):
        assert [moment_of(day.strftime(form), "week") for day in days] == [*days.to_pydatetime()]


def test_days_as_workbooks_count_them_are_dates(tmp_path: Path) -> None:
    numbers = 43_831 + np.arange(40) * 1.25
    data = load(csv_of(tmp_path, Date=numbers, sales=np.arange(40.0)))
    moments = pd.to_datetime(numbers, unit="D", origin="1899-12-30")
    (form, parts) = data.dates["Date"]
    assert form == "excel"
    for place, part in enumerate(parts):
        found = getattr(moments, "day_of_week" if part == "weekday" else part)
        np.testing.assert_array_equal(data.features[:, place], found)
    assert moment_of(str(numbers[3]), "excel") == moments[3].to_pydatetime()
    other = load(csv_of(tmp_path, price=numbers, sales=np.arange(40.0)))
    assert not other.dates


@pytest.mark.parametrize("name", ["t.csv", "a.npz", "t.json", "text.txt", "t.xlsx"])
def test_what_git_has_not_fetched_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(LINES)
    told = foreign(path)
    assert told is not None
    assert told.code == "data_is_placeholder"
    kind = {"npz": "npz", "txt": "text"}.get(path.suffix[1:], "csv")
    assert refused(kind, path=str(path)).code == "data_is_placeholder"


def test_pictures_that_git_has_not_fetched_are_said(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        (tmp_path / name).mkdir()
        for at in range(3):
            Image.new("RGB", (4, 4), (9 * at, 0, 0)).save(tmp_path / name / f"{at}.png")
    (tmp_path / "dog" / "0.png").write_text(LINES)
    (note,) = facts_of(Choice("image_folder", {"path": str(tmp_path)})).notes
    assert "Git LFS" in note.message


def test_a_page_of_the_web_is_no_table(csv: Callable[[str], str]) -> None:
    assert refused("csv", path=csv(PAGE)).code == "data_is_web_page"


def test_a_target_of_texts_that_all_differ_is_told_of(tmp_path: Path) -> None:
    asked = [f"What is {at} and what comes after it?" for at in range(40)]
    answers = [f"It is {at}, and after it comes the number {at + 1}." for at in range(40)]
    notes = facts_of(csv_of(tmp_path, instruction=asked, output=answers)).notes
    note = next(each for each in notes if each.code == "table_target_singles")
    (fix,) = note.fixes
    assert isinstance(fix.change, ChooseInRecipe)
    read = facts_of(Choice(str(fix.change.kind), fix.change.arguments))
    assert read.arrays["target"].shape == read.arrays["features"].shape


def test_an_array_of_moments_is_left_out_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    days = np.arange("2020-01-01", "2020-02-20", dtype="datetime64[D]")
    np.savez(path, x=RANDOM.normal(size=(50, 6)), t=days, y=np.arange(50) % 2)
    facts = facts_of(Choice("npz", {"path": str(path)}))
    assert {each.name: each.role for each in facts.columns}["t"] == "ignore"
    assert {*facts.arrays} == {"x", "y"}


@pytest.mark.parametrize("name", ["old.xls", "open.ods", "macros.xlsm"])
def test_other_workbooks_are_said_to_be_such(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    told = foreign(tmp_path / name)
    assert told is not None
    assert told.code == "data_is_workbook"
