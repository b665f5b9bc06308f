"""What is no mistake while a network is still being drawn: it lacks an Input, say, or an Output."""

from __future__ import annotations

from typing import Final

from graph_model.findings.results import Inference
from graph_model.problems import Problem

_LACKING: Final = frozenset({"empty_network", "no_input", "no_output"})
_WAITING: Final = frozenset({"missing_input", "unused_output", "dead_branch"})
"""Problems of nodes that the drawing will mend as it goes on."""


def lacking(inference: Inference) -> tuple[Problem, ...]:
    """Return what a network still lacks before it could be right; nothing of one that could be."""
    found = inference.problems_of("")
    return tuple(problem for problem in found if problem.code in _LACKING)


def timely(inference: Inference, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return those problems of a network that are worth telling as far as it is drawn by now.

    While it lacks something, what has no edge yet is no mistake; nor is it that nothing is there.
    """
    if not lacking(inference):
        return problems
    return tuple(each for each in problems if not _is_early(each))


def _is_early(problem: Problem) -> bool:
    return problem.cause is None and (problem.code in _WAITING or problem.code == "empty_network")
