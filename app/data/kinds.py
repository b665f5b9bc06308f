"""What kind of data a file or folder is, by what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graph_model.files.plain_file import is_plain_file
from graph_model.recipes.sources import SOURCES

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".data", ".dat", ".gz"), ("csv",)),
    ".txt": ("text", "csv"),
    **dict.fromkeys((".xlsx", ".parquet", ".jsonl", ".json", ".ndjson"), ("table", "csv")),
    **dict.fromkeys((".npz", ".npy", ".safetensors", ".h5", ".hdf5"), ("arrays", "npz")),
}
"""The kinds of data source for each ending, the one that suits best first."""
_FOLDERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("train-images*-ubyte*", ("fashion_mnist_folder",)),
    ("*.wav", ("audio_folder",)),
    ("*/*.wav", ("audio_folder",)),
    ("*/*.txt", ("text_folder",)),
)
"""What a folder holds that is read by a kind of its own; any other holds pictures."""
_LEAST_ROWS: Final = 2
_BEGINNING: Final = 16_384
"""How many bytes of a file tell whether it is a table."""
_MOST_LOOKED_AT: Final = 50
"""How many lines of a text tell whether it is a table."""


def data_kind(path: Path) -> str | None:
    """Return the kind of data source that a file or folder is by its name, ``None`` for none."""
    if path.is_dir():
        for pattern, kinds in _FOLDERS:
            found = next((kind for kind in kinds if kind in SOURCES), None)
            if found is not None and any(path.glob(pattern)):
                return found
        return "image_folder"
    kinds = ENDINGS.get(path.suffix.lower(), ())
    if path.suffix.lower() == ".txt" and separator_of(_beginning(path)) is not None:
        kinds = ("csv",)
    return next((kind for kind in kinds if kind in SOURCES), None)


def _beginning(path: Path) -> str:
    """Return what a text begins with, nothing where it cannot be read."""
    if not is_plain_file(path):
        return ""
    try:
        with path.open("rb") as file:
            text = file.read(_BEGINNING).decode("utf-8", "replace")
    except OSError:
        return ""
    return text.rpartition("\n")[0] if len(text) > _BEGINNING // 2 else text


def separator_of(text: str) -> str | None:
    """Return what stands between the cells of a text that is a table, ``None`` for any other.

    A table has several lines, each with as many cells as the first, and more than one.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_MOST_LOOKED_AT]
    if len(lines) <= _LEAST_ROWS:
        return None
    for mark in "\t,;":
        count = lines[0].count(mark)
        if count and all(line.count(mark) == count for line in lines):
            return mark
    return None
