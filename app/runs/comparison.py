"""What differs between two runs: in the drawing, in the recipe, in the data, in what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.runs.folder import ENVIRONMENT
from app.runs.store import Run, read_run, trained_project
from graph_model.editing.differences import Change, Differences, differences
from graph_model.editing.recipe_differences import recipe_differences
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen

_LARGEST: Final = 2**20
"""Bytes of an ``environment.json`` that are read; one has a few hundred."""


@frozen
class Comparison:
    """Two runs and what differs between them.

    ``drawing`` and ``recipe`` are ``None`` where a run's project cannot be read, and
    ``are_samples_same`` where a run does not tell its samples, as they are split and scaled.
    ``figures`` has what either told, of the validation split and, after ``test.``, of the test
    split: ``None`` stands for what it did not.
    """

    runs: tuple[Run, Run]
    drawing: Differences | None
    recipe: tuple[Change, ...] | None
    are_samples_same: bool | None
    figures: dict[str, tuple[float | None, float | None]]


def compare(one: Path, other: Path) -> Comparison:
    """Compare the runs in two folders."""
    runs = (read_run(one), read_run(other))
    before, after = trained_project(one), trained_project(other)
    digests = [_digest(folder) for folder in (one, other)]
    told = [dict(_figures(run)) for run in runs]
    names = dict.fromkeys((*told[0], *told[1]))
    return Comparison(
        runs,
        differences(before, after) if before and after else None,
        recipe_differences(before.recipe, after.recipe) if before and after else None,
        None if "" in digests else digests[0] == digests[1],
        {name: (told[0].get(name), told[1].get(name)) for name in names},
    )


def _figures(run: Run) -> Iterator[tuple[str, float]]:
    yield from run.validation.items()
    yield from ((f"test.{name}", value) for name, value in run.test.items())


def _digest(folder: Path) -> str:
    """Return what tells the data of a run from others, nothing where that is not known."""
    try:
        return str(json.loads(read_start(folder / ENVIRONMENT, _LARGEST))["data"]["sha256"])
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
