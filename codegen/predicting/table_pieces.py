"""The pieces of a predicting script that reads tables, written as those of ``skeleton``."""

from __future__ import annotations

from typing import Final

TABLE: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the rows that can be read; what is wrong with others is told once of all."""
    passed: dict[str, tuple[str, int]] = {}
    for place, row in rows(options):
        missing = [column for column in COLUMNS if column not in row]
        if missing:  # and so it is of all rows
            told = ", ".join(f"“{column}”" for column in missing)
            complain(options.csv, f"there is no column {told}. It has: {', '.join(row)}.")
            return
        try:
            yield place, inputs_of(row$given)
        except ValueError as error:
            first, count = passed.get(str(error), (place, 0))
            passed[str(error)] = first, count + 1
    for why, (place, count) in passed.items():
        complain(place, f"{why} So it is in {count} rows." if count > 1 else why)


def rows(options: argparse.Namespace) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield rows by their place: the values that were given, and those of a CSV file."""
    if options.values and len(options.values) != len(COLUMNS):
        complain("--values", f"there are {len(options.values)}; it takes {', '.join(COLUMNS)}")
    elif options.values:
        yield " ".join(options.values), dict(zip(COLUMNS, options.values, strict=True))
    if options.csv:
        yield from $rows

$rows_of

def inputs_of(row: dict[str, str]$taken) -> tuple[Tensor, ...]:
    """Return the inputs for a row; raises ``ValueError`` that says what is wrong with it."""
    $inputs

'''

APART: Final = '''
def apart(row: dict[str, str]) -> dict[str, str]:
    """Return a row in which cells of several numbers or words are columns of their own."""
    for name, how in DONE["rules"]["apart"].items():
        if name not in row:
            continue
        parts = parts_of(row[name], how["mark"])
        if "words" in how:
            row |= {f"{name}.{word}": str(int(word in parts)) for word in how["words"]}
        else:
            cells = parts if len(parts) == how["count"] else [""] * how["count"]
            row |= {f"{name}.{place}": cell for place, cell in enumerate(cells)}
    return row


$parts_of

'''

TOGETHER: Final = '''
def together(row: dict[str, str]) -> dict[str, str]:
    """Return a row in which columns that tell a moment together are one; empty where one lacks."""
    rules = DONE["rules"]
    for name, how in rules["together"].items():
        if all(column in row for column in how["columns"]):
            cells = [row[column] for column in how["columns"]]
            missing = rules["missing"] + rules["missing_numbers"]
            lacks = any(cell.lower() in missing for cell in cells)
            row[name] = "" if lacks else joined(cells, how["marks"], how["cut"])
    return row


$joined

