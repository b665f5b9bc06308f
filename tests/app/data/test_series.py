"""Series as data: held to windows cut by hand, and to what may be known of the future."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.data.cells import columns_of
from app.data.prepare import prepare
from app.data.reading import load
from app.data.series.rows import time_column
from app.data.series.steps import steps_of
from app.data.series.windows import season_of, seasonal_naive, windows_of
from app.training.predict import Predictor
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.values import Value
from tests.app.data.folders import run_script, script_folder
from tests.app.data.reading import refused
from tools.examples.sketch import Sketch


def table(path: Path, rows: int, *, skip: tuple[int, ...] = (), shuffle: bool = False) -> str:
    """Write a table over time: a wave, and a line that rises."""
    lines = [
        f"{np.datetime64('2020-01-01') + day},{np.sin(day * np.pi / 6):.6f},{day}.5"
        for day in range(rows)
        if day not in skip
    ]
    if shuffle:
        np.random.default_rng(0).shuffle(lines)
    file = path / "series.csv"
    file.write_text("when,wave,line\n" + "\n".join(lines) + "\n")
    return str(file)


@pytest.mark.parametrize("shuffle", [False, True])
def test_windows_are_those_of_numpy_in_the_order_of_time(tmp_path: Path, shuffle: bool) -> None:
    path = table(tmp_path, 200, shuffle=shuffle)
    data = load(Choice("series", {"path": path, "window": 10, "horizon": 3, "target": "line"}))
    assert data.facts.read_as["time"] == "when"
    values = np.array(
        [[float(f"{np.sin(day * np.pi / 6):.6f}"), day + 0.5] for day in range(200)], np.float32
    )
    every = np.lib.stride_tricks.sliding_window_view(values, 13, axis=0).transpose(0, 2, 1)
    assert data.times is not None
    np.testing.assert_array_equal(data.features, every[data.times][:, :10])
    np.testing.assert_array_equal(data.target, every[data.times][:, 10:, 1])
    assert (np.diff(data.times) > 0).all()


@pytest.mark.parametrize("apart", [False, True])
def test_nothing_of_the_future_is_among_what_trains(tmp_path: Path, apart: bool) -> None:
    path = table(tmp_path, 300)
    data = load(Choice("series", {"path": path, "window": 8, "horizon": 4, "apart": apart}))
    assert data.times is not None
    assert data.own_split is not None
    looked_at = [{*range(start, start + 8)} for start in data.times]
    forecast = [{*range(start + 8, start + 12)} for start in data.times]
    parts = {part: {*np.flatnonzero(data.own_split == part).tolist()} for part in range(3)}
    targets = {part: set().union(*(forecast[i] for i in which)) for part, which in parts.items()}
    windows = {part: set().union(*(looked_at[i] for i in which)) for part, which in parts.items()}
    assert max(targets[0]) < min(targets[1]) <= max(targets[1]) < min(targets[2])
    assert max(windows[0]) < min(targets[1])
    if apart:
        assert not windows[1] & targets[0]
        assert not windows[2] & (targets[0] | targets[1])


def test_what_is_scaled_by_is_of_the_past_alone(tmp_path: Path) -> None:
    path = table(tmp_path, 300)
    data = load(Choice("series", {"path": path, "window": 8}))
    project = forecaster(Choice("series", {"path": path, "window": 8}), 8, 2)
    inference = infer_project(project)
    prepared = prepare(data, project.recipe, bind(project.recipe, inference, data.facts), inference)
    train = data.features[prepared.split.train]
    np.testing.assert_allclose(
        prepared.scalings["features"].mean.ravel(), train.mean((0, 1)), rtol=1e-5, atol=1e-5
    )
    assert data.times is not None
    assert data.times[prepared.split.train].max() < data.times[prepared.split.validation].min()
    assert data.times[prepared.split.validation].max() < data.times[prepared.split.test].min()


def test_no_window_reaches_over_a_gap_and_gaps_are_told(tmp_path: Path) -> None:
    skip = (50, 51, 52, 120)
    path = table(tmp_path, 300, skip=skip)
    data = load(Choice("series", {"path": path, "window": 6, "target": "line"}))
    days = data.features[:, :, 1]
    assert (np.diff(days, axis=1) == 1).all()
    assert (data.target[:, 0] - days[:, -1] == 1).all()
    (note,) = [each for each in data.facts.notes if each.code == "series_gaps"]
    assert note.values["count"] == "2"
    assert note.values["step"] == "1 d"


def test_missing_values_are_the_last_ones_before_them(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    values = ["1", "", "NA", "4", *map(str, range(5, 100))]
    path.write_text("value\n" + "\n".join(f"{value or 'nan'}" for value in values) + "\n")
    data = load(Choice("series", {"path": str(path), "window": 4}))
    assert data.features[0, :, 0].tolist() == [1, 1, 1, 4]
    codes = {note.code for note in data.facts.notes}
    assert {"series_filled", "series_without_time"} <= codes
    left = load(Choice("series", {"path": str(path), "window": 4, "missing": "leave_out"}))
    assert left.features[0, :, 0].tolist() == [4, 5, 6, 7]
    assert refused("series", path=str(path), missing="refuse").code == "data_missing_value"


def test_the_baseline_repeats_the_last_season() -> None:
    values = np.arange(100, dtype=np.float32)[:, None]
    targets, runs, when = np.array([0]), np.zeros(100), np.arange(100)
    made = windows_of(
        values,
        targets,
        when,
        runs,
        window=12,
        horizon=9,
        validation=0.2,
        test=0.2,
        apart=False,
    )
    naive = seasonal_naive(values, runs, made, targets, 4)
    # of 4 a season, what is 1 to 4 steps ahead is 4 steps before, what is 5 to 8 ahead 8 before
    off = made.target - naive
    assert (off[:, :, 0] == np.array([4, 4, 4, 4, 8, 8, 8, 8, 12])).all()


@pytest.mark.parametrize("season", [7, 12, 52])
def test_a_season_is_found_beside_trend_and_noise(season: int) -> None:
    rows = np.arange(season * 12)
    noise = np.random.default_rng(0).normal(0, 0.2, len(rows))
    values = 0.01 * rows + np.sin(2 * np.pi * rows / season) + noise
    assert season_of(values.astype(np.float32)) == season


def test_times_are_found_by_what_they_look_like(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"

    def found(header: str, *rows: str) -> str:
        file.write_text("\n".join((header, *rows)) + "\n")
        return time_column(columns_of(file)[1])

    assert found("x,tag", "1,03.01.2020", "2,01.02.2020") == "tag"
    assert found("Year,x", "1990,1", "1991,2") == "Year"
    assert found("id,x", "7,1", "8,2") == ""


@pytest.mark.parametrize(
    ("days", "unit", "places"),
    [
        (["2020-01-31", "2020-02-29", "2020-03-31", "2020-05-31"], "months", [0, 1, 2, 4]),
        (["2020-01-01", "2021-01-01", "2022-01-01"], "months", [0, 1, 2]),
        (["2020-01-01", "2020-01-08", "2020-01-22"], "seconds", [0, 1, 3]),
        (["2020-01-01", "2020-01-02", "2020-01-05"], "seconds", [0, 1, 4]),
    ],
)
def test_moments_are_counted_in_their_own_unit(
    days: list[str], unit: str, places: list[int]
) -> None:
    moments = np.array(days, "datetime64[s]").astype(np.float64)
    steps = steps_of(moments, np.arange(len(days)) == 0, are_dates=True)
    assert steps is not None
    assert steps.unit == unit
    found = steps.places(moments)
    assert (found - found[0]).tolist() == places


def test_working_days_are_counted_as_numpy_counts_them() -> None:
    days = np.arange("1965-01-01", "1976-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    moments = days.astype("datetime64[s]").astype(np.float64)
    steps = steps_of(moments, np.arange(len(days)) == 0, are_dates=True)
    assert steps is not None
    assert steps.unit == "weekdays"
    np.testing.assert_array_equal(
        np.diff(steps.places(moments)), np.busday_count(days[:-1], days[1:])
    )


def test_series_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, 20)
    assert refused("series", path=path, window=18).code == "series_too_short"
    assert refused("series", path=path, time="nowhere").code == "data_no_column"
    assert refused("series", path=path, target="nowhere").code == "data_no_column"
    words = tmp_path / "words.csv"
    words.write_text("a,b\n" + "x,y\n" * 30)
    assert refused("series", path=str(words)).code == "data_too_few"
    assert refused("series", path=str(words), columns="a").code == "data_bad_number"
    assert refused("series", path=str(words), time="a").code == "series_no_times"


def forecaster(data: Choice, window: int, variables: int, horizon: int = 1) -> Project:
    sketch = Sketch("Forecaster")
    x = sketch.input("past", "N", window, variables)
    x = sketch.add("Flatten", x)
    sketch.output(sketch.add("Linear", x, out_features=horizon), "next")
    return sketch.project(Recipe(data, epochs=1))


def test_predict_py_forecasts_as_the_window_does_in_the_units_of_the_data(tmp_path: Path) -> None:
    path = table(tmp_path, 120)
    given: dict[str, Value] = {"path": path, "window": 6, "horizon": 2}
    project = forecaster(Choice("series", given), 6, 2, 2)
    job, folder = script_folder(project, tmp_path)
    new = tmp_path / "new.csv"
    new.write_text(
        "when,line,wave\n" + "".join(f"2021-01-{d:02},{d},0.{d}\n" for d in range(1, 10))
    )
    told = json.loads(run_script(folder, "--json", str(new)))["next"]["value"]
    (predictions,) = Predictor(job, folder / "best.safetensors").file(new)
    np.testing.assert_allclose(told, predictions.predicted[0], rtol=1e-5)
    # the newest first, and a day that lacks is as the one before it
    rows = new.read_text().splitlines()
    new.write_text("\n".join([rows[0], *rows[:7:-1], *rows[6:0:-1]]) + "\n")
    (again,) = Predictor(job, folder / "best.safetensors").file(new)
    told = json.loads(run_script(folder, "--json", str(new)))["next"]["value"]
    np.testing.assert_allclose(told, again.predicted[0], rtol=1e-5)
    by_hand = tmp_path / "by_hand.csv"
    by_hand.write_text("\n".join([*rows[:7], rows[6].replace("-06", "-07"), *rows[8:]]) + "\n")
    (wanted,) = Predictor(job, folder / "best.safetensors").file(by_hand)
    np.testing.assert_allclose(again.predicted, wanted.predicted, rtol=1e-6)
