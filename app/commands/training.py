"""Running a job from the command line, until its end or Ctrl+C."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

from app.commands import FAILED, FINE, INTERRUPTED
from app.training.control import Control
from app.training.events import Event, Failed, Finished
from app.training.job import Job
from app.training.loop import train


def run_job(job: Job, tell: Callable[[Event], None]) -> int:
    """Do a job, telling every event, and return the exit status.

    The first Ctrl+C ends the run properly, with its weights kept; the second at once.
    """
    control = Control()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: _stop(control, _frame))
    status = FAILED
    try:
        for event in train(job, control):
            tell(event)
            if isinstance(event, Finished):
                status = INTERRUPTED if event.stopped else FINE
            elif isinstance(event, Failed):
                status = FAILED
    finally:
        signal.signal(signal.SIGINT, before)
    return status


def _stop(control: Control, _frame: FrameType | None) -> None:
    if control.is_stopped:
        raise KeyboardInterrupt
    control.stop()
