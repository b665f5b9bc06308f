"""What kind of data a file or folder is, by what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from app.data.array_files import array_files
from app.data.foreign import is_new_matlab, is_sparse
from app.paths import is_folder
from graph_model.files.plain_file import is_plain_file
from graph_model.recipes.sources import SOURCES

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".data", ".dat", ".gz"), ("csv",)),
    **dict.fromkeys((".txt", ".text", ".md", ".fasta", ".fa", ".fna"), ("text", "csv")),
    ".py": ("python",),
    **dict.fromkeys((".xlsx", ".parquet", ".jsonl", ".json", ".ndjson"), ("table", "csv")),
    **dict.fromkeys((".npz", ".npy", ".safetensors", ".h5", ".hdf5"), ("arrays", "npz")),
}
"""The kinds of data source for each ending, the one that suits best first."""
_IDX: Final = "train-images*-ubyte*"
_FOLDERS: Final[Mapping[str, str]] = {
    **dict.fromkeys((".wav", ".wave", ".mp3", ".flac", ".ogg", ".m4a"), "audio_folder"),
    ".txt": "text_folder",
}
"""The kind of a folder whose files mostly end so, be it to say what they have to be; any other
holds pictures.
"""
_MOST_FILES: Final = 1000
"""How many files of a folder tell what it holds."""
_LEAST_ROWS: Final = 2
_BEGINNING: Final = 16_384
"""How many bytes of a file tell whether it is a table."""
_MOST_LOOKED_AT: Final = 50
"""How many lines of a text tell whether it is a table."""


def data_kind(path: Path) -> str | None:
    """Return the kind of data source that a file or folder is by its name, ``None`` for none.

    A file without an ending is looked into.
    """
    if is_folder(path):
        return _folder_kind(path)
    if is_sparse(path):
        return None
    suffix = path.suffix.lower()
    kinds = ("npz",) if is_new_matlab(path) else ENDINGS.get(suffix, ())
    if suffix == "" and _is_text(_beginning(path)):
        kinds = ("text",)
    if suffix in ("", ".txt") and separator_of(_beginning(path)) is not None:
        kinds = ("csv",)
    return next((kind for kind in kinds if kind in SOURCES), None)


def _folder_kind(folder: Path) -> str:
    """Return the kind of source that most files of a folder, and of those in it, are for."""
    if any(folder.glob(_IDX)):
        return "fashion_mnist_folder"
    if _holds_arrays(folder):
        return "npz"
    files = list(islice(_files_in(folder), _MOST_FILES))
    endings = Counter(each.suffix.lower() for each in files)
    for ending, kind in _FOLDERS.items():
        if kind in SOURCES and 2 * endings[ending] > endings.total():
            return kind
    if files and endings.keys() <= {".pos", ".neg"}:
        return "text_folder"
    bare = next((each for each in files if not each.suffix), None)
    if bare is not None and 2 * endings[""] > endings.total() and _is_text(_beginning(bare)):
        return "text_folder"
    return "image_folder"


def _holds_arrays(folder: Path) -> bool:
    """Tell whether the files of a folder are mostly arrays, few enough to be whole data."""
    arrays = array_files(folder)
    if "npz" not in SOURCES or not arrays:
        return False
    return 2 * len(arrays) > sum(1 for _ in islice(_files_in(folder), _MOST_FILES))


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder, in those in it, and in those in these."""
    for pattern in ("*", "*/*", "*/*/*"):
        for each in folder.glob(pattern):
            if not each.name.startswith(".") and each.is_file():
                yield each


def _is_text(text: str) -> bool:
    """Tell whether the beginning of a file can be read as a text."""
    return bool(text.strip()) and "\0" not in text and text.count("\ufffd") * 20 < len(text)


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

    A table has several lines, each with as many cells as the first, and more than one. Between
    spaces they are numbers, but for names in the first line and a class at the end.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_MOST_LOOKED_AT]
    if len(lines) <= _LEAST_ROWS:
        return None
    for mark in "\t,;|":
        count = lines[0].count(mark)
        are_even = count and all(line.count(mark) == count for line in lines)
        if are_even and (mark == "\t" or not _is_prose([line.split(mark) for line in lines])):
            return mark
    rows = [line.split() for line in lines]
    are_even = len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows)
    return (
        " " if are_even and all(_is_number(cell) for row in rows[1:] for cell in row[:-1]) else None
    )


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether what stands between marks are parts of sentences, and not cells."""
    body = [[cell.strip() for cell in row] for row in rows[1:]]
    if any(all(map(_is_number, column)) for column in zip(*body, strict=True)):
        return False
    filled = [cell for row in body for cell in row if cell]
    spaced = all(cell.startswith(" ") for row in rows[1:] for cell in row[1:] if cell)
    words = sum(len(cell.split()) for cell in filled)
    return len(filled) <= len(body) or words > (2 if spaced else 3) * len(filled)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