'''

ROWS: Final = '''
def rows_of(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table by their place."""
    try:
        $file
    except UnicodeDecodeError:
        complain(path, "it is no table in the form of text, such as a .csv file")
    except $errors as error:
        complain(path, error)


def rows_of_csv(path: Path, file: TextIO) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table; raises ``ValueError`` where its header cannot be used."""
    $reader
    filled = (cells for cells in reader if any(map(str.strip, cells)))
    $header
    if not header:
        raise ValueError($lacking)
    $twins
    for cells in $filled:
        place = f"{path}, line {$line}"
        $trailing
        if len(cells) == len(header):
            yield place, dict(zip(header, map(str.strip, cells), strict=True))
        else:
            complain(place, f"{len(cells)} cells, but the header has {len(header)} columns.")

'''

ENCODING: Final = '''
def encoding_of(path: Path) -> str:
    """Return how a table is written: as UTF-8 or UTF-16 where it is, else as in training."""
    data = path.read_bytes()
    if data.startswith((b"\\xff\\xfe", b"\\xfe\\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "$encoding"
    return "$encoding" if b"\\0" in data else "utf-8-sig"

'''

FEATURES: Final = '''
def features(row: dict[str, str]) -> Tensor:
    """Return the numbers of a row side by side."""
    return torch.tensor([number(row, column) for column in COLUMNS])

'''

FEATURES_WITH_WORDS: Final = '''
def features(row: dict[str, str]) -> Tensor:
    """Return the numbers of a row side by side; a word becomes zeros and a one."""
    numbers: list[float] = []
    for column in COLUMNS:
        if column in DONE["categories"]:
            index = word(row, column)
            numbers += [float(each == index) for each in range(len(DONE["categories"][column]))]
        else:
            numbers.append(number(row, column))
    return torch.tensor(numbers)

'''

GUESSED: Final = (
    "first = file.readline()",
    'delimiter = max(",;\\t", key=first.count)',
    "reader = csv.reader(chain([first], file), delimiter=delimiter, strict=True)",
)

HEADER: Final = (
    'header = [cell.strip() or f"column {i}" for i, cell in enumerate(next(filled, []), 1)]',
)

NAMED_HEADER: Final = (
    "heads = ([cell.strip() for cell in cells] for cells in islice(filled, 40))",
    "header = next((cells for cells in heads if is_header(cells)), [])",
    'header = [cell or f"column {i}" for i, cell in enumerate(header, 1)]',
)

IS_HEADER: Final = '''
def is_header(cells: list[str]) -> bool:
    """Tell whether a row names most of the columns, which a title above it does not."""
    return 2 * sum(column in cells for column in COLUMNS) >= len(COLUMNS)

'''

HEADLESS: Final = (
    "first = next(filled, [])",
    'header = [f"column {number}" for number in range(1, len(first) + 1)]',
)

NO_TWINS: Final = (
    "if len(set(header)) < len(header):",
    "    twin = next(name for name in header if header.count(name) > 1)",
    '    raise ValueError(f"there are two columns {twin!r}")',
)

TWINS: Final = (
    "for index, name in enumerate(header):",
    "    if name in header[:index]:  # the second is called so in the training",
    '        header[index] = f"{name} {1 + header[:index].count(name)}"',
)

TRAILING: Final = (
    "if len(cells) > len(header) and not any(cells[len(header) :]):",
    "    cells = cells[: len(header)]",
)

FEATURES_OF_ALL_KINDS: Final = '''
def features(row: dict[str, str]) -> Tensor:
    """Return the numbers of a row side by side; words and dates become several."""
    numbers: list[float] = []
    for column in COLUMNS:
        $words
        $dates
        else:
            numbers.append(number(row, column))
    return torch.tensor(numbers)

'''

DATE: Final = '''
def date(row: dict[str, str], column: str) -> list[float]:
    """Return the numbers that stand for the date in a column."""
    done = DONE["dates"][column]
    $gap
    for form in done["formats"]:
        try:
            moment = moment_of(row[column], form)
            break
        except ValueError:
            continue
    else:
        raise ValueError(f"“{row[column]}” in column “{column}” is no date as in the training.")
    days = (moment - datetime(1970, 1, 1)).total_seconds() / 86400
    found = {"weekday": moment.weekday(), "days": days}
    return [float(found.get(part, getattr(moment, part, 0))) for part in done["parts"]]

'''

MISSING: Final = '''
def is_missing(text: str, words: str = "missing") -> bool:
    """Tell whether a cell holds no value."""
    return text.lower() in DONE["rules"][words]

'''

GAP: Final = '''
def is_gap(row: dict[str, str], column: str) -> bool:
    """Tell whether there is no number or date in a column; refused where it never lacked one."""
    text = row[column]
    is_empty = is_missing(text) or is_missing(text, "missing_numbers")
    if is_empty and column not in DONE["gaps"]:
        raise ValueError(f"column “{column}” is empty, which it never was in the training.")
    return is_empty

'''

PLAIN: Final = '''
def plain(text: str) -> str:
    """Return a number as Python writes it, without the signs that tables have."""
    text = text.replace("\\u2212", "-").replace("\\u00a0", " ")
    $signs
    $marks
    return text

'''

NUMBER: Final = '''
def number(row: dict[str, str], column: str) -> float:
    """Return the number in a column."""
    $gap
    try:
        value = float($text)
    except ValueError:
        value = math.nan
    if not abs(value) <= torch.finfo(torch.float32).max:
        raise ValueError(f"“{row[column]}” in column “{column}” is no number.")
    return value

'''

WORD: Final = '''
def word(row: dict[str, str], column: str) -> int:
    """Return the index of the word in a column."""
    known = DONE["categories"][column]
    text = row[column]
    $other_forms
    if text not in known:
        choices = ", ".join([each for each in known if each is not None][:20])
        raise ValueError(f"“{text}” in column “{column}” is unknown. Known are: {choices}.")
    return known.index(text)

'''

TEXT: Final = '''
def tokens(row: dict[str, str], column: str) -> Tensor:
    """Return the numbers of the tokens of a text, cut or filled up as in training."""
    text = "" if is_missing(row[column]) else row[column]
    length = TEXT["columns"][column]
    found = numbers_of(text)[:length]
    return torch.tensor(found + [0] * (length - len(found)))

'''

PICTURE: Final = '''
def picture(row: dict[str, str], column: str, table: Path | None) -> Tensor:
    """Return the picture that a cell names, as it would have been read for the training."""
    how, text = DONE["pictures_of"][column], row[column]
    try:
        read = read_picture(path_of(text, how, table), how)
    except UNREADABLE as error:
        told = f"“{text}” in column “{column}” is no picture that can be read: {error}."
        raise ValueError(told) from None
    dtype = torch.float32 if read.mode == "F" else torch.uint8
    numbers = torch.frombuffer(bytearray(read.tobytes()), dtype=dtype).float()
    pixels = numbers.reshape(read.height, read.width, -1).permute(2, 0, 1) / 255
    return pixels.expand(how["channels"], -1, -1)


def path_of(text: str, how: dict[str, Any], table: Path | None) -> Path:
    """Return the file that a cell names: beside its table, or else that of the training."""
    name = text.replace("\\\\", "/").removeprefix("./")
    parts = name.split("/")
    name = parts[-1] if how["bare"] else "/".join(parts[how["dropped"] :])
    trained = Path(DONE["data"]["arguments"]["path"]).expanduser()
    for near in (table or Path("here"), trained):
        path = near.absolute().parent / how["folder"] / f"{name}{how['ending']}"
        if text and path.is_file():
            return path
    raise ValueError("there is no such picture" if text else "no picture is named")


$read_picture

'''
