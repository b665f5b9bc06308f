"""A run without a window, for the command line."""

from __future__ import annotations

from collections.abc import Callable

from app.runs.events import Event, Failed, Finished
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from graph_model.problems import GraphError


def run_headless(
    job: Job, on_event: Callable[[Event], None], control: Control | None = None
) -> Finished | Failed:
    """Do a job to its end, handing on each event; return the last one.

    Ctrl+C passes through as ``KeyboardInterrupt``, after the weights so far have been saved.
    """
    for event in train(job, control):
        on_event(event)
        if isinstance(event, Finished | Failed):
            return event
    raise GraphError("a run ends with Finished or Failed")
