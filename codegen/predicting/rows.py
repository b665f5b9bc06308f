"""The part of a predicting script that yields the rows of a table, in the form of the training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from codegen.line_breaks import wrapped
from codegen.literals import literal, quoted
from codegen.number_signs import SIGNS
from codegen.outline import filled
from codegen.predicting import table_forms, table_pieces
from codegen.predicting.ways import Cells
from codegen.verbatim import verbatim

_Blocks: TypeAlias = Mapping[str, Sequence[str]]


def is_chained(cells: Cells) -> bool:
    """Tell whether the reading of a table puts back a row or line that it has looked at."""
    return not cells.delimiter or cells.is_headless


def asks_for_columns(cells: Cells) -> bool:
    """Tell whether what reads the rows has to know the columns, as ``COLUMNS``."""
    return _seeks_header(cells) or cells.form in table_forms.FUNCTIONS


def rows_lines(cells: Cells) -> list[str]:
    """Return the function ``rows_of``, which yields the rows of a file by their place, and its
    parts.
    """
    is_usual = cells.encoding == "utf-8"
    is_packed = cells.form == "packed"
    encoding = '"utf-8-sig"' if is_usual else "encoding_of(path)"
    encoding = literal(cells.encoding) if is_packed and not is_usual else encoding
    form = cells.form if cells.form in table_forms.FUNCTIONS else ""
    skipped = 0 if _seeks_header(cells) else cells.skip
    blocks: _Blocks = {
        "file": _file(cells, form, encoding),
        "reader": _opened(cells),
        "header": _header(cells),
        "twins": table_pieces.TWINS if cells.has_twins else table_pieces.NO_TWINS,
        "trailing": table_pieces.TRAILING if cells.is_trailing else (),
    }
    errors = ["OSError", "ValueError", "csv.Error"]
    errors += [table_forms.ERRORS[form]] if form in table_forms.ERRORS else []
    errors += ["EOFError", "zlib.error"] * is_packed
    words = {
        "errors": f"({', '.join(errors)})",
        "filled": "chain([first], filled)" if cells.is_headless else "filled",
        "line": f"reader.line_num + {skipped}" if skipped else "reader.line_num",
        "lacking": _NO_HEADER if _seeks_header(cells) else '"it is empty"',
    }
    lines = made(table_pieces.ROWS, words, blocks)
    if _seeks_header(cells) or (cells.form == "excel" and not cells.is_headless):
        lines += lines_of(table_pieces.IS_HEADER)
    if not is_usual and not is_packed:
        lines += made(table_pieces.ENCODING, {"encoding": cells.encoding}, {})
    return lines + _of_form(cells)


_NO_HEADER = "f\"no row names its columns: {', '.join(COLUMNS)}\""


def _seeks_header(cells: Cells) -> bool:
    """Tell whether rows may stand above the header, as they did in training."""
    return bool(cells.skip) and not cells.is_headless


def _header(cells: Cells) -> Sequence[str]:
    if cells.is_headless:
        return table_pieces.HEADLESS
    return table_pieces.NAMED_HEADER if _seeks_header(cells) else table_pieces.HEADER


def _file(cells: Cells, form: str, encoding: str) -> list[str]:
    """Return the lines that open a table and yield its rows."""
    opened = f'path.open(encoding={encoding}, newline="")'
    if cells.form == "packed":
        packed = f'gzip.open(path, "rt", encoding={encoding}, newline="")'
        return [
            'is_packed = path.suffix.lower() == ".gz"',
            f"with {packed} if is_packed else {opened} as file:",
            "    yield from rows_of_csv(path, file)",
        ]
    text = [f"with {opened} as file:", "    yield from rows_of_csv(path, file)"]
    if not form:
        return text
    return [
        f"if path.suffix.lower() in {literal(table_forms.SUFFIXES[form])}:",
        f"    yield from {table_forms.FUNCTIONS[form]}(path)",
        "else:",
        *(f"    {line}" for line in text),
    ]


def _of_form(cells: Cells) -> list[str]:
    """Return the functions that read what is no text, nothing where that is not asked for."""
    if cells.form not in table_forms.FUNCTIONS:
        return []
    outlines = {"excel": table_forms.EXCEL, "parquet": table_forms.PARQUET}
    is_headless = cells.is_headless
    numbered = 'names = [f"column {place}" for place in range(1, len(rows[0][1]) + 1)]'
    blocks: _Blocks = {
        "header": [numbered if is_headless else "names = column_names(rows[0][1])"],
        "above": () if is_headless else table_forms.ABOVE,
        "objects": table_forms.LINES if cells.form == "json_lines" else table_forms.WHOLE,
    }
    words = {"body": "" if is_headless else "[1:]"}
    lines = made(outlines.get(cells.form, table_forms.JSON), words, blocks)
    more = {"excel": table_forms.IS_TABLE, "parquet": table_forms.LISTS}
    lines += lines_of(more.get(cells.form, ""))
    if not (cells.form == "excel" and is_headless):
        lines += lines_of(table_forms.NAMED)
    if cells.form == "json":
        lines += ["", *verbatim("json_rows"), ""]
    return [*lines, "", *verbatim("cell_texts"), ""]


def _opened(cells: Cells) -> list[str]:
    if not cells.delimiter:
        return list(table_pieces.GUESSED)
    is_blind = cells.skip and cells.is_headless
    skipped = [f"for _ in range({cells.skip}):", "    file.readline()"] if is_blind else []
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


def rows_expression(cells: Cells, path: str) -> str:
    """Return what yields the rows of a table, in the columns that they have in training."""
    row = "apart(row)" if cells.has_parts else "row"
    row = f"together({row})" if cells.joins_columns else row
    return f"rows_of({path})" if row == "row" else f"((at, {row}) for at, row in rows_of({path}))"


def together_lines(cells: Cells) -> list[str]:
    """Return the function that joins columns which tell a moment together, where there are such."""
    if not cells.joins_columns:
        return []
    parts = "\n".join(verbatim("joined_cells"))
    return lines_of(table_pieces.TOGETHER.replace("$joined", parts))


def plain_lines(cells: Cells) -> list[str]:
    """Return the function that writes numbers as Python does."""
    signs = ['text = text.replace("_", "?").strip()']
    if cells.has_signs:
        signs += [
            'if text.startswith("(") and text.endswith(")"):  # below zero, as bookkeepers write',
            '    text = f"-{text[1:-1]}"',
            f'sign = r"\\s*(?:{SIGNS})\\s*"',
            'text = re.sub(rf"^([+-]?){sign}|{sign}$", r"\\1", text)',
        ]
    marks = []
    if cells.thousands:
        marks.append(f'text = text.replace({quoted(cells.thousands)}, "")')
    if cells.decimal == ",":
        marks.append('text = text.replace(",", ".")')
    return made(table_pieces.PLAIN, {}, {"signs": signs, "marks": marks})


def made(outline: str, words: Mapping[str, str], blocks: _Blocks) -> list[str]:
    """Return an outline filled in, its lines broken as ruff breaks them."""
    return [
        each
        for line in filled(outline, words, blocks)
        for each in (wrapped(line) if line else [""])
    ]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, broken as ruff breaks them."""
    return [each for line in text.splitlines() for each in (wrapped(line) if line else [""])]
