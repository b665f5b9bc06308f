"""Series in the forms that people post: held to what pandas makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.data.reading import load
from app.data.splitting import split_samples
from app.training.predict import Predictor
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.splits import split_problems
from graph_model.values import Value
from tests.app.data.folders import run_script, script_folder
from tests.app.data.reading import refused
from tests.app.data.test_series import forecaster, table


def airline(path: Path) -> str:
    months = [f"{1949 + i // 12}-{i % 12 + 1:02}" for i in range(144)]
    wave = [int((110 + 2.6 * i) * (1 + 0.2 * np.sin(i * np.pi / 6))) for i in range(144)]
    rows = [f'"{month}",{value}' for month, value in zip(months, wave, strict=True)]
    file = path / "airline.csv"
    file.write_text("\n".join(['"Month","Passengers"', *rows]) + "\n")
    return str(file)


def test_a_short_series_gets_a_window_that_fits_its_splits(tmp_path: Path) -> None:
    facts = load(Choice("series", {"path": airline(tmp_path)})).facts
    assert facts.read_as["season"] == "12"
    assert facts.arrays["features"].shape == (12, 1)
    assert min(facts.own_split) >= 5
    wanted = refused("series", path=airline(tmp_path), window=24)
    assert wanted.values["validating"] == "0"


def stock(path: Path, days: pd.DatetimeIndex) -> tuple[str, pd.Series]:
    """Write prices with signs, the newest first, and return them in the order of time."""
    prices = pd.Series(1000 + 10 * np.sin(np.arange(len(days)) / 9), index=days).round(2)
    rows = [f'{day:%m/%d/%Y},"${price:,.2f}"' for day, price in prices.items()]
    file = path / "stock.csv"
    file.write_text("\n".join(["Date,Close", *reversed(rows)]) + "\n")
    return str(file), prices


def test_working_days_the_newest_first_are_put_in_order(tmp_path: Path) -> None:
    days = pd.bdate_range("2018-01-01", periods=300)
    path, prices = stock(tmp_path, days)
    data = load(Choice("series", {"path": path, "window": 5}))
    assert not [note for note in data.facts.notes if note.code == "series_gaps"]
    assert data.times is not None
    every = np.lib.stride_tricks.sliding_window_view(prices.to_numpy(np.float32), 6)
    np.testing.assert_array_equal(data.features[:, :, 0], every[data.times][:, :5])
    np.testing.assert_array_equal(data.target[:, 0], every[data.times][:, 5])


def test_many_missing_days_are_added_as_pandas_fills_them(tmp_path: Path) -> None:
    days = pd.date_range("2019-01-01", periods=200)
    kept = days[np.random.default_rng(0).random(200) > 0.12].union(days[[0, -1]])
    values = pd.Series(np.arange(len(kept), dtype=np.float32), index=kept)
    file = tmp_path / "days.csv"
    values.rename("births").to_csv(file, index_label="date")
    data = load(Choice("series", {"path": str(file), "window": 14}))
    (note,) = [each for each in data.facts.notes if each.code == "series_gaps_filled"]
    assert note.values["lacking"] == str(200 - len(kept))
    filled = values.asfreq("D").ffill().to_numpy()
    every = np.lib.stride_tricks.sliding_window_view(filled, 15)
    assert data.times is not None
    np.testing.assert_array_equal(data.features[:, :, 0], every[data.times][:, :14])
    apart = load(Choice("series", {"path": str(file), "window": 3, "gaps": "apart"}))
    assert (np.diff(apart.features[:, :, 0], axis=1) == 1).all()
    joined = load(Choice("series", {"path": str(file), "window": 14, "gaps": "join"}))
    assert joined.times is not None
    assert (np.diff(joined.features[:, :, 0], axis=1) == 1).all()
    assert len(joined) > len(apart) / 2


def panel(path: Path) -> tuple[str, pd.DataFrame]:
    """Write three sensors beside each other, each with its own values."""
    hours = pd.date_range("2021-06-01", periods=80, freq="h")
    rows = [
        (name, hour, 100 * place + step)
        for step, hour in enumerate(hours)
        for place, name in enumerate("CAB")
    ]
    frame = pd.DataFrame(rows, columns=["sensor", "when", "heat"])
    file = path / "panel.csv"
    frame.to_csv(file, index=False)
    return str(file), frame


def test_windows_of_several_series_stay_in_their_own(tmp_path: Path) -> None:
    path, frame = panel(tmp_path)
    data = load(Choice("series", {"path": path, "window": 6}))
    assert data.facts.read_as["group"] == "sensor"
    assert data.facts.groups == 3
    assert (np.diff(data.features[:, :, 0], axis=1) == 1).all()
    assert data.own_split is not None
    heat = data.target[:, 0] % 100
    border = [heat[data.own_split == part] for part in range(3)]
    assert border[0].max() < border[1].min() <= border[1].max() < border[2].min()
    assert {*data.features[data.own_split == 2].ravel() // 100} == {0, 1, 2}
    alone = load(Choice("series", {"path": path, "window": 6, "gaps": "apart"}))
    np.testing.assert_array_equal(alone.features, data.features)
    assert len(frame) == 240


def test_each_series_of_a_table_is_forecast_by_the_script_as_here(tmp_path: Path) -> None:
    path, frame = panel(tmp_path)
    given: dict[str, Value] = {"path": path, "window": 6}
    job, folder = script_folder(forecaster(Choice("series", given), 6, 1), tmp_path)
    new = tmp_path / "new.csv"
    frame[::-1][:60].drop(columns="heat").assign(heat=np.arange(60)).to_csv(new, index=False)
    told = [json.loads(line) for line in run_script(folder, "--json", str(new)).splitlines()]
    assert [each["sample"].split()[-1] for each in told] == ["A", "B", "C"]
    (predictions,) = Predictor(job, folder / "best.safetensors").file(new)
    by_script = [each["next"]["value"] for each in told]
    np.testing.assert_allclose(by_script, predictions.predicted.ravel(), rtol=1e-5)


def test_signs_among_numbers_are_read_by_the_script_as_here(tmp_path: Path) -> None:
    path, _ = stock(tmp_path, pd.bdate_range("2018-01-01", periods=120))
    given: dict[str, Value] = {"path": path, "window": 6}
    job, folder = script_folder(forecaster(Choice("series", given), 6, 1), tmp_path)
    told = json.loads(run_script(folder, "--json", path))["next"]["value"]
    (predictions,) = Predictor(job, folder / "best.safetensors").file(Path(path))
    np.testing.assert_allclose(told, predictions.predicted[0], rtol=1e-5)


@pytest.mark.parametrize(
    "split", [Choice("time"), Choice("folds", {"by": "order", "folds": 4, "fold": 2})]
)
def test_a_split_in_time_leaves_no_value_in_two_parts(tmp_path: Path, split: Choice) -> None:
    choice = Choice("series", {"path": table(tmp_path, 300), "window": 8, "horizon": 4})
    data, recipe = load(choice), Recipe(choice, split=split)
    found = split_samples(data, recipe)
    assert data.times is not None
    rows = [
        {row for start in data.times[part] for row in range(start, start + 12)}
        for part in (found.train, found.validation, found.test)
    ]
    assert all(rows)
    assert not rows[0] & rows[1]
    assert not (rows[0] | rows[1]) & rows[2]
    assert [each.code for each in split_problems(recipe, data.facts)] == ["split_leaves_gap"]


def test_windows_that_are_split_by_chance_are_warned_about(tmp_path: Path) -> None:
    choice = Choice("series", {"path": table(tmp_path, 300), "window": 8})
    facts = load(choice).facts
    recipe = Recipe(choice, split=Choice("plain_random"))
    (problem,) = split_problems(recipe, facts)
    assert problem.code == "split_overlaps"
    assert problem.fixes[0].code == "split_in_time"
    assert not [*split_problems(Recipe(choice), facts)]
