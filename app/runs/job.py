"""What to train, where, and into which folder: all that a run needs to know, without torch."""

from __future__ import annotations

import os
from dataclasses import field
from pathlib import Path

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


@frozen
class Beginning:
    """Weights to begin with: a file of them, and what of it is to be taken.

    ``blocks`` are names of parts of the model, all of which the file has to hold; none stands for
    the whole. What is taken only ``where_fitting`` is what has the name and the shape of a weight.
    ``names`` are those of the file by those of the model, where they were matched; nothing else of
    it is taken then.
    """

    path: Path
    where_fitting: bool = False
    blocks: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


@frozen
class Job:
    """One run to be done.

    ``project`` is the snapshot that is trained, with its recipe. ``device`` is ``cpu``, ``cuda:0``
    or ``mps``. The run is kept in ``folder`` where one is given. ``weights`` are those to begin
    with. A job that ``resumes`` goes on with the run kept in its folder, from
    where that was interrupted, for as many epochs as the recipe says now. ``known`` tells of the
    custom layers, and which of them may run.
    """

    project: Project
    device: str = "cpu"
    folder: Path | None = None
    weights: Beginning | None = None
    resumes: bool = False
    threads: int = field(default_factory=spare_threads)
    known: Known = NOTHING

    @property
    def recipe(self) -> Recipe:
        """How to train."""
        return self.project.recipe
