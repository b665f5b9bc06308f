"""Files of JSON read part by part give what Python's own reader gives, and can be stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.data.json_parts import read_object
from app.data.progress import Reading, followed
from graph_model.problems import Refusal

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=12,
)


@given(some.dictionaries(some.text(), VALUES, max_size=5), some.sampled_from([None, 1, "\t"]))
def test_it_is_what_python_reads(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, object], indent: int | str | None
) -> None:
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text("\ufeff" + json.dumps(told, indent=indent), encoding="utf-8")
    assert read_object(path) == told


@pytest.mark.parametrize(
    "text",
    ["", "[1]", '{"a": [1, 2}', '{"a" 1}', '{"a": [1', '{"a": [}'],
)
def test_what_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(ValueError, match=r"Expecting|Illegal|expected"):
        read_object(tmp_path / "x.json")


def test_a_comma_behind_the_last_is_let_pass(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": [1, 2,], "b": 3,\n}')
    assert read_object(tmp_path / "x.json") == {"a": [1, 2], "b": 3}


def test_it_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"a": [*range(10)]}))
    reading = Reading()
    reading.stop()
    with followed(reading), pytest.raises(Refusal):
        read_object(tmp_path / "x.json")
