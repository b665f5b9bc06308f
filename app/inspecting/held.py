"""Holds the network that is looked at, with its data, for as long as both stay what they are."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

from app.inspecting.looking import look
from app.inspecting.seen import Look
from app.inspecting.survey import ByNode, some, survey
from app.inspecting.watch import Spot
from app.inspecting.watched import Watched
from app.runs.folder import runs_folder
from app.runs.job import Job
from app.runs.weights import weights_of_network
from app.training.checkpoint import first_line
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

_SURVEYED: Final = 32
"""From how many samples at most the figures of all nodes are."""


@frozen
class Weights:
    """Which weights are meant: those of a file, those of a new network, or the best there are.

    The best are those of the ``last`` run, else of the newest run that is kept of this network,
    else those of a new one.
    """

    file: Path | None = None
    are_new: bool = False
    last: Path | None = None


@frozen
class Wanted:
    """What is to be seen: a node in some pass, or one of its ports, for a sample of a split."""

    job: Job
    weights: Weights
    spot: Spot
    port: str = ""
    split: str = "validation"
    sample: int = 0


@frozen
class Looked:
    """What was seen, in the split that there is, which has so many ``samples``.

    ``weights`` is the file that they are of, ``None`` where they are new.
    """

    look: Look
    weights: Path | None
    split: str
    sample: int
    samples: int


@frozen
class Surveyed:
    """Figures of all nodes, of so many ``samples``, and the file of the weights."""

    figures: ByNode
    weights: Path | None
    samples: int


Told: TypeAlias = Looked | Problem


class Held:
    """Looks for one who asks at a time, from whatever thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: Watched | None = None
        self._project: Project | None = None
        self._weights: tuple[object, ...] = ()
        self._newest: tuple[Project, Path | None] | None = None

    def look(self, wanted: Wanted) -> Told:
        """Return what is seen, or the problem that keeps it from being seen."""
        try:
            with self._lock:
                weights = self._file_of(wanted.weights, wanted.job.project)
                watched = self._of(wanted.job, weights)
                split, places = _places(watched, wanted.split)
                sample = min(wanted.sample, len(places) - 1)
                seen = look(watched, int(places[sample]), wanted.spot, wanted.port)
                return Looked(seen, weights, split, sample, len(places))
        except Refusal as refusal:
            return refusal.problem
        except Exception as error:  # what torch or a custom layer says of these numbers
            return _failed(error)

    def survey(self, job: Job, wanted: Weights) -> Surveyed | Problem:
        """Return figures of all nodes for the first samples of the validation split."""
        try:
            with self._lock:
                weights = self._file_of(wanted, job.project)
                watched = self._of(job, weights)
                _, places = _places(watched, "validation")
                chosen = some(watched, [int(each) for each in places[:_SURVEYED]])
                return Surveyed(survey(watched, chosen), weights, len(chosen))
        except Refusal as refusal:
            return refusal.problem
        except Exception as error:  # what torch or a custom layer says of these numbers
            return _failed(error)

    def _file_of(self, wanted: Weights, project: Project) -> Path | None:
        """Return the file of weights, ``None`` for those that a training begins with.

        The runs that are kept are looked through once for a network: that takes a while.
        """
        if wanted.are_new or wanted.file or wanted.last:
            return None if wanted.are_new else wanted.file or wanted.last
        if self._newest is None or not _is_same(self._newest[0], project):
            kept = (each.path for each in weights_of_network(project, runs_folder()))
            self._newest = project, next(kept, None)
        return self._newest[1]

    def _of(self, job: Job, weights: Path | None) -> Watched:
        """Return the network with these weights; the data are read again where they may differ."""
        is_same = self._project is not None and _is_same(self._project, job.project)
        samples = self._watched.samples if is_same and self._watched is not None else None
        changed = weights.stat().st_mtime_ns if weights and weights.exists() else 0
        named = (weights, changed, job.weights)
        if samples is None or named != self._weights:
            self._watched = None  # two at a time need not have room
            self._watched = Watched(job, weights, samples)
            self._project, self._weights = job.project, named
        assert self._watched is not None
        return self._watched


def _is_same(one: Project, other: Project) -> bool:
    """Tell whether two projects train the same network on the same data; layouts may differ."""
    return (
        one.main == other.main
        and one.networks == other.networks
        and one.layers == other.layers
        and one.recipe == other.recipe
    )


def _places(watched: Watched, wanted: str) -> tuple[str, Sequence[int]]:
    """Return the samples of a split, of another one where it has none."""
    split = watched.samples.prepared.split
    found = next(name for name in (wanted, "validation", "train") if len(getattr(split, name)))
    return found, getattr(split, found)


def _failed(error: Exception) -> Problem:
    return Problem("values_failed", {"reason": first_line(error)})
