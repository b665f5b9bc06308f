"""The runs kept in a folder as a list shows them: an index beside them remembers what was read.

It is a cache. What it tells of a run counts as long as the folder of that run, and each file in it
that a list tells of, is as it was by time and size; without it, all is read from the runs.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeAlias

from app.runs.folder import EVENTS, EVENTS_BEFORE, LOCK, PROJECT, REMOTE, log_of
from app.runs.labels import LABELS, Labels, labels_of
from app.runs.store import Run
from app.runs.summaries import Summary, is_named_by_time, newest_first, summary_of
from app.runs.trial import TRIAL, Told
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen
from graph_model.values import Value

INDEX: Final = "runs-index.json"
"""What it is called among the folders of the runs."""
FORM: Final = 4
"""Indexes of another form are made anew."""
FIRST: Final = 200
"""How many runs are shown before the rest is read."""
FEW: Final = 1000
"""So many runs are read at once."""
_LARGEST: Final = 2**28
_TOLD_OF: Final = (EVENTS, EVENTS_BEFORE, PROJECT, LABELS, TRIAL, REMOTE)
_NO_RUN: Final = {
    name: value for name, value in asdict(Run(Path(), "")).items() if name != "folder"
}
_Stamp: TypeAlias = str
"""What is another text as soon as anything is otherwise; empty where nothing is remembered."""
_Remembered: TypeAlias = Mapping[str, tuple[_Stamp, Summary]]
_Settings: TypeAlias = Mapping[str, Value]


@frozen
class Newest:
    """The runs begun last of many, to be looked at while the others are read."""

    runs: tuple[Summary, ...]
    total: int
    """How many there are in all, or about so many."""


def read_newest(folder: Path) -> Newest | tuple[Summary, ...]:
    """Return the runs begun last by their names where there are many; all of them where not."""
    try:
        names = [each for each in os.listdir(folder) if not each.startswith(".")]  # noqa: PTH208
    except OSError:
        return ()
    if len(names) <= FEW:
        return read_summaries(folder)
    names.sort(key=lambda name: (is_named_by_time(name), name), reverse=True)
    first = (folder / name for name in names[:FIRST])
    found = [summary_of(each) for each in first if _has_log(each)]
    return Newest(tuple(sorted(found, key=newest_first)), len(names))


def read_summaries(folder: Path) -> tuple[Summary, ...]:
    """Return the runs kept in a folder, the one begun last first; what has no log is left out.

    What its index remembers of a run that is as it was then is not read again. Where the index
    cannot be written, all is read the next time too.
    """
    index = _read_index(folder)
    found: dict[str, tuple[_Stamp, Summary]] = {}
    is_new = False
    for name, stamp, there in _kept(folder):
        remembered = index.get(name) if stamp else None
        if remembered is None or remembered[0] != stamp:
            remembered = stamp, summary_of(folder / name, there)
            is_new = is_new or bool(stamp)
        found[name] = remembered
    told = {name: each for name, each in found.items() if each[0]}
    if is_new or len(told) != len(index):
        with contextlib.suppress(OSError):
            _write_index(folder, told)
    return tuple(sorted((each for _, each in found.values()), key=newest_first))


def _has_log(folder: Path) -> bool:
    return os.path.lexists(log_of(folder))


def _kept(folder: Path) -> Iterator[tuple[str, _Stamp, Collection[str] | None]]:
    """Yield the name of each run in a folder with its stamp, and what lies in it."""
    try:
        entries = [each for each in os.scandir(folder) if not each.name.startswith(".")]
    except OSError:  # there is no such folder, or it may not be read
        return
    for entry in entries:
        try:
            if not entry.is_dir():
                continue
            with os.scandir(entry.path) as inside:
                there = {each.name: each for each in inside}
        except OSError:  # it is gone, or its files are there for who knows their names
            if _has_log(folder / entry.name):
                yield entry.name, "", None
            continue
        if EVENTS in there or EVENTS_BEFORE in there:
            yield entry.name, _stamp(entry, there), there


def _stamp(folder: os.DirEntry[str], there: Mapping[str, os.DirEntry[str]]) -> _Stamp:
    """Return the times of a folder and of what is told of, with their sizes; none while it trains.

    The time of the folder alone is another when a file comes, goes or is replaced; that of a file
    when it is written in its place.
    """
    if LOCK in there:
        return ""
    try:
        numbers = [folder.stat().st_mtime_ns]
        for name in _TOLD_OF:
            if name in there:
                status = there[name].stat()
                numbers += (status.st_mtime_ns, status.st_size)
    except OSError:  # a link that leads nowhere, or gone since
        return ""
    return " ".join(map(str, numbers))


def _read_index(folder: Path) -> _Remembered:
    """Return what the index remembers, nothing where anything in it is not as it should be."""
    try:
        stored = json.loads(read_start(folder / INDEX, _LARGEST))
        if stored["form"] != FORM:
            return {}
        usual = [_settings(each) for each in stored["settings"]]
        return {
            name: (_like(stamp, ""), _summary(folder / name, told, usual))
            for name, (stamp, told) in stored["runs"].items()
        }
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {}


def _summary(folder: Path, told: Mapping[str, Any], usual: Sequence[_Settings]) -> Summary:
    """Return what is remembered of one run; raises what :func:`_read_index` expects."""
    run = {each: _like(value, _NO_RUN[each]) for each, value in told["run"].items()}
    which, own = told["settings"]
    return Summary(
        Run(folder, **run),
        labels_of(told["labels"]) if "labels" in told else Labels(),
        _like(told["network"], ""),
        _like(told["began"], 0.0),
        {**usual[which], **_settings(own)},
        _trial(*told["trial"]) if "trial" in told else Told(),
    )


def _trial(experiment: Any, settings: Any, pruned: Any) -> Told:
    words = {name: _like(text, "") for name, text in settings.items()}
    return Told(_like(experiment, ""), words, _like(pruned, 0))


def _settings(stored: Mapping[str, Any]) -> _Settings:
    return {name: _value(value) for name, value in stored.items()}


def _like(stored: Any, usual: Any) -> Any:
    """Return what is stored where it is of the kind of the usual value; raises ``ValueError``."""
    if isinstance(usual, float):
        return float(stored)
    if type(stored) is not type(usual):
        raise ValueError(stored)
    return {each: float(value) for each, value in stored.items()} if usual == {} else stored


def _value(stored: Any) -> Value:
    if isinstance(stored, list):
        return tuple(stored)
    if not isinstance(stored, bool | int | float | str):
        raise ValueError(stored)
    return stored


def _write_index(folder: Path, runs: _Remembered) -> None:
    """Write what is known of the runs; raises ``OSError``.

    Most settings are the same in most runs, so each tells what it has apart from the first run
    with the same settings by name.
    """
    usual: dict[tuple[str, ...], tuple[int, _Settings]] = {}
    stored = {}
    for name, (stamp, summary) in runs.items():
        settings = summary.settings
        which, first = usual.setdefault(tuple(settings), (len(usual), settings))
        own = {key: value for key, value in settings.items() if not _is_same(value, first[key])}
        stored[name] = stamp, {**_as_stored(summary), "settings": (which, own)}
    firsts = [settings for _, settings in usual.values()]
    text = json.dumps({"form": FORM, "settings": firsts, "runs": stored}, default=dict)
    write_atomically(folder / INDEX, text.encode())


def _is_same(one: Value, other: Value) -> bool:
    """Tell whether two values are written alike; 1, 1.0 and True are equal and are not."""
    return one is other or (
        type(one) is type(other) and one == other and one.__class__ is not tuple
    )


def _as_stored(summary: Summary) -> dict[str, Any]:
    run = ((name, getattr(summary.run, name), usual) for name, usual in _NO_RUN.items())
    trial = summary.trial
    told: dict[str, Any] = {
        "run": {name: value for name, value, usual in run if value != usual},
        "network": summary.network,
        "began": summary.began,
    }
    if summary.labels != Labels():
        told["labels"] = asdict(summary.labels)
    if trial != Told():
        told["trial"] = trial.experiment, trial.settings, trial.pruned
    return told
