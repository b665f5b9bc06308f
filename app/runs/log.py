"""The log of a run, a line for each event: what cannot be written waits until it can."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class _Line(NamedTuple):
    text: str
    is_kept: bool


class EventLog:
    """Lines of JSON for a file that may be out of reach for a while, or vanish."""

    def __init__(self) -> None:
        self._waiting: list[_Line] = []
        self._kept: list[_Line] = []
        self._size = 0

    def add(self, entry: Mapping[str, Any], *, is_kept: bool = True) -> None:
        """Add a line; one that ``is_kept`` is written anew where the file has vanished."""
        self._waiting.append(_Line(json.dumps(entry, ensure_ascii=False) + "\n", is_kept))

    def go_on(self, lines: Iterable[str], size: int) -> None:
        """Write next behind the first ``size`` bytes of a file, which hold these lines to keep."""
        self._kept = [_Line(line, is_kept=True) for line in lines]
        self._size = size

    def begin_again(self) -> None:
        """Write another file next: with what was kept, then with what waits."""
        self._waiting, self._kept = self._kept + self._waiting, []
        self._size = 0

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
        self._kept += [line for line in self._waiting if line.is_kept]
        self._waiting = []
