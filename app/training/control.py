"""Pause, single step and stop of a run, from any thread."""

from __future__ import annotations

import threading
from enum import Enum


class Command(Enum):
    """What a run can be told."""

    PAUSE = "pause"
    RESUME = "resume"
    STEP = "step"
    STOP = "stop"


class Control:
    """Asked by the loop before each step; told by whoever watches the run."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._commands: list[Command] = []
        self._steps_allowed = 0
        self._paused = False
        self._stopped = False
        self._free = True  # read without the lock, once a step

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

    @property
    def commands(self) -> tuple[Command, ...]:
        """All that was told so far, to be told again to a run in another process."""
        return tuple(self._commands)

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

    def do(self, command: Command) -> None:
        """Follow a command."""
        with self._condition:
            self._commands.append(command)
            match command:
                case Command.PAUSE:
                    self._paused, self._steps_allowed = True, 0
                case Command.RESUME:
                    self._paused, self._steps_allowed = False, 0
                case Command.STEP:
                    self._paused, self._steps_allowed = True, self._steps_allowed + 1
                case Command.STOP:
                    self._stopped = True
            self._free = not self._paused and not self._stopped
            self._condition.notify_all()

    def admit(self) -> bool:
        """Wait while paused; return whether to do one more step."""
        if self._free:
            return True
        with self._condition:
            while self._paused and not self._steps_allowed and not self._stopped:
                self._condition.wait()
            self._steps_allowed = max(0, self._steps_allowed - 1)
            return not self._stopped
