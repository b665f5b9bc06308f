"""Random mouse and keys on a real window, with trainings in between, and the memory afterwards.

``python -m tools.random_session [MINUTES] [--times N] [--seed S] [--log FILE]`` shows the window on
a screen of its own, does all there is (``tools.memory_cycles``) twice, and notes what memory is
taken: what is loaded once, when it is first needed, is no growth.
Then it does anything at all for so many minutes, so many times, brings the window back to its
beginning after each, and prints what it then holds more than before. An exception, a crash, a
training that does not start or more than 20 MB ends with status 1. Every action is written to the
log.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TextIO

from tests.screen.driver import Hosted, Screen, until
from tools.random_session.census import grown
from tools.random_session.mouse_and_keys import Hand

_SIZE: Final = (1280, 800)
_TOP: Final = 26
"""The height of the title bar, with the buttons that close and shrink the window."""
_LIMIT: Final = 20.0
"""Megabytes that may stay."""
_PATIENCE: Final = 300.0
_STARTS_WITHIN: Final = 60.0
"""Seconds from F5 to a run, with PyTorch loaded and the file read if need be."""
_TRAINABLE: Final = ("iris-mlp", "fashion-mlp", "digits-resnet")
_TRAIN_EVERY: Final = (30.0, 60.0)
"""Seconds from the beginning of one training to that of the next."""


class Session:
    """A window, a hand that works on it, and the log of what it does."""

    def __init__(self, hosted: Hosted, hand: Hand, log: TextIO) -> None:
        self._hosted, self._hand, self._log = hosted, hand, log
        self.actions = 0
        self.refused = 0
        """How many trainings did not start though they should have."""

    def warm_up(self, trainable: list[str]) -> None:
        """Do everything there is twice, and train on each of some examples.

        What is loaded once, when it is first needed, is there then: the modules of dialogs and of
        exports, those that torch imports with the first step of its kind, fonts, pictures of
        letters. It is no growth, and would be taken for such by a figure from before.
        """
        for _ in range(2):
            for name in self._hosted.ask("cycles"):
                self._note(f"cycle {name}")
                self._hosted.ask("cycle", name=name)
                self._come_to_rest()
        for example in trainable:
            self._train(example)
            self._wait(lambda: self._hosted.ask("training")["epochs"], "the first epoch")
            self._settle(2)
            self._come_to_rest()
            self._settle(3)

    def run(self, seconds: float, trainable: list[str]) -> dict[str, Any]:
        """Do anything at all for so long; return what the window says at the end."""
        chance, end = self._hand.chance, time.monotonic() + seconds
        next_training = time.monotonic()
        while time.monotonic() < end:
            if time.monotonic() >= next_training:
                next_training = time.monotonic() + chance.uniform(*_TRAIN_EVERY)
                self._train(chance.choice(trainable))
            self._note(self._hand.act())
            self.actions += 1
            self._hosted.ask("alive")
            time.sleep(chance.uniform(0, 0.15))
        self._come_to_rest()
        said: dict[str, Any] = self._hosted.ask("alive")
        return said

    def taken(self) -> dict[str, Any]:
        """Bring the window back to its beginning and return what it holds."""
        self._come_to_rest()
        self._hosted.ask("reset")
        self._settle(4)
        found: dict[str, Any] = self._hosted.ask("taken")
        return found

    def _train(self, example: str) -> None:
        """Stop what runs, open an example and press F5; say why where no run begins then."""
        self._come_to_rest()
        self._note(f"open {example} and train")
        self._hosted.ask("example", name=example)
        self._wait(lambda: self._hosted.ask("training")["can_start"], "its data")
        started = self._hosted.ask("alive")["started"]
        self._hand.press("F5")
        end = time.monotonic() + _STARTS_WITHIN
        while self._hosted.ask("alive")["started"] == started:
            if time.monotonic() > end:
                self.refused += 1
                why = f"no run of {example} began: {self._hosted.ask('why_no_run')}"
                self._note(why)
                print(why, flush=True)
                return
            time.sleep(0.1)

    def _come_to_rest(self) -> None:
        self._hand.press("Escape", "Escape", "Escape")
        self._wait(lambda: self._hosted.ask("calm"), "the window to come to rest")

    def _settle(self, seconds: float) -> None:
        time.sleep(seconds)
        self._hosted.ask("alive")

    def _wait(self, question: Callable[[], object], what: str) -> None:
        until(question, what, _PATIENCE)

    def _note(self, what: str) -> None:
        print(f"{time.monotonic():.2f} {what}", file=self._log, flush=True)


def main() -> int:
    """Do so many sessions in one window; return 1 where one did not end as it should."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", nargs="?", type=float, default=10)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, default=Path("random_session.log"))
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        Screen(*_SIZE) as screen,
        chosen.log.open("w", encoding="utf-8") as log,
    ):
        screen.environment |= {"HOME": home, "LAYERWEFT_HOME": home}
        arguments = [home, str(chosen.seed)]
        with Hosted(screen, arguments, module="tools.random_session.window") as hosted:
            hand = Hand(screen, _SIZE, _TOP, chosen.seed)
            return _sessions(Session(hosted, hand, log), chosen.minutes, chosen.times)


def _sessions(session: Session, minutes: float, times: int) -> int:
    trainable = list(_TRAINABLE)
    session.warm_up(trainable)
    first = session.taken()
    _print("warmed up", first, first)
    worst, last = 0.0, first
    said: dict[str, Any] = {}
    for number in range(1, times + 1):
        said = session.run(60 * minutes, trainable)
        now = session.taken()
        _print(f"session {number}, {session.actions} actions, {said}", now, first)
        print(f"    more than before: {', '.join(grown(last['kinds'], now['kinds']))}", flush=True)
        worst, last = max(worst, now["megabytes"] - first["megabytes"]), now
    exceptions, refused = said.get("exceptions", 0), session.refused
    print(f"at most {worst:.1f} MB more, {exceptions} exceptions, {refused} trainings not started")
    return int(worst > _LIMIT or exceptions > 0 or refused > 0)


def _print(what: str, now: dict[str, Any], first: dict[str, Any]) -> None:
    figures = {name: value for name, value in now.items() if name not in ("kinds", "megabytes")}
    more = now["megabytes"] - first["megabytes"]
    print(f"{what}: {now['megabytes']:.1f} MB ({more:+.1f}), {figures}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
