"""A screen of its own, a window manager on it, and a mouse and a keyboard to use.

Starts Xvfb and openbox, starts the application there, and drives it with xdotool. The application
runs inside ``tests.screen.hosted``, which answers where things are; nothing but the answers comes
from inside, every action is a real event of the X server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")
PATIENCE = 60.0
"""Seconds to wait for anything to happen before giving up."""
_STEP = 0.03
_ROOT = Path(__file__).resolve().parents[2]

Answer = TypeVar("Answer")
Point = tuple[int, int]


def missing_programs() -> list[str]:
    """Return those of the needed programs that are not installed."""
    return [name for name in PROGRAMS if not shutil.which(name)]


def need_programs() -> None:
    """Skip the module that calls this where a program is missing; fail where none may be."""
    if missing := missing_programs():
        reason = f"needs {', '.join(missing)}, which ./dev test installs or names"
        if os.environ.get("LAYERWEFT_REQUIRE_SCREEN"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason, allow_module_level=True)


class Screen:
    """An X server without a monitor, with a window manager, for the length of a ``with``."""

    def __init__(self, width: int, height: int) -> None:
        self._size = f"{width}x{height}x24"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Screen:
        readable, writable = os.pipe()
        self._start(
            "Xvfb", "-displayfd", str(writable), "-screen", "0", self._size, "-nolisten", "tcp",
            pass_fds=(writable,),
        )  # fmt: skip
        os.close(writable)
        with os.fdopen(readable) as answer:
            display = f":{answer.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }
        self._start("openbox", env=self.environment)
        try:
            until(self._has_window_manager, "openbox to manage the screen")
        except AssertionError:
            self.__exit__()  # which nobody calls then
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def do(self, *arguments: object) -> str:
        """Run xdotool and return what it prints."""
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def click(self, at: Point, *, button: int = 1, times: int = 1) -> None:
        """Click."""
        self.do("mousemove", *at)
        self.do("click", "--repeat", times, "--delay", 60, button)

    def click_with(self, key: str, at: Point) -> None:
        """Click while a key is held."""
        self.do("keydown", key)
        self.click(at)
        self.do("keyup", key)

    def drag(self, start: Point, end: Point, steps: int = 12) -> None:
        """Press, move in steps as a hand does, and release."""
        self.do("mousemove", *start)
        self.do("mousedown", 1)
        for step in range(1, steps + 1):
            x = start[0] + (end[0] - start[0]) * step / steps
            y = start[1] + (end[1] - start[1]) * step / steps
            self.do("mousemove", round(x), round(y))
            time.sleep(_STEP)  # drag and drop between windows needs round trips of the X server
        time.sleep(6 * _STEP)
        self.do("mouseup", 1)

    def key(self, *keys: str) -> None:
        """Press keys, named as xdotool names them."""
        self.do("key", *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self.do("type", "--delay", 15, text)

    def picture(self, path: Path) -> None:
        """Write what the screen shows as a PNG file."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def _start(self, *command: str, **options: Any) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._processes.append(subprocess.Popen(command, **quiet, **options))

    def _has_window_manager(self) -> bool:
        """Look for openbox; one that gave up, as it does where the server is not ready, anew."""
        if self._processes[-1].poll() is not None:
            self._processes.pop()
            self._start("openbox", env=self.environment)
        command = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        if not shutil.which("xprop"):
            command = ["xdotool", "get_num_desktops"]
            return (
                subprocess.run(command, env=self.environment, capture_output=True).returncode == 0
            )
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return "window id" in done.stdout


class Hosted:
    """The application on a screen, asked by JSON lines."""

    def __init__(
        self,
        screen: Screen,
        arguments: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        module: str = "tests.screen.hosted",
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=_ROOT,
            env={**screen.environment, **(settings or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Hosted:
        try:
            until(lambda: self.ask("ready"), "the window to be shown")
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def ask(self, question: str, **values: object) -> Any:
        """Return the answer to one question; see ``tests.screen.hosted``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"question": question, **values}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the application ended with status {self._process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise AssertionError(f"{question} {values}: {answer['error']}")
        return answer["answer"]

    def where(self, question: str, **values: object) -> Point:
        """Return the point on the screen that a question answers."""
        x, y = self.ask(question, **values)
        return round(x), round(y)

    def wait_to_end(self) -> int:
        """Wait for the application to end and return its exit status."""
        return self._process.wait(PATIENCE)


def until(question: Callable[[], Answer], what: str, patience: float = PATIENCE) -> Answer:
    """Ask again and again until the answer is true, and return it.

    Raises ``AssertionError`` naming ``what`` did not happen in time.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(_STEP)
    raise AssertionError(f"waited {patience:g} s in vain for {what}")


def reach(hosted: Hosted, what: str, **wanted: object) -> dict[str, Any]:
    """Wait until the state of the window has these values, and return it."""

    def reached() -> dict[str, Any] | None:
        state: dict[str, Any] = hosted.ask("state")
        return state if all(state[name] == value for name, value in wanted.items()) else None

    return until(reached, what)
