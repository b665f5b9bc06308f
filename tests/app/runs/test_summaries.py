"""What the list of runs shows, read once and again, and what is written beside runs."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.runs import index
from app.runs.deleting import ASIDE, KEPT_FOR, bring_back, remove_old, set_aside
from app.runs.folder import CHECKPOINT, EVENTS, LOCK, PROJECT
from app.runs.index import FORM, INDEX, Newest, read_newest, read_summaries
from app.runs.labels import LABELS, Labels, keep_labels, read_labels, split_tags
from app.runs.store import delete_run
from app.runs.summaries import Summary, summary_of
from app.runs.trial import TRIAL, Told, keep_trial
from tests.app.runs.kept import keep_run


def names(found: tuple[Summary, ...]) -> list[str]:
    return [each.run.folder.name for each in found]


def test_a_summary_tells_settings_figures_and_when_it_began(tmp_path: Path) -> None:
    folder = tmp_path / "2026-01-02 03.04.05 Net"
    found = summary_of(keep_run(folder, (0.5, 0.25, 0.375), {"lr": "0.01", "optimizer": "SGD"}))
    assert datetime.fromtimestamp(found.began) == datetime(2026, 1, 2, 3, 4, 5)
    assert (found.network, found.name) == ("Net", folder.name)
    assert (found.settings["lr"], found.settings["optimizer"]) == (0.01, "SGD")
    assert found.settings["optimizer.momentum"] == 0.0, "a default is a setting too"
    run = found.run
    assert (run.validation["loss"], run.last["loss"], run.best["accuracy"]) == (0.25, 0.375, 0.75)
    assert (run.parameters, run.samples, run.planned) == (12, 80, 3)


def test_the_newest_is_first_whatever_it_is_called(tmp_path: Path) -> None:
    keep_run(tmp_path / "2026-01-02 03.04.05 Net")
    keep_run(tmp_path / "2026-01-03 03.04.05 Net")
    os.utime(keep_run(tmp_path / "tried") / "project.weft", (0, 0))
    assert names(read_summaries(tmp_path)) == [
        "2026-01-03 03.04.05 Net",
        "2026-01-02 03.04.05 Net",
        "tried",
    ]


def test_what_has_not_changed_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        keep_run(tmp_path / str(number))
    first = read_summaries(tmp_path)
    read: list[str] = []

    def counted(folder: Path, *there: Collection[str]) -> Summary:
        read.append(folder.name)
        return summary_of(folder, *there)

    monkeypatch.setattr(index, "summary_of", counted)
    assert read_summaries(tmp_path) == first
    assert read == []
    with (tmp_path / "1" / EVENTS).open("a") as log:
        log.write("\n")
    keep_labels(tmp_path / "2", Labels("good"))
    keep_run(tmp_path / "3")
    found = read_summaries(tmp_path)
    assert sorted(read) == ["1", "2", "3"]
    assert {each.name for each in found} == {"0", "1", "good", "3"}
    read.clear()
    (tmp_path / "0" / LOCK).touch()  # some program may be training in it: it is read each time
    read_summaries(tmp_path)
    read_summaries(tmp_path)
    assert read == ["0", "0"]


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(
    st.binary()
    | st.recursive(st.none() | st.floats() | st.text(), lambda inner: st.lists(inner)).map(
        lambda value: json.dumps({"form": FORM, "settings": [{}], "runs": {"one": value}}).encode()
    )
)
def test_a_damaged_index_is_made_anew(tmp_path: Path, stored: bytes) -> None:
    if not (tmp_path / "one").exists():
        keep_run(tmp_path / "one")
    (tmp_path / INDEX).write_bytes(stored)
    assert read_summaries(tmp_path) == (summary_of(tmp_path / "one"),)


@pytest.mark.parametrize("place", ["run", "labels", "network", "began", "settings", "trial"])
@pytest.mark.parametrize("value", [None, 3, "x", [], {"epochs": "many"}, {"loss": [1]}, [[1]]])
def test_values_of_another_kind_in_an_index_do_no_harm(
    tmp_path: Path, place: str, value: object
) -> None:
    keep_run(tmp_path / "one")
    (expected,) = read_summaries(tmp_path)
    stored = json.loads((tmp_path / INDEX).read_text())
    stored["runs"]["one"][1][place] = value
    (tmp_path / INDEX).write_text(json.dumps(stored))
    (found,) = read_summaries(tmp_path)
    assert found.run.epochs == expected.run.epochs
    assert isinstance(found.began, float)
    assert isinstance(found.network, str)


def test_where_the_index_cannot_be_written_runs_are_read(tmp_path: Path) -> None:
    keep_run(tmp_path / "one")
    (tmp_path / INDEX).mkdir()
    assert names(read_summaries(tmp_path)) == names(read_summaries(tmp_path)) == ["one"]
    assert read_summaries(tmp_path / "none") == ()


def test_labels_are_kept_and_read(tmp_path: Path) -> None:
    labels = Labels("best so far", ("good", "lr"), "a note\nof two lines", is_starred=True)
    keep_labels(tmp_path, labels)
    assert read_labels(tmp_path) == labels
    assert read_labels(tmp_path / "none") == Labels()
    assert split_tags(" good，lr, good ,") == ("good", "lr")


@pytest.mark.parametrize(
    "stored",
    ["[]", '{"name": 3, "tags": "x", "note": [], "is_starred": 1}', "{", "[" * 10_000, "\xff"],
)
def test_labels_that_are_none_are_as_if_there_were_none(tmp_path: Path, stored: str) -> None:
    (tmp_path / LABELS).write_text(stored, "latin-1")
    assert read_labels(tmp_path) == Labels()


def test_a_deleted_run_comes_back_until_it_is_removed(tmp_path: Path) -> None:
    folder = keep_run(tmp_path / "one")
    aside = set_aside(folder)
    assert read_summaries(tmp_path) == ()
    keep_run(folder)  # another of the same name, deleted too
    again = set_aside(folder)
    assert again != aside
    assert bring_back(aside) == folder
    assert names(read_summaries(tmp_path)) == ["one"]
    changed = again.stat().st_mtime
    remove_old(tmp_path, changed + KEPT_FOR - 1)
    assert again.exists()
    remove_old(tmp_path, changed + KEPT_FOR + 1)
    assert not again.exists()
    assert folder.exists()
    remove_old(tmp_path / "none")
    assert (tmp_path / ASIDE).is_dir()


def test_of_many_runs_the_newest_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        keep_run(tmp_path / f"2026-01-02 03.04.0{number} Net")
    keep_run(tmp_path / "zero")
    assert read_newest(tmp_path) == read_summaries(tmp_path)
    monkeypatch.setattr(index, "FEW", 4)
    monkeypatch.setattr(index, "FIRST", 2)
    first = read_newest(tmp_path)
    assert isinstance(first, Newest)
    assert names(first.runs) == ["2026-01-02 03.04.03 Net", "2026-01-02 03.04.02 Net"]
    assert first.total == 6, "the index is among the names"
    assert all(each in read_summaries(tmp_path) for each in first.runs)
    assert read_newest(tmp_path / "none") == ()


@pytest.mark.parametrize("name", [EVENTS, PROJECT, LABELS, TRIAL])
def test_a_file_written_in_its_place_is_read_again(tmp_path: Path, name: str) -> None:
    """The folder has the same time then, of which an editor knows nothing."""
    folder = keep_run(tmp_path / "one", settings={"lr": "0.5"})
    keep_labels(folder, Labels("first"))
    keep_trial(folder, Told("rates", {"lr": "0.5"}))
    (before,) = read_summaries(tmp_path)
    path, time = folder / name, folder.stat().st_mtime_ns
    text = path.read_text()
    for old, new in (("0.25", "0.125"), ("0.5", "0.75"), ("first", "other")):
        text = text.replace(old, new)
    path.write_text(text)
    assert folder.stat().st_mtime_ns == time
    (found,) = read_summaries(tmp_path)
    assert found == summary_of(folder) != before


def test_what_was_deleted_renamed_or_came_is_told_at_once(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        keep_run(tmp_path / name, settings={"seed": str(ord(name))})
    read_summaries(tmp_path)
    delete_run(tmp_path / "a")
    (tmp_path / "b").rename(tmp_path / "d")
    (tmp_path / "c" / CHECKPOINT).write_bytes(b"x")
    found = {each.name: each for each in read_summaries(tmp_path)}
    assert {name: each.settings["seed"] for name, each in found.items()} == {"d": 98, "c": 99}
    assert found["c"].run.has_checkpoint
    assert sorted(json.loads((tmp_path / INDEX).read_text())["runs"]) == ["c", "d"]


def test_an_index_of_another_form_or_of_another_folder_is_made_anew(tmp_path: Path) -> None:
    folder = keep_run(tmp_path / "one")
    expected = read_summaries(tmp_path)
    stored = json.loads((tmp_path / INDEX).read_text())
    for changed in ({"form": FORM - 1}, {"settings": []}, {"settings": [{"lr": {}}]}, {"runs": 3}):
        (tmp_path / INDEX).write_text(json.dumps({**stored, **changed}))
        assert read_summaries(tmp_path) == expected
        assert json.loads((tmp_path / INDEX).read_text()) == stored
    stored["runs"]["one"][0] = "1 2 3"
    stored["runs"]["one"][1]["network"] = "Other"
    (tmp_path / INDEX).write_text(json.dumps(stored))
    assert read_summaries(tmp_path) == (summary_of(folder),)


def test_values_that_are_equal_and_not_alike_come_back_as_they_were(tmp_path: Path) -> None:
    for number, text in enumerate(("1", "1.0", "True")):
        keep_trial(keep_run(tmp_path / str(number)), Told("x", {"own": text, "lr": "0.1"}))
    read = [summary_of(tmp_path / str(number)) for number in range(3)]
    read_summaries(tmp_path)
    again = {each.name: each for each in read_summaries(tmp_path)}
    assert [repr(again[each.name].settings) for each in read] == [repr(e.settings) for e in read]
    assert [each.trial for each in read] == [again[each.name].trial for each in read]
