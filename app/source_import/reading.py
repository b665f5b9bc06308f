"""What a text becomes with the class and the inputs that were chosen, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from app.layout.placed import placed
from codegen.importing.inputs import ToldInput, read_input
from codegen.importing.source import Imported, read_source
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project
from graph_model.problems import Problem, Refusal


@frozen
class Found:
    """A project that was read, with a place for every card, and what is known of it."""

    imported: Imported
    project: Project
    inference: Inference

    @property
    def errors(self) -> Sequence[Problem]:
        """What keeps the network from being built."""
        return [each for each in self.inference.problems if each.is_error]


Answer: TypeAlias = Found | Problem


def found(text: str, wanted: str, inputs: str) -> Answer:
    """Read a text; ``inputs`` are those of the network, with spaces between them."""
    try:
        given: list[ToldInput] = [read_input(each) for each in inputs.split()]
        imported = read_source(text, wanted, given)
    except Refusal as refusal:
        return refusal.problem
    project = placed(imported.project)
    return Found(imported, project, infer_project(project))
