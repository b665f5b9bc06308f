"""The part of a predicting script that reads tables, with the lines that its table calls for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from codegen.line_breaks import wrapped
from codegen.literals import literal, quoted
from codegen.outline import filled
from codegen.pictures import reading_text
from codegen.predicting import table_forms, table_pieces, texts
from codegen.predicting.ways import Cells, Entrance, Reading

_Blocks: TypeAlias = Mapping[str, Sequence[str]]


def table_lines(reading: Reading) -> list[str]:
    """Return the functions that read a table."""
    cells = reading.cells
    made = [_input(each, index) for index, each in enumerate(reading.entrances)]
    used = ", ".join(made)
    has_features = any(each.is_features for each in reading.entrances)
    has_words = reading.has_words and has_features
    has_dates = cells.has_dates and has_features
    lines = _reader(reading, f"return ({used}{',' * (len(made) == 1)})") + _of_form(cells)
    if has_features:
        is_all = all(each.is_features for each in reading.entrances)
        lines += _features(has_words, has_dates, "COLUMNS" if is_all else 'DONE["columns"]')
    has_numbers = has_features or "number(" in used
    if has_numbers:
        lines += _number(cells)
    if has_numbers and cells.has_marks:
        lines += _plain(cells)
    if has_words or "word(" in used:
        lines += _word(cells)
    has_dates = has_dates or "date(" in used
    if has_dates:
        gap = ["if is_gap(row, column):", '    return [math.nan] * len(done["parts"])']
        lines += _made(table_pieces.DATE, {}, {"gap": gap if cells.knows_missing else []})
    if reading.cell_tokens:
        lines += _lines(table_pieces.TEXT) + texts.numbers_lines(reading)
    if reading.has_cell_pictures:
        lines += _lines(table_pieces.PICTURE.replace("$read_picture", "\n".join(reading_text())))
    if cells.knows_missing and (has_numbers or has_dates):
        lines += _lines(table_pieces.GAP)
    is_asked = has_numbers or has_dates or reading.cell_tokens or _has_gaps_of_words(lines)
    if cells.knows_missing and is_asked:
        lines += _lines(table_pieces.MISSING)
    return lines


def _has_gaps_of_words(lines: Sequence[str]) -> bool:
    return any("is_missing(" in line for line in lines)


def is_chained(cells: Cells) -> bool:
    """Tell whether the reading of a table puts back a row or line that it has looked at."""
    return not cells.delimiter or cells.is_headless


def _reader(reading: Reading, inputs: str) -> list[str]:
    """Return what opens a file and yields its rows."""
    cells = reading.cells
    is_usual = cells.encoding == "utf-8"
    is_packed = cells.form == "packed"
    encoding = '"utf-8-sig"' if is_usual else "encoding_of(options.csv)"
    encoding = literal(cells.encoding) if is_packed and not is_usual else encoding
    form = cells.form if cells.form in table_forms.FUNCTIONS else ""
    blocks: _Blocks = {
        "file": _file(cells, form, encoding),
        "reader": _opened(cells),
        "header": table_pieces.HEADLESS if cells.is_headless else table_pieces.HEADER,
        "twins": table_pieces.TWINS if cells.has_twins else table_pieces.NO_TWINS,
        "trailing": table_pieces.TRAILING if cells.is_trailing else (),
        "inputs": [inputs],
    }
    errors = ["OSError", "ValueError", "csv.Error"]
    errors += [table_forms.ERRORS[form]] if form in table_forms.ERRORS else []
    errors += ["EOFError", "zlib.error"] * is_packed
    words = {
        "errors": f"({', '.join(errors)})",
        "filled": "chain([first], filled)" if cells.is_headless else "filled",
        "line": f"reader.line_num + {cells.skip}" if cells.skip else "reader.line_num",
        "given": ", options.csv" * reading.has_cell_pictures,
        "taken": ", table: Path | None" * reading.has_cell_pictures,
    }
    made = _made(table_pieces.TABLE, words, blocks)
    if not is_usual and not is_packed:
        made += _made(table_pieces.ENCODING, {"encoding": cells.encoding}, {})
    return made


def _file(cells: Cells, form: str, encoding: str) -> list[str]:
    """Return the lines that open a table and yield its rows."""
    opened = f'options.csv.open(encoding={encoding}, newline="")'
    if cells.form == "packed":
        packed = f'gzip.open(options.csv, "rt", encoding={encoding}, newline="")'
        return [
            'is_packed = options.csv.suffix.lower() == ".gz"',
            f"with {packed} if is_packed else {opened} as file:",
            "    yield from rows_of_csv(options.csv, file)",
        ]
    text = [f"with {opened} as file:", "    yield from rows_of_csv(options.csv, file)"]
    if not form:
        return text
    return [
        f"if options.csv.suffix.lower() in {literal(table_forms.SUFFIXES[form])}:",
        f"    yield from {table_forms.FUNCTIONS[form]}(options.csv)",
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
        "header": [numbered if is_headless else "names = names_of(rows[0][1])"],
        "objects": table_forms.LINES if cells.form == "json_lines" else table_forms.WHOLE,
    }
    words = {"body": "" if is_headless else "[1:]"}
    lines = _made(outlines.get(cells.form, table_forms.JSON), words, blocks)
    if not (cells.form == "excel" and is_headless):
        lines += _lines(table_forms.NAMED)
    return lines + _lines(table_forms.TEXT_OF)


def _opened(cells: Cells) -> list[str]:
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
    mark = literal(cells.delimiter)
    return [*skipped, f"reader = csv.reader({lines}, delimiter={mark}, strict=True{spaced})"]


def _features(has_words: bool, has_dates: bool, columns: str) -> list[str]:
    if not has_dates:
        piece = table_pieces.FEATURES_WITH_WORDS if has_words else table_pieces.FEATURES
        return _lines(piece.replace("COLUMNS", columns))
    words = [
        'if column in DONE["categories"]:',
        "    index = word(row, column)",
        '    size = len(DONE["categories"][column])',
        "    numbers += [float(each == index) for each in range(size)]",
    ]
    test = f'{"el" * has_words}if column in DONE["dates"]:'
    dates = [test, "    numbers += date(row, column)"]
    blocks: _Blocks = {"words": words if has_words else [], "dates": dates}
    return _made(table_pieces.FEATURES_OF_ALL_KINDS.replace("COLUMNS", columns), {}, blocks)


def _number(cells: Cells) -> list[str]:
    told = "column “{column}” is empty, which it never was in the training."
    gap = ["if not row[column]:", f'    raise ValueError(f"{told}")']
    if cells.knows_missing:
        gap = ["if is_gap(row, column):", "    return math.nan"]
    text = "plain(row[column])" if cells.has_marks else 'row[column].replace("_", "?")'
    return _made(table_pieces.NUMBER, {"text": text}, {"gap": gap})


def _plain(cells: Cells) -> list[str]:
    signs = 'text = text.replace("_", "?").strip("$€£¥₹₽%°元円 ")'
    marks = []
    if cells.thousands:
        marks.append(f'text = text.replace({quoted(cells.thousands)}, "")')
    if cells.decimal == ",":
        marks.append('text = text.replace(",", ".")')
    return _made(table_pieces.PLAIN, {}, {"signs": [signs], "marks": marks})


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
    return _made(table_pieces.WORD, {}, {"other_forms": others})


def _made(outline: str, words: Mapping[str, str], blocks: _Blocks) -> list[str]:
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
        made = "features(row)"
    elif each.is_text:
        made = f"tokens(row, {quoted(each.array)})"
    elif each.is_picture:
        made = f"picture(row, {quoted(each.array)}, table)"
    elif each.is_date:
        made = f"torch.tensor(date(row, {quoted(each.array)}))"
    elif each.is_word:
        made = f"torch.tensor(word(row, {quoted(each.array)}))"
    else:
        made = f"torch.tensor([number(row, {quoted(each.array)})])"
    return f"prepared({made}, {index})"
