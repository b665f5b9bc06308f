"""Text whose lines are rows: read piece by piece, so that memory holds little but the result."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np

from app.data.dataset import need_memory, refuse
from app.data.tables.encodings import codec_of, find_encoding
from app.data.tables.numbers import as_numbers
from app.data.tables.rules import ALWAYS_MISSING, Rules
from app.data.tables.sniffing import rules_of, sample_rows
from app.data.tables.table import Table, names_of, need_rows, refuse_line
from graph_model.phrases import phrase
from graph_model.values import Arguments

if TYPE_CHECKING:
    import polars as pl

_SAMPLE: Final = 1 << 18
"""How many bytes tell how a text is to be read."""
_PIECE: Final = 1 << 23
_LONGEST_LINE: Final = 1 << 26
MOST_COLUMNS: Final = 100_000
_MOST_RAGGED: Final = 0.05
"""Where more rows than this have another number of cells, the separator is taken to be wrong."""
_EXACT: Final = float(1 << 24)
"""Up to here float32 holds every whole number."""


def read_delimited(path: Path, arguments: Arguments, least: int = 2) -> Table:
    """Read a text file; raises ``Refusal`` where it cannot be read as a table."""
    try:
        with _opened(path) as file:
            return _read(path, file, arguments, least)
    except (OSError, EOFError, zlib.error) as error:
        refuse("data_unreadable", path=path, reason=getattr(error, "strerror", None) or error)


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return gzip.open(path)
    return path.open("rb")


def _read(path: Path, file: IO[bytes], arguments: Arguments, least: int) -> Table:
    sample = file.read(_SAMPLE)
    chosen = str(arguments.get("encoding", "auto"))
    encoding = find_encoding(sample) if chosen == "auto" else chosen
    cut = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample
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
    parts: list[list[Any]] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    plain: dict[str, Any] = field(default_factory=dict)
    """The columns that the first piece showed to be of numbers, with the type they are read as."""
    ragged: int = 0
    ragged_line: int = 0
    rows: int = 0

    def read(self, file: IO[bytes], least: int) -> Table:

        header = self._begin()
        for first, piece in self._pieces(file):
            self._take(first, piece, header and not self.rows and not self.lines)
            need_memory(self.path, 8 * self.rows * len(self.names))
        if self.ragged > max(_MOST_RAGGED * (self.rows + self.ragged), 0):
            refuse(
                "data_ragged_row",
                path=self.path,
                line=self.ragged_line,
                got=self._ragged_width,
                expected=len(self.names),
            )
        need_rows(self.path, self.rows, least)
        columns: dict[str, pl.Series] = {}
        for name, parts in zip(self.names, self.parts, strict=True):
            columns[name] = self._joined(name, parts)
            parts.clear()
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
        self.parts = [[] for _ in self.names]
        return self.rules.header

    def _pieces(self, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield whole rows as UTF-8 after what is skipped, with the number of the first line."""
        decode = None
        if self.rules.encoding != "utf-8":
            decode = codecs.getincrementaldecoder(codec_of(self.rules.encoding))()
        check = codecs.getincrementaldecoder("utf-8")()
        rest, line, total = b"", 1, 0
        while True:
            raw = file.read(_PIECE)
            total += len(raw)
            need_memory(self.path, total if self.path.suffix.lower() == ".gz" else 0)
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
            cut = _end_of_rows(data)
            rest = data[cut:]
            if len(rest) > _LONGEST_LINE:
                refuse_line(self.path, line + data.count(b"\n", 0, cut), phrase("it is too long"))
            if cut:
                yield line, data[:cut]
                line += data.count(b"\n", 0, cut)

    def _take(self, first: int, piece: bytes, has_header: bool) -> None:
        """Add the rows of a piece: at once where they are plain, else one by one."""
        begin, header_lines = 0, 0
        if has_header and b'"' not in piece[: piece.find(b"\n") + 1] and not self.rules.comment:
            begin = piece.find(b"\n") + 1 or len(piece)
            header_lines = 1
            if not piece[:begin].strip():
                begin = header_lines = 0
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
        """Tell whether each line is a row with all its cells, and none is quoted."""
        if self.rules.delimiter == "whitespace" or b'"' in body or self.width == 1:
            return False
        if self.rules.comment and self.rules.comment.encode() in body:
            return False
        if not body.endswith(b"\n"):
            body += b"\n"
        array = np.frombuffer(body, np.uint8)
        ends = np.flatnonzero(array == 10)
        marks = np.flatnonzero(array == ord(self.rules.mark))
        each = self.width - 1
        if len(marks) != each * len(ends):
            return False
        return bool(
            (marks[each - 1 :: each] < ends).all() and (marks[each::each] > ends[:-1]).all()
        )

    def _frame(self, body: bytes) -> pl.DataFrame | None:
        """Return the columns of plain rows: numbers where the first piece showed such."""
        import polars as pl

        all_names = [*self.names, *["\0end"] * (self.width - len(self.names))]
        missing = list(dict.fromkeys(v for w in ALWAYS_MISSING for v in (w, w.upper(), w.title())))
        options: dict[str, Any] = {
            "has_header": False,
            "separator": self.rules.mark,
            "quote_char": None,
            "null_values": missing,
        }
        for plain in (self.plain, {}) if self.plain else ({},):
            try:
                return pl.read_csv(
                    body,
                    schema={name: plain.get(name, pl.String) for name in all_names},
                    decimal_comma=self.rules.decimal == "comma",
                    **options,
                )
            except pl.exceptions.PolarsError:
                continue
        return None

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
                has_header = False
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
                yield number, line.split()
            return
        reader = csv.reader(source, delimiter=self.rules.mark, strict=True)
        try:
            for row in reader:
                yield first + reader.line_num - 1, row
        except csv.Error as error:
            refuse_line(self.path, first + reader.line_num - 1, error)

    def _add(self, columns: Sequence[pl.Series]) -> None:
        """Add a piece of each column; numbers that float32 holds are kept as such."""
        import polars as pl

        is_first = not self.lines
        for name, parts, column in zip(self.names, self.parts, columns, strict=True):
            if column.dtype == pl.String:
                column = column.str.strip_chars().fill_null("")
                if is_first and self.rules.thousands == "none" and _are_plain(column, self.rules):
                    self.plain[name] = pl.Float64
            parts.append(_smaller(column) if column.dtype == pl.Float64 else column)

    def _joined(self, name: str, parts: list[pl.Series]) -> pl.Series:
        """Return a whole column: of numbers where all but its first piece were read as such."""
        import polars as pl

        if all(part.dtype == pl.String for part in parts):
            return pl.concat(parts, rechunk=True) if len(parts) > 1 else parts[0]
        numbers = [
            _smaller(as_numbers(part, self.rules)) if part.dtype == pl.String else part
            for part in parts
        ]
        wide = any(part.dtype == pl.Float64 for part in numbers)
        type = pl.Float64 if wide else pl.Float32
        return pl.concat([part.cast(type) for part in numbers], rechunk=True)


def _end_of_rows(data: bytes) -> int:
    """Return where the last whole row ends: at a line end outside quotes."""
    cut = data.rfind(b"\n") + 1
    if b'"' not in data:
        return cut
    array = np.frombuffer(data, np.uint8)
    inside = np.cumsum(array == 34) & 1
    ends = np.flatnonzero((array == 10) & (inside == 0))
    return int(ends[-1]) + 1 if len(ends) else 0


def _are_plain(cells: pl.Series, rules: Rules) -> bool:
    """Tell whether all cells of a first piece are numbers as they are read at once."""
    import polars as pl

    filled = cells.filter(~cells.str.to_lowercase().is_in(list(ALWAYS_MISSING)))
    if rules.decimal == "comma":
        filled = filled.str.replace(",", ".", literal=True)
    return len(filled) > 0 and filled.cast(pl.Float64, strict=False).null_count() == 0


def _smaller(numbers: pl.Series) -> pl.Series:
    """Return numbers as float32 where that holds the whole ones exactly."""
    import polars as pl

    largest = numbers.abs().max()
    return numbers.cast(pl.Float32) if largest is None or largest <= _EXACT else numbers
