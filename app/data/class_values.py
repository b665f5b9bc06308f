"""What values stand for which class, where a sample has one at each place, and which for none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import Array, refuse
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipes.losses import IGNORED

_FEW: Final = 32
VOIDS: Final = (255, -1, IGNORED)
"""The values that mostly mark places that are of no class, beside numbers of classes."""
_DENSE: Final = 40
"""Numbers of classes are below this, or most numbers up to the highest are there."""
COLOURS: Final = 1 << 24
"""From here on, numbers stand for colours, and below for levels."""


@frozen
class Scheme:
    """What the values of masks stand for.

    ``codes`` are their values in order, a level or a colour each, and ``classes`` the index of the
    class of each, ``IGNORED`` for the one that is ``ignored``, which is given as people read it.
    ``is_blurred`` tells that masks are black and white with blurred borders, which are cut.
    """

    codes: Array
    classes: Array
    names: tuple[str, ...]
    is_blurred: bool = False
    ignored: str = ""

    def counts(self, codes: Array, counts: Array) -> list[int]:
        """Return how many places each class has, of how many each value has."""
        classes = self.classes[np.searchsorted(self.codes, codes)]
        told = np.zeros(len(self.names), np.int64)
        np.add.at(told, classes[classes >= 0], counts[classes >= 0])
        return [int(each) for each in told]

    def of(self, codes: Array) -> Array | str:
        """Return the classes of a mask, or why it has none."""
        places = np.searchsorted(self.codes, codes).clip(max=len(self.codes) - 1)
        strange = codes[self.codes[places] != codes]
        if len(strange):
            return phrase(
                "it has the value {value}, which is no class", value=code_name(strange[0])
            )
        found = self.classes[places]
        if (found == IGNORED).all():
            return phrase("every place of it is to be ignored")
        return found


def scheme_of(folder: Path, codes: Array, ignored: str, *, is_blurred: bool = False) -> Scheme:
    """Return what values of masks stand for; those from 0 on are the numbers of their classes."""
    chosen = _ignored_of(folder, codes, ignored)
    others = codes[codes != chosen] if chosen is not None else codes
    if len(others) < 2:
        what = phrase("classes")
        refuse("data_too_few", path=folder, got=len(others), what=what, expected=2)
    if others[0] == 0 and 2 * len(others) > int(others[-1]):
        others = np.arange(int(others[-1]) + 1, dtype=codes.dtype)
        others = others[others != chosen] if chosen is not None else others
    names = tuple(map(code_name, others.tolist()))
    known, classes = others, np.arange(len(others))
    if chosen is not None:
        known, classes = np.append(known, chosen), np.append(classes, IGNORED)
        order = np.argsort(known)
        known, classes = known[order], classes[order]
    told = "" if chosen is None else code_name(chosen)
    return Scheme(known.astype(codes.dtype), classes.astype(np.int64), names, is_blurred, told)


def _ignored_of(folder: Path, codes: Array, ignored: str) -> int | None:
    """Return the value that counts for nothing: the chosen one, or 255 beside class numbers."""
    wanted = ignored.strip().lower()
    if wanted == "none":
        return None
    if wanted:
        called = {code_name(code).lower(): code for code in codes.tolist()}
        if wanted not in called:
            found = ", ".join([*called][:_FEW])
            refuse(
                "masks_lack_value", parameter="data.ignored", path=folder, got=ignored, found=found
            )
        return int(called[wanted])
    for void in VOIDS:
        others = codes[codes != void]
        if len(others) < len(codes) and _are_numbers(others):
            return void
    return None


def _are_numbers(codes: Array) -> bool:
    """Tell whether values look like numbers of classes from 0 on."""
    if len(codes) < 2 or codes[0] != 0:
        return False
    highest = int(codes[-1])
    return highest < VOIDS[0] and (highest < _DENSE or 2 * len(codes) > highest)


def code_name(code: int) -> str:
    """Return a level as a number, a colour as #rrggbb."""
    return str(int(code)) if code < COLOURS else f"#{int(code) - COLOURS:06x}"


def note_of(path: Path, scheme: Scheme) -> tuple[Problem, ...]:
    """Tell that places count for nothing, with the fix by which they do."""
    if not scheme.ignored:
        return ()
    fix = Fix("keep_ignored", SetDataArguments({"ignored": "none"}), {"value": scheme.ignored})
    told = {"path": str(path), "value": scheme.ignored}
    return (Problem("masks_ignored", told, parameter="data.ignored", fixes=(fix,)),)
