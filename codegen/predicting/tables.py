"""The part of a predicting script that reads tables, with the lines that its table calls for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from codegen.literals import quoted
from codegen.predicting import table_pieces, texts
from codegen.predicting.rows import (
    lines_of,
    made,
    plain_lines,
    rows_expression,
    rows_lines,
    together_lines,
)
from codegen.predicting.ways import Cells, Entrance, Reading
from codegen.verbatim import verbatim

_Blocks: TypeAlias = Mapping[str, Sequence[str]]


def table_lines(reading: Reading) -> list[str]:
    """Return the functions that read a table."""
    cells = reading.cells
    inputs = [_input(each, index) for index, each in enumerate(reading.entrances)]
    used = ", ".join(inputs)
    has_features = any(each.is_features for each in reading.entrances)
    has_words = reading.has_words and has_features
    has_dates = cells.has_dates and has_features
    lines = _reader(reading, f"return ({used}{',' * (len(inputs) == 1)})")
    if has_features:
        is_all = all(each.is_features for each in reading.entrances)
        lines += _features(has_words, has_dates, "COLUMNS" if is_all else 'DONE["columns"]')
    has_numbers = has_features or "number(" in used
    if has_numbers:
        lines += _number(cells)
    if has_numbers and cells.has_marks:
        lines += plain_lines(cells)
    if has_words or "word(" in used:
        lines += _word(cells)
    has_dates = has_dates or "date(" in used
    if has_dates:
        gap = ["if is_gap(row, column):", '    return [math.nan] * len(done["parts"])']
        lines += made(table_pieces.DATE, {}, {"gap": gap if cells.knows_missing else []})
        lines += ["", *verbatim("moments"), ""]
    if reading.cell_tokens:
        lines += lines_of(table_pieces.TEXT) + texts.numbers_lines(reading)
    if reading.has_cell_pictures:
        lines += lines_of(
            table_pieces.PICTURE.replace("$read_picture", "\n".join(verbatim("picture_reading")))
        )
    if cells.knows_missing and (has_numbers or has_dates):
        lines += lines_of(table_pieces.GAP)
    is_asked = has_numbers or has_dates or reading.cell_tokens or _has_gaps_of_words(lines)
    if cells.knows_missing and is_asked:
        lines += lines_of(table_pieces.MISSING)
    return lines


def _has_gaps_of_words(lines: Sequence[str]) -> bool:
    return any("is_missing(" in line for line in lines)


def _reader(reading: Reading, inputs: str) -> list[str]:
    """Return what yields the rows of a table, and the inputs that each makes."""
    blocks: _Blocks = {"rows_of": rows_lines(reading.cells), "inputs": [inputs]}
    words = {
        "rows": rows_expression(reading.cells, "options.csv"),
        "given": ", options.csv" * reading.has_cell_pictures,
        "taken": ", table: Path | None" * reading.has_cell_pictures,
    }
    lines = made(table_pieces.TABLE, words, blocks)
    if reading.cells.has_parts:
        parts = "\n".join(verbatim("cell_parts"))
        lines += lines_of(table_pieces.APART.replace("$parts_of", parts))
    return lines + together_lines(reading.cells)


def _features(has_words: bool, has_dates: bool, columns: str) -> list[str]:
    if not has_dates:
        piece = table_pieces.FEATURES_WITH_WORDS if has_words else table_pieces.FEATURES
        return lines_of(piece.replace("COLUMNS", columns))
    words = [
        'if column in DONE["categories"]:',
        "    index = word(row, column)",
        '    size = len(DONE["categories"][column])',
        "    numbers += [float(each == index) for each in range(size)]",
    ]
    test = f'{"el" * has_words}if column in DONE["dates"]:'
    dates = [test, "    numbers += date(row, column)"]
    blocks: _Blocks = {"words": words if has_words else [], "dates": dates}
    return made(table_pieces.FEATURES_OF_ALL_KINDS.replace("COLUMNS", columns), {}, blocks)


def _number(cells: Cells) -> list[str]:
    told = "column “{column}” is empty, which it never was in the training."
    gap = ["if not row[column]:", f'    raise ValueError(f"{told}")']
    if cells.knows_missing:
        gap = ["if is_gap(row, column):", "    return math.nan"]
    cell = "row[column]"
    if cells.has_suffixes:
        gap = [*gap, 'unit = DONE["rules"]["suffixes"].get(column, "")']
        cell = "row[column].removesuffix(unit).strip()"
    text = f"plain({cell})" if cells.has_marks else f'{cell}.replace("_", "?")'
    return made(table_pieces.NUMBER, {"text": text}, {"gap": gap})


def _word(cells: Cells) -> list[str]:
    others: list[str] = []
    if cells.knows_missing:
        told = "column “{column}” is empty, which it never was in the training."
        others += [
            "if text not in known and is_missing(text):",
            '    if column not in DONE["fillings"]:',
            f'        raise ValueError(f"{told}")',
            '    text = DONE["fillings"][column]',
        ]
    if cells.has_numbered_words:
        others += [
            'if text not in known and text.replace(".", "", 1).isdigit():',
            '    text = f"{float(text):.9g}"',
        ]
    if cells.ignores_case:
        others += [
            "if text not in known:",
            "    folded = {each.casefold(): each for each in known if each is not None}",
            "    text = folded.get(text.casefold(), text)",
        ]
    return made(table_pieces.WORD, {}, {"other_forms": others})


def _input(each: Entrance, index: int) -> str:
    """Return the expression of one input of a row."""
    if each.is_features:
        value = "features(row)"
    elif each.is_text:
        value = f"tokens(row, {quoted(each.array)})"
    elif each.is_picture:
        value = f"picture(row, {quoted(each.array)}, table)"
    elif each.is_date:
        value = f"torch.tensor(date(row, {quoted(each.array)}))"
    elif each.is_word:
        value = f"torch.tensor(word(row, {quoted(each.array)}))"
    else:
        value = f"torch.tensor([number(row, {quoted(each.array)})])"
    return f"prepared({value}, {index})"
