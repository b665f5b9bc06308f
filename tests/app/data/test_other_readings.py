"""What a table can be read as instead is offered, and taken with one fix."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.io import wavfile

from app.cli import main
from app.data.reading import describe, load
from graph_model.files.storage import load as load_project
from graph_model.files.storage import save
from graph_model.problems import Fix
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from tests.app.data.test_series import forecaster


def offered(path: Path) -> list[Fix]:
    facts = describe(Choice("csv", {"path": str(path)}))
    assert isinstance(facts, DataFacts)
    codes = ("table_is_series", "table_names_sounds")
    return [note.fixes[0] for note in facts.notes if note.code in codes]


def monthly(path: Path, rows: int = 60) -> Path:
    months = pd.date_range("1990-01-31", periods=rows, freq="ME")
    numbers = 50 + 10 * np.sin(np.arange(rows) / 2)
    frame = pd.DataFrame({"": range(rows), "Date": months, "spots": numbers.round(1)})
    file = path / "monthly.csv"
    frame.to_csv(file, index=False)
    return file


def test_a_table_with_even_dates_can_be_read_as_a_series(tmp_path: Path) -> None:
    path = monthly(tmp_path)
    (fix,) = offered(path)
    data = load(Choice(fix.change.kind, fix.change.arguments))
    assert fix.change.kind == "series"
    assert [each.name for each in data.facts.columns if each.role == "target"] == ["spots"]
    assert data.facts.arrays["features"].shape[1] == 1  # the counter is no variable


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.head(20),
        lambda frame: frame.drop(columns="Date"),
        lambda frame: frame.assign(
            Date=pd.Timestamp("2020-01-01")
            + pd.to_timedelta(np.random.default_rng(0).integers(0, 9**7, len(frame)), unit="s")
        ),
        lambda frame: pd.concat([frame, frame]),
    ],
    ids=["few", "no dates", "at random", "twice"],
)
def test_what_is_no_series_is_not_offered_as_one(tmp_path: Path, change: object) -> None:
    path = monthly(tmp_path)
    changed = change(pd.read_csv(path))  # type: ignore[operator]
    changed.to_csv(path, index=False)
    assert not offered(path)


def test_check_lists_the_other_reading_and_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, file = monthly(tmp_path), tmp_path / "net.weft"
    save(forecaster(Choice("csv", {"path": str(path)}), 6, 1), file)
    main(["check", str(file)])
    lines = capsys.readouterr().out.splitlines()
    (line,) = [each for each in lines if "Read it as windows over “Date”" in each]
    main(["check", str(file), "--fix", line.split()[1].rstrip(":")])
    recipe = load_project(file).recipe
    assert recipe.data.kind == "series"
    assert recipe.data.arguments["time"] == "Date"
    assert recipe.objectives == ()


def test_a_table_of_sounds_can_be_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "audio").mkdir()
    (tmp_path / "meta").mkdir()
    rows = ["filename,fold,target,category"]
    for place in range(12):
        tone = np.sin(np.arange(4000) * (0.1 + 0.1 * (place % 3))) * 20000
        wavfile.write(tmp_path / "audio" / f"{place}.wav", 8000, tone.astype(np.int16))
        rows.append(f"{place}.wav,{1 + place % 4},{place % 3},{('dog', 'rain', 'sea')[place % 3]}")
    table = tmp_path / "meta" / "list.csv"
    table.write_text("\n".join(rows) + "\n")
    (fix,) = offered(table)
    data = load(Choice(fix.change.kind, fix.change.arguments))
    assert data.facts.class_names == ("dog", "rain", "sea")
    assert data.facts.class_counts == (4, 4, 4)
    assert data.facts.groups == 4
    found = load(Choice("audio_folder", {"path": str(tmp_path)}))
    assert found.facts.class_names == data.facts.class_names
