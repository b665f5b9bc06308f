"""What the text of a table looks like: its separator, comments, header and marks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

from app.data.tables.numbers import is_number, marks_of
from app.data.tables.rules import (
    DECIMALS,
    DELIMITERS,
    THOUSANDS,
    Rules,
    missing_words,
    order_of_dates,
)
from graph_model.values import Arguments

_CELL: Final = re.compile(r'"[^"]*"|\S+')
_LINES: Final = 200
_COMMENTS: Final = ("#", "%", "//")
_BY_PREFERENCE: Final = ("tab", "semicolon", "pipe", "comma", "whitespace")
"""Where several would part all lines alike: the comma may be a decimal mark."""
_MOST_LOOKED_AT: Final = 500
"""So many columns tell of very wide tables whether there is a header, and the marks of numbers."""
_ABOVE: Final = 40
_MOST_OF_A_CELL: Final = 3
"""How many lines a cell at the end of a sample may have."""
_MOST_LEADING: Final = 20
"""So many lines of title may come before the header."""


def rules_of(sample: str, arguments: Arguments, encoding: str) -> Rules:
    """Return the rules to read a text by: as chosen, or else as its beginning looks."""
    lines = sample.splitlines()
    skip, told = _separator_line(lines)
    comment = _comment_of(lines[skip:])
    missing, dates = missing_words(arguments), order_of_dates(arguments)
    rules = Rules(encoding, comment=comment, skip=skip, dates=dates, missing=missing)
    rules = replace(rules, ignores_case=arguments.get("ignore_case") is True)
    found = [name for name in _SETTINGS if arguments.get(name, "auto") == "auto"]
    delimiter = str(arguments.get("delimiter", "auto"))
    if delimiter == "auto":
        delimiter = told or _delimiter_of(_content(lines[skip:], comment))
    rules = replace(rules, delimiter=delimiter, found=tuple(found))
    if delimiter == "tab":
        rules = replace(rules, quotes=_has_quotes(_content(lines[skip:], comment)))
    rows = sample_rows("\n".join(lines[skip:]), rules)
    leading = above_names(rows, arguments)
    leading = _leading(rows) if leading is None else leading
    if leading and not comment:
        rules = replace(rules, skip=_behind(lines, skip, leading))
        rows = rows[leading:]
    rules = settled(rules, rows, arguments)
    second = second_row(rows, rules, arguments)
    if second == "names" and not comment:
        rules = replace(rules, header=True, skip=_behind(lines, rules.skip, 1))
    return replace(rules, units=", ".join(filter(None, rows[1]))) if second == "units" else rules


def above_names(rows: Sequence[Sequence[str]], arguments: Arguments) -> int | None:
    """Return how many rows stand above one that names most of the columns that are known.

    ``None`` where no columns are known, as they are of new rows, or no row names them.
    """
    known = arguments.get("known_columns")
    if not isinstance(known, tuple) or not known:
        return None
    for index, row in enumerate(rows[:_ABOVE]):
        if 2 * sum(name in row for name in known) >= len(known):
            return index
    return None


def second_row(rows: Sequence[Sequence[str]], rules: Rules, arguments: Arguments) -> str:
    """Return what the row below the header is, if not data: ``units``, or the ``names`` themselves.

    It has no number in any column whose other cells are all numbers. They are names where those
    above it are not whole. Whoever chose the header has it as it is.
    """
    if arguments.get("header", "auto") != "auto" or len(rows) < 3:
        return ""
    rows = _some_columns(rows)
    columns = [
        [cell for cell in column if not rules.lacks(cell, True)] for column in _columns(rows[2:])
    ]
    pairs = zip(rows[1], columns, strict=False)
    above = [cell for cell, cells in pairs if cells and all(map(is_number, cells))]
    words = [cell for cell in above if cell and not rules.lacks(cell, True)]
    if not words or any(map(is_number, words)) or 2 * len(words) < len(above):
        return ""
    if len(above) < 2 and sum(map(bool, rows[1])) > 1:
        return ""  # a single word among numbers is rather a slip
    names = [cell for cell in rows[0] if cell]
    is_whole = len(names) == len(rows[0]) and len(set(names)) == len(names)
    are_names = len(set(rows[1])) == len(rows[1]) and all(rows[1])
    if are_names and not is_whole:
        return "names"
    return "units" if rules.header else ""


_SETTINGS: Final = ("encoding", "delimiter", "header", "decimal", "thousands")


def settled(rules: Rules, rows: Sequence[Sequence[str]], arguments: Arguments) -> Rules:
    """Return the rules with header and marks as chosen, or else as the first rows look."""
    rows = _some_columns(rows)
    body = [
        [cell for cell in column if not rules.lacks(cell, True)] for column in _columns(rows[1:])
    ]
    decimal, thousands = marks_of(body, rules.delimiter)
    if arguments.get("decimal", "auto") != "auto":
        decimal = str(arguments["decimal"])
    if arguments.get("thousands", "auto") != "auto":
        thousands = str(arguments["thousands"])
    elif THOUSANDS[thousands] == DECIMALS[decimal]:
        thousands = "none"
    header = str(arguments.get("header", "auto"))
    is_there = _has_header(rows, body, rules) if header == "auto" else header == "yes"
    return replace(rules, decimal=decimal, thousands=thousands, header=is_there)


def sample_rows(text: str, rules: Rules) -> list[list[str]]:
    """Return the first rows of a text, without blank lines and comments."""
    lines = _content(text.splitlines(keepends=True), rules.comment)
    if rules.delimiter == "whitespace":
        return [cells_between_blanks(line) for line in islice(lines, _LINES)]
    reader = csv.reader(iter(lines), delimiter=rules.mark, quoting=rules.quoting)
    rows = []
    try:
        for row in islice(reader, _LINES):
            if any(cell.strip() for cell in row) or len(row) > 1:
                rows.append([cell.strip() for cell in row])
    except csv.Error:
        pass  # is told of where the whole is read
    return rows


def _has_quotes(lines: Sequence[str]) -> bool:
    """Tell whether quotation marks are around cells, and not letters in them.

    Files with tabs often have the latter: what is typed by people as it is. A sample may end within
    a cell of some lines.
    """
    reader = csv.reader((f"{line}\n" for line in lines), delimiter="\t", strict=True)
    whole = 0
    try:
        for _ in reader:
            whole = reader.line_num
    except csv.Error:
        return reader.line_num == len(lines) and len(lines) - whole < _MOST_OF_A_CELL
    return True


def cells_between_blanks(line: str) -> list[str]:
    """Return the cells of a line that blanks part, those in quotes whole."""
    return [cell.strip('"') for cell in _CELL.findall(line)]


def _content(lines: Sequence[str], comment: str) -> list[str]:
    return [
        line
        for line in lines
        if line.strip() and not (comment and line.lstrip().startswith(comment))
    ]


def _separator_line(lines: Sequence[str]) -> tuple[int, str]:
    """Return whether the first line is one as Excel reads, ``sep=;``, and what it says."""
    first = lines[0].strip().strip('"').lower() if lines else ""
    if first.startswith("sep=") and len(first) <= 5:
        mark = lines[0].strip().strip('"')[4:] or "\t"
        names = {value: name for name, value in DELIMITERS.items()}
        return 1, names.get(mark, "")
    return 0, ""


def _comment_of(lines: Sequence[str]) -> str:
    """Return what the first line begins with, or a few others do, where that begins a comment."""
    first = next((line.lstrip() for line in lines if line.strip()), "")
    mark = next((mark for mark in _COMMENTS if first.startswith(mark)), "")
    if not mark and sum(line.lstrip().startswith("#") for line in lines) <= len(lines) / 10:
        mark = "#" if any(line.lstrip().startswith("#") for line in lines) else ""
    return mark if _content(lines, mark) else ""


def _delimiter_of(lines: Sequence[str]) -> str:
    """Return what parts the lines most evenly into at least two cells."""
    lines = lines[:_LINES]
    best, most, narrow = "comma", 0.0, 1
    for name in _BY_PREFERENCE:
        rules = Rules(delimiter=name)
        counts = [len(row) for row in sample_rows("\n".join(lines), rules)]
        if not counts:
            continue
        width, times = Counter(counts).most_common(1)[0]
        if width < 2:
            continue
        even = times / len(counts)
        if counts[0] not in (width, width - 1):  # a header has as many cells as the rows
            even *= 0.6
        if name == "whitespace" and not (even == 1 and best == "tab" and width > 2 * narrow):
            even *= 0.5
        elif name == "whitespace":
            return name  # a tab before the last cell alone
        if even > most + 0.02:
            best, most, narrow = name, even, width
    return best


def _leading(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the beginning are a title: shorter than nearly all the others.

    A spreadsheet writes a title with as many cells as the rows below it, all but one of them empty.
    """
    counts = Counter(len(row) for row in rows)
    if not counts:
        return 0
    width, times = counts.most_common(1)[0]
    first = next((index for index, row in enumerate(rows) if len(row) >= width - 1), 0)
    is_title = width > 2 and first <= _MOST_LEADING and times > len(rows) / 2
    filled = first and all(sum(map(bool, row)) <= max(1, width // 2) for row in rows[:first])
    if is_title and filled:
        return first
    cells = [sum(map(bool, row)) for row in rows[: _MOST_LEADING + 1]]
    whole = next((index for index, count in enumerate(cells) if count >= width - 1), 0)
    return whole if width > 2 and max(cells[:whole], default=0) <= 1 else 0


def _behind(lines: Sequence[str], skip: int, rows: int) -> int:
    """Return how many lines come before the row that follows so many filled ones."""
    for index in range(skip, len(lines)):
        if lines[index].strip():
            if not rows:
                return index
            rows -= 1
    return skip


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [[row[index] for row in rows if index < len(row)] for index in range(width)]


def _some_columns(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return the cells of some columns, evenly spread, where there are very many."""
    step = max(map(len, rows), default=0) // _MOST_LOOKED_AT
    return [row[::step] for row in rows] if step > 1 else rows


def _has_header(rows: Sequence[Sequence[str]], body: Sequence[Sequence[str]], rules: Rules) -> bool:
    """Tell whether the first row names the columns: words above numbers, or words of its own."""
    if len(rows) < 2:
        return True
    first = rows[0]
    pairs = list(zip(first, body, strict=False))
    numeric = [
        name for name, cells in pairs if cells and sum(map(is_number, cells)) >= 0.8 * len(cells)
    ]
    if numeric:
        words = sum(not is_number(name) and not rules.lacks(name, True) for name in numeric)
        blank = sum(not name for name in numeric)
        if _are_years(numeric) and all(
            name and not is_number(name) and name not in cells
            for name, cells in pairs
            if name not in numeric and cells
        ):
            return any(cells and name not in numeric for name, cells in pairs)
        return words + blank > len(numeric) / 2 and words > 0
    names = [name for name in first if name]
    filled = sum(map(bool, body))
    if len(set(names)) < len(names) or len(names) < filled - 1:
        return False
    return not any(name in cells for name, cells in pairs if name)


def _are_years(names: Sequence[str]) -> bool:
    """Tell whether whole numbers follow each other, as years do that columns are called by."""
    if len(names) < 3 or not all(name.isdigit() for name in names):
        return False
    numbers = list(map(int, names))
    return all(after - before == 1 for before, after in pairwise(numbers))
