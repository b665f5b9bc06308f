"""Habits of people who write tables: units, sums, two headers, codes, dates in several ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pytest

from app.data.reading import load
from app.data.splitting import split_samples
from graph_model.problems import ChooseInRecipe, SetDataArguments
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.facts import ColumnFacts, DataFacts
from graph_model.recipes.splits import split_problems
from tests.app.data.reading import facts_of, refused

N = 60
RANDOM = np.random.default_rng(8)
X = RANDOM.normal(size=N).round(3)
LABELS = np.where(X > 0, "yes", "no")


def table(csv: Callable[[str], str], head: str, *columns: object, **arguments: object) -> DataFacts:
    lines = [",".join(map(str, row)) for row in zip(*columns, strict=True)]  # type: ignore[call-overload]
    path = csv("\n".join([head, *lines]) + "\n")
    return facts_of(Choice("csv", {"path": path, **arguments}))  # type: ignore[dict-item]


def column(facts: DataFacts, name: str) -> ColumnFacts:
    return next(each for each in facts.columns if each.name == name)


def codes(facts: DataFacts) -> set[str]:
    return {note.code for note in facts.notes}


def test_digits_that_begin_with_zeros_are_codes(csv: Callable[[str], str]) -> None:
    zips = [["01067", "80331", "00501"][n % 3] for n in range(N)]
    found = table(csv, "id,zip,x,y", [f"{n:04}" for n in range(N)], zips, X, LABELS)
    assert (column(found, "id").role, column(found, "zip").role) == ("ignore", "category")
    assert set(column(found, "zip").examples) == {"01067", "80331", "00501"}


def test_codes_are_codes_in_large_files_too(
    csv: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.data.tables.pieces.PIECE", 300)
    monkeypatch.setattr("app.data.tables.pieces._FIRST_OF_LARGE", 120)
    test_digits_that_begin_with_zeros_are_codes(csv)


def test_dates_in_several_ways_are_as_pandas_reads_them(csv: Callable[[str], str]) -> None:
    days = [date(2023, 1, 13) + timedelta(days=5 * n) for n in range(N)]
    forms = ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y")
    told = [f'"{day.strftime(forms[n % 3])}"' for n, day in enumerate(days)]
    path = csv("\n".join(["day,x,y", *(f"{t},{x},1.5" for t, x in zip(told, X, strict=True))]))
    data = load(Choice("csv", {"path": path, "roles": ("x", "target"), "codings": ("day", "time")}))
    expected = pd.to_datetime([each.strip('"') for each in told], format="mixed")
    np.testing.assert_array_equal(
        data.arrays["day"][:, 0], (expected - pd.Timestamp(0)).days.to_numpy(np.float32)
    )
    assert "table_dates_mixed" in codes(data.facts)


def test_day_or_month_first_is_told_of_and_chosen(csv: Callable[[str], str]) -> None:
    days = [f"{n % 12 + 1}/{n * 5 % 12 + 1}/2020" for n in range(N)]
    open_ones = table(csv, "day,x,y", days, X, LABELS)
    (note,) = (each for each in open_ones.notes if each.code == "table_dates_open")
    for fix, place in zip(note.fixes, (0, 1), strict=True):
        assert isinstance(fix.change, SetDataArguments)
        found = table(csv, "day,x,y", days, X, LABELS, **fix.change.arguments)
        first = column(found, "day").examples[1].split("-")
        assert [int(each) for each in first[1:]] == [[2, 6], [6, 2]][place]
        assert "table_dates_open" not in codes(found)
    sure = table(csv, "day,x,y", [f"{n % 28 + 1}/{n % 12 + 1}/2020" for n in range(N)], X, LABELS)
    assert "table_dates_open" not in codes(sure)


def test_a_row_of_units_is_no_row(csv: Callable[[str], str]) -> None:
    units = ("years", "EUR", "")
    rows = [
        np.append([unit], column) for unit, column in zip(units, (X, X * 2, LABELS), strict=True)
    ]
    found = table(csv, "age,income,y", *rows)
    assert (found.samples, found.read_as["units"]) == (N, "years, EUR")
    assert "table_units_row" in codes(found)
    assert table(csv, "age,income,y", *rows, header="yes").read_as.get("units") is None
    slip = table(csv, "a,b,y", ["oops", *X[1:]], X, LABELS)
    assert (slip.samples, "table_odd_cells" in codes(slip)) == (N, True)


def test_of_two_headers_the_lower_one_names_the_columns(csv: Callable[[str], str]) -> None:
    rows = [
        [name, *each]
        for name, each in (("name", range(N)), ("age", X), ("first", X), ("y", LABELS))
    ]
    found = table(csv, "Person,,Test,", *rows)
    assert [each.name for each in found.columns] == ["name", "age", "first", "y"]
    assert found.class_names == ("no", "yes")


@pytest.mark.parametrize("word", ["Total", "Summe", "合计"])
def test_a_last_row_of_sums_is_no_row(csv: Callable[[str], str], word: str) -> None:
    cities = ["Lyon", "Nice"] * (N // 2)
    found = table(csv, "city,x,y", [*cities, word], [*X, round(X.sum(), 3)], [*X, X.sum()])
    assert (found.samples, found.left_out, column(found, "city").distinct) == (N, 1, 2)
    assert "table_sum_row" in codes(found)
    no_sum = table(csv, "city,x,y", [*cities, word], [*X, 1.5], [*X, 2.5])
    assert no_sum.samples == N + 1


def test_numbers_with_a_unit_behind_them_are_numbers(csv: Callable[[str], str]) -> None:
    found = table(csv, "engine,speed,mixed,y", [f"{abs(x) * 1e3:.0f} CC" for x in X],
                  [f"{x:.1f}km/h" for x in X], [f"{x} {'kg' if n % 2 else 'lb'}" for n, x in
                                                enumerate(X)], LABELS)  # fmt: skip
    assert column(found, "engine").type == column(found, "speed").type == "number"
    assert str(column(found, "speed").why) == "its cells are numbers in km/h"
    assert column(found, "mixed").type == "category"


def test_words_that_differ_in_capitals_alone_are_told_of_and_can_be_one(
    csv: Callable[[str], str],
) -> None:
    labels = [word.upper() if n % 9 == 0 else f" {word}  " for n, word in enumerate(LABELS)]
    found = table(csv, "x,y", X, labels)
    assert len(found.class_names) == 4
    (note,) = (each for each in found.notes if each.code == "table_capitals")
    (fix,) = note.fixes
    assert isinstance(fix.change, SetDataArguments)
    one = table(csv, "x,y", X, labels, **fix.change.arguments)
    assert (one.class_names, codes(one) & {"table_capitals"}) == (("no", "yes"), set())


def test_targets_that_are_all_the_same_and_large_numbers_are_told_of(
    csv: Callable[[str], str],
) -> None:
    same = table(csv, "x,y", X, [5] * N, target="y")
    assert "table_constant_target" in codes(same)
    last = table(csv, "x,b,y", X, X * 2, [5] * N)
    assert str(column(last, "b").why) == "it is the last column that can be predicted"
    stamps = [1_700_000_000_000 + 1000 * n for n in range(N)]
    assert "table_too_large" in codes(table(csv, "big,y", stamps, LABELS))


def test_doubled_rows_are_told_of_where_chance_does_not_explain_them(
    csv: Callable[[str], str],
) -> None:
    a, b = [*X[:40], *X[:20]], [*(X[:40] * 3), *(X[:20] * 3)]
    assert "table_twins" in codes(table(csv, "a,b,y", a, b, LABELS))
    few = table(csv, "a,b,y", [n % 3 for n in range(N)], [n % 4 for n in range(N)], LABELS)
    assert "table_twins" not in codes(few)


def test_the_sheet_with_a_table_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["This book is about sales"])
    book.active.append(["Ask Ann before using it"])
    sheet = book.create_sheet("2023")
    sheet.append(["Sales report"])
    sheet.append(["shop", "x", "y"])
    for n, x in enumerate(X):
        sheet.append([["north", "south"][n % 2], float(x), float(2 * x)])
    sheet.append(["Total", None, float(2 * X.sum())])
    book.save(tmp_path / "t.xlsx")
    found = facts_of(Choice("csv", {"path": str(tmp_path / "t.xlsx")}))
    assert (found.samples, found.read_as["sheet"]) == (N, "2023")


def test_what_parquet_nests_becomes_columns(tmp_path: Path) -> None:
    moments = [pd.Timestamp(2024, 1, 1) + pd.Timedelta(hours=7 * n) for n in range(N)]
    pl.DataFrame({
        "at": moments,
        "took": [timedelta(minutes=n) for n in range(N)],
        "place": [{"lat": float(x), "deep": {"z": n % 5}} for n, x in enumerate(X)],
        "vector": [[float(x), n / 7] for n, x in enumerate(X)],
        "y": LABELS,
    }).write_parquet(tmp_path / "t.parquet")  # fmt: skip
    data = load(Choice("csv", {"path": str(tmp_path / "t.parquet")}))
    names = ["at", "took", "place.lat", "place.deep.z", "vector.0", "vector.1", "y"]
    assert [each.name for each in data.facts.columns] == names
    assert column(data.facts, "at").missing == 0
    np.testing.assert_array_equal(data.arrays["took"][:, 0], np.arange(N) * 60)
    np.testing.assert_allclose(data.arrays["vector.1"][:, 0], np.arange(N) / 7, rtol=1e-6)


def test_json_lines_of_differing_types_are_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    lines = [f'{{"a": {x}, "b": {n if n % 2 else chr(34) + "k" + chr(34)}, "y": {n % 2}}}'
             for n, x in enumerate(X)]  # fmt: skip
    path.write_text("\n".join(lines))
    assert facts_of(Choice("csv", {"path": str(path)})).samples == N
    path.write_text(
        "\n".join(
            [*lines[:5], '{"a": 1, '],
        )
    )
    assert "line 6" in refused("csv", path=str(path)).message


def dated(folder: Path, name: str, days: list[int], born: list[int] | None = None) -> DataFacts:
    first = date(2021, 1, 1)
    rows = [
        f"{(first + timedelta(each)).isoformat()},{at % 7},{at % 3 + at}"
        for at, each in enumerate(days)
    ]
    if born is not None:
        lives = [(first - timedelta(9000 + each)).isoformat() for each in born]
        rows = [f"{life},{row}" for life, row in zip(lives, rows, strict=True)]
    head = "born,day,x,y" if born is not None else "day,x,y"
    path = folder / f"{name}.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return load(Choice("csv", {"path": str(path), "target": "y"})).facts


def test_rows_in_the_order_of_time_are_advised_to_be_split_so(tmp_path: Path) -> None:
    """Only where a date orders them: not the days on which people were born."""
    shuffled = [(7 * each) % 60 for each in range(60)]
    ordered = dated(tmp_path, "log", [*range(60)], born=shuffled)
    assert ordered.ordered_by == "day"
    (problem,) = split_problems(Recipe(), ordered)
    assert (problem.code, problem.is_error) == ("split_ignores_time", False)
    assert isinstance(problem.fixes[0].change, ChooseInRecipe)
    assert not [*split_problems(Recipe(split=Choice(problem.fixes[0].change.kind)), ordered)]
    assert dated(tmp_path, "back", [*range(60)][::-1]).ordered_by == "day"
    assert dated(tmp_path, "shops", [each // 3 for each in range(60)]).ordered_by == "day"
    assert not [*split_problems(Recipe(), dated(tmp_path, "people", shuffled))]
    data = load(Choice("csv", {"path": str(tmp_path / "log.csv"), "target": "y"}))
    split = split_samples(data, Recipe(split=Choice("time"), test_fraction=0.25))
    assert split.test.tolist() == [*range(45, 60)]
