"""Twice the network is twice the work, for the commands too: counted in calls, not in time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import cli
from benchmarks.growth import FORMS
from graph_model.files.storage import save
from graph_model.network import Project


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of C included."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("command", ["check", "export"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_twice_the_nodes_are_twice_the_calls(
    form: Callable[[int], Project], command: str, tmp_path: Path
) -> None:
    counts: list[int] = []
    for size in (100, 200, 400):
        path = tmp_path / f"{size}.weft"
        save(form(size), path)
        cli.main([command, str(path)])  # what is remembered or imported once is not counted
        save(form(size + 10), path)
        counts.append(calls(lambda path=path: cli.main([command, str(path)])))  # type: ignore[misc]
    assert counts[2] < 2.4 * counts[1] < 2.4 * 2.4 * counts[0]
