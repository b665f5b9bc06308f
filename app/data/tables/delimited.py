"""Text whose lines are rows: read piece by piece, so that memory holds little but the result."""

from __future__ import annotations

import codecs
import csv
import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from app.data.dataset import refuse
from app.data.tables.encodings import codec_of, find_encoding
from app.data.tables.growing import EXACT, Growing, joined
from app.data.tables.pieces import LONGEST_LINE, Pieces, Source
from app.data.tables.rules import ALWAYS_MISSING, Rules
from app.data.tables.sniffing import cells_between_blanks, rules_of, sample_rows
from app.data.tables.table import Table, names_of, need_rows, refuse_line
from app.data.tables.understanding import are_codes
from graph_model.phrases import phrase
from graph_model.values import Arguments

if TYPE_CHECKING:
    import polars as pl

_SAMPLE: Final = 1 << 18
"""How many bytes tell how a text is to be read."""
_LEAST_LINES: Final = 20
_NO_LETTERS: Final = tuple(map(chr, {*range(32)} - {9, 10, 11, 12, 13, 26, 27}))
_MOST_SIGNS: Final = 0.002
"""A text in which more signs than this stand for no letter is none."""
_LARGEST_SAMPLE: Final = 1 << 23
"""Of very wide tables, more is looked at, so that there are some lines."""
MOST_COLUMNS: Final = 100_000
_MOST_RAGGED: Final = 0.05
"""Where more rows than this have another number of cells, the separator is taken to be wrong."""
_MOST_ODD: Final = 0.1
"""A column with more words than this among its numbers is one of words."""


def read_delimited(path: Path, arguments: Arguments, least: int = 2) -> Table:
    """Read a text file; raises ``Refusal`` where it cannot be read as a table."""
    try:
        source = _opened(path)
        with source.file:
            return _read(source, arguments, least)
    except (OSError, EOFError, zlib.error) as error:
        refuse("data_unreadable", path=path, reason=getattr(error, "strerror", None) or error)


def _opened(path: Path) -> Source:
    return Source.of(path)


def _read(source: Source, arguments: Arguments, least: int) -> Table:
    path, file = source.path, source.file
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
    if sum(map(text.count, _NO_LETTERS)) > _MOST_SIGNS * len(text):
        refuse("data_binary_text", path=path)
    rules = rules_of(text.removeprefix("\ufeff"), arguments, encoding)
    file.seek(0)
    return _Reader(path, rules, text).read(source, least)


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
    pieces: Pieces | None = None
    worded: frozenset[str] = frozenset()
    """Columns that hold many words behind a first piece of numbers alone."""
    lines: list[Any] = field(default_factory=list)
    plain: dict[str, Any] = field(default_factory=dict)
    """The columns that the first piece showed to be of numbers, with the type they are read as."""
    has_begun: bool = False
    """Whether the header is behind: a first piece may hold nothing else."""
    ragged: int = 0
    ragged_line: int = 0
    has_units: bool = False
    """Whether a row of units is still to come."""
    rows: int = 0
    blank: int = 0
    """How many rows have nothing in any of their cells."""

    def read(self, source: Source, least: int) -> Table:
        """Read all pieces, and once more where a column turns out to hold words."""
        header, self.has_units = self._begin(), bool(self.rules.units)
        self.pieces = Pieces(source, self.rules)
        for first, piece in self.pieces:
            self._take(first, piece, header and not self.has_begun)
            self.pieces.held = sum(each.size for each in self.columns)
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
        if self.blank and not self.rows:
            refuse("data_unreadable", path=self.path, reason=phrase("all its cells are empty"))
        need_rows(self.path, self.rows, least)
        odd = {n: c.odd for n, c in zip(self.names, self.columns, strict=True) if c.odd}
        worded = {name for name, each in odd.items() if each.count > _MOST_ODD * self.rows}
        if worded - self.worded:
            source.file.seek(0)
            again = _Reader(self.path, self.rules, self.sample, worded=self.worded | worded)
            return again.read(source, least)
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
        end = body.find(b"\n") + 1
        if self.has_units and not is_headless and end and b'"' not in body[:end]:
            body, header_lines, self.has_units = body[end:], header_lines + 1, False
        if not is_headless and body and self._is_plain(body):
            frame = self._frame(body)
            if frame is not None:
                lines = np.arange(len(frame), dtype=np.int64) + first + header_lines
                frame, lines = self._filled(frame, lines)
                self._add([frame[name] for name in self.names])
                self.lines.append(lines)
                self.rows += len(lines)
                return
        self._one_by_one(body, first + header_lines, is_headless)

    def _filled(self, frame: pl.DataFrame, lines: Any) -> tuple[pl.DataFrame, Any]:
        """Return rows without those of which all cells are empty, as spreadsheets write some."""
        import polars as pl

        if any(not frame[name].null_count() for name in self.names):
            return frame, lines
        blank = frame.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy()
        self.blank += int(blank.sum())
        return frame.filter(~blank), lines[~blank]

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
        csv.field_size_limit(LONGEST_LINE)
        kept: list[list[str]] = []
        numbers: list[int] = []
        for number, row in self._parsed(source, first):
            if not any(map(str.strip, row)):
                self.blank += len(row) > 1
                continue
            if comment and row[0].lstrip().startswith(comment):
                continue
            if has_header:
                has_header, self.has_begun = False, True
                continue
            if self.has_units:
                self.has_units = False
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

        assert self.pieces is not None
        named = zip(self.names, columns, strict=True)
        texts = {name: column for name, column in named if column.dtype == pl.String}
        frame = pl.DataFrame(texts).select(pl.all().str.strip_chars().fill_null(""))
        is_first = not self.lines and self.pieces.is_large and self.rules.thousands == "none"
        candidates = [name for name in texts if name not in self.worded] if is_first else []
        numbers = _plain_numbers(frame.select(candidates), self.rules)
        for name, growing, column in zip(self.names, self.columns, columns, strict=True):
            if name in numbers:
                self.plain[name] = pl.Float32
                growing.begin_numbers(numbers[name], self.pieces.expected)
            elif name in texts:
                growing.add_texts(frame[name])
            else:
                growing.add_numbers(column)


def has_codes(cells: pl.DataFrame) -> bool:
    """Tell whether any cell of some columns begins as a code does, with a zero before a digit."""
    import polars as pl

    return any(cells.select(pl.all().str.contains(r"^0\d").any()).row(0))


def _plain_numbers(cells: pl.DataFrame, rules: Rules) -> dict[str, pl.Series]:
    """Return the columns whose cells are all numbers as they are read at once, or missing."""
    import polars as pl

    if not cells.width:
        return {}
    plain = pl.all()
    if rules.decimal == "comma":
        plain = plain.str.replace(",", ".", literal=True)
    lacking = pl.all().str.to_lowercase().is_in(list(ALWAYS_MISSING))
    codes = [name for name in cells.columns if are_codes(cells[name])] if has_codes(cells) else []
    numbers = cells.select(plain.cast(pl.Float64, strict=False))
    filled = cells.select((~lacking).sum()).row(0)
    known = numbers.select(pl.all().count()).row(0)
    pairs = zip(numbers.columns, filled, known, strict=True)
    plainly = {name: numbers[name] for name, count, found in pairs if found >= count}
    return {name: found for name, found in plainly.items() if name not in codes}
