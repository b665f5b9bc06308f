"""What a run has told, read again from its log: events for the curves, up to where it goes on."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.runs.events import EpochEnded, Event, Figure, Noticed, Started, Steps
from graph_model.files.plain_file import need_plain_file, read_start
from graph_model.frozen import frozen
from graph_model.problems import KINDS, Problem
from graph_model.recipe import BETWEEN

LONGEST_LINE: Final = 2**20
"""Bytes; what the line of an event has is a few thousand."""
MOST_LINES: Final = 10_000_000
STEPS: Final = b'{"event": "steps"'
"""How most lines begin."""
_BLANKS: Final = " \t\r\n\ufeff"
"""What may stand around a line, the mark that some editors begin files with among it."""
_read: Final = json.JSONDecoder().raw_decode


@frozen
class Told:
    """The beginning of a log: its events, its lines but those of steps, and its size in bytes."""

    events: tuple[Event, ...] = ()
    lines: tuple[str, ...] = ()
    size: int = 0


def told_until(log: Path, epoch: int, step: int) -> Told:
    """Return what a log tells until so many epochs and steps are done; nothing without a log.

    Lines that are no events are passed over, and left out where nothing follows them.
    """
    events: list[Event] = []
    lines: list[str] = []
    place = size = kept = 0
    try:
        for line in lines_of(log):
            place += len(line)
            read = as_mapping(line)
            if read is None or not line.endswith(b"\n"):
                continue
            if _is_beyond(read, epoch, step):
                break
            if (event := event_of(read)) is not None:
                events.append(event)
            if read.get("event") != "steps":
                lines.append(line.decode())
            size, kept = place, len(lines)
    except (OSError, UnicodeDecodeError):
        pass
    return Told(tuple(events), tuple(lines[:kept]), size)


def epochs_of(log: Path) -> tuple[EpochEnded, ...]:
    """Return the epochs that a log tells of, passing over its steps; none where it is no log."""
    found: list[EpochEnded] = []
    try:
        for line in lines_of(log):
            if not line.startswith(STEPS) and (read := as_mapping(line)) is not None:
                event = event_of(read) if read.get("event") == "epoch_ended" else None
                if isinstance(event, EpochEnded):
                    found.append(event)
    except OSError:
        pass
    return tuple(found)


def lines_of(log: Path) -> Iterator[bytes]:
    """Yield the lines of a log; raises ``OSError`` where it is no ordinary file."""
    if need_plain_file(log).st_size < LONGEST_LINE:  # as most are: read at once, no line is longer
        *whole, last = read_start(log, LONGEST_LINE).split(b"\n")
        yield from (line + b"\n" for line in whole)
        if last:
            yield last
        return
    with log.open("rb") as file:
        for _ in range(MOST_LINES):
            line = file.readline(LONGEST_LINE)
            if not line:
                break
            yield line


def as_mapping(line: bytes) -> Mapping[str, Any] | None:
    """Return what a line holds, ``None`` where it was cut off or is something else."""
    try:
        text = line.decode().strip(_BLANKS)
        read, end = _read(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and end == len(text) else None


def mappings_of(lines: Sequence[bytes]) -> Sequence[Mapping[str, Any] | None]:
    """Return what each line holds, as :func:`as_mapping` does, all of them at once where one can.

    No string of JSON goes on in the next line, so that a line that was cut off spoils the whole.
    """
    try:
        found = json.loads(b"[" + b",\n".join(lines) + b"]")
    except (ValueError, RecursionError):
        found = []
    is_sound = len(found) == len(lines) and all(isinstance(each, dict) for each in found)
    return found if is_sound else [as_mapping(line) for line in lines]


def event_of(read: Mapping[str, Any]) -> Event | None:
    """Return the event that a line tells, where it is one that curves are made of."""
    kind = _KINDS.get(str(read.get("event")))
    if read.get("event") == "noticed":
        return noticed_of(read)
    if kind is None:
        return None
    try:
        event: Event = kind(
            **{
                field.name: _READERS[str(field.type)](read[field.name])
                for field in dataclasses.fields(kind)
                if field.name in read or field.default is dataclasses.MISSING
            }
        )
    except (KeyError, TypeError, ValueError):
        return None
    return event


def noticed_of(read: Mapping[str, Any]) -> Noticed | None:
    """Return what was noticed, without the fixes: they were for the project as it was then."""
    match read:
        case {
            "step": int(step),
            "code": str(code),
            "values": dict(values),
            "node": str(path),
            "network": str(network),
        } if code in KINDS and all(isinstance(each, str) for each in values.values()):
            problem = Problem(code, values, node=path.rpartition(BETWEEN)[2])
            return Noticed(step, problem, path, network)
    return None


def _is_beyond(read: Mapping[str, Any], epoch: int, step: int) -> bool:
    """Tell whether a line was written after so many epochs and steps."""
    match read:
        case {"event": "steps", "step": int(number)}:
            return number > step
        case {"event": "noticed", "step": int(number)}:
            return number > step
        case {"event": "epoch_ended", "epoch": int(number)}:
            return number > epoch
    return read.get("event") in ("finished", "failed")


def _whole(stored: object) -> int:
    if isinstance(stored, bool) or not isinstance(stored, int) or not 0 <= stored < 2**53:
        raise ValueError(stored)
    return stored


def _real(stored: object) -> float:
    if stored is None:  # JSON has no word for what is not finite
        return math.nan
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        raise ValueError(stored)
    return float(stored)


def _truth(stored: object) -> bool:
    if not isinstance(stored, bool):
        raise ValueError(stored)
    return stored


def _figures(stored: object) -> dict[str, Figure]:
    if not isinstance(stored, dict):
        raise ValueError(stored)
    return {name: _figure(value) for name, value in stored.items()}


def _figure(stored: object) -> Figure:
    """Return one number, one for each class, or the rows of a confusion matrix."""
    if not isinstance(stored, list):
        return _real(stored)
    if any(isinstance(each, list) for each in stored):
        return tuple(tuple(map(_whole, each)) for each in stored)
    return tuple(map(_real, stored))


def _reals(stored: object) -> tuple[float, ...]:
    if not isinstance(stored, list):
        raise ValueError(stored)
    return tuple(map(_real, stored))


_KINDS: Final[Mapping[str, type]] = {
    "started": Started,
    "steps": Steps,
    "epoch_ended": EpochEnded,
}
_READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "int": _whole,
    "float": _real,
    "bool": _truth,
    "str": str,
    "Metrics": _figures,
    "tuple[float, ...]": _reals,
}
