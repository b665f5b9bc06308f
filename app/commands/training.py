"""Running a job from the command line, until its end or Ctrl+C."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

from app.commands import FAILED, FINE, INTERRUPTED, UsageError
from app.commands.project import make_folder
from app.runs.events import Event, Failed, Finished, Kept, NotKept
from app.runs.folder import holds_run, in_the_way, new_folder
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from app.training.torchrun import train_shared

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, what a batch system sends before it kills, and a terminal that is closed."""


def free_folder(name: str) -> str:
    """Return the name of a folder here in which there is no run yet."""
    return str(next(each for each in free_folders(name) if not holds_run(each)))


def free_folders(name: str) -> Iterator[Path]:
    """Yield folders here that could be taken, the first of them without a number."""
    return (Path(f"{name}-{number}" if number > 1 else name) for number in count(1))


def folder_for_run(given: str) -> Path:
    """Make the folder of a run; raises ``UsageError``, and where it holds a run already."""
    return make_folder(free_for_run(given))


def free_for_run(given: str) -> Path:
    """Return a folder; raises ``UsageError`` where it holds a run already."""
    folder = Path(given)
    if holds_run(folder):
        raise UsageError(
            f"The folder {folder} holds a run or a project already, which stays as it is. Choose "
            "another folder, or go on with the run by --resume."
        )
    if found := in_the_way(folder):
        raise UsageError(
            f"The folder {folder} holds {', '.join(found)}, which a run would replace. Choose "
            "another folder, such as one that is not there yet."
        )
    return folder


Drive: TypeAlias = Callable[[Job, Control], Iterator[Event]]


def run_job(job: Job, tell: Callable[[Event], None], drive: Drive | None = None) -> int:
    """Do a job, telling every event, and return the exit status; ``drive`` does it elsewhere.

    The first Ctrl+C ends the run properly, with its weights kept; the second at once. A run that
    cannot be kept in its folder at its end is kept elsewhere; the status tells of that.
    """
    control = Control()
    with stopping(lambda: _stop(control)):
        return _follow(job, control, _unless_full(tell), drive or driver(job))


@contextmanager
def stopping(stop: Callable[[], object]) -> Iterator[None]:
    """Call ``stop`` at the first Ctrl+C, and end at once at the second."""
    before = {number: signal.getsignal(number) for number in _heeded()}
    told: list[int] = []

    def heed(number: int, _: object) -> None:
        if told:
            raise KeyboardInterrupt
        told.append(number)
        stop()

    for number in before:
        signal.signal(number, heed)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heeded() -> Iterator[int]:
    """Yield the signals that end a run; ``nohup`` says that SIGHUP is none of them."""
    for number in (getattr(signal, name) for name in _ENDS if hasattr(signal, name)):
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            yield number


def driver(job: Job) -> Drive:
    """Return what does a job here: in this process, or shared by several as its recipe says."""
    if job.recipe.option("distributed") and job.folder is not None:
        return train_shared
    return train


def _follow(job: Job, control: Control, tell: Callable[[Event], None], drive: Drive) -> int:
    status = FAILED
    folder = str(job.folder or "")
    elsewhere = _other_folders(job.project.network.name)
    for event in drive(job, control):
        tell(event)
        if isinstance(event, NotKept) and event.is_over:
            _keep_elsewhere(control, elsewhere)
        elif isinstance(event, Kept):
            folder = event.folder
        elif isinstance(event, Finished):
            status = INTERRUPTED if event.stopped else FINE
        elif isinstance(event, Failed):
            status = FAILED
    return status if folder == str(job.folder or "") else FAILED


def _keep_elsewhere(control: Control, folders: Iterator[Path]) -> None:
    """Keep the run in the next folder; after the last of them wait for room, or for Ctrl+C."""
    folder = next(folders, None)
    if folder is not None:
        control.keep_in(folder)
    else:
        control.stop()
        print("Waiting until it can be written; Ctrl+C gives it up.", file=sys.stderr)


def _other_folders(name: str) -> Iterator[Path]:
    """Yield where a run can be kept that has no room where it should be."""
    yield new_folder(name)
    yield new_folder(name, Path.cwd())
    yield new_folder(name, Path(tempfile.gettempdir()))


def _unless_full(tell: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return what tells events as long as it can: a full disk under the output ends no run."""
    is_told = True

    def tell_or_not(event: Event) -> None:
        nonlocal is_told
        try:
            if is_told:
                tell(event)
        except BrokenPipeError:
            raise  # whoever read has gone, and wants no more of it
        except OSError as error:
            is_told = False
            print(f"layerweft: the output cannot be written: {error.strerror}", file=sys.stderr)

    return tell_or_not


def _stop(control: Control) -> None:
    """End a run; one that has been stopped, and waits to be kept, is given up."""
    if control.is_stopped:
        raise KeyboardInterrupt
    control.stop()
