"""How a trial of an experiment stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.experiments.trials import Settings
from app.training.control import Control
from graph_model.problems import Problem

WAITING: Final = "waiting"
UNDER_WAY: Final = "under way"
FINISHED: Final = "finished"
STOPPED: Final = "stopped"
FAILED: Final = "failed"
PRUNED: Final = "pruned"
STATES: Final = (WAITING, UNDER_WAY, FINISHED, STOPPED, FAILED, PRUNED)
DONE: Final = (FINISHED, PRUNED)
"""The states of trials that are not done again where an experiment is resumed."""


@dataclass(slots=True)
class Standing:
    """A trial, kept in its folder.

    ``figures`` are those of the validation split: at the last epoch, and once the trial has ended
    of its best one. ``curve`` holds by epoch the figure that decides, so that less is better. One
    that ``resumes`` goes on with what its folder holds.
    """

    settings: Settings
    folder: Path
    state: str = WAITING
    epoch: int = 0
    epochs: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    curve: dict[int, float] = field(default_factory=dict)
    problem: Problem | None = None
    resumes: bool = False
    control: Control = field(default_factory=Control.of_nobody)


def free_place(folder: Path, taken: Collection[Path]) -> Path:
    """Return a folder that no other trial has, numbered where it has to be."""
    number, found = 1, folder
    while found in taken:
        number += 1
        found = folder.with_name(f"{folder.name} {number}")
    return found
