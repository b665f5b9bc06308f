"""The log of a run, a line for each event: what cannot be written waits until it can."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

_MOST_PASSING: Final = 32_000_000
"""Characters of passing lines that are held for a file that vanishes: hours of steps."""


class _Line(NamedTuple):
    text: str
    is_kept: bool

    @property
    def passing(self) -> int:
        """How long it is, where it may be forgotten."""
        return 0 if self.is_kept else len(self.text)


class EventLog:
    """Lines of JSON for a file that may be out of reach for a while, or vanish."""

    def __init__(self) -> None:
        self._waiting: list[_Line] = []
        self._kept: list[_Line] = []
        self._size = self._passing = 0

    def add(self, entry: Mapping[str, Any], *, is_kept: bool = True) -> None:
        """Add a line; those that are not ``is_kept`` may be lacking in a file that is made anew."""
        self._waiting.append(_Line(json.dumps(entry, ensure_ascii=False) + "\n", is_kept))

    def go_on(self, lines: Iterable[str], size: int) -> None:
        """Write next behind the first ``size`` bytes of a file, which hold these lines to keep."""
        self._kept = [_Line(line, is_kept=True) for line in lines]
        self._size = size

    def begin_again(self) -> None:
        """Write another file next: with what was kept, then with what waits."""
        self._waiting, self._kept = self._kept + self._waiting, []
        self._size = self._passing = 0

    def write(self, path: Path) -> None:
        """Write what waits behind what stands in the file.

        Raises ``OSError``; a line that was written in part is overwritten the next time.
        """
        data = "".join(line.text for line in self._waiting).encode()
        with path.open("r+b" if self._size else "wb") as file:
            file.seek(self._size)
            file.truncate()
            file.write(data)
        self._size += len(data)
        self._kept += self._waiting
        self._passing += sum(line.passing for line in self._waiting)
        self._waiting = []
        if self._passing > _MOST_PASSING:
            self._forget()

    def _forget(self) -> None:
        """Hold half as many of the passing lines, the newest."""
        held, self._kept = self._kept, []
        for line in held:
            if line.is_kept or self._passing <= _MOST_PASSING // 2:
                self._kept.append(line)
            else:
                self._passing -= line.passing
