"""Reads data whose files vanish or change meanwhile: ``python -m tools.vanishing_files [COUNT]``.

Each kind of source is read, and at a random call within ``app.data`` one of its files, or all of
them, are deleted, cut off, emptied, replaced by a folder or by other bytes. What is told then has
to be data or a sentence. A test does some of it: ``tests/app/data/test_vanishing_files.py``.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import traceback
import wave
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

import numpy as np

from app.data import reading
from app.data.dataset import vanishing_refused
from app.data.preview import preview
from app.data.rows import is_lazy
from app.project.examples import load_example
from graph_model.editing.project_edits import choose_data
from graph_model.inference.infer import infer_project
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice

_ROWS: Final = 40
Make = Callable[[Path], Choice]


def _csv(folder: Path) -> Choice:
    rows = "\n".join(f"{i},{i % 7}.5,{'ab'[i % 2]},2024-01-{i % 28 + 1:02}" for i in range(_ROWS))
    (folder / "table.csv").write_text(f"id,size,kind,day\n{rows}\n", encoding="utf-8")
    return Choice("csv", {"path": str(folder / "table.csv")})


def _json_lines(folder: Path) -> Choice:
    rows = (json.dumps({"x": i, "y": i % 3, "word": f"w{i % 5}"}) for i in range(_ROWS))
    (folder / "table.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return Choice("csv", {"path": str(folder / "table.jsonl")})


def _parquet(folder: Path) -> Choice:
    import polars

    table = polars.DataFrame({"x": range(_ROWS), "y": ["a", "b"] * (_ROWS // 2)})
    table.write_parquet(folder / "table.parquet")
    return Choice("csv", {"path": str(folder / "table.parquet")})


def _excel(folder: Path) -> Choice:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [["x", "y"], *([i, "ab"[i % 2]] for i in range(_ROWS))]:
        book.active.append(row)
    book.save(folder / "table.xlsx")
    return Choice("csv", {"path": str(folder / "table.xlsx")})


def _archive(folder: Path) -> Choice:
    arrays = {"x": np.zeros((_ROWS, 8, 8), np.uint8), "y": np.arange(_ROWS) % 3}
    np.savez(folder / "arrays.npz", **arrays)
    return Choice("npz", {"path": str(folder / "arrays.npz")})


def _array_files(folder: Path) -> Choice:
    np.save(folder / "x.npy", np.zeros((_ROWS, 8), np.float32))
    np.save(folder / "y.npy", np.arange(_ROWS) % 3)
    return Choice("npz", {"path": str(folder)})


def _pictures(folder: Path) -> Choice:
    from PIL import Image

    for i in range(12):
        path = folder / "ab"[i % 2] / f"{i}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(np.full((9, 9, 3), i * 9, np.uint8)).save(path)
    return Choice("image_folder", {"path": str(folder)})


def _picture_table(folder: Path) -> Choice:
    _pictures(folder)
    rows = "\n".join(f"{'ab'[i % 2]}/{i}.png,{'cd'[i % 2]}" for i in range(12))
    (folder / "labels.csv").write_text(f"file,label\n{rows}\n", encoding="utf-8")
    return Choice("csv", {"path": str(folder / "labels.csv")})


def _masks(folder: Path) -> Choice:
    from PIL import Image

    for part in ("images", "masks"):
        (folder / part).mkdir()
        for i in range(8):
            array = np.full((9, 9), i * 3 if part == "images" else i % 2, np.uint8)
            Image.fromarray(array).save(folder / part / f"{i}.png")
    return Choice("image_folder", {"path": str(folder)})


def _sounds(folder: Path) -> Choice:
    for i in range(8):
        path = folder / "ab"[i % 2] / f"{i}.wav"
        path.parent.mkdir(exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(np.zeros(800, np.int16).tobytes())
    return Choice("audio_folder", {"path": str(folder)})


def _text(folder: Path) -> Choice:
    (folder / "text.txt").write_text("to be or not to be\n" * 40, encoding="utf-8")
    return Choice("text", {"path": str(folder / "text.txt")})


def _text_folder(folder: Path) -> Choice:
    for i in range(8):
        path = folder / "ab"[i % 2] / f"{i}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"some words {i}", encoding="utf-8")
    return Choice("text_folder", {"path": str(folder)})


def _series(folder: Path) -> Choice:
    rows = "\n".join(f"2024-{i // 28 + 1:02}-{i % 28 + 1:02},{i % 9}" for i in range(200))
    (folder / "series.csv").write_text(f"day,value\n{rows}\n", encoding="utf-8")
    return Choice("series", {"path": str(folder / "series.csv")})


MADE: Final[Mapping[str, Make]] = {
    "csv": _csv,
    "json lines": _json_lines,
    "parquet": _parquet,
    "excel": _excel,
    "npz": _archive,
    "npy": _array_files,
    "pictures": _pictures,
    "table of pictures": _picture_table,
    "masks": _masks,
    "sounds": _sounds,
    "text": _text,
    "texts": _text_folder,
    "series": _series,
}
"""What writes data of each kind into an empty folder."""


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def _one(draw: random.Random, folder: Path, deed: Callable[[Path], object]) -> None:
    if found := _files(folder):
        deed(draw.choice(found))


def _cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DEEDS: Final[Mapping[str, Callable[[random.Random, Path], None]]] = {
    "one deleted": lambda draw, folder: _one(draw, folder, Path.unlink),
    "all deleted": lambda _, folder: shutil.rmtree(folder),
    "one cut off": lambda draw, folder: _one(draw, folder, _cut),
    "one emptied": lambda draw, folder: _one(draw, folder, lambda path: path.write_bytes(b"")),
    "one a folder": lambda draw, folder: _one(draw, folder, _to_folder),
    "one other bytes": lambda draw, folder: _one(
        draw, folder, lambda path: path.write_bytes(draw.randbytes(300))
    ),
}
"""What may befall the files of a folder."""


@contextmanager
def at_call(number: int, deed: Callable[[], None]) -> Iterator[list[int]]:
    """Do a deed at this call of a function of ``app.data``; yields how many there were."""
    counted = [0]

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith("app.data"):
            counted[0] += 1
            if counted[0] == number:
                sys.setprofile(None)
                deed()

    sys.setprofile(look)
    try:
        yield counted
    finally:
        sys.setprofile(None)


def looked_at(choice: Choice) -> str:
    """Read data and look at them as the window does; return how that ended."""
    reading.forget()
    facts = reading.describe(choice)
    if isinstance(facts, Problem):
        assert facts.message
        return facts.code
    project = load_example("iris-mlp")
    project = choose_data(project, choice)
    inference = infer_project(project)
    seen = preview(project.recipe, inference, facts)
    if isinstance(seen, Problem):
        assert seen.message
        return seen.code
    try:
        with vanishing_refused():
            for array in reading.load(choice).arrays.values():
                if is_lazy(array):
                    assert len(array[:]) == len(array)
    except Refusal as refusal:
        return refusal.problem.code
    return "read"


def trial(kind: str, draw: random.Random, calls: int) -> tuple[str, str]:
    """Do one deed while data of a kind are read; return it, and how the reading ended."""
    name = draw.choice([*DEEDS])
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "data"
        folder.mkdir()
        choice = MADE[kind](folder)
        with at_call(draw.randint(1, max(1, calls)), lambda: DEEDS[name](draw, folder)):
            return name, looked_at(choice)


def calls_of(kind: str) -> int:
    """Return how many functions are called where nothing befalls the files."""
    with tempfile.TemporaryDirectory() as home:
        choice = MADE[kind](Path(home))
        with at_call(0, lambda: None) as counted:
            ended = looked_at(choice)
    assert ended == "read", (kind, ended)
    return counted[0]


def main() -> int:
    """Do many trials and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    draw = random.Random(chosen.seed)
    calls = {kind: calls_of(kind) for kind in MADE}
    ends: Counter[str] = Counter()
    bad = 0
    for _ in range(chosen.count):
        kind = draw.choice([*MADE])
        try:
            ends[trial(kind, draw, calls[kind])[1]] += 1
        except Exception:
            bad += 1
            print(f"{kind}:", traceback.format_exc(limit=-6))
    print(dict(ends.most_common()))
    print(f"{chosen.count} readings, {bad} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
