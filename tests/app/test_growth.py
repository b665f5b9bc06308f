"""Twice the network is twice the work, for the commands too: counted in steps, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli
from benchmarks.growth import FORMS, unknown
from graph_model.files.storage import save
from graph_model.network import Project


def steps(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of C included, and how many lines are done."""
    count = 0

    def note(*_: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return note

    tracing = sys.gettrace()
    sys.setprofile(note)
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(tracing)
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("command", ["check", "export"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_twice_the_nodes_are_twice_the_work(
    form: Callable[[int], Project], command: str, tmp_path: Path
) -> None:
    counts = _counted(form, command, (100, 200, 400), tmp_path)
    assert counts[2] < 2.4 * counts[1] < 2.4 * 2.4 * counts[0]


def test_fixes_that_look_far_around_look_there_once(tmp_path: Path) -> None:
    """Each of these problems asks for all Inputs, and for what lies between them and a Flatten."""
    smaller, larger = _counted(unknown, "check", (800, 1_600), tmp_path)
    assert larger < 2.4 * smaller


def _counted(
    form: Callable[[int], Project], command: str, sizes: tuple[int, ...], folder: Path
) -> list[int]:
    counts: list[int] = []
    for size in sizes:
        path = folder / f"{size}.weft"
        save(form(size), path)
        cli.main([command, str(path)])  # what is remembered or imported once is not counted
        save(form(size + 10), path)
        counts.append(steps(lambda path=path: cli.main([command, str(path)])))  # type: ignore[misc]
    return counts
