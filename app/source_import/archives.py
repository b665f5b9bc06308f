"""An archive of a model as a project with places, and its weights as a file, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import safetensors.numpy

from app.layout.placed import placed
from codegen.archives.graph import ReadArchive
from codegen.archives.reading import read_archive
from codegen.archives.weights import by_parameter
from codegen.importing.inputs import read_input
from graph_model.files.atomic import write_atomically
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project
from graph_model.problems import Problem, Refusal


@frozen
class FoundArchive:
    """A project that was read of an archive, and what is known of it."""

    archive: ReadArchive
    project: Project
    inference: Inference
    difference: float | None = None
    """How far its results are at most from those of the model, where both have run."""

    @property
    def errors(self) -> Sequence[Problem]:
        """What keeps the network from being built."""
        return [each for each in self.inference.problems if each.is_error]

    @property
    def notes(self) -> Sequence[Problem]:
        """What a person should know, also of weights that cannot be written yet."""
        waits = (
            [Problem("archive_weights_wait", {})] if self.archive.weights and self.errors else []
        )
        return [*self.archive.notes, *waits]

    def weights(self) -> dict[str, Any]:
        """Return the weights under the names of the model; none where it cannot be built yet."""
        return {} if self.errors else by_parameter(self.archive, self.inference)


ArchiveAnswer: TypeAlias = FoundArchive | Problem


def found_archive(path: Path, inputs: str = "") -> ArchiveAnswer:
    """Read an archive, and say in one sentence why it cannot be read where it cannot.

    ``inputs`` are those of a model that does not say what it takes, with spaces between them.
    """
    try:
        archive = read_archive(path, [read_input(each) for each in inputs.split()])
    except Refusal as refusal:
        return refusal.problem
    archive = replace(archive, project=placed(archive.project))
    return FoundArchive(archive, archive.project, infer_project(archive.project))


def write_weights(found: FoundArchive, path: Path) -> Path | None:
    """Write the weights as safetensors; return where, or ``None`` where there are none."""
    weights = found.weights()
    if not weights:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, safetensors.numpy.save(weights))
    return path
