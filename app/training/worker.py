"""A process of its own that does one job after another: PyTorch is imported once for all."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from app.runs.events import Event
from app.runs.job import Job
from app.training.control import Command, Control, Order
from app.training.process import follow


class Worker:
    """Does jobs in a process, each as ``app.training.engine.train`` does; to be used ``with``.

    The process is started with the first job, and again where it was killed.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        self._pipes: tuple[Connection, Connection] | None = None
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __call__(self, job: Job, control: Control) -> Iterator[Event]:
        """Do a job and tell of it; if the process is killed, the last event is ``Failed``."""
        if self._process is None or not self._process.is_alive():
            self._start()
        assert self._pipes is not None
        events, orders = self._pipes
        self._number += 1
        with contextlib.suppress(OSError):  # it died just now, which is told as of any other
            orders.send((self._number, job))
        with control.passed_on(partial(_tell, orders, self._number)):
            yield from follow(self._process, events)

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def kill(self) -> None:
        """End the process, from any thread: whoever follows a job is told of its end."""
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError, AttributeError):  # it is being started, or closed
                process.kill()

    def close(self) -> None:
        """End the process."""
        if self._process is None:
            return
        self._process.kill()
        self._process.join()
        for pipe in self._pipes or ():
            pipe.close()
        self._process, self._pipes = None, None

    def _start(self) -> None:
        self.close()
        events, events_of_child = self._context.Pipe(duplex=False)
        orders_of_child, orders = self._context.Pipe(duplex=False)
        self._process = self._context.Process(
            target=_work, args=(events_of_child, orders_of_child), daemon=True
        )
        self._process.start()
        events_of_child.close()
        orders_of_child.close()
        self._pipes = events, orders


def _tell(orders: Connection, number: int, order: Order) -> None:
    with contextlib.suppress(OSError):
        orders.send((number, (order.command.value, order.named)))


def _work(events: Connection, told: Connection) -> None:
    """Do what comes, in the process of its own, until nobody is left to tell."""
    jobs: queue.SimpleQueue[tuple[Job, Control] | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(told, jobs), daemon=True).start()
    from app.training.engine import train  # torch, which the parent may never need

    while (given := jobs.get()) is not None:
        for event in train(*given):
            events.send(event)


def _listen(told: Connection, jobs: queue.SimpleQueue[tuple[Job, Control] | None]) -> None:
    """Hand on jobs, and orders to the one they are meant for."""
    controls: dict[int, Control] = {}
    try:
        while True:
            number, what = told.recv()
            if isinstance(what, Job):
                controls[number] = Control.of_nobody()
                jobs.put((what, controls[number]))
            else:
                command, named = what
                controls[number].do(Command(command), named)
    except (EOFError, OSError):
        for control in controls.values():
            control.leave()
        jobs.put(None)
