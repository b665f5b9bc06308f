"""Somebody's own module, run in a process of its own, as a project with its weights; without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.source_import.archives import ArchiveAnswer, FoundArchive, found_archive, write_weights
from codegen.emit import source
from codegen.importing.inputs import read_input
from codegen.importing.source import module_names
from codegen.tracing.tracer import SECONDS, Asked, Tracer
from graph_model.custom_layers.known import Known, digest
from graph_model.problems import Problem, Refusal

_WEIGHTS: Final = "drawing.safetensors"


class ModuleRun:
    """One module that runs, in a process that another thread may end."""

    def __init__(self, asked: Asked, known: Known, seconds: float = SECONDS) -> None:
        self._asked, self._known = asked, known
        self._tracer = Tracer(seconds)

    def cancel(self) -> None:
        """End the process; ``found`` then says that it was stopped."""
        self._tracer.cancel()

    def found(self) -> ArchiveAnswer:
        """Return the project of the module, compared with it; say why there is none else."""
        asked = self._asked
        if not self._known.allows(asked.text):
            name = asked.path.name if asked.path else asked.expression
            return Problem("module_not_allowed", {"name": name, "digest": digest(asked.text)})
        with self._tracer as tracer:
            try:
                traced = tracer.trace(asked, self._known)
            except Refusal as refusal:
                return refusal.problem
            found = found_archive(traced.archive)
            if isinstance(found, Problem):
                return found
            return self._compared(_noted(found, traced.notes))

    def _compared(self, found: FoundArchive) -> FoundArchive:
        """Return the same with how far its results are from those of the module."""
        if found.errors:
            return found
        made = source(found.inference)
        weights = write_weights(found, self._tracer.folder / _WEIGHTS)
        try:
            compared = self._tracer.compare(made.text, made.class_name, weights)
        except Refusal as refusal:
            reason = {"reason": refusal.problem.message}
            return _noted(found, [Problem("module_not_compared", reason)])
        if compared.difference is None:
            return _noted(found, [Problem("module_differs_in_shape", {})])
        if not compared.is_equal:
            values = {"difference": f"{compared.difference:.1e}"}
            found = _noted(found, [Problem("module_differs", values)])
        return replace(found, difference=compared.difference)


def _noted(found: FoundArchive, notes: Sequence[Problem]) -> FoundArchive:
    archive = found.archive
    return replace(found, archive=replace(archive, notes=(*archive.notes, *notes)))


def asked_for(
    text: str,
    path: Path | None,
    expression: str,
    inputs: Sequence[str],
    arguments: Sequence[str] = (),
) -> Asked:
    """Return what is to run; raises ``Refusal`` where it is not said clearly.

    Without an ``expression`` it is the class that reading the text would take.
    """
    if not expression:
        names = module_names(text)
        if not names:
            raise Refusal(Problem("import_no_class", {}))
        expression = names[0]
    if not inputs:
        raise Refusal(Problem("module_needs_inputs", {"name": expression}))
    told = tuple(read_input(each, is_whole=True) for each in inputs)
    return Asked(text, path, expression, told, dict(_argument(each) for each in arguments))


def _argument(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip().isidentifier() or not value.strip():
        raise Refusal(Problem("module_bad_argument", {"got": text}))
    return name.strip(), value.strip()
