"""The part of a predicting script that reads tables, with the lines that its table calls for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from codegen.line_breaks import wrapped
from codegen.literals import literal, quoted
from codegen.outline import filled
from codegen.predicting import table_pieces
from codegen.predicting.ways import Cells, Entrance, Reading

_Blocks: TypeAlias = Mapping[str, Sequence[str]]


def table_lines(reading: Reading) -> list[str]:
    """Return the functions that read a table."""
    cells = reading.cells
    inputs = [_input(each, index) for index, each in enumerate(reading.entrances)]
    used = ", ".join(inputs)
    has_features = any(each.is_features for each in reading.entrances)
    has_words = reading.has_words and has_features
    has_dates = cells.has_dates and has_features
    lines = _reader(cells, f"return ({used}{',' * (len(inputs) == 1)})")
    if has_features:
        lines += _features(has_words, has_dates)
    has_numbers = has_features or "number(" in used
    if has_numbers:
        lines += _number(cells)
    if has_numbers and cells.has_marks:
        lines += plain_lines(cells)
    if has_words or "word(" in used:
        lines += _word(cells)
    if has_dates or "date(" in used:
        gap = ["if is_gap(row, column):", '    return [math.nan] * len(done["parts"])']
        lines += made(table_pieces.DATE, {}, {"gap": gap if cells.has_gaps else []})
    if cells.has_gaps:
        lines += made(table_pieces.MISSING, {}, {})
    return lines


def is_chained(cells: Cells) -> bool:
    """Tell whether the reading of a table puts back a row or line that it has looked at."""
    return not cells.delimiter or cells.is_headless


def _reader(cells: Cells, inputs: str) -> list[str]:
    """Return what opens a file and yields its rows."""
    blocks: _Blocks = {
        "reader": opened(cells),
        "header": table_pieces.HEADLESS if cells.is_headless else table_pieces.HEADER,
        "twins": table_pieces.TWINS if cells.has_twins else table_pieces.NO_TWINS,
        "trailing": table_pieces.TRAILING if cells.is_trailing else (),
        "inputs": [inputs],
    }
    words = {
        "encoding": encoding_word(cells, "options.csv"),
        "filled": "chain([first], filled)" if cells.is_headless else "filled",
        "line": f"reader.line_num + {cells.skip}" if cells.skip else "reader.line_num",
    }
    return made(table_pieces.TABLE, words, blocks) + encoding_lines(cells)


def encoding_word(cells: Cells, path: str) -> str:
    """Return the expression of how the file at ``path`` is written."""
    return '"utf-8-sig"' if cells.encoding == "utf-8" else f"encoding_of({path})"


def encoding_lines(cells: Cells) -> list[str]:
    """Return the function that finds out how a file is written, where it is called."""
    if cells.encoding == "utf-8":
        return []
    return made(table_pieces.ENCODING, {"encoding": cells.encoding}, {})


def opened(cells: Cells) -> list[str]:
    """Return the lines that make a ``reader`` of the rows of ``file``."""
    if not cells.delimiter:
        return list(table_pieces.GUESSED)
    skipped = [f"for _ in range({cells.skip}):", "    file.readline()"] if cells.skip else []
    lines = "file"
    if cells.comment:
        lines = f"(line for line in file if not line.startswith({quoted(cells.comment)}))"
    if cells.delimiter == " ":
        each = (
            lines.removeprefix("(line").removesuffix(")") if cells.comment else " for line in file"
        )
        lines = f"(line.strip(){each})"
    spaced = ", skipinitialspace=True" if cells.delimiter == " " else ""
    spaced += "" if cells.has_quotes else ", quoting=csv.QUOTE_NONE"
    mark = literal(cells.delimiter)
    return [*skipped, f"reader = csv.reader({lines}, delimiter={mark}, strict=True{spaced})"]


def _features(has_words: bool, has_dates: bool) -> list[str]:
    if not has_dates:
        return _lines(table_pieces.FEATURES_WITH_WORDS if has_words else table_pieces.FEATURES)
    words = [
        'if column in DONE["categories"]:',
        "    index = word(row, column)",
        '    size = len(DONE["categories"][column])',
        "    numbers += [float(each == index) for each in range(size)]",
    ]
    test = f'{"el" * has_words}if column in DONE["dates"]:'
    dates = [test, "    numbers += date(row, column)"]
    blocks: _Blocks = {"words": words if has_words else [], "dates": dates}
    return made(table_pieces.FEATURES_OF_ALL_KINDS, {}, blocks)


def _number(cells: Cells) -> list[str]:
    gap = ["if is_gap(row, column):", "    return math.nan"] if cells.has_gaps else []
    text = "plain(row[column])" if cells.has_marks else 'row[column].replace("_", "?")'
    return made(table_pieces.NUMBER, {"text": text}, {"gap": gap})


def plain_lines(cells: Cells) -> list[str]:
    """Return the function that writes numbers as Python does."""
    signs = 'text = text.replace("_", "?").strip("$€£¥₹₽%°元円 ")'
    marks = []
    if cells.thousands:
        marks.append(f'text = text.replace({quoted(cells.thousands)}, "")')
    if cells.decimal == ",":
        marks.append('text = text.replace(",", ".")')
    return made(table_pieces.PLAIN, {}, {"signs": [signs], "marks": marks})


def _word(cells: Cells) -> list[str]:
    others: list[str] = []
    if cells.has_gaps:
        others += [
            "if text not in known and is_missing(text):",
            '    text = DONE["fillings"].get(column, text)',
        ]
    if cells.has_numbered_words:
        others += [
            'if text not in known and text.replace(".", "", 1).isdigit():',
            '    text = f"{float(text):.9g}"',
        ]
    return made(table_pieces.WORD, {}, {"other_forms": others})


def made(outline: str, words: Mapping[str, str], blocks: _Blocks) -> list[str]:
    """Return an outline filled in, its lines broken as ruff breaks them."""
    return [
        each
        for line in filled(outline, words, blocks)
        for each in (wrapped(line) if line else [""])
    ]


def _lines(text: str) -> list[str]:
    return [each for line in text.splitlines() for each in (wrapped(line) if line else [""])]


def _input(each: Entrance, index: int) -> str:
    """Return the expression of one input of a row."""
    if each.is_features:
        value = "features(row)"
    elif each.is_date:
        value = f"torch.tensor(date(row, {quoted(each.array)}))"
    elif each.is_word:
        value = f"torch.tensor(word(row, {quoted(each.array)}))"
    else:
        value = f"torch.tensor([number(row, {quoted(each.array)})])"
    return f"prepared({value}, {index})"
