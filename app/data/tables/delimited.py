"""Text whose lines are rows: read piece by piece, so that memory holds little but the result."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import numpy as np

from app.data.dataset import need_memory, refuse
from app.data.tables.encodings import codec_of, find_encoding
from app.data.tables.growing import EXACT, Growing, joined
from app.data.tables.rules import ALWAYS_MISSING, Rules
from app.data.tables.sniffing import cells_between_blanks, rules_of, sample_rows
from app.data.tables.table import Table, names_of, need_rows, refuse_line
from graph_model.phrases import phrase
from graph_model.values import Arguments

if TYPE_CHECKING:
    import polars as pl

_SAMPLE: Final = 1 << 18
"""How many bytes tell how a text is to be read."""
_LEAST_LINES: Final = 20
_LARGEST_SAMPLE: Final = 1 << 23
"""Of very wide tables, more is looked at, so that there are some lines."""
_PIECE: Final = 1 << 23
_FIRST_OF_LARGE: Final = 1 << 20
"""The first piece is looked at cell by cell."""
_LONGEST_LINE: Final = 1 << 26
MOST_COLUMNS: Final = 100_000
_MOST_RAGGED: Final = 0.05
"""Where more rows than this have another number of cells, the separator is taken to be wrong."""
_MOST_ODD: Final = 0.1
"""A column with more words than this among its numbers is one of words."""


def read_delimited(path: Path, arguments: Arguments, least: int = 2) -> Table:
    """Read a text file; raises ``Refusal`` where it cannot be read as a table."""
    try:
        with _opened(path) as file:
            return _read(path, file, arguments, least)
    except (OSError, EOFError, zlib.error) as error:
        refuse("data_unreadable", path=path, reason=getattr(error, "strerror", None) or error)


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return path.open("rb")


def _read(path: Path, file: IO[bytes], arguments: Arguments, least: int) -> Table:
    sample = file.read(_SAMPLE)
    while sample.count(b"\n") < _LEAST_LINES and len(sample) < _LARGEST_SAMPLE:
        more = file.read(_SAMPLE)
        if not more:
            break
        sample += more
    chosen = str(arguments.get("encoding", "auto"))
    encoding = find_encoding(sample) if chosen == "auto" else chosen
    if len(sample) >= _LARGEST_SAMPLE and b"\n" not in sample and b"\r" not in sample:
        refuse_line(path, 1, phrase("it is too long"))
    is_whole = not file.read(1)
    cut = sample if is_whole else sample[: sample.rfind(b"\n") + 1] or sample
    text = codecs.getincrementaldecoder(codec_of(encoding))("replace").decode(cut)
    rules = rules_of(text.removeprefix("\ufeff"), arguments, encoding)
    file.seek(0)
    return _Reader(path, rules, text).read(file, least)


@dataclass
class _Reader:
    """Gathers the pieces of a file, column by column."""

    path: Path
    rules: Rules
    sample: str
    names: list[str] = field(default_factory=list)
    renamed: tuple[str, ...] = ()
    width: int = 0
    """How many cells a row has; one more than names where each row ends with a separator."""
    columns: list[Growing] = field(default_factory=list)
    is_large: bool = False
    expected: int = 0
    worded: frozenset[str] = frozenset()
    """Columns that hold many words behind a first piece of numbers alone."""
    lines: list[Any] = field(default_factory=list)
    plain: dict[str, Any] = field(default_factory=dict)
    """The columns that the first piece showed to be of numbers, with the type they are read as."""
    has_begun: bool = False
    """Whether the header is behind: a first piece may hold nothing else."""
    ragged: int = 0
    ragged_line: int = 0
    rows: int = 0

    def read(self, file: IO[bytes], least: int) -> Table:

        header = self._begin()
        for first, piece in self._pieces(file):
            self._take(first, piece, header and not self.has_begun)
            need_memory(self.path, 8 * self.rows * len(self.names))
        most = (
            _MOST_RAGGED if least > 1 or not self.rows else 1.0
        )  # new rows are told of one by one
        if self.ragged > most * (self.rows + self.ragged):
            refuse(
                "data_ragged_row",
                path=self.path,
                line=self.ragged_line,
                got=self._ragged_width,
                expected=len(self.names),
            )
        need_rows(self.path, self.rows, least)
        odd = {n: c.odd for n, c in zip(self.names, self.columns, strict=True) if c.odd}
        worded = {name for name, each in odd.items() if each.count > _MOST_ODD * self.rows}
        if worded - self.worded:
            file.seek(0)
            again = _Reader(self.path, self.rules, self.sample, worded=self.worded | worded)
            return again.read(file, least)
        columns = dict(zip(self.names, joined(self.columns), strict=True))
        lines = np.concatenate(self.lines)
        return Table(
            self.path,
            columns,
            lines,
            self.rules,
            self.ragged,
            self.ragged_line,
            self.renamed,
            self.width > len(self.names),
            odd,
            ragged_width=self._ragged_width,
        )

    _ragged_width: int = 0

    def _begin(self) -> bool:
        """Settle the names of the columns by the first rows; return whether there is a header."""
        text = "\n".join(self.sample.removeprefix("\ufeff").splitlines()[self.rules.skip :])
        rows = sample_rows(text, self.rules)
        if not rows:
            need_rows(self.path, 0, 1)
        first, body = rows[0], rows[1:] if self.rules.header else rows
        width = len(first)
        longer = [row for row in body if len(row) == width + 1]
        if self.rules.header and body and len(longer) >= 0.9 * len(body):
            if all(not row[-1] for row in longer):
                width += 1  # each row ends with a separator
            else:
                first, width = ["index", *first], width + 1  # as R writes the names of rows
        elif width > 1 and not any(row[width - 1 :] != [""] for row in (first, *body)):
            first = first[:-1]
        if not self.rules.header:
            first = [f"column {index}" for index in range(1, len(first) + 1)]
        self.width = width
        self.names, self.renamed = names_of(first)
        if width > MOST_COLUMNS:
            refuse("data_too_many_columns", path=self.path, got=width, limit=MOST_COLUMNS)
        self.columns = [Growing(self.rules) for _ in self.names]
        return self.rules.header

    def _pieces(self, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield whole rows as UTF-8 after what is skipped, with the number of the first line."""
        decode = None
        if self.rules.encoding != "utf-8":
            decode = codecs.getincrementaldecoder(codec_of(self.rules.encoding))()
        check = codecs.getincrementaldecoder("utf-8")()
        rest, line, total = b"", 1, 0
        size = self.path.stat().st_size
        is_packed = self.path.suffix.lower() == ".gz"  # how much is in it is known at its end
        self.is_large = is_packed or size > _PIECE
        while True:
            raw = file.read(_PIECE if total or not self.is_large else _FIRST_OF_LARGE)
            total += len(raw)
            need_memory(self.path, total if is_packed else 0)
            try:
                if decode:
                    raw_text = decode.decode(raw, not raw)
                    fresh = raw_text.encode("utf-8", "replace")
                else:
                    fresh = raw
                    if not fresh.isascii():
                        check.decode(fresh, not raw)
            except UnicodeDecodeError as error:
                reason = phrase(
                    "it is not {encoding} text ({reason})",
                    encoding=self.rules.encoding,
                    reason=error.reason,
                )
                refuse("data_unreadable", path=self.path, reason=reason)
            data = rest + fresh if rest else fresh
            if line == 1:
                data = data.removeprefix(codecs.BOM_UTF8)
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n") if raw or not data.endswith(b"\r") else data
                if b"\r" in data[:-1]:
                    tail = b"\r" if data.endswith(b"\r") else b""
                    data = data[: len(data) - len(tail)].replace(b"\r", b"\n") + tail
            if line == 1 and self.rules.skip and data:
                for _ in range(self.rules.skip):
                    data = data[data.find(b"\n") + 1 :]
                line += self.rules.skip
            if not raw:
                if data:
                    yield line, data
                return
            cut = _end_of_rows(data, self.rules)
            rest = data[cut:]
            if len(rest) > _LONGEST_LINE:
                refuse_line(self.path, line + data.count(b"\n", 0, cut), phrase("it is too long"))
            if cut:
                ends = int(np.count_nonzero(np.frombuffer(data, np.uint8, cut) == 10))
                self.expected = self.expected or int(1.02 * size / cut * ends) + 1000
                yield line, data[:cut]
                line += ends

    def _take(self, first: int, piece: bytes, has_header: bool) -> None:
        """Add the rows of a piece: at once where they are plain, else one by one."""
        begin, header_lines = 0, 0
        if has_header and b'"' not in piece[: piece.find(b"\n") + 1] and not self.rules.comment:
            begin = piece.find(b"\n") + 1 or len(piece)
            header_lines = 1
            if not piece[:begin].strip():
                begin = header_lines = 0
            self.has_begun = begin > 0
        body = piece[begin:] if begin else piece
        is_headless = has_header and not begin
        if not is_headless and body and self._is_plain(body):
            frame = self._frame(body)
            if frame is not None:
                count = len(frame)
                self._add([frame[name] for name in self.names])
                self.lines.append(np.arange(count, dtype=np.int64) + first + header_lines)
                self.rows += count
                return
        self._one_by_one(body, first + header_lines, is_headless)

    def _is_plain(self, body: bytes) -> bool:
        """Tell whether there are as many cells as the lines should have, and none is quoted.

        A line of more cells polars refuses, so that none can have fewer.
        """
        has_quoted = self.rules.quotes and b'"' in body
        if self.rules.delimiter == "whitespace" or has_quoted or self.width == 1:
            return False
        if self.rules.comment and self.rules.comment.encode() in body:
            return False
        array = np.frombuffer(body, np.uint8)
        ends = np.count_nonzero(array == 10) + (not body.endswith(b"\n"))
        marks = np.count_nonzero(array == ord(self.rules.mark))
        return bool(marks == (self.width - 1) * ends)

    def _frame(self, body: bytes) -> pl.DataFrame | None:
        """Return the columns of plain rows: numbers where the first piece showed such.

        That a word stands for a missing number is looked for only where it has to be.
        """
        import polars as pl

        all_names = [*self.names, *["\0end"] * (self.width - len(self.names))]
        ways: list[tuple[dict[str, Any], list[str] | None]] = [({}, None)]
        if self.plain:
            words = [form for w in ALWAYS_MISSING if w for form in (w, w.upper(), w.title())]
            ways = [(self.plain, None), (self.plain, list(dict.fromkeys(words))), *ways]
        for plain, null_values in ways:
            try:
                frame = pl.read_csv(
                    body,
                    schema={name: plain.get(name, pl.String) for name in all_names},
                    has_header=False,
                    separator=self.rules.mark,
                    quote_char=None,
                    null_values=null_values,
                    decimal_comma=self.rules.decimal == "comma",
                )
            except pl.exceptions.PolarsError:
                continue
            wide = self._too_large(frame, plain)
            if not wide:
                return frame
            self.plain = {**plain, **dict.fromkeys(wide, pl.Float64)}
            return self._frame(body)
        return None

    @staticmethod
    def _too_large(frame: pl.DataFrame, plain: Mapping[str, Any]) -> list[str]:
        """Return the columns whose numbers float32 may not hold exactly."""
        import polars as pl

        narrow = [name for name, type in plain.items() if type == pl.Float32]
        if not narrow:
            return []
        largest = frame.select(pl.col(narrow).abs().max()).row(0)
        return [n for n, most in zip(narrow, largest, strict=True) if (most or 0) > EXACT]

    def _one_by_one(self, body: bytes, first: int, has_header: bool) -> None:
        """Add rows as the csv module reads them, leaving out those that are ragged."""
        import polars as pl

        text = body.decode("utf-8")
        comment, rules = self.rules.comment, self.rules
        source = io.StringIO(text, newline="")
        csv.field_size_limit(_LONGEST_LINE)
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, row in self._parsed(source, first):
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if comment and row[0].lstrip().startswith(comment):
                continue
            if has_header:
                has_header, self.has_begun = False, True
                continue
            if (
                len(row) == self.width + 1
                and not row[-1].strip()
                and rules.delimiter != "whitespace"
            ):
                row = row[:-1]
            if len(row) != self.width and len(row) != len(self.names):
                self.ragged += 1
                if not self.ragged_line:
                    self.ragged_line, self._ragged_width = number, len(row)
                continue
            kept.append(row)
            numbers.append(number)
        if kept:
            columns = list(zip(*kept, strict=False))[: len(self.names)]
            self._add([pl.Series(values=column, dtype=pl.String) for column in columns])
            self.lines.append(np.array(numbers, np.int64))
            self.rows += len(kept)

    def _parsed(self, source: io.StringIO, first: int) -> Iterator[tuple[int, list[str]]]:
        if self.rules.delimiter == "whitespace":
            for number, line in enumerate(source, first):
                yield number, cells_between_blanks(line)
            return
        rules = self.rules
        reader = csv.reader(source, delimiter=rules.mark, quoting=rules.quoting, strict=True)
        try:
            for row in reader:
                yield first + reader.line_num - 1, row
        except csv.Error as error:
            refuse_line(self.path, first + reader.line_num - 1, error)

    def _add(self, columns: Sequence[pl.Series]) -> None:
        """Add a piece of each column; in a large file numbers are read as such from then on."""
        import polars as pl

        is_first = not self.lines and self.is_large and self.rules.thousands == "none"
        for name, growing, column in zip(self.names, self.columns, columns, strict=True):
            if column.dtype != pl.String:
                growing.add_numbers(column)
                continue
            column = column.str.strip_chars().fill_null("")
            growing.add_texts(column)
            if is_first and name not in self.worded and _are_plain(column, self.rules):
                self.plain[name] = pl.Float32
                growing.expected = self.expected
                growing.become_numbers()


def _end_of_rows(data: bytes, rules: Rules) -> int:
    """Return where the last whole row ends: at a line end outside quotes."""
    cut = data.rfind(b"\n") + 1
    if not rules.quotes or b'"' not in data:
        return cut
    array = np.frombuffer(data, np.uint8)
    inside = np.cumsum(array == 34) & 1
    ends = np.flatnonzero((array == 10) & (inside == 0))
    return int(ends[-1]) + 1 if len(ends) else 0


def _are_plain(cells: pl.Series, rules: Rules) -> bool:
    """Tell whether all cells of a first piece are numbers as they are read at once, or missing."""
    import polars as pl

    filled = cells.filter(~cells.str.to_lowercase().is_in(list(ALWAYS_MISSING)))
    if rules.decimal == "comma":
        filled = filled.str.replace(",", ".", literal=True)
    return filled.cast(pl.Float64, strict=False).null_count() == 0
