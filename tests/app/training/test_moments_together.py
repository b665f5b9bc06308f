"""Columns that tell a moment together are one: as pandas joins them, here and in predict.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.data.reading import load
from app.data.tables.dates import format_of
from app.training.rows import cell_fields, predict_row
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice
from tests.app.data.reading import facts_of
from tests.app.training.test_parted_cells import table, trained
from tests.app.training.test_tables import said_by_script

HOURS = pd.date_range("2004-03-10 18:00", periods=90, freq="37min")
FORMS = {
    "Date,Time": "%d/%m/%Y,%H.%M.%S",
    "DATE,TIME,": "%Y-%m-%d 00:00:00,%H:%M,",
    "start_date,x,start_time": "%m/%d/%Y,1,%I:%M %p",
    "日期,时间": "%Y年%m月%d日,%H:%M:%S",
    "year,month,day,hour,minute": "%Y,%m,%d,%H,%M",
}


def rows_of(form: str) -> list[str]:
    return [f"{each.strftime(form)},{at % 7},{'yn'[at % 2]}" for at, each in enumerate(HOURS)]


@pytest.mark.parametrize("head", FORMS)
def test_they_are_the_moments_that_pandas_reads(tmp_path: Path, head: str) -> None:
    data = load(table(tmp_path, f"{head},z,label", rows_of(FORMS[head])))
    ((name, (_, parts)),) = data.dates.items()
    made = data.arrays[name]
    for place, part in enumerate(parts):
        found = getattr(HOURS, "day_of_week" if part == "weekday" else part)
        np.testing.assert_array_equal(made[:, place], found)
    note = next(each for each in data.facts.notes if each.code == "table_columns_together")
    (fix,) = note.fixes
    assert isinstance(fix.change, SetDataArguments)
    choice = table(tmp_path, f"{head},z,label", rows_of(FORMS[head]))
    apart = facts_of(Choice("csv", {**choice.arguments, **fix.change.arguments}))
    assert name not in {each.name for each in apart.columns}
    assert {each.name for each in apart.columns} >= set(head.strip(",").split(","))


def test_a_day_and_an_hour_that_are_of_different_things_stay_apart(tmp_path: Path) -> None:
    rows = [f"{at:%Y-%m-%d},3,{at:%H:%M},{'yn'[n % 2]}" for n, at in enumerate(HOURS)]
    data = load(table(tmp_path, "birthday,x,visit_time,label", rows))
    assert {*data.dates} == {"birthday", "visit_time"}


def test_a_year_and_a_month_of_many_rows_stay_apart(tmp_path: Path) -> None:
    rows = [f"{2000 + at % 9},{at % 12 + 1},{at}" for at in range(144)]
    assert not load(table(tmp_path, "year,month,price", rows)).dates


def test_a_column_that_somebody_decided_of_stays(tmp_path: Path) -> None:
    choice = table(tmp_path, "Date,Time,z,label", rows_of(FORMS["Date,Time"]))
    decided = {**choice.arguments, "roles": ("Time", "ignore")}
    facts = facts_of(Choice("csv", decided))
    assert {each.name: each.role for each in facts.columns}["Time"] == "ignore"


@pytest.mark.parametrize(
    ("cell", "form"),
    [("1/13/2020 3:45 PM", "%m/%d/%Y %I:%M %p"), ("13.01.2004 18.00.00", "%d.%m.%Y %H.%M.%S")],
)
def test_a_day_may_have_any_time_behind_it(cell: str, form: str) -> None:
    assert format_of([cell] * 3) == form


def test_new_rows_are_read_alike(tmp_path: Path) -> None:
    form = "%m/%d/%Y,%I:%M %p"
    rows = rows_of(form)
    rows[5] = f",{rows[5].split(',', 1)[1]}"  # a day that is missing
    choice = table(tmp_path, "Date,Time,z,label", rows)
    predictor = trained(tmp_path, choice)
    table(tmp_path, "Time,z,Date", [_turned(row) for row in rows[:9]], "new.csv")
    (here,) = predictor.file(tmp_path / "new.csv")
    (of_data,) = predictor.at(range(9))
    np.testing.assert_allclose(here.scores, of_data.scores, atol=1e-6)
    lines, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    assert complaints == ""
    answers = [next(v for v in line.values() if isinstance(v, dict)) for line in lines]
    told = [[*each["probabilities"].values()] for each in answers]
    np.testing.assert_allclose(told, here.scores, atol=1e-5)
    fields = {each.name: each.usual for each in cell_fields(load(choice))}
    assert fields["Date Time"] == "03/10/2004 06:00 PM"
    np.testing.assert_allclose(predict_row(predictor, fields).scores.sum(), 1, atol=1e-5)


def _turned(row: str) -> str:
    day, time, z, _ = row.split(",")
    return f"{time},{z},{day}"


def test_a_series_is_in_their_order_and_goes_on_in_a_script(tmp_path: Path) -> None:
    order = np.random.default_rng(1).permutation(90)
    rows = [f"{HOURS[at]:%d.%m.%Y,%H:%M},{at}" for at in order]
    path = table(tmp_path, "Datum,Uhrzeit,value", rows).arguments["path"]
    choice = Choice("series", {"path": path, "window": 4})
    data = load(choice)
    np.testing.assert_array_equal(data.features[0].ravel(), [0, 1, 2, 3])
    assert data.facts.read_as["time"] == "Datum Uhrzeit"
    predictor = trained(tmp_path, choice)
    (here,) = predictor.file(Path(str(path)))
    lines, complaints = said_by_script(tmp_path, str(path))
    assert complaints == ""
    (line,) = lines
    (told,) = (value["value"] for value in line.values() if isinstance(value, dict))
    np.testing.assert_allclose(told, here.predicted.ravel(), rtol=1e-4)
