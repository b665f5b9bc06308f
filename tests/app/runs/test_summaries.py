"""What the list of runs shows, read once and again, and what is written beside runs."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.runs import summaries
from app.runs.deleting import ASIDE, KEPT_FOR, bring_back, remove_old, set_aside
from app.runs.folder import EVENTS, LOCK
from app.runs.labels import LABELS, Labels, keep_labels, read_labels, split_tags
from app.runs.summaries import INDEX, Summary, read_summaries, summary_of
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

    def counted(folder: Path) -> Summary:
        read.append(folder.name)
        return summary_of(folder)

    monkeypatch.setattr(summaries, "summary_of", counted)
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
        lambda value: json.dumps({"form": 2, "runs": {"one": value}}).encode()
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
