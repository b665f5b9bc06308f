"""The runs kept in a folder, as their logs tell of them; a log that is damaged harms no other."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeGuard

from app.late import late
from app.runs.folder import BEST, CHECKPOINT, LAST, LOCK, PROJECT, REMOTE, log_of, names_in
from app.runs.told import STEPS, as_mapping, lines_of, mappings_of
from graph_model.files.plain_file import is_plain_file, read_start
from graph_model.files.storage import ProjectFileError, load
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.recipe import Recipe
from graph_model.recipes.metrics import metric_of

EARLY_STOPPING: Final = "early_stopping"
"""The option of a recipe that ends a run before its last epoch."""
_LARGEST_REMOTE: Final = 2**16
"""Bytes; what tells of a host has a hundred or two."""

_Event: TypeAlias = Mapping[str, Any]
_Figures: TypeAlias = Mapping[str, float]


@frozen
class Run:
    """One run as its folder tells of it.

    ``outcome`` is ``finished``, ``stopped``, ``failed``, ``cut off``, ``under way``,
    ``elsewhere`` or ``unreadable``, and in the last case ``reason`` says why. ``validation`` holds
    the figures of the best epoch, by which the weights are kept; ``last`` those of the last one and
    ``best`` the best value of each figure whenever it was.
    """

    folder: Path
    outcome: str
    epochs: int = 0
    validation: Mapping[str, float] = field(default_factory=dict)
    test: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    last: Mapping[str, float] = field(default_factory=dict)
    best: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    planned: int = 0
    """How many epochs it was to have when it began, or went on."""
    device: str = "cpu"
    has_checkpoint: bool = False
    """Whether there is what it takes to go on."""
    host: str = ""
    """The host on which it was begun, where not here."""
    parameters: int = 0
    """How many parameters its network has."""
    samples: int = 0
    """How many samples it trains on."""

    @property
    def goes_on_elsewhere(self) -> bool:
        """Whether it goes on at its host, or has ended there and was not fetched."""
        return self.outcome == "elsewhere"

    @property
    def can_go_on(self) -> bool:
        """Whether it was interrupted before its last epoch, or goes on elsewhere unwatched."""
        if self.goes_on_elsewhere:
            return True
        ended = self.outcome not in ("stopped", "cut off", "failed")
        return not ended and self.has_checkpoint and self.epochs < self.planned

    @property
    def can_go_further(self) -> bool:
        """Whether it is over, and could have more epochs."""
        return self.has_checkpoint and self.outcome == "finished"

    @property
    def has_stopped_early(self) -> bool:
        """Whether it is over before the last of its epochs: early stopping has ended it."""
        return self.outcome == "finished" and self.epochs < self.planned


def recipe_further(run: Run, recipe: Recipe, epochs: int) -> Recipe:
    """Return the recipe with which a run goes on, for so many epochs in all.

    A run that early stopping has ended would be over again at once, so it goes on without that.
    """
    options = recipe.options
    if run.has_stopped_early and epochs > run.epochs:
        options = tuple(each for each in options if each.kind != EARLY_STOPPING)
    return replace(recipe, epochs=epochs, options=options)


def read_runs(folder: Path) -> tuple[Run, ...]:
    """Return the runs kept in a folder, the newest first; what has no log is left out."""
    try:
        kept = [each for each in folder.iterdir() if _has_log(each)]
    except OSError:  # there is no such folder, or it may not be read
        return ()
    return tuple(map(read_run, sorted(kept, reverse=True)))


def read_run(folder: Path, there: Collection[str] | None = None) -> Run:
    """Return what the log of one run tells; lines that are no events are passed over.

    ``there`` are the names in its folder, where they are known.
    """
    epochs: list[_Event] = []
    started: _Event = {}
    last: _Event = {}
    there = names_in(folder) if there is None else there
    try:
        for event in _events(log_of(folder, there)):
            last = event
            kind = event.get("event")
            if kind == "epoch_ended":
                epochs.append(event)
            elif kind == "started":
                started = event
    except OSError as error:
        return Run(folder, "unreadable", reason=error.strerror or str(error))
    end = last if last.get("event") == "finished" else {}
    validation = [_figures(each.get("validation")) for each in epochs]
    host = _host(folder) if _may_be(REMOTE, there) else ""
    is_held = _may_be(LOCK, there) and late("app.runs.holding").is_held(folder)
    return Run(
        folder,
        "under way" if is_held else _outcome(last, host),
        len(epochs),
        _figures(end.get("validation")) or _of_best(epochs, validation),
        _figures(end.get("test")),
        _number(end.get("seconds")) or sum(_number(each.get("seconds")) for each in epochs),
        last=validation[-1] if validation else {},
        best=_best_of(validation),
        planned=int(_number(started.get("epochs"))),
        device=str(started.get("device", "cpu")),
        has_checkpoint=_may_be(CHECKPOINT, there) and is_plain_file(folder / CHECKPOINT),
        host=host,
        parameters=int(_number(started.get("parameters"))),
        samples=int(_number(started.get("train_samples"))),
    )


def _may_be(name: str, there: Collection[str] | None) -> bool:
    return there is None or name in there


def _of_best(epochs: Sequence[_Event], validation: Sequence[_Figures]) -> _Figures:
    """Return the figures of the best epoch: the last one told to be, else that of least loss."""
    for epoch, told in zip(reversed(epochs), reversed(validation), strict=True):
        if epoch.get("is_best") is True:
            return told
    return min(validation, key=lambda told: told.get("loss", math.inf), default={})


def _best_of(validation: Sequence[_Figures]) -> _Figures:
    """Return the best value of each figure, whichever epoch had it."""
    best: dict[str, float] = {}
    for name in dict.fromkeys(name for told in validation for name in told):
        values = [told[name] for told in validation if name in told]
        best[name] = max(values) if is_larger_better(name) else min(values)
    return best


@lru_cache(1024)
def is_larger_better(figure: str) -> bool:
    """Tell whether a figure is the better the larger it is; losses are not."""
    metric = metric_of(figure.rpartition(".")[2])
    return metric is not None and metric[0].larger_is_better


def _host(folder: Path) -> str:
    """Return the host on which a run was begun, as its folder tells."""
    try:
        told = json.loads(read_start(folder / REMOTE, _LARGEST_REMOTE))
        return str(told["host"])
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""


def interrupted_run(folder: Path) -> Run | None:
    """Return the newest of the runs kept in a folder, where it was interrupted and can go on."""
    try:
        newest = max((each for each in folder.iterdir() if _has_log(each)), default=None)
    except OSError:
        return None
    run = read_run(newest) if newest is not None else None
    return run if run is not None and run.can_go_on else None


def best_weights(folder: Path) -> Path | None:
    """Return the weights of the best epoch of a run, where there are any yet."""
    path = folder / BEST
    return path if path.exists() else None


def kept_weights(folder: Path) -> Path | None:
    """Return the best weights of a run, or the last ones of one stopped in its first epoch."""
    path = folder / LAST
    return best_weights(folder) or (path if path.exists() else None)


def project_file(folder: Path) -> Path:
    """Return the project as it was when a run began."""
    return folder / PROJECT


def trained_project(folder: Path) -> Project | None:
    """Read what a run trained, where that can be read."""
    try:
        return load(project_file(folder))
    except ProjectFileError:
        return None


def delete_run(folder: Path) -> None:
    """Delete a run with its weights; raises ``OSError``."""
    shutil.rmtree(folder)


def _has_log(folder: Path) -> bool:
    try:
        log_of(folder).lstat()
    except OSError:
        return False
    return True


def _events(log: Path) -> Iterator[_Event]:
    """Yield the events of a log that matter, the last one whatever it is."""
    lines: list[bytes] = []
    steps, behind = b"", 0
    for line in lines_of(log):
        if line.startswith(STEPS):  # of which nothing but the last matters here
            steps, behind = line, len(lines)
        else:
            lines.append(line)
    events = mappings_of(lines)
    yield from (each for each in events if each is not None)
    if steps and not any(events[behind:]) and (event := as_mapping(steps)) is not None:
        yield event


def _outcome(last: _Event, host: str) -> str:
    if last.get("stopped") is True:
        return "stopped"
    kind = last.get("event")
    if kind in ("finished", "failed"):
        return str(kind)
    return "elsewhere" if host else "cut off"


def _figures(stored: object) -> dict[str, float]:
    """Return the figures among what is stored, which are finite numbers by name."""
    found = stored.items() if isinstance(stored, dict) else ()
    return {
        name: value
        for name, value in found
        if (type(value) is float and abs(value) < math.inf) or _is_number(value)
    }


def _number(stored: object) -> float:
    return stored if _is_number(stored) else 0.0


def _is_number(stored: object) -> TypeGuard[float]:
    is_whole = isinstance(stored, int) and not isinstance(stored, bool) and abs(stored) < 2**63
    return is_whole or (isinstance(stored, float) and math.isfinite(stored))
