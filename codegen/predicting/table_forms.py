"""The pieces of a predicting script by which it reads tables that are no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMED: Final = '''
def column_names(header: list[str]) -> list[str]:
    """Return a name for each column; one that is another's already gets a number."""
    names: list[str] = []
    for index, cell in enumerate(header, 1):
        wanted, number = cell.strip() or f"column {index}", 1
        name = wanted
        while name in names:
            number += 1
            name = f"{wanted} {number}"
        names.append(name)
    return names

'''

EXCEL: Final = '''
def rows_of_sheet(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a workbook, below the title of its sheet."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    chosen = [name for name in book.sheet_names if name == DONE["rules"].get("sheet")]
    sheets = [book.get_sheet_by_name(name).to_python() for name in chosen or book.sheet_names]
    cells = max(sheets, key=lambda sheet: (is_table(sheet), bool(sheet)))
    rows = [(line, [text_of(cell) for cell in row]) for line, row in enumerate(cells, 1)]
    rows = [(line, row) for line, row in rows if any(row)]
    $above
    if not rows:
        raise ValueError("it is empty")
    $header
    for line, row in rows$body:
        yield f"{path}, line {line}", dict(zip(names, row, strict=True))

'''

IS_TABLE: Final = '''
def is_table(sheet: list[list[Any]]) -> bool:
    """Tell whether a sheet has rows of several cells, and is no page of words."""
    filled = (sum(cell not in ("", None) for cell in row) for row in sheet[:200])
    return sum(count > 1 for count in filled) > 1

'''

PARQUET: Final = '''
def rows_of_parquet(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a Parquet file; fields of structures are columns of their own."""
    frame = without_lists(polars.read_parquet(path))
    while nested := [name for name in frame.columns if frame[name].dtype == polars.Struct]:
        for name in nested:
            fields = [f"{name}.{field.name}" for field in frame[name].dtype.fields]
            named = frame.with_columns(polars.col(name).struct.rename_fields(fields))
            frame = without_lists(named.unnest(name))
    names = column_names(frame.columns)
    for line, cells in enumerate(frame.iter_rows(), 1):
        yield f"{path}, line {line}", dict(zip(names, map(text_of, cells), strict=True))

'''

LISTS: Final = '''
def without_lists(frame: polars.DataFrame) -> polars.DataFrame:
    """Return a frame in which the numbers of lists are columns, where those of training were."""
    for name in frame.columns:
        size = sum(column.startswith(f"{name}.") for column in COLUMNS)
        if frame[name].dtype in (polars.List, polars.Array) and f"{name}.0" in COLUMNS:
            lists = frame[name].cast(polars.List(polars.Float64)).list
            made = [lists.get(place, null_on_oob=True) for place in range(size)]
            frame = frame.with_columns(
                made[place].alias(f"{name}.{place}") for place in range(size)
            )
    return frame

'''

ABOVE: Final = (
    "named = next((n for n, (_, row) in enumerate(rows[:40]) if is_header(row)), 0)",
    "rows = rows[named:]",
)
"""What leaves out the rows above the header."""

JSON: Final = '''
def rows_of_json(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the objects of a file as rows; objects within them are columns of their own."""
    text = path.read_text(encoding="utf-8-sig")
    $objects
    rows = [flat(each) for each in objects]
    keys = list(dict.fromkeys(name for row in rows for name in row))
    names = column_names(keys)
    for line, row in enumerate(rows, 1):
        cells = [text_of(row.get(key)) for key in keys]
        yield f"{path}, line {line}", dict(zip(names, cells, strict=True))


def flat(row: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return an object without objects within it: their names follow its own after a dot."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= flat(value, f"{before}{name}.")
        elif isinstance(value, list) and f"{before}{name}.0" in COLUMNS:
            found |= {f"{before}{name}.{place}": each for place, each in enumerate(value)}
        else:
            found[f"{before}{name}"] = value
    return found

'''

LINES: Final = ("objects = [json.loads(line) for line in text.splitlines() if line.strip()]",)

WHOLE: Final = ("objects = objects_of(json.loads(text))",)

FUNCTIONS: Final[Mapping[str, str]] = {
    "excel": "rows_of_sheet",
    "parquet": "rows_of_parquet",
    "json_lines": "rows_of_json",
    "json": "rows_of_json",
}
"""What yields the rows of each form."""
SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "excel": (".xlsx",),
    "parquet": (".parquet",),
    "json_lines": (".jsonl", ".ndjson"),
    "json": (".json",),
}
MODULES: Final[Mapping[str, str]] = {"excel": "python_calamine", "parquet": "polars"}
"""The library that each form is read with, where the standard one does not."""
ERRORS: Final[Mapping[str, str]] = {
    "excel": "python_calamine.CalamineError",
    "parquet": "polars.exceptions.PolarsError",
}
