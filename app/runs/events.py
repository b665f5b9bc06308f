"""What a run tells while it goes on: frozen events, each of which can be written as JSON."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from app.runs.looks import Looks
from app.runs.pictures import Shown
from app.runs.predictions import Predictions
from graph_model.frozen import frozen
from graph_model.problems import Problem

PICTURES: Final = "pictures"
"""Asked for like an observer: what outputs that give pictures give after an epoch."""
ANSWERS: Final = "answers"
"""The same of what outputs with a target say of some samples; asked for before a run begins."""

Figure: TypeAlias = float | Sequence[float] | Sequence[Sequence[int]]
"""One number, one for each class, or the rows of a confusion matrix."""

Metrics: TypeAlias = Mapping[str, Figure]
"""Figures by name: ``loss``, then those of ``graph_model.recipes.metrics``, such as ``accuracy``.

With several outputs each name but ``loss`` is preceded by that of the output: ``mask.accuracy``.
"""


def numbers(metrics: Metrics) -> dict[str, float]:
    """Return the figures that are one number each."""
    return {name: value for name, value in metrics.items() if isinstance(value, int | float)}


def of_classes(metrics: Metrics) -> dict[str, list[float]]:
    """Return the figures that are one number for each class."""
    found: dict[str, list[float]] = {}
    for name, value in metrics.items():
        if not isinstance(value, int | float):
            shares = [each for each in value if isinstance(each, int | float)]
            if shares and len(shares) == len(value):
                found[name] = shares
    return found


@frozen
class Started:
    """The model is built and the data are ready."""

    device: str
    parameters: int
    epochs: int
    steps_per_epoch: int
    train_samples: int
    validation_samples: int
    test_samples: int
    left_out: int = 0
    """Rows that are no samples, for they lack a value."""


@frozen
class BegunWith:
    """The run begins with so many weights of a file.

    Those ``left`` stay as new, for the file has none of the name and shape; the ``unused`` are in
    the file alone.
    """

    path: str
    taken: int
    left: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@frozen
class Resumed:
    """The run goes on from a checkpoint, after so many epochs and steps that are done.

    ``told`` is what it told until then; what it told after that, it tells again.
    """

    epoch: int
    step: int
    seconds: float
    told: tuple[Event, ...] = ()


@frozen
class Steps:
    """Steps done since the last such event; the last of them is number ``step``, from 1 on."""

    step: int
    losses: tuple[float, ...]
    learning_rate: float
    samples_per_second: float


@frozen
class EpochEnded:
    """An epoch is done, and what it gave on the training and the validation split.

    The training figures are those of the steps themselves, in training mode.
    """

    epoch: int
    step: int
    train: Metrics
    validation: Metrics
    learning_rate: float
    samples_per_second: float
    seconds: float
    is_best: bool
    unreadable: int = 0
    """How many pictures could not be read, and were left out."""
    first_unreadable: str = ""


@frozen
class Finished:
    """The run is over, after its epochs or because it was stopped.

    ``validation`` and ``test`` hold for the weights of the best epoch, by the figure that decides,
    or for the last ones where players have no such figure; ``test`` is empty without a test split.
    A run stopped within its first epoch has ``best_epoch`` 0 and the figures of its last weights.
    """

    epochs: int
    best_epoch: int
    validation: Metrics
    test: Metrics
    seconds: float
    stopped: bool


@frozen
class Failed:
    """The run ended early; the problem says why and, where it is known, at which node.

    ``details`` is the traceback of an error that nobody foresaw.
    """

    problem: Problem
    details: str = ""


@frozen
class NotKept:
    """The folder of the run cannot be written; the problem says why.

    What is not written is held in memory, and tried again every few seconds. With ``is_over`` the
    training is done, and its last event waits until the run is kept, there or elsewhere, or is
    given up: see :class:`app.training.control.Control`.
    """

    problem: Problem
    is_over: bool


@frozen
class Kept:
    """The run is kept again, and whole, in this folder."""

    folder: str


@frozen
class Unreached:
    """The host on which the run goes on cannot be reached just now; it is tried again."""

    problem: Problem


@frozen
class Reached:
    """The host is reached again, and the run followed from where it was."""


@frozen
class Observed:
    """What observers saw of a step: numbers by what they are, then by weight or module.

    ``arrays`` has what is several numbers each: see ``app.observing.histograms``. Told only where
    somebody asked to see it; it is not kept with the run.
    """

    step: int
    seen: Mapping[str, Mapping[str, float]]
    arrays: Mapping[str, Mapping[str, Sequence[float]]] = dataclasses.field(default_factory=dict)


LOAD: Final = "load"
"""Asked for like an observer: what :class:`Load` tells."""


@frozen
class Load:
    """What the application and the processes that it started take of this computer.

    Measured beside the run, where somebody asked to see it; it is not kept with the run.
    """

    memory: float
    """Bytes of main memory."""
    processors: float | None
    """The share of all processors that was busy for them since the last time, from 0 to 1."""


@frozen
class Pictured:
    """What outputs that give pictures gave for fixed samples at the end of an epoch.

    Told only where somebody asked to see it; it is not kept with the run.
    """

    epoch: int
    shown: tuple[Shown, ...]


@frozen
class Noticed:
    """What looked wrong at a step and was looked into: at a node, or about the recipe.

    ``path`` leads from the main network to the node, which lies in ``network``; the problem names
    it by its own id.
    """

    step: int
    problem: Problem
    path: str = ""
    network: str = ""


@frozen
class Answered:
    """What outputs with a target said of fixed samples at the end of an epoch.

    ``looks`` is what those samples look like, told with the first such event alone. Told only
    where somebody asked to see it; it is not kept with the run.
    """

    epoch: int
    answers: tuple[Predictions, ...]
    looks: Looks | None = None


Event: TypeAlias = (
    Started
    | BegunWith
    | Resumed
    | Steps
    | EpochEnded
    | Finished
    | Failed
    | NotKept
    | Kept
    | Unreached
    | Reached
    | Observed
    | Load
    | Pictured
    | Noticed
    | Answered
)


def as_json(event: Event) -> dict[str, Any]:
    """Return an event as plain values, with its name in snake case under ``event``.

    Figures that are not finite become ``None``, for JSON has no word for them.
    """
    if isinstance(event, Failed | NotKept | Unreached):
        problem = event.problem
        return {
            "event": _NAMES[type(event)],
            "code": problem.code,
            "message": problem.message,
            "node": problem.node,
        }
    if isinstance(event, Noticed):
        return _noticed(event)
    if isinstance(event, Pictured):
        event = dataclasses.replace(event, shown=())  # which are no text
    if isinstance(event, Answered):
        event = dataclasses.replace(event, answers=(), looks=None)
    if isinstance(event, Resumed):
        event = dataclasses.replace(event, told=())
    plain = _plain(dataclasses.asdict(event))
    plain.pop("told", None)  # stands in the lines before
    if not plain.get("unreadable", 1):
        del plain["unreadable"], plain["first_unreadable"]
    return {"event": _NAMES[type(event)], **plain}


def _noticed(event: Noticed) -> dict[str, Any]:
    problem = event.problem
    return {
        "event": _NAMES[Noticed],
        "step": event.step,
        "code": problem.code,
        "values": dict(problem.values),
        "message": problem.message,
        "node": event.path,
        "network": event.network,
        "fixes": [each.message for each in problem.fixes],
        "mended_by": [{"code": each.code, "values": dict(each.values)} for each in problem.fixes],
    }


_NAMES: Final[Mapping[type, str]] = {
    Started: "started",
    BegunWith: "begun_with",
    Resumed: "resumed",
    Steps: "steps",
    EpochEnded: "epoch_ended",
    Finished: "finished",
    Failed: "failed",
    NotKept: "not_kept",
    Kept: "kept",
    Unreached: "unreached",
    Reached: "reached",
    Observed: "observed",
    Load: "load",
    Pictured: "pictured",
    Noticed: "noticed",
    Answered: "answered",
}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
