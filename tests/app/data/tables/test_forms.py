"""Tables in the forms that people post: each stands for a kind of file that was misread once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.data.reading import load
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from tests.app.data.reading import facts_of

RANDOM = np.random.default_rng(3)
A = np.round(RANDOM.uniform(-5, 30, 60), 2)
B = np.round(RANDOM.uniform(20, 90, 60), 2)
KINDS = np.where(A > 12, "high", "low")


def rows(*columns: object, mark: str = ",", head: str = "") -> str:
    body = [mark.join(map(str, row)) for row in zip(*columns, strict=True)]  # type: ignore[call-overload]
    return "\n".join([head, *body] if head else body) + "\n"


def comma(values: np.ndarray) -> list[str]:
    return [f"{value:.2f}".replace(".", ",") for value in values]


def facts(path: str, **arguments: object) -> DataFacts:
    return facts_of(Choice("csv", {"path": path, **arguments}))  # type: ignore[dict-item]


def roles(found: DataFacts) -> dict[str, str]:
    return {each.name: each.role for each in found.columns}


PLAIN = rows(A, B, KINDS, head="a,b,y")
FORMS: dict[str, tuple[str | bytes, dict[str, str]]] = {
    "pipe": (rows(A, B, KINDS, mark="|", head="a|b|y"), {"delimiter": "pipe"}),
    "tab": (rows(A, B, KINDS, mark="\t", head="a\tb\ty"), {"delimiter": "tab"}),
    "spaces": (rows(A, B, KINDS, mark="   ", head="a b y"), {"delimiter": "whitespace"}),
    "sep line": ("sep=;\n" + PLAIN.replace(",", ";"), {"delimiter": "semicolon"}),
    "comment": ("# exported 2020\n# units: C, %\n" + PLAIN, {"comments": "#"}),
    "comment between": (PLAIN.replace("\n", "\n# x, y\n", 1), {}),
    "title": ("Weather of 2020\n\n" + PLAIN, {"skipped lines": "2"}),
    "trailing": (PLAIN.replace("\n", ",\n").replace("a,b,y,", "a,b,y", 1), {}),
    "trailing header too": (PLAIN.replace("\n", ",\n"), {}),
    "blank lines": (PLAIN.replace("\n", "\n\n"), {}),
    "windows lines": (PLAIN.replace("\n", "\r\n"), {}),
    "old mac lines": (PLAIN.replace("\n", "\r"), {}),
    "no end": (PLAIN.rstrip("\n"), {}),
    "quoted": (rows(*([f'"{v}"' for v in c] for c in (A, B, KINDS)), head='"a","b","y"'), {}),
    "utf-8 with mark": (b"\xef\xbb\xbf" + PLAIN.encode(), {"encoding": "utf-8"}),
    "utf-16": (PLAIN.encode("utf-16"), {"encoding": "utf-16"}),
    "utf-16 without mark": (PLAIN.encode("utf-16-le"), {"encoding": "utf-16-le"}),
    "gbk": (
        PLAIN.replace("low", "低").replace("high", "高").encode("gbk"),
        {"encoding": "gb18030"},
    ),
    "big5": (PLAIN.replace("low", "不佳").encode("big5"), {"encoding": "big5"}),
    "shift-jis": (PLAIN.replace("low", "ひくい").encode("shift_jis"), {"encoding": "shift_jis"}),
    "cp1252": (PLAIN.replace("low", "größe").encode("cp1252"), {"encoding": "cp1252"}),
    "cp1251": (PLAIN.replace("low", "низкий").encode("cp1251"), {"encoding": "cp1251"}),
    "german": (
        rows(comma(A), comma(B), KINDS, mark=";", head="a;b;y"),
        {"delimiter": "semicolon", "decimal": "comma"},
    ),
    "german quoted": (
        rows([f'"{v}"' for v in comma(A)], [f'"{v}"' for v in comma(B)], KINDS, head="a,b,y"),
        {"delimiter": "comma", "decimal": "comma"},
    ),
    "german without header": (
        rows(comma(A), comma(B), KINDS, mark=";"),
        {"header": "no", "decimal": "comma"},
    ),
    "no header": (rows(A, B, KINDS), {"header": "no"}),
    "unicode minus": (PLAIN.replace("-", "−"), {}),
    "percent": (rows([f"{v}%" for v in A], [f"{v} %" for v in B], KINDS, head="a,b,y"), {}),
    "currency": (rows([f"${v}" for v in A], [f"{v} €" for v in B], KINDS, head="a,b,y"), {}),
    "names of rows": (rows(range(60), A, B, KINDS, head="a,b,y"), {}),
    "padded": (PLAIN.replace(",", " , "), {}),
}


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_are_the_same_table(form: str, csv: Callable[[str | bytes], str]) -> None:
    content, read_as = FORMS[form]
    data = load(Choice("csv", {"path": csv(content)}))
    np.testing.assert_allclose(data.features, np.stack([A, B], axis=1), rtol=1e-6)
    names = data.facts.class_names
    is_high = np.array([name in {"high", "高"} for name in names])[data.target]
    np.testing.assert_array_equal(is_high, KINDS == "high")
    assert read_as.items() <= dict(data.facts.read_as).items()
    assert data.facts.left_out == 0


@pytest.mark.parametrize(
    ("cells", "arguments", "expected"),
    [
        (["1,234.5", "7.25", "1,234,567.5"], {}, [1234.5, 7.25, 1234567.5]),
        (["1.234,5", "7,25", "1.234.567,5"], {}, [1234.5, 7.25, 1234567.5]),
        (["1 234,5", "7,25", "1 234 567,5"], {}, [1234.5, 7.25, 1234567.5]),
        (["1'234.5", "7.25", "12'345.5"], {}, [1234.5, 7.25, 12345.5]),
        (["1.234", "2.5", "7.125"], {}, [1.234, 2.5, 7.125]),
        (["1.234", "2.5", "7.125"], {"thousands": "point", "decimal": "comma"}, [1234, 25, 7125]),
        (["0,125", "0,5", "7,25"], {}, [0.125, 0.5, 7.25]),
        (["(1,234.5)", "7.25", "−3"], {}, [-1234.5, 7.25, -3]),
        (["1e3", "2.5E-2", "+4"], {}, [1000, 0.025, 4]),
    ],
)
def test_marks_of_numbers(
    csv: Callable[[str], str], cells: list[str], arguments: dict[str, str], expected: list[float]
) -> None:
    content = "x;y\n" + "".join(f"{cell};{n % 2}\n" for n, cell in enumerate(cells * 8))
    data = load(Choice("csv", {"path": csv(content), **arguments}))
    np.testing.assert_allclose(data.features[:3, 0], expected, rtol=1e-6)


def test_thousands_in_quotes(csv: Callable[[str], str]) -> None:
    content = rows([f'"{v:,.0f}"' for v in A * 1000 + 9000], KINDS, head="area,y")
    data = load(Choice("csv", {"path": csv(content)}))
    np.testing.assert_allclose(data.features[:, 0], A * 1000 + 9000, rtol=1e-6)
    assert data.facts.read_as["thousands"] == "comma"


def test_dashes_among_numbers_are_missing(csv: Callable[[str], str]) -> None:
    cells = ["-" if n % 5 == 0 else str(value) for n, value in enumerate(A)]
    found = facts(csv(rows(cells, B, KINDS, head="a,b,y")))
    a = found.columns[0]
    assert (a.type, a.role, a.missing, a.filling) == ("number", "number", 12, "median")
    signs = facts(csv(rows(A, B, np.where(A > 12, "+", "-"), head="a,b,y")))
    assert signs.class_names == ("+", "-")  # a word of its own among words


def test_words_that_a_person_added_are_missing(csv: Callable[[str], str]) -> None:
    cells = ["x" if n % 5 == 0 else str(value) for n, value in enumerate(A)]
    path = csv(rows(cells, B, KINDS, head="a,b,y"))
    assert facts(path).columns[0].type == "category"
    found = facts(path, missing_words="x, y").columns[0]
    assert (found.type, found.missing) == ("number", 12)


@pytest.mark.parametrize("count", [60, 1500])
def test_an_id_is_proposed_as_ignored_and_may_be_used(
    csv: Callable[[str], str], count: int
) -> None:
    path = csv(
        rows(
            [f"CU-{n:05}" for n in range(count)],
            np.resize(A, count),
            np.resize(KINDS, count),
            head="customer_id,a,churn",
        )
    )
    found = facts(path)
    assert roles(found) == {"customer_id": "ignore", "a": "number", "churn": "target"}
    assert found.columns[0].why == "it differs in every row"
    assert found.arrays["features"].shape == (1,)
    if count <= 1000:
        used = facts(path, roles=("customer_id", "category"))
        assert used.arrays["features"].shape == (count + 1,)
        assert used.columns[0].proposed == "ignore"


def test_names_of_pictures_are_ignored_and_nothing_is_left(csv: Callable[[str], str]) -> None:
    found = facts(csv(rows([f"img_{n:03}.jpg" for n in range(60)], KINDS, head="file,label")))
    file = found.columns[0]
    assert (file.role, file.type) == ("ignore", "path")
    assert [note.code for note in found.notes] == ["table_no_features"]


def test_a_table_as_of_the_titanic(csv: Callable[[str], str]) -> None:
    n = 200
    ages = [f"{v:.0f}" if i % 4 else "" for i, v in enumerate(RANDOM.uniform(1, 80, n))]
    path = csv(
        rows(
            range(1, n + 1),
            RANDOM.integers(0, 2, n),
            RANDOM.integers(1, 4, n),
            [f'"Doe{i}, Mr. X"' for i in range(n)],
            RANDOM.choice(["male", "female"], n),
            ages,
            [f"T {i}" for i in range(n)],
            ["C1" if i % 10 == 0 else "" for i in range(n)],
            [("S", "C", "Q", "")[min(3, i % 40)] for i in range(n)],
            head="PassengerId,Survived,Pclass,Name,Sex,Age,Ticket,Cabin,Embarked",
        )
    )
    found = facts(path)
    assert (found.samples, found.left_out) == (200, 0)
    assert roles(found) == {
        "PassengerId": "ignore",
        "Survived": "target",
        "Pclass": "category",
        "Name": "ignore",
        "Sex": "category",
        "Age": "number",
        "Ticket": "ignore",
        "Cabin": "ignore",
        "Embarked": "ignore",  # seven tenths are missing here
    }
    data = load(Choice("csv", {"path": path}))
    assert data.columns == ("Pclass", "Sex", "Age")
    assert int(np.isnan(data.features).sum()) == 50
    left_out = facts(path, fillings=("Age", "leave_out"))
    assert (left_out.samples, left_out.left_out) == (150, 50)


def test_dates_become_features_or_days(csv: Callable[[str], str]) -> None:
    months = [f"{1900 + n // 12}-{n % 12 + 1:02}-28" for n in range(60)]
    path = csv(rows(range(60), months, A, head='"","Date","Spots"'))
    found = facts(path)
    assert roles(found) == {"column 1": "ignore", "Date": "date", "Spots": "target"}
    data = load(Choice("csv", {"path": path}))
    assert data.features[13].tolist() == [1901, 2, 3]  # year, month, and Thursday
    days = load(Choice("csv", {"path": path, "codings": ("Date", "time")}))
    np.testing.assert_array_equal(
        days.features[:, 0], np.array(months, "datetime64[D]").astype(np.float32)
    )
    assert data.times is not None
    assert (np.diff(data.times) > 0).all()


@pytest.mark.parametrize(
    "cells",
    [
        ["31.12.2020", "01.02.2021"],
        ["12/31/2020", "02/01/2021"],
        ["31/12/2020", "01/02/2021"],
        ["2020-12-31 00:00:00", "2021-02-01 00:00:00"],
        ["2020-12-31T00:00:00Z", "2021-02-01T00:00:00Z"],
        ["20201231", "20210201"],
        ["Dec 31, 2020", "Feb 01, 2021"],
        ["31-Dec-2020", "01-Feb-2021"],
        ["2020年12月31日", "2021年02月01日"],
        ["2020/12/31", "2021/02/01"],
        ["2020-12-31T00:00:00+01:00", "2021-02-01T00:00:00+01:00"],
    ],
)
def test_dates_in_many_forms(csv: Callable[[str], str], cells: list[str]) -> None:
    content = rows([f'"{cell}"' for cell in cells * 30], A, head="date,y")
    data = load(Choice("csv", {"path": csv(content)}))
    assert data.facts.columns[0].type == "date"
    assert data.dates["date"][1] == ("year", "month", "day", "weekday")
    assert data.features[:2].tolist() == [[2020, 12, 31, 3], [2021, 2, 1, 0]]


def test_cells_between_blanks_may_be_quoted(csv: Callable[[str], str]) -> None:
    lines = [
        f'{a}   {b:.1f}    ?  {n % 3}\t"car {n}"' for n, (a, b) in enumerate(zip(A, B, strict=True))
    ]
    data = load(Choice("csv", {"path": csv("\n".join(lines))}))
    assert data.facts.read_as["delimiter"] == "whitespace"
    assert [each.role for each in data.facts.columns] == [
        "number", "number", "ignore", "target", "ignore"
    ]  # fmt: skip
    assert data.facts.columns[4].examples[0] == "car 0"


def test_years_may_name_columns(csv: Callable[[str], str]) -> None:
    lines = [f'"Country {n}","C{n}","{n * 7 + 3}","{n * 9}","{n * n}",' for n in range(40)]
    text = '"Source","World",\n\n"Name","Code","1960","1961","1962",\n' + "\n".join(lines)
    found = facts(csv(text))
    assert [each.name for each in found.columns] == ["Name", "Code", "1960", "1961", "1962"]
    assert found.samples == 40


def test_a_text_or_an_empty_column_is_no_target(csv: Callable[[str], str]) -> None:
    lines = [
        f'{"spam ham".split()[n % 2]},"Free entry in {n} a wkly comp to win tkts",,,'
        for n in range(40)
    ]
    found = facts(csv("\n".join(["v1,v2,,,", *lines])))
    assert (found.columns[0].role, found.columns[1].type) == ("target", "text")


def test_two_columns_of_the_same_name(csv: Callable[[str], str]) -> None:
    found = facts(csv(rows(A, B, KINDS, head="x,x,y")))
    assert list(roles(found)) == ["x", "x 2", "y"]
    assert "table_renamed" in {note.code for note in found.notes}


def test_targets_leave_the_features(csv: Callable[[str], str]) -> None:
    path = csv(rows(A, B, A * 2, B + 1, head="a,b,y1,y2"))
    data = load(Choice("csv", {"path": path}))
    assert data.columns == ("a", "b")
    np.testing.assert_allclose(data.target, np.stack([A * 2, B + 1], axis=1), rtol=1e-6)
    assert data.arrays["y1"].shape == data.arrays["y2"].shape == (60, 1)
    chosen = load(Choice("csv", {"path": path, "roles": ("b", "target", "y2", "target")}))
    assert chosen.columns == ("a", "y1")
    assert chosen.target.shape == (60, 2)


def test_a_title_above_the_header_is_no_row(csv: Callable[[str], str]) -> None:
    rows = "".join(f"{n},{n * n % 7},{n % 3}.5\n" for n in range(12))
    for title in ("Sales of 2021,,\n,,\n", "Sales of 2021\n\n", "Sales,,\nby region,,\n"):
        facts = facts_of(Choice("csv", {"path": csv(f"{title}x,z,y\n{rows}")}))
        assert [each.name for each in facts.columns] == ["x", "z", "y"], title
        assert (facts.samples, facts.left_out) == (12, 0)
    sparse = facts_of(Choice("csv", {"path": csv(f"x,z,y\n1,,\n{rows}")}))
    assert [each.name for each in sparse.columns] == ["x", "z", "y"]
    bare = facts_of(Choice("csv", {"path": csv(f"1,2,0.5\n{rows}")}))
    assert bare.samples == 13


def test_a_number_that_stands_for_none_is_told_with_a_fix(csv: Callable[[str], str]) -> None:
    rows = "".join(f"{-999 if n % 5 == 0 else n / 10},{n % 7},{n % 2}\n" for n in range(40))
    choice = Choice("csv", {"path": csv("a,b,y\n" + rows)})
    (note,) = (each for each in facts_of(choice).notes if each.code == "table_stand_in")
    assert (note.values["column"], note.values["value"], note.values["count"]) == ("a", "-999", "8")
    change = note.fixes[0].change
    assert isinstance(change, SetDataArguments)
    mended = facts_of(replace(choice, arguments={**choice.arguments, **change.arguments}))
    assert next(each for each in mended.columns if each.name == "a").missing == 8
    usual = "".join(f"{n * 9 + 9},{-1 if n % 5 == 0 else 1},{n % 2}\n" for n in range(12))
    told = facts_of(Choice("csv", {"path": csv("a,b,y\n" + usual)})).notes
    assert not [each for each in told if each.code == "table_stand_in"]


def test_a_rare_class_is_told_of(csv: Callable[[str], str]) -> None:
    found = facts(csv(rows(np.resize(A, 300), [1] + [0] * 299, head="a,fraud")))
    assert found.class_counts == (299, 1)
    (note,) = (each for each in found.notes if each.code == "table_rare_class")
    assert (note.values["name"], note.values["count"], note.values["share"]) == ("1", "1", "99.7%")


def test_what_gives_the_target_away_is_told_of(csv: Callable[[str], str]) -> None:
    codes = np.where(KINDS == "high", "H", "L")
    found = facts(csv(rows(B, codes, KINDS, head="b,code,y")))
    (note,) = (each for each in found.notes if each.code == "table_leak")
    assert note.values["column"] == "code"
    assert note.fixes[0].change.arguments == {"roles": ("code", "ignore")}
    told = {each.name: each.correlation for each in found.columns}
    wanted = abs(np.corrcoef(B, KINDS == "high")[0, 1])
    assert told["b"] == pytest.approx(wanted, abs=1e-3)


def test_rows_of_another_length_are_left_out_and_counted(csv: Callable[[str], str]) -> None:
    lines = PLAIN.splitlines()
    lines[30] += ",7"
    found = facts(csv("\n".join(lines)))
    assert (found.samples, found.left_out) == (59, 1)
    (note,) = (each for each in found.notes if each.code == "table_ragged")
    assert note.values["line"] == "31"


def test_a_cell_that_is_no_number_counts_as_missing_and_is_told(csv: Callable[[str], str]) -> None:
    cells = [*map(str, A)]
    cells[17] = "1o"
    found = facts(csv(rows(cells, B, KINDS, head="a,b,y")))
    (note,) = (each for each in found.notes if each.code == "table_odd_cells")
    assert (note.values["line"], note.values["got"]) == ("19", "1o")
    assert found.columns[0].missing == 1


@pytest.mark.parametrize(
    "suffix", [".csv.gz", ".xlsx", ".parquet", ".jsonl", ".json", ".tsv", ".txt"]
)
def test_other_files_hold_the_same_table(tmp_path: Path, suffix: str) -> None:
    import pandas as pd

    frame = pd.DataFrame({"a": A, "b": B, "y": KINDS})
    frame.loc[3, "a"] = np.nan
    path = tmp_path / f"t{suffix}"
    if suffix == ".xlsx":
        frame.to_excel(path, index=False, sheet_name="first")
    elif suffix == ".parquet":
        import polars as pl

        pl.DataFrame({name: frame[name].to_list() for name in frame}).write_parquet(path)
    elif suffix in {".json", ".jsonl"}:
        frame.to_json(path, orient="records", lines=suffix == ".jsonl")
    else:
        frame.to_csv(path, index=False, sep="\t" if suffix == ".tsv" else ",")
    data = load(Choice("csv", {"path": str(path)}))
    expected = np.stack([A, B], axis=1)
    expected[3, 0] = np.nan
    np.testing.assert_allclose(data.features, expected, rtol=1e-6)
    assert data.facts.class_names == ("high", "low")
    assert data.facts.columns[0].missing == 1
