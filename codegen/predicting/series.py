"""The text by which a script forecasts from the last rows of a table."""

from __future__ import annotations

from typing import Final

READING: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the last rows of each table; rows are in the order of time."""
    for path in options.files:
        try:
            yield str(path), (prepared(last_rows(path), 0),)
        except (OSError, ValueError, csv.Error) as error:
            complain(path, error)


def last_rows(path: Path) -> Tensor:
    """Return as many rows as a window has, with gaps filled by what was before them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        rows = csv.DictReader(chain([first], file), delimiter=max(",;\\t", key=first.count))
        found = [row for row in rows if any((cell or "").strip() for cell in row.values())]
    missing = [name for name in SERIES["columns"] if not found or name not in found[0]]
    if missing:
        raise ValueError(f"there is no column {missing[0]!r}")
    if len(found) < SERIES["window"]:
        raise ValueError(f"there are {len(found)} rows, but a window has {SERIES['window']}")
    columns = [filled([row[name] or "" for row in found]) for name in SERIES["columns"]]
    return torch.tensor(columns).T[-SERIES["window"] :]


def filled(cells: list[str]) -> list[float]:
    """Return numbers; one that is missing is the last before it, or else the first there is."""
    numbers = [None if cell.strip().lower() in MISSING else float(cell) for cell in cells]
    last = next((number for number in numbers if number is not None), 0.0)
    found = []
    for number in numbers:
        last = last if number is None else number
        found.append(last)
    return found

'''
CONSTANTS: Final = (
    'SERIES = DONE["series"]',
    'MISSING = ("", "na", "n/a", "nan", "null", "none", "?")',
)
