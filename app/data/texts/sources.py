"""Texts from a file or a table, and from folders by class."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.data.dataset import Dataset, existing, need_memory, refuse
from app.data.labelled_files import listed_files, some_of, split_and_grouped
from app.data.progress import tell
from app.data.texts.columns import is_table, of_table
from app.data.texts.reading import read_text
from app.data.texts.samples import classified_texts, gone_on_with, read_as
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.values import Arguments

_SUFFIXES: Final = frozenset({".txt", ".text", ""})
"""What texts in folders are called; many collections have no ending."""
_OF_LINES: Final = frozenset({".txt", ".text", ".pos", ".neg"})
"""What files are called that may have a text on each line."""
_MOST_FILES, _LEAST_LINES = 50, 8
"""A file for each class is one of so many, and has so many texts."""
_LABELLED: Final = re.compile(r"__label__(\S+)((?:.|\n)*)")
_NEARLY_ALL: Final = 0.95
_NAMED: Final = 3


def load(arguments: Arguments) -> Dataset:
    """Read a text that is to be gone on with, or a table with a column of texts."""
    path = existing(arguments["path"], "file")
    if is_table(path, arguments):
        return of_table(path, arguments)
    text, encoding = read_text(path, str(arguments["encoding"]))
    labelled = _labelled_lines(text)
    if labelled is not None:
        texts, labels, names = labelled
        data = classified_texts(path, texts, labels, names, arguments)
        note = Problem("text_lines_labelled", {"path": path.name, "count": str(len(names))})
        data = replace(data, facts=replace(data.facts, notes=(note, *data.facts.notes)))
        return read_as(data, arguments, encoding=encoding)
    data = gone_on_with(path, text, arguments)
    return read_as(data, arguments, encoding=encoding)


def _labelled_lines(text: str) -> tuple[list[str], list[int], tuple[str, ...]] | None:
    """Return lines as fastText has them, ``__label__good a text``, with the first label of each."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [match for line in lines if (match := _LABELLED.match(line))]
    if len(found) < max(2, _NEARLY_ALL * len(lines)):
        return None
    names = tuple(sorted({match[1] for match in found}))
    places = {name: place for place, name in enumerate(names)}
    texts = [match[2].strip() for match in found]
    return texts, [places[match[1]] for match in found], names


def _by_files(folder: Path, arguments: Arguments) -> Dataset | None:
    """Read a folder that has a file for each class, with a text on each line; else ``None``."""
    files = sorted(each for each in folder.iterdir() if each.is_file())
    paths = [each for each in files if each.suffix.lower() in _OF_LINES]
    if not 2 <= len(paths) <= _MOST_FILES or any(each.is_dir() for each in folder.iterdir()):
        return None
    texts, labels = list[str](), list[int]()
    for place, path in enumerate(paths):
        tell(place, len(paths))
        text = read_text(path, str(arguments["encoding"]))[0]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) < _LEAST_LINES:
            return None
        texts += lines
        labels += [place] * len(lines)
    stems = [each.stem for each in paths]
    names = tuple(stems if len({*stems}) == len(stems) else [each.name for each in paths])
    if len({*stems}) == 1:  # such as rt-polarity.pos and rt-polarity.neg
        names = tuple(each.suffix[1:] for each in paths)
    data = classified_texts(folder, texts, labels, names, arguments)
    note = Problem("text_file_for_class", {"path": folder.name, "count": str(len(paths))})
    return replace(data, facts=replace(data.facts, notes=(note, *data.facts.notes)))


def load_folder(arguments: Arguments) -> Dataset:
    """Read the texts in folders, or the lines of files: one of these for each class."""
    folder = existing(arguments["path"], "folder")
    of_lines = _by_files(folder, arguments)
    if of_lines is not None:
        return of_lines
    listed, notes = listed_files(folder, _SUFFIXES, "folders with .txt files")
    paths = [folder / path for path in listed.paths]
    try:
        need_memory(folder, 50 * sum(path.stat().st_size for path in paths))
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error.strerror or error)
    apart = phrase("it lies in no folder of a class")
    texts, kept, bad = [], [], [folder / name for name, why in listed.left_out if why != apart]
    for index, path in enumerate(paths):
        tell(index, len(paths))
        try:
            texts.append(read_text(path, str(arguments["encoding"]))[0])
            kept.append(index)
        except Refusal:
            bad.append(path)
    listed = some_of(listed, kept)
    if len(set(listed.labels)) < len(listed.classes):
        refuse("data_unreadable", path=bad[0], reason=phrase("it is no text"))
    data = classified_texts(folder, texts, listed.labels, listed.classes, arguments, listed.parts)
    if bad:
        named = ", ".join(path.name for path in bad[:_NAMED])
        values = {"count": str(len(bad)), "names": named}
        notes = (*notes, Problem("text_unreadable", values))
    facts = replace(data.facts, notes=(*notes, *data.facts.notes), left_out=len(bad))
    return split_and_grouped(replace(data, facts=facts), listed)
