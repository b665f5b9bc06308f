"""A process that runs texts of others: it is told lines, answers with lines, and can be killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading


class Process:
    """Runs a module of the application: a line in, some lines out, the last with its ``status``."""

    def __init__(self, module: str) -> None:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
        environment = {**os.environ, "PYTHONPATH": paths, "CUDA_VISIBLE_DEVICES": ""}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            env=environment,
            start_new_session=True,  # so that what it starts ends with it
        )
        self.was_slow = False
        self._in_use = threading.Lock()

    def tell(self, line: str, seconds: float) -> list[str]:
        """Send a line and return what it answers; the ``status`` is not among it where it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        lines: list[str] = []
        timer = threading.Timer(seconds, self._stop)
        timer.start()
        with self._in_use, contextlib.suppress(OSError, ValueError):  # it has ended, or was closed
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
            for answer in self._process.stdout:
                lines.append(answer)
                if answer.startswith('{"status"'):
                    break
        timer.cancel()
        return lines

    def close(self) -> int:
        """End it, also while it is asked, and return its exit status."""
        self.kill()
        with self._in_use:
            self._process.communicate()
        return self._process.returncode

    def kill(self) -> None:
        """Kill it, and what it has started."""
        if self._process.returncode is None and os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _stop(self) -> None:
        self.was_slow = True
        self.kill()


def read_line(line: str) -> object:
    """Return what a line says, ``None`` where it is no JSON: a text may write there as well."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def reason_of(code: int) -> str:
    """Return what an exit status means."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit status {code}"
