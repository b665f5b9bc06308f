"""The text by which a script forecasts from the newest rows of a table.

``app.data.series.newest`` does the same here.
"""

from __future__ import annotations

from typing import Final

from codegen.predicting.rows import (
    made,
    plain_lines,
    rows_expression,
    rows_lines,
    together_lines,
)
from codegen.predicting.ways import Reading
from codegen.verbatim import verbatim

_READING: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the newest rows of each table, and of each of the series in it."""
    for path in options.files:
        try:
            for name, rows in series_of(path).items():
                yield f"{path} {name}".strip(), (prepared(newest(in_order(rows)), 0),)
        except ValueError as error:
            complain(path, error)


def series_of(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each series of a table, by its name."""
    series: dict[str, list[dict[str, str]]] = {}
    for _, row in $rows:
        missing = [name for name in SERIES["columns"] if name not in row]
        if missing:
            raise ValueError(f"there is no column “{missing[0]}”. It has: {', '.join(row)}.")
        series.setdefault(row.get(SERIES["group"], ""), []).append(row)
    return dict(sorted(series.items()))


$order
def newest(rows: list[dict[str, str]]) -> Tensor:
    """Return as many rows as a window has; a value that is missing is the last before it."""
    if len(rows) < SERIES["window"]:
        raise ValueError(f"there are {len(rows)} rows, but a window has {SERIES['window']}")
    columns = [filled_up([number(row, name) for row in rows]) for name in SERIES["columns"]]
    return torch.tensor(columns).T[-SERIES["window"] :]


def filled_up(numbers: list[float | None]) -> list[float]:
    """Return numbers; one that is missing is the last before it, or else the first there is."""
    last = next((number for number in numbers if number is not None), 0.0)
    found = []
    for number in numbers:
        last = last if number is None else number
        found.append(last)
    return found


def number(row: dict[str, str], column: str) -> float | None:
    """Return the number in a column, nothing where one is missing."""
    text = row[column]
    if text.lower() in DONE["rules"]["missing"] + DONE["rules"]["missing_numbers"]:
        return None
    try:
        return float($text)
    except ValueError:
        raise ValueError(f"{column!r} is {text!r}; write a number") from None

'''
_AS_THEY_ARE: Final = '''\
def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows in the order of time, which is that of the file."""
    return rows


'''
_SORTED: Final = '''\
def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows in the order of time."""
    return sorted(rows, key=moment) if SERIES["time"] in rows[0] else rows


'''
_WHOLE: Final = '''\
def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows in the order of time; where moments lack, the one before stands for them."""
    if SERIES["time"] not in rows[0]:
        return rows
    found: list[dict[str, str]] = []
    last = 0
    for at, row in sorted(((place(moment(row)), row) for row in rows), key=lambda pair: pair[0]):
        if found and at == last:
            found.pop()  # of rows with the same moment the last one counts
        elif found:
            found += [found[-1]] * (at - last - 1)
        found.append(row)
        last = at
    return found


def place(moment: float) -> int:
    """Return at which step a moment lies."""
    $place


'''
_PLACES: Final = {
    "seconds": (
        'steps = SERIES["steps"]',
        'return math.floor((moment - steps["begin"]) / steps["size"] + 0.5)',
    ),
    "weekdays": (
        "weeks, day = divmod(math.floor(moment / 86400) + 3, 7)  # 1970 began on a Thursday",
        "return 5 * weeks + day",
    ),
    "months": (
        "date = datetime(1970, 1, 1) + timedelta(seconds=moment)",
        'return (12 * (date.year - 1970) + date.month - 1) // int(SERIES["steps"]["size"])',
    ),
}
_DATE: Final = '''\
def moment(row: dict[str, str]) -> float:
    """Return the seconds from the beginning of 1970 to the moment of a row."""
    text = row[SERIES["time"]]
    for form in SERIES["forms"]:
        try:
            date = moment_of(text, form)
            return (date - datetime(1970, 1, 1)).total_seconds()
        except ValueError:
            continue
    raise ValueError(f"“{text}” in column “{SERIES['time']}” is no date as in the training.")


'''
_NUMBER: Final = '''\
def moment(row: dict[str, str]) -> float:
    """Return the moment of a row."""
    found = number(row, SERIES["time"])
    if found is None:
        raise ValueError(f"{SERIES['time']!r} is missing")
    return found


'''
CONSTANTS: Final = ('SERIES = DONE["series"]',)


def reading_lines(reading: Reading) -> list[str]:
    """Return the functions that read the newest rows of tables."""
    cells = reading.cells
    order = _AS_THEY_ARE
    if reading.has_times:
        dated = _DATE + "\n".join(verbatim("moments")) + "\n\n\n"
        order = (_WHOLE if reading.steps else _SORTED) + (dated if cells.has_dates else _NUMBER)
    blocks = {"order": made(order, {}, {"place": _PLACES.get(reading.steps, ())})}
    text = "plain(text)" if cells.has_marks else 'text.replace("_", "?")'
    words = {"text": text, "rows": rows_expression(cells, "path")}
    lines = made(_READING, words, blocks) + rows_lines(cells) + together_lines(cells)
    return lines + (plain_lines(cells) if cells.has_marks else [])


def imports(reading: Reading) -> list[str]:
    """Return the modules beside those that every script has."""
    return ["math"] * (reading.steps in ("seconds", "weekdays"))
