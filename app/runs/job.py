"""What to train, where, and into which folder: all that a run needs to know, without torch."""

from __future__ import annotations

import os
from dataclasses import field
from pathlib import Path
from typing import Final

from graph_model.custom_layers.known import NOTHING, Known
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.recipe import Recipe


def spare_threads() -> int:
    """Return the number of threads for torch: one less than there are cores.

    With as many threads as cores, torch's threads spin against the window's and lose up to four
    fifths of their speed.
    """
    return max(1, (os.cpu_count() or 2) - 1)


SCRIPT: Final = "train.py"
"""The stand-alone script that repeats a job."""


@frozen
class Job:
    """One run to be done.

    ``project`` is the snapshot that is trained, with its recipe. ``device`` is ``cpu``, ``cuda:0``
    or ``mps``. The run is kept in ``folder`` where one is given. ``weights`` is a file of saved
    weights to begin with. ``known`` tells of the custom layers, and which of them may run.
    """

    project: Project
    device: str = "cpu"
    folder: Path | None = None
    weights: Path | None = None
    threads: int = field(default_factory=spare_threads)
    known: Known = NOTHING

    @property
    def recipe(self) -> Recipe:
        """How to train."""
        return self.project.recipe
