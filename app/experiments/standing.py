"""How a trial of an experiment stands."""

from __future__ import annotations

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
STATES: Final = (WAITING, UNDER_WAY, FINISHED, STOPPED, FAILED)
DONE: Final = (FINISHED,)
"""The states of trials that are not done again where an experiment is resumed."""


@dataclass(slots=True)
class Standing:
    """A trial, kept in its folder.

    ``figures`` are those of the validation split: at the last epoch, and once the trial has ended
    of its best one. One that ``resumes`` goes on with what its folder holds.
    """

    settings: Settings
    folder: Path
    state: str = WAITING
    epoch: int = 0
    epochs: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    problem: Problem | None = None
    resumes: bool = False
    control: Control = field(default_factory=Control.of_nobody)
