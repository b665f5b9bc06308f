"""Pause, single step and stop of a run, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NamedTuple


class Command(Enum):
    """What a run can be told."""

    PAUSE = "pause"
    RESUME = "resume"
    STEP = "step"
    STOP = "stop"
    LEAVE = "leave"
    KEEP_IN = "keep_in"
    GIVE_UP = "give_up"
    OBSERVE = "observe"


class Order(NamedTuple):
    """A command, and what it names: a folder, or observers."""

    command: Command
    named: str = ""


class Control:
    """Asked by the loop before each step; told by whoever watches the run."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._elsewhere: Callable[[Order], object] = _to_nobody
        self._orders: list[Order] = []
        self._heard = 0
        self._steps_allowed = 0
        self._paused = False
        self._stopped = False
        self.is_leaving = False
        """Whether the run is to end at once, without its last figures."""
        self.is_given_up = False
        """Whether what cannot be kept of the run is to be let go at its end."""
        self.folder: Path | None = None
        """Where else the run is to be kept, if it is."""
        self.observers: tuple[str, ...] = ()
        """Who is to look at a step now and then, by the names in ``app.observing``."""
        self._free = True  # read without the lock, once a step
        self.is_undisturbed = True
        """Whether nobody wants anything of the next step: neither that it waits nor a look."""

    @classmethod
    def of_nobody(cls) -> Control:
        """Return one for a run that nobody steers, nor saves from what befalls the disk."""
        control = cls()
        control.give_up()
        return control

    @property
    def is_paused(self) -> bool:
        """Whether the run waits, or will after the steps still allowed."""
        return self._paused

    @property
    def is_stopped(self) -> bool:
        """Whether the run is to end."""
        return self._stopped

    @property
    def would_wait(self) -> bool:
        """Whether the next step is not to be done yet."""
        return not self._free and self._paused and not self._steps_allowed and not self._stopped

    @contextmanager
    def passed_on(self, tell: Callable[[Order], object]) -> Iterator[None]:
        """Tell a run elsewhere what was ordered so far, and at once what is ordered from now on."""
        with self._condition:
            for order in self._orders:
                tell(order)
            self._elsewhere = tell
        try:
            yield
        finally:
            with self._condition:
                self._elsewhere = _to_nobody

    @property
    def orders(self) -> tuple[Order, ...]:
        """All that was told so far, to be told again to a run in another process."""
        return tuple(self._orders)

    def pause(self) -> None:
        """Wait before the next step."""
        self.do(Command.PAUSE)

    def resume(self) -> None:
        """Go on."""
        self.do(Command.RESUME)

    def step(self) -> None:
        """Do a single step, then wait."""
        self.do(Command.STEP)

    def stop(self) -> None:
        """End the run before its next step; it keeps its weights and tells its figures."""
        self.do(Command.STOP)

    def leave(self) -> None:
        """End the run as soon as it can be; it keeps its weights, but tells no figures."""
        self.do(Command.LEAVE)

    def keep_in(self, folder: Path) -> None:
        """Keep the run in another folder from now on, with all of it so far."""
        self.do(Command.KEEP_IN, str(folder))

    def give_up(self) -> None:
        """Let go at the end what cannot be kept of the run."""
        self.do(Command.GIVE_UP)

    def observe(self, *observers: str) -> None:
        """Have these look at a step now and then, and no others; nobody where there are none."""
        self.do(Command.OBSERVE, " ".join(observers))

    def do(self, command: Command, named: str = "") -> None:
        """Follow a command."""
        with self._condition:
            order = Order(command, named)
            self._orders.append(order)
            self._elsewhere(order)
            match command:
                case Command.PAUSE:
                    self._paused, self._steps_allowed = True, 0
                case Command.RESUME:
                    self._paused, self._steps_allowed = False, 0
                case Command.STEP:
                    self._paused, self._steps_allowed = True, self._steps_allowed + 1
                case Command.STOP:
                    self._stopped = True
                case Command.LEAVE:
                    self._stopped = self.is_leaving = True
                case Command.KEEP_IN:
                    self.folder = Path(named)
                case Command.OBSERVE:
                    self.observers = tuple(named.split())
                case Command.GIVE_UP:
                    self.is_given_up = True
            self._free = not self._paused and not self._stopped
            self.is_undisturbed = self._free and not self.observers
            self._condition.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait for a command since the last wait, but no longer than this."""
        with self._condition:
            self._condition.wait_for(lambda: len(self._orders) > self._heard, seconds)
            self._heard = len(self._orders)

    def admit(self) -> bool:
        """Wait while paused; return whether to do one more step."""
        if self._free:
            return True
        with self._condition:
            while self._paused and not self._steps_allowed and not self._stopped:
                self._condition.wait()
            self._steps_allowed = max(0, self._steps_allowed - 1)
            return not self._stopped


def _to_nobody(_: Order) -> None:
    pass
