"""Pause, single step and stop of a run, from any thread."""

from __future__ import annotations

import threading


class Control:
    """Asked by the loop before each step; told by whoever watches the run."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
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

    def pause(self) -> None:
        """Wait before the next step."""
        self._change(paused=True)

    def resume(self) -> None:
        """Go on."""
        self._change(paused=False)

    def step(self) -> None:
        """Do a single step, then wait."""
        self._change(paused=True, more_steps=1)

    def stop(self) -> None:
        """End the run before its next step; it keeps its weights and tells its figures."""
        self._change(paused=self._paused, stopped=True)

    def admit(self) -> bool:
        """Wait while paused; return whether to do one more step."""
        if self._free:
            return True
        with self._condition:
            while self._paused and not self._steps_allowed and not self._stopped:
                self._condition.wait()
            self._steps_allowed = max(0, self._steps_allowed - 1)
            return not self._stopped

    def _change(self, *, paused: bool, more_steps: int = 0, stopped: bool = False) -> None:
        with self._condition:
            self._steps_allowed = self._steps_allowed + more_steps if paused else 0
            self._paused = paused
            self._stopped = self._stopped or stopped
            self._free = not self._paused and not self._stopped
            self._condition.notify_all()
