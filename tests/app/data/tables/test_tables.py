"""Tables as they were always read, and what is wrong with some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.data.reading import load
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice
from tests.app.data.reading import facts_of, refused

GOOD = "size,colour,kind\n1.5,red,a\n2,green,b\n-3e2,red,a\n"


def test_a_table_of_numbers_and_words(csv: Callable[[str], str]) -> None:
    data = load(Choice("csv", {"path": csv(GOOD)}))
    np.testing.assert_array_equal(
        data.features, np.array([[1.5, 0, 1], [2, 1, 0], [-300, 0, 1]], np.float32)
    )
    assert data.target.tolist() == [0, 1, 0]
    assert data.facts.class_names == ("a", "b")
    assert data.categories == {"colour": ("green", "red")}
    assert data.arrays["colour"].tolist() == [1, 0, 1]
    assert data.facts.arrays["colour"].classes == 2
    assert data.arrays["size"].shape == (3, 1)


def test_the_target_may_be_any_column(csv: Callable[[str], str]) -> None:
    data = load(Choice("csv", {"path": csv(GOOD), "target": "size"}))
    assert data.facts.task == "regression"
    assert data.target.tolist() == [[1.5], [2], [-300]]
    assert "target" in data.scaled
    numbered = "x,y\n1,3\n2,4\n3,3\n"
    assert facts_of(Choice("csv", {"path": csv(numbered)})).class_names == ("3", "4")
    regression = Choice("csv", {"path": csv(numbered), "task": "regression"})
    assert facts_of(regression).task == "regression"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimiters_quotes_and_marks_of_order(csv: Callable[[bytes], str], mark: str) -> None:
    text = f'a{mark}"b {mark} c"{mark}d\r\n1{mark}2{mark}"x\ny"\r\n\r\n3{mark}4{mark}z\r\n'
    data = load(Choice("csv", {"path": csv(b"\xef\xbb\xbf" + text.encode())}))
    assert f"b {mark} c" in data.facts.arrays
    assert data.facts.class_names == ("x\ny", "z")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a,b\n1,2\n1,2,3\n", "data_ragged_row", "3"),
        ("a,b\n1,2\n", "data_too_few", ""),
        ("", "data_too_few", ""),
        ("a\n1\n2\n", "data_too_few", ""),
        ("a,b\n1,x\n2,x\n", "data_too_few", ""),
        ('a,b\n1,"2\n', "data_unreadable", ""),
    ],
)
def test_mistakes_in_a_table_are_named(
    csv: Callable[[str], str], text: str, code: str, line: str
) -> None:
    problem = refused("csv", path=csv(text))
    assert problem.code == code
    assert problem.values.get("line", "") == line


GAPS = "size,colour,kind\n1.5,red,a\n,green,b\n2,?,a\n3,green,b\n4,red,n/a\n"


def test_rows_without_a_value_are_left_out_where_that_is_chosen(csv: Callable[[str], str]) -> None:
    data = load(Choice("csv", {"path": csv(GAPS), "missing": "skip"}))
    assert data.features.tolist() == [[1.5, 0, 1], [3, 1, 0]]
    assert data.target.tolist() == [0, 1]
    assert (data.facts.samples, data.facts.left_out) == (2, 3)
    whole = facts_of(Choice("csv", {"path": csv(GOOD), "missing": "skip"}))
    assert (whole.samples, whole.left_out) == (3, 0)
    fixes = refused("csv", path=csv(GAPS), missing="refuse").fixes
    assert [fix.change for fix in fixes] == [
        SetDataArguments({"missing": "auto"}),
        SetDataArguments({"missing": "skip"}),
    ]


def test_a_table_of_gaps_is_refused_even_so(csv: Callable[[str], str]) -> None:
    problem = refused("csv", path=csv("a,b\n1,2\n,3\n4,\n"), missing="skip")
    assert (problem.code, problem.values["got"]) == ("data_too_few", "1")


def test_bytes_that_are_no_text_are_refused(csv: Callable[[bytes], str]) -> None:
    for content, code in (
        (b"a,b\n1,\xff\n2,3\n", "data_unreadable"),
        (b"a,b\n1,\x00\xff\xff\n2,3\n", "data_binary_text"),
    ):
        assert refused("csv", path=csv(content), encoding="utf-8").code == code
    assert refused("csv", path=csv(GOOD), target="weight").code == "data_no_column"


def test_missing_files_are_refused(tmp_path: Path) -> None:
    assert refused("csv").code == "data_no_path"
    assert refused("csv", path=str(tmp_path / "none.csv")).code == "data_not_found"
    assert refused("csv", path=str(tmp_path)).code == "data_unreadable"
    assert refused("csv", path="a\0b").code in {"data_unreadable", "data_not_found"}


def test_a_file_that_changed_is_read_again(csv: Callable[[str], str]) -> None:
    choice = Choice("csv", {"path": csv(GOOD)})
    assert facts_of(choice).samples == 3
    csv(GOOD + "1,red,b\n")
    assert facts_of(choice).samples == 4


def test_a_target_of_too_many_words_is_refused(csv: Callable[[str], str]) -> None:
    text = "a,b\n" + "".join(f"{n},w{n}\n" for n in range(1001))
    assert refused("csv", path=csv(text), target="b").code == "data_too_many_categories"


def test_a_numbered_target_of_one_class_is_refused(csv: Callable[[str], str]) -> None:
    text = "a,b\n1,7\n2,7\n"
    assert refused("csv", path=csv(text), task="classification").code == "data_too_few"
    text = "a,b\n1,7\n2,x1\n3,x2\n"
    assert refused("csv", path=csv(text), task="regression").code == "data_bad_number"
