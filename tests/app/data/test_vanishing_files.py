"""Files that vanish or change while they are read end in data or a sentence."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from app.data.kinds import data_kind
from app.data.reading import describe, forget, load
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from tools.vanishing_files import DEEDS, MADE, at_call, calls_of, looked_at, trial


@pytest.mark.parametrize("kind", MADE)
def test_whatever_befalls_them_is_said(kind: str) -> None:
    draw, calls = random.Random(kind), calls_of(kind)
    ends = [trial(kind, draw, calls)[1] for _ in range(6)]
    assert all(ends)


def test_a_folder_that_vanishes_while_it_is_listed_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    choice = MADE["texts"](folder)
    said = set()
    for call in range(1, calls_of("texts"), 40):
        with at_call(call, lambda: shutil.rmtree(folder)):
            said.add(looked_at(choice))
        folder.mkdir(exist_ok=True)
        MADE["texts"](folder)
    assert said == {"data_unreadable", "data_not_found"}


def test_arrays_that_are_saved_anew_in_their_place_end_nothing(tmp_path: Path) -> None:
    """Pages of a mapped file that was cut off end the program with SIGBUS."""
    path = tmp_path / "x.npy"
    np.save(path, np.ones((400_000, 8), np.float32))
    data = load(Choice("npz", {"path": str(path), "target": "X"}))
    path.write_bytes(b"")
    assert float(data.features[:].sum()) == 3_200_000
    forget()
    with pytest.raises(Refusal):
        load(Choice("npz", {"path": str(path), "target": "X"}))


def test_a_folder_of_arrays_is_read_by_their_names(tmp_path: Path) -> None:
    for part, count in (("train", 30), ("test", 10)):
        np.save(tmp_path / f"X_{part}.npy", np.arange(count * 4.0).reshape(count, 4))
        np.save(tmp_path / f"y_{part}.npy", np.arange(count) % 3)
    (tmp_path / "README.txt").write_text("where they come from", encoding="utf-8")
    assert data_kind(tmp_path) == "npz"
    facts = describe(Choice("npz", {"path": str(tmp_path)}))
    assert isinstance(facts, DataFacts)
    assert (facts.samples, facts.features, facts.target) == (40, "X", "y")
    assert facts.arrays["y"].classes == 3
    np.testing.assert_array_equal(
        load(Choice("npz", {"path": str(tmp_path)})).own_split, [0] * 30 + [2] * 10
    )


def test_a_folder_without_arrays_or_with_an_array_for_each_sample_is_none(tmp_path: Path) -> None:
    told = describe(Choice("npz", {"path": str(tmp_path)}))
    assert isinstance(told, Problem)
    assert told.code == "data_unreadable"
    for number in range(65):
        np.save(tmp_path / f"{number}.npy", np.zeros(4))
    assert data_kind(tmp_path) != "npz"


def test_all_deeds_are_tried() -> None:
    draw = random.Random(1)
    assert {trial("csv", draw, 50)[0] for _ in range(40)} == {*DEEDS}
