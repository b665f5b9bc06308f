"""A trained network that something is made of: found by its run, and told how it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.commands import UsageError
from app.commands.project import settled
from app.commands.runs import folder_of
from app.runs.job import Job
from app.runs.store import kept_weights, trained_project
from app.training.judging import Judged


def trained_in(run: str) -> tuple[Job, Path]:
    """Return what a run has trained, and its weights; raises ``UsageError``."""
    folder = folder_of(run)
    project, weights = trained_project(folder), kept_weights(folder)
    if project is None or weights is None:
        raise UsageError(f"{folder} has no project that can be read, or no weights.")
    return Job(project, folder=folder, known=settled(project)[1]), weights


def figure(judged: Judged) -> str:
    """Return how a model does in a few words."""
    if judged.accuracy is not None:
        return f"{judged.accuracy:.1%} right, loss {judged.loss:.4g}"
    return f"loss {judged.loss:.4g}"


def judged_as_json(judged: Judged) -> dict[str, Any]:
    """Return how a model does as plain values."""
    right = {} if judged.accuracy is None else {"accuracy": judged.accuracy}
    return {"loss": judged.loss, **right}
