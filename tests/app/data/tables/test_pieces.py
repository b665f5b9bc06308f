"""Large tables, read piece by piece: the same as whole ones, in little memory, and bounded."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.data import reading
from app.data.progress import STOPPED, Reading, followed
from app.data.reading import load
from app.data.tables import delimited, pieces
from graph_model.problems import Refusal
from graph_model.recipe import Choice
from tests.app.data.reading import facts_of, refused
from tests.app.data.tables.test_forms import FORMS

RANDOM = np.random.default_rng(1)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", 300)
    monkeypatch.setattr(pieces, "_FIRST_OF_LARGE", 120)


@pytest.mark.parametrize("form", FORMS)
def test_pieces_make_the_same_table(
    form: str, csv: Callable[[str | bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load(Choice("csv", {"path": csv(FORMS[form][0])}))
    monkeypatch.setattr(pieces, "PIECE", 300)
    monkeypatch.setattr(pieces, "_FIRST_OF_LARGE", 120)
    reading._load.cache_clear()
    in_pieces = load(Choice("csv", {"path": csv(FORMS[form][0])}))
    np.testing.assert_array_equal(in_pieces.features, whole.features)
    np.testing.assert_array_equal(in_pieces.target, whole.target)
    assert in_pieces.facts.read_as == whole.facts.read_as


@pytest.mark.usefixtures("small_pieces")
def test_rows_may_be_quoted_over_lines_and_pieces(csv: Callable[[str], str]) -> None:
    words = [f"{'ab'[n % 2]}, «{n % 2}»\n" + "x" * (n % 60 // 59 * 500) for n in range(200)]
    lines = [f'{n / 4},"{word}",{n % 3}' for n, word in enumerate(words)]
    data = load(Choice("csv", {"path": csv("\n".join(["n,w,y", *lines]))}))
    np.testing.assert_array_equal(data.features[:, 0], np.arange(200) / 4)
    assert data.facts.samples == 200


@pytest.mark.usefixtures("small_pieces")
def test_what_comes_late_changes_what_a_column_is(csv: Callable[[str], str]) -> None:
    numbers = RANDOM.normal(size=400).round(3)
    few = [*map(str, numbers)]
    few[300] = "oops"
    many = [*map(str, numbers[:200]), *RANDOM.choice(["red", "blue"], 200)]
    large = [*range(200), *range(16777217, 16777417)]
    gaps = ["NA" if n > 300 and n % 2 else str(n / 8) for n in range(400)]
    lines = [
        f"{a},{b},{c},{d},{n % 3}"
        for n, (a, b, c, d) in enumerate(zip(few, many, large, gaps, strict=True))
    ]
    data = load(Choice("csv", {"path": csv("\n".join(["few,many,large,gaps,y", *lines]))}))
    columns = {each.name: each for each in data.facts.columns}
    assert (columns["few"].type, columns["few"].missing) == ("number", 1)
    (note,) = (each for each in data.facts.notes if each.code == "table_odd_cells")
    assert (note.values["line"], note.values["got"]) == ("302", "oops")
    assert columns["many"].type == "category"
    assert columns["large"].distinct == 400
    assert (columns["gaps"].type, columns["gaps"].missing) == ("number", 50)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("bad", ["1,2,3,4", "1,2"])
def test_a_ragged_row_in_a_later_piece_is_left_out(csv: Callable[[str], str], bad: str) -> None:
    lines = [f"{n},{n * 2},{n % 3}" for n in range(200)]
    lines[150] = bad
    lines[160] = "7" if bad == "1,2,3,4" else "7,8,9,9"  # as many separators in all
    found = facts_of(Choice("csv", {"path": csv("\n".join(["a,b,y", *lines]))}))
    assert (found.samples, found.left_out) == (198, 2)
    (note,) = (each for each in found.notes if each.code == "table_ragged")
    assert note.values["line"] == "152"


def test_many_columns_and_commas_are_bounded(tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(
        "\n".join(",".join(["1.5", "2.5", "0"][n % 3] for n in range(3000)) for _ in range(5))
    )
    assert facts_of(Choice("csv", {"path": str(wide)})).samples == 5
    commas = tmp_path / "commas.csv"
    commas.write_bytes(b"," * 2_000_000)
    assert refused("csv", path=str(commas)).code in {"data_too_many_columns", "data_too_few"}
    packed = tmp_path / "bomb.csv.gz"
    with gzip.open(packed, "wb") as file:
        for _ in range(20):
            file.write(b"1" * 10_000_000)
    assert refused("csv", path=str(packed)).code in {
        "data_unreadable",
        "data_too_large",
        "data_too_few",
    }


def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.parquet", "a.jsonl", "a.json", "a.csv.gz"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 no such thing")
        assert refused("csv", path=str(tmp_path / name)).code == "data_unreadable"
    (tmp_path / "b.json").write_text("3")
    assert refused("csv", path=str(tmp_path / "b.json")).code == "data_unreadable"


def test_a_file_that_vanishes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n3,4\n")

    def vanish(*_: object) -> None:
        path.unlink()
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(delimited, "_opened", vanish)
    with pytest.raises(Refusal) as caught:
        load(Choice("csv", {"path": str(path)}))
    assert caught.value.problem.code == "data_unreadable"
    os.mkfifo(path)
    assert refused("csv", path=str(path)).code == "data_unreadable"


def test_rows_of_nothing_are_no_rows(csv: Callable[[str | bytes], str]) -> None:
    """A spreadsheet saves some below its last row; a file of nothing else says so."""
    rows = "\n".join(f"{n},{n * 2},{n % 2}" for n in range(30))
    found = facts_of(Choice("csv", {"path": csv(f"a,b,y\n{rows}\n" + ",,\n" * 40)}))
    assert (found.samples, found.left_out) == (30, 0)
    quoted = facts_of(Choice("csv", {"path": csv(f'a,b,y\n{rows}\n"","",\n ,,\n')}))
    assert quoted.samples == 30
    problem = refused("csv", path=csv("," * 9 + "\n" + (("," * 9) + "\n") * 5000))
    assert problem.message.endswith("cannot be read: all its cells are empty.")


def test_bytes_that_are_no_text_are_said_to_be_none(csv: Callable[[str | bytes], str]) -> None:
    for content in (bytes(5000), RANDOM.bytes(5000), bytes(range(256)) * 20):
        assert refused("csv", path=csv(content)).code == "data_binary_text"


def test_what_will_be_too_large_is_refused_at_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packed file is ten times what was read of it; to read on would only be to wait."""
    monkeypatch.setattr(pieces, "_FORESEEN", 1 << 20)
    monkeypatch.setattr(pieces, "LIMIT", 6 << 20)
    monkeypatch.setattr("app.data.dataset.LIMIT", 6 << 20)
    member = gzip.compress(b"".join(b"%d,%d,%d\n" % (n, n * 7, n % 3) for n in range(100_000)))
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a,b,y\n") + 20 * member)
    read = []
    of = pieces.Pieces._need_room
    monkeypatch.setattr(
        pieces.Pieces, "_need_room", lambda self, total: (read.append(total), of(self, total))
    )
    assert refused("csv", path=str(path)).code == "data_too_large"
    assert read[-1] < 20 << 20


def test_reading_tells_how_far_it_is_and_can_be_stopped(csv: Callable[[str], str]) -> None:
    path = csv("\n".join(["a,b,y", *(f"{n},{n / 2},{n % 2}" for n in range(5000))]))
    reading_of, shares = Reading(), list[float]()

    class Watched(Reading):
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "done" and isinstance(value, float):
                shares.append(value)

    with followed(Watched()):
        load(Choice("csv", {"path": path}))
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1
    reading._load.cache_clear()
    reading_of.stop()
    with followed(reading_of), pytest.raises(Refusal) as caught:
        load(Choice("csv", {"path": path}))
    assert caught.value.problem == STOPPED
