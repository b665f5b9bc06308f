"""Texts from a file or a table, and from folders by class."""

from __future__ import annotations

from dataclasses import replace
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
_NAMED: Final = 3


def load(arguments: Arguments) -> Dataset:
    """Read a text that is to be gone on with, or a table with a column of texts."""
    path = existing(arguments["path"], "file")
    if is_table(path, arguments):
        return of_table(path, arguments)
    text, encoding = read_text(path, str(arguments["encoding"]))
    data = gone_on_with(path, text, arguments)
    return read_as(data, arguments, encoding=encoding)


def load_folder(arguments: Arguments) -> Dataset:
    """Read the texts in folders, one folder for each class."""
    folder = existing(arguments["path"], "folder")
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
    data = classified_texts(folder, texts, listed.labels, listed.classes, arguments)
    if bad:
        named = ", ".join(path.name for path in bad[:_NAMED])
        values = {"count": str(len(bad)), "names": named}
        notes = (*notes, Problem("text_unreadable", values))
    facts = replace(data.facts, notes=(*notes, *data.facts.notes), left_out=len(bad))
    return split_and_grouped(replace(data, facts=facts), listed)
