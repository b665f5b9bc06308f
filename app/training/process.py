"""The same loop in a process of its own: isolated, and at full speed for tiny steps.

The process is told of pause, step and stop through a pipe, and tells its events through another.
If it is killed, the run ends with ``Failed`` and the program that watched it goes on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Final, Protocol

from app.runs.events import Event, Failed, Finished
from app.runs.job import Job
from app.training.control import Command, Control, Order
from graph_model.problems import Problem

_SECONDS_TO_END: Final = 10.0


class _Process(Protocol):
    """What is needed of a process, whichever way it was started."""

    @property
    def exitcode(self) -> int | None: ...
    def join(self, timeout: float | None = None) -> None: ...
    def kill(self) -> None: ...
    def is_alive(self) -> bool: ...


def train_in_process(job: Job, control: Control | None = None) -> Iterator[Event]:
    """Do a job in a new process and tell of it, as ``app.training.engine.train`` does.

    Closing the generator ends the process.
    """
    context = multiprocessing.get_context("spawn")  # a fork would inherit Qt and torch threads
    events, events_of_child = context.Pipe(duplex=False)
    commands_of_child, commands = context.Pipe(duplex=False)
    process = context.Process(
        target=work, args=(job, events_of_child, commands_of_child), daemon=True
    )
    process.start()
    events_of_child.close()
    commands_of_child.close()
    control = control or Control.of_nobody()
    is_begun = threading.Event()

    def tell(order: Order) -> None:
        if order.command is Command.LEAVE and not is_begun.is_set():
            process.kill()  # it imports, or reads data: there is nothing of it to be kept
        _tell(commands, order)

    try:
        with control.passed_on(tell):
            for event in follow(process, events):
                is_begun.set()
                yield event
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        events.close()
        commands.close()


def follow(process: _Process, events: Connection) -> Iterator[Event]:
    """Pass on what the process tells until its last event."""
    while True:
        try:
            event: Event = events.recv()
        except (EOFError, OSError):
            process.join(_SECONDS_TO_END)
            yield Failed(Problem("process_killed", {"reason": exit_reason(process.exitcode)}))
            return
        yield event
        if isinstance(event, Finished | Failed):
            return  # all is written by then: nobody need wait until its interpreter is taken down


def _tell(commands: Connection, order: Order) -> None:
    with contextlib.suppress(OSError):  # the process has ended; its last events are still to come
        commands.send((order.command.value, order.named))


def exit_reason(exit_code: int | None) -> str:
    """Return what ended a process: the name of a signal, or its exit code."""
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit code {exit_code}"


def work(job: Job, events: Connection, commands: Connection) -> None:
    """Train, in the process of its own: what it tells and is told goes through these pipes."""
    from app.training.engine import train  # torch, which the parent may never need

    control = Control()
    threading.Thread(target=_obey, args=(control, commands), daemon=True).start()
    for event in train(job, control):
        events.send(event)


def _obey(control: Control, commands: Connection) -> None:
    """Do as told until nobody is left to tell; a run that nobody watches is stopped."""
    try:
        while True:
            command, named = commands.recv()
            control.do(Command(command), named)
    except (EOFError, OSError):
        control.give_up()
        control.leave()
