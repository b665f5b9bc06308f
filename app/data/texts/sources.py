"""Texts from a file, from a column of a table, and from folders by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from app.data.cells import cells_of
from app.data.dataset import Dataset, existing, need_memory, refuse
from app.data.progress import tell
from app.data.texts.reading import LARGEST, read_text
from app.data.texts.samples import classified_texts, gone_on_with
from graph_model.files.plain_file import is_plain_file
from graph_model.phrases import phrase
from graph_model.values import Arguments

_TABLES: Final = frozenset({".csv", ".tsv"})
_MOST_FILES: Final = 200_000
MOST_CLASSES: Final = 1000


def load(arguments: Arguments) -> Dataset:
    """Read a text that is to be gone on with, or a table with a column of texts."""
    path = existing(arguments["path"], "file")
    if path.suffix.lower() in _TABLES:
        return _from_table(path, arguments)
    text, encoding = read_text(path, str(arguments["encoding"]))
    data = gone_on_with(path, text, arguments)
    return _read_as(data, arguments, "encoding", encoding)


def load_folder(arguments: Arguments) -> Dataset:
    """Read the texts in folders, one folder for each class."""
    folder = existing(arguments["path"], "folder")
    found = _files_of(folder)
    paths = [path for files in found.values() for path in files]
    try:
        need_memory(folder, 50 * sum(path.stat().st_size for path in paths))
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error.strerror or error)
    texts = []
    for index, path in enumerate(paths):
        texts.append(read_text(path, str(arguments["encoding"]))[0])
        tell(index, len(paths))
    labels = np.repeat(np.arange(len(found)), [len(files) for files in found.values()])
    return classified_texts(folder, texts, labels.tolist(), tuple(found), arguments)


def _files_of(folder: Path) -> dict[str, list[Path]]:
    """Return the texts of each class, both in the order of their names."""
    found: dict[str, list[Path]] = {}
    try:
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.name.startswith("."):
                files = sorted(
                    file
                    for file in each.glob("*.txt")
                    if file.name[0] != "." and is_plain_file(file)
                )
                if files:
                    found[each.name] = files
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error.strerror or error)
    count = sum(map(len, found.values()))
    if len(found) < 2:
        what = phrase("folders with .txt files")
        refuse("data_too_few", path=folder, got=len(found), what=what, expected=2)
    if count > _MOST_FILES:
        refuse("data_too_many_files", path=folder, got=count, limit=_MOST_FILES)
    return found


def _from_table(path: Path, arguments: Arguments) -> Dataset:
    """Take the column of texts, and that of classes where there is one."""
    if path.stat().st_size > LARGEST:
        read_text(path)  # says how large it may be
    columns = cells_of(path).columns
    name = _column(path, columns, str(arguments["column"]), "column") or _longest(columns)
    texts = columns[name]
    target = _column(path, columns, str(arguments["target"]), "target")
    target = target or _classes_of(columns, name)
    if arguments["task"] == "next_token" or (not target and arguments["task"] == "auto"):
        data = gone_on_with(path, "\n".join(texts), arguments)
        return _read_as(data, arguments, "column", name)
    if not target:
        refuse("data_no_column", parameter="data.target", path=path, column="target",
               choices=", ".join(columns))  # fmt: skip
    words = tuple(sorted(set(columns[target])))
    if len(words) > MOST_CLASSES:
        refuse("data_too_many_categories", path=path, column=target, got=len(words),
               limit=MOST_CLASSES)  # fmt: skip
    places = {word: place for place, word in enumerate(words)}
    labels = [places[cell] for cell in columns[target]]
    data = classified_texts(path, texts, labels, words, arguments)
    data = _read_as(data, arguments, "column", name)
    return _read_as(data, arguments, "target", target)


def _column(path: Path, columns: Mapping[str, Sequence[str]], wanted: str, parameter: str) -> str:
    if wanted and wanted not in columns:
        choices = ", ".join(columns)
        refuse("data_no_column", parameter=f"data.{parameter}", path=path, column=wanted,
               choices=choices)  # fmt: skip
    return wanted


def _longest(columns: Mapping[str, Sequence[str]]) -> str:
    """Return the column with the longest cells."""
    return max(columns, key=lambda name: sum(map(len, columns[name])))


def _classes_of(columns: Mapping[str, Sequence[str]], texts: str) -> str:
    """Return the column that looks most like classes: few words, each of which stands often."""
    fit = {
        name: len(set(cells))
        for name, cells in columns.items()
        if name != texts and 2 <= len(set(cells)) <= max(2, len(cells) // 5)
    }
    usual = [name for name in fit if name.lower() in {"label", "target", "class", "category"}]
    return usual[0] if usual else min(fit, key=lambda name: fit[name], default="")


def _read_as(data: Dataset, arguments: Arguments, setting: str, word: str) -> Dataset:
    """Tell what a setting was taken for that was left open."""
    if arguments[setting] not in ("", "auto"):
        return data
    facts = replace(data.facts, read_as={**data.facts.read_as, setting: word})
    return replace(data, facts=facts)
