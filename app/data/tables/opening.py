"""A table from any file that holds one, by what the file is called."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import numpy as np

from app.data.dataset import need_memory, refuse
from app.data.foreign import is_web_page
from app.data.tables.delimited import MOST_COLUMNS, read_delimited
from app.data.tables.rules import Rules, missing_words, order_of_dates
from app.data.tables.sniffing import above_names, second_row, settled
from app.data.tables.table import Table, names_of, need_rows, refuse_line
from codegen.cell_texts import text_of
from codegen.json_rows import objects_of
from graph_model.phrases import phrase
from graph_model.values import Arguments

if TYPE_CHECKING:
    import polars as pl

SUFFIXES: Final = (
    ".csv",
    ".tsv",
    ".tab",
    ".csv.gz",
    ".tsv.gz",
    ".xlsx",
    ".parquet",
    ".jsonl",
    ".ndjson",
)
"""What files are called that are tables; ``.txt``, ``.data`` and ``.json`` may be."""
_LONGEST_LIST: Final = 4096
_BYTES_PER_BYTE: Final = 12
"""About how much memory a byte of JSON or of an unpacked sheet takes while it is read."""


def read_table(path: Path, arguments: Arguments, least: int = 2) -> Table:
    """Read a table; raises ``Refusal`` where the file holds none."""
    if is_web_page(path):
        refuse("data_is_web_page", path=path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _read_excel(path, arguments, least)
    if suffix == ".parquet":
        return _framed(path, _parquet(path), arguments, least)
    if suffix in {".jsonl", ".ndjson"}:
        return _framed(path, _json_lines(path), arguments, least)
    if suffix == ".json":
        return _framed(path, _json(path), arguments, least)
    return read_delimited(path, arguments, least)


def _parquet(path: Path) -> pl.DataFrame:
    import polars as pl

    try:
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
        need_memory(path, 8 * rows * len(pl.read_parquet_schema(path)))
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        _refuse(path, error)


def _json_lines(path: Path) -> pl.DataFrame:
    import polars as pl

    need_memory(path, path.stat().st_size * _BYTES_PER_BYTE)
    try:
        return pl.read_ndjson(path, infer_schema_length=None)
    except pl.exceptions.PolarsError:
        return _json_line_by_line(path)  # which knows the line, and takes what differs in type
    except OSError as error:
        _refuse(path, error)


def _json_line_by_line(path: Path) -> pl.DataFrame:
    import polars as pl

    rows = []
    with path.open(encoding="utf-8-sig") as file:
        try:
            for line, text in enumerate(file, 1):
                row = json.loads(text) if text.strip() else {}
                if not isinstance(row, dict):
                    refuse_line(path, line, phrase("it is no object"))
                rows += [row] if text.strip() else []
        except UnicodeDecodeError as error:
            _refuse(path, error)
        except (ValueError, RecursionError) as error:
            refuse_line(path, line, error)
    try:
        return pl.from_dicts(rows, infer_schema_length=None, strict=False)
    except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError) as error:
        _refuse(path, error)


def _json(path: Path) -> pl.DataFrame:
    """Return a list of objects, or what else people write tables as, as columns."""
    import polars as pl

    need_memory(path, path.stat().st_size * _BYTES_PER_BYTE)
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, OSError, RecursionError) as error:
        _refuse(path, error)
    try:
        rows = objects_of(content)
    except ValueError:
        refuse("data_unreadable", path=path, reason=phrase("it is no list of objects"))
    try:
        return pl.from_dicts(rows, infer_schema_length=None, strict=False)
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        _refuse(path, error)


def _refuse(path: Path, error: Exception) -> NoReturn:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0].rstrip(".")
    refuse("data_unreadable", path=path, reason=reason)


def _framed(path: Path, frame: pl.DataFrame, arguments: Arguments, least: int) -> Table:
    """Return a table of columns that have types already, what is nested in columns of its own."""
    frame = _flat(path, frame)
    need_rows(path, len(frame), least)
    names, renamed = names_of(frame.columns)
    columns = {
        name: _texts_or_numbers(frame[own]) for name, own in zip(names, frame.columns, strict=True)
    }
    lines = np.arange(1, len(frame) + 1, dtype=np.int64)
    rules = Rules(
        dates=order_of_dates(arguments),
        ignores_case=arguments.get("ignore_case") is True,
        missing=missing_words(arguments),
    )
    return Table(path, columns, lines, rules, renamed=renamed)


def _flat(path: Path, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame in which the fields of structures are columns: ``user.name``."""
    import polars as pl

    frame = _without_lists(frame)
    while nested := [name for name in frame.columns if frame[name].dtype == pl.Struct]:
        for name in nested:
            fields = [f"{name}.{field.name}" for field in frame[name].dtype.fields]  # type: ignore[attr-defined]
            named = frame.with_columns(pl.col(name).struct.rename_fields(fields))
            if set(fields) & set(frame.columns):
                refuse("data_unreadable", path=path, reason=phrase("two columns have one name"))
            frame = _without_lists(named.unnest(name))
        if len(frame.columns) > MOST_COLUMNS:
            got = len(frame.columns)
            refuse("data_too_many_columns", path=path, got=got, limit=MOST_COLUMNS)
    return frame


