"""A hand that does anything at all: real events of the X server, chosen at random from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from app.actions.specs import SPECS
from tests.screen.driver import Point, Screen

_NEVER: Final = {"Ctrl+Q", "/"}
"""Keys that are not pressed: one ends the session, one could make paths that lie outside of it."""
_OTHERS: Final = """
    Escape Escape Escape Return Return space Tab Tab shift+Tab BackSpace Delete Home End Left Right
    Up Down Prior Next F2 F10 alt+f alt+e alt+v alt+n ctrl+Tab ctrl+Return ctrl+w a c l i n x 1 7 0
    minus equal ctrl+minus shift+F10 Menu ctrl+Home ctrl+End shift+Down alt+Down
""".split()
_NAMES: Final = {
    "Enter": "KP_Enter",
    "=": "equal", "-": "minus", "+": "plus", "Backspace": "BackSpace", "[": "bracketleft",
    "]": "bracketright", ".": "period", ",": "comma", "?": "question",
}  # fmt: skip
_WORDS: Final = (
    "conv2d 64", "linear 10", "relu", "max pool", "lstm 128 bi", "dropout 50%", "2 linear 64",
    "input N,1,28,28", "conv 3x3 64 > relu > maxpool 2", "flatten", "output", "0.01", "128", "0",
    "features * 2", "nn.Conv2d(3, 64, 3)", "softmax", "block", "iris", "cnn", "transformer", "add",
)  # fmt: skip


class Hand:
    """Clicks, drags, scrolls and types at random within a part of the screen."""

    def __init__(self, screen: Screen, size: tuple[int, int], top: int, seed: int) -> None:
        self._screen, self._size, self._top = screen, size, top
        self.chance: Final = random.Random(seed)
        self._keys: Final = _shortcuts() + _OTHERS * 2
        self._ways: Final[list[tuple[int, Callable[[], str]]]] = [
            (20, self._click), (4, self._double_click), (5, self._right_click), (12, self._drag),
            (8, self._wheel), (26, self._press), (5, self._type), (3, self._click_with),
            (3, self._quick_add),
        ]  # fmt: skip

    def act(self) -> str:
        """Do something, and return what, in words."""
        weights = [weight for weight, _ in self._ways]
        ((_, way),) = self.chance.choices(self._ways, weights)
        return way()

    def press(self, *keys: str) -> str:
        """Press keys one after the other."""
        self._screen.key(*keys)
        return f"key {' '.join(keys)}"

    def _at(self) -> Point:
        width, height = self._size
        return self.chance.randrange(2, width - 2), self.chance.randrange(self._top, height - 2)

    def _click(self) -> str:
        at = self._at()
        self._screen.click(at)
        return f"click {at}"

    def _double_click(self) -> str:
        at = self._at()
        self._screen.click(at, times=2)
        return f"double-click {at}"

    def _right_click(self) -> str:
        at = self._at()
        self._screen.click(at, button=3)
        return f"right-click {at}"

    def _click_with(self) -> str:
        key, at = self.chance.choice(["shift", "ctrl", "alt"]), self._at()
        self._screen.click_with(key, at)
        return f"{key}+click {at}"

    def _drag(self) -> str:
        start, end, steps = self._at(), self._at(), self.chance.randint(2, 6)
        self._screen.drag(start, end, steps)
        return f"drag {start} to {end} in {steps}"

    def _wheel(self) -> str:
        at, button, times = self._at(), self.chance.choice([4, 5]), self.chance.randint(1, 6)
        self._screen.click(at, button=button, times=times)
        return f"wheel {button} {times} times at {at}"

    def _press(self) -> str:
        return self.press(*self.chance.choices(self._keys, k=self.chance.choice([1, 1, 1, 2, 3])))

    def _type(self) -> str:
        text = self.chance.choice(_WORDS)
        self._screen.type(text)
        return f"type {text!r}"

    def _quick_add(self) -> str:
        """Add a layer as people do, so that there is a network to do something with."""
        return ", ".join([self.press("shift+a"), self._type(), self.press("Return")])


def _shortcuts() -> list[str]:
    """Return the shortcuts of all actions, as xdotool names them."""
    keys = [key for spec in SPECS.values() for key in (*spec.keys, *spec.canvas_keys)]
    return [_for_xdotool(key) for key in keys if key not in _NEVER]


def _for_xdotool(key: str) -> str:
    *held, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    last = _NAMES.get(last, last.lower() if len(last) == 1 else last)
    return "+".join([*(each.lower() for each in held), last])
