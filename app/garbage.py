"""When garbage is looked for, and in which thread.

Python looks for it in whatever thread happens to make the next object. Parts of the window lie in
circles, as a button and the function that it calls, so what is closed is mostly garbage; were it
found by the thread that trains, or by one that reads data, Qt's objects would be taken apart there
while the window's thread still has events for them, and the program would die. So the window takes
over: see decision 0099.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_held: list[None] = []
"""An entry for each that wants no garbage looked for just now."""


def take_over() -> None:
    """Have no thread look for garbage by itself any more: who takes over calls ``collect_due``."""
    gc.disable()


def collect_due() -> None:
    """Look for garbage as Python would have done by now, in the thread that calls this."""
    if not _held and (due := _due_generation()) is not None:
        gc.collect(due)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage while much is made that stays, which would be looked through each time.

    At 10,000 nodes that is a tenth of the time that opening them takes.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    _held.append(None)
    try:
        yield
    finally:
        _held.pop()
        if was_enabled:
            gc.enable()


def _due_generation() -> int | None:
    """Return the oldest generation that is due: many young objects stand for several rounds."""
    due = None
    made, *rounds = gc.get_count()
    young, *limits = gc.get_threshold()
    if made > young:
        due = 0
        for generation, (waited, limit) in enumerate(zip(rounds, limits, strict=True), start=1):
            young *= max(1, limit)
            if waited > limit or made > young:
                due = generation
    return due