def _without_lists(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame in which lists of as many numbers in each row are columns: ``vector.0``."""
    import polars as pl

    for name in frame.columns:
        column = frame[name]
        if column.dtype not in (pl.List, pl.Array) or not column.dtype.inner.is_numeric():  # type: ignore[attr-defined]
            continue
        lists = column.cast(pl.List(pl.Float64)).list
        lengths = lists.len().unique().to_list()
        if len(lengths) == 1 and lengths[0] and lengths[0] <= _LONGEST_LIST:
            made = [lists.get(place).alias(f"{name}.{place}") for place in range(lengths[0])]
            at = frame.columns.index(name)
            others = [frame[each] for each in frame.columns]
            frame = pl.DataFrame([*others[:at], *made, *others[at + 1 :]])
    return frame


def _texts_or_numbers(column: pl.Series) -> pl.Series:
    import polars as pl

    if column.dtype.is_numeric():
        return column.cast(pl.Float64)
    if column.dtype == pl.Duration:
        return (column.cast(pl.Duration("us")).cast(pl.Int64) / 1e6).cast(pl.Float64)
    if column.dtype == pl.Null:
        return pl.Series([""] * len(column), dtype=pl.String)
    if column.dtype == pl.String:
        return column.str.strip_chars().fill_null("")
    if column.dtype == pl.Boolean:
        return pl.Series(["" if v is None else str(v).lower() for v in column], dtype=pl.String)
    if column.dtype == pl.Categorical or column.dtype == pl.Enum:
        return column.cast(pl.String).fill_null("")
    return pl.Series([text_of(value) for value in column.to_list()], dtype=pl.String)


def _read_excel(path: Path, arguments: Arguments, least: int) -> Table:
    """Return a sheet of a workbook: the first one that has cells, unless one is chosen."""
    import python_calamine as calamine

    try:
        with zipfile.ZipFile(path) as packed:
            need_memory(path, 4 * sum(each.file_size for each in packed.infolist()))
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = book.sheet_names
        wanted = str(arguments.get("sheet", ""))
        wanted = wanted if wanted in sheets or least > 1 else ""  # new rows may lie in any
        if wanted and wanted not in sheets:
            refuse(
                "data_no_sheet",
                parameter="data.sheet",
                path=path,
                sheet=wanted,
                choices=", ".join(sheets),
            )
        read = {name: book.get_sheet_by_name(name).to_python() for name in [wanted] if wanted}
        for name in () if wanted else sheets:
            read[name] = book.get_sheet_by_name(name).to_python()
            if _is_table(read[name]):
                break
        name = max(read, key=lambda each: (_is_table(read[each]), bool(read[each])))
        cells = read[name]
    except (calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
        _refuse(path, error)
    rows = [[text_of(cell) for cell in row] for row in cells]
    lines = [index for index, row in enumerate(rows, 1) if any(row)]
    rows = [row for row in rows if any(row)]
    need_rows(path, len(rows), 1)
    known = above_names(rows, arguments)
    leading = _title_rows(rows) if known is None else known
    leading += _of_names(rows[leading:], arguments)
    rows, lines = rows[leading:], lines[leading:]
    rules = settled(Rules(missing=missing_words(arguments), skip=leading), rows[:200], arguments)
    rules = Rules(
        header=rules.header,
        decimal=rules.decimal,
        thousands=rules.thousands,
        dates=order_of_dates(arguments),
        ignores_case=arguments.get("ignore_case") is True,
        missing=rules.missing,
        skip=leading,
        found=("header",) if arguments.get("header", "auto") == "auto" else (),
    )
    rules = replace(rules, sheet=name)
    if second_row(rows[:200], rules, arguments) == "units":
        rules = replace(rules, units=", ".join(filter(None, rows[1])))
        rows, lines = [rows[0], *rows[2:]], [lines[0], *lines[2:]]
    read_as = {} if wanted else {"sheet": name}
    return _of_rows(path, rows, lines, rules, least, read_as)


def _is_table(cells: Sequence[Sequence[object]]) -> bool:
    """Tell whether a sheet has rows of several cells, and is no page of words beside the data."""
    return sum(sum(cell not in ("", None) for cell in row) > 1 for row in cells[:200]) > 1


def _of_names(rows: Sequence[Sequence[str]], arguments: Arguments) -> int:
    """Return 1 where the first row stands above the names of the columns, else 0."""
    rules = settled(Rules(missing=missing_words(arguments)), rows[:200], arguments)
    return int(second_row(rows[:200], rules, arguments) == "names")


def _title_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the beginning are a title, with a single cell filled."""
    count = 0
    while count < min(20, len(rows) - 2) and sum(map(bool, rows[count])) == 1 < len(rows[count]):
        count += 1
    filled = sum(map(bool, rows[count])) if rows else 0
    return count if filled > 1 else 0


def _of_rows(
    path: Path,
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    rules: Rules,
    least: int,
    read_as: Mapping[str, str],
) -> Table:
    import polars as pl

    body, places = (rows[1:], lines[1:]) if rules.header else (rows, lines)
    need_rows(path, len(body), least)
    columns = list(zip(*body, strict=True))
    header = list(rows[0]) if rules.header else [f"column {n}" for n in range(1, len(rows[0]) + 1)]
    used = [n for n, cells in enumerate(columns) if (header[n] and rules.header) or any(cells)]
    names, renamed = names_of([header[n] for n in used])
    found = {
        name: pl.Series(values=columns[n], dtype=pl.String)
        for name, n in zip(names, used, strict=True)
    }
    lines_of = np.array(places, np.int64)
    return Table(path, found, lines_of, rules, renamed=renamed, read_as=read_as)
