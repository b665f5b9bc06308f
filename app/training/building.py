"""From a job to its training as it stands before the first step: the text is written and made."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, cast

import torch
from torch import Tensor, nn

from app.runs.job import Job
from app.training.devices import device_called
from app.training.samples import Samples, as_data, plan_of
from codegen.build import Built, build_training
from codegen.training.script import script


class Scores(Protocol):
    """What the text has counted in an epoch."""

    samples: int
    unread: list[Any]


class Schedule(Protocol):
    """A schedule of the text, which has one, or several by name, where its recipe wants it."""

    def step(self) -> None: ...


class Training(Protocol):
    """What the text of a training offers to whoever drives it: see ``codegen.training``."""

    model: nn.Module
    epoch: int
    step: int
    steps: int
    scores: Scores
    schedule: Schedule
    schedules: Mapping[str, Schedule]
    best_epoch: int
    best_figures: Mapping[str, float]
    best: Mapping[str, Tensor]

    def events(self) -> Generator[dict[str, Any] | None, None, None]: ...
    def is_over(self) -> bool: ...
    def read(self) -> dict[str, Any]: ...
    def finish(self) -> Generator[dict[str, Any] | None, None, None]: ...
    def state(self) -> dict[str, Any]: ...
    def resume(self, state: Mapping[str, Any]) -> None: ...


def begin(
    job: Job, samples: Samples, built: Built, make_model: Callable[[], nn.Module] | None = None
) -> Training:
    """Write the text of a job's training, and make what it describes on the job's device.

    ``make_model`` stands in for the class of the network. Raises ``Refusal`` for a device that is
    not there.
    """
    device = device_called(job.device)
    plan = plan_of(job, samples)
    module = built.module_name
    made = build_training(script(plan, module), module, make_model)
    return cast(Training, made(as_data(samples, plan), torch.device(device)))


@contextmanager
def flags_restored() -> Iterator[None]:
    """Leave torch's own switches as they were, which a text may turn for its whole process."""
    anomaly = torch.is_anomaly_enabled()
    deterministic = torch.are_deterministic_algorithms_enabled()
    warn_only = torch.is_deterministic_algorithms_warn_only_enabled()
    try:
        yield
    finally:
        torch.autograd.set_detect_anomaly(anomaly)
        torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)
