"""Deleting runs so that it can be undone: they are set aside, and removed for good days later."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import Final

ASIDE: Final = ".deleted"
"""The folder among the runs in which those lie that were deleted."""
KEPT_FOR: Final = 7 * 24 * 3600.0
"""Seconds for which a deleted run can be brought back."""


def set_aside(folder: Path) -> Path:
    """Take the folder of a run out of the list and return where it lies now.

    Raises ``OSError`` where it cannot be moved; nothing is lost then.
    """
    within = folder.parent / ASIDE
    within.mkdir(exist_ok=True)
    aside = _free(within / folder.name)
    folder.rename(aside)
    with contextlib.suppress(OSError):
        os.utime(aside)  # from when on it waits to be removed
    return aside


def bring_back(aside: Path) -> Path:
    """Put a run that was set aside where it was; raises ``OSError``."""
    folder = _free(aside.parent.parent / aside.name)
    aside.rename(folder)
    return folder


def remove_old(runs: Path, now: float | None = None) -> None:
    """Remove for good what was deleted long ago; what cannot be removed stays."""
    moment = time.time() if now is None else now
    with contextlib.suppress(OSError):
        for each in [*(runs / ASIDE).iterdir()]:
            if moment - each.stat().st_mtime > KEPT_FOR:
                shutil.rmtree(each, ignore_errors=True)


def _free(path: Path) -> Path:
    """Return a path like this that is not taken."""
    number, found = 2, path
    while os.path.lexists(found):
        found = path.with_name(f"{path.name} {number}")
        number += 1
    return found
