"""Problems that the user wants to hear no more of, each at its own node; errors are none of them.

They are kept in the project and apart from its networks, like positions: what a network is does
not change by them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.network import Dismissal, NetworkId, Project
from graph_model.problems import KINDS, Problem

_STILL_TO_DO: Final = frozenset({"data_no_path"})
"""No mistakes, but nothing can be trained before they are done."""


def may_dismiss(problem: Problem) -> bool:
    """Tell whether a problem can be dismissed: neither an error nor a thing still to be done."""
    return not problem.is_error and problem.code not in _STILL_TO_DO


def is_dismissed(project: Project, network: NetworkId, problem: Problem) -> bool:
    """Tell whether a problem of a network is not to be told."""
    if not project.dismissed:
        return False
    return _dismissal(network, problem) in project.dismissed and may_dismiss(problem)


def standing(
    project: Project, network: NetworkId, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Return those problems of a network that are to be told."""
    if not project.dismissed:
        return problems
    return tuple(each for each in problems if not is_dismissed(project, network, each))


def dismiss(project: Project, network: NetworkId, problem: Problem) -> Project:
    """Return the project in which a problem of a network is not told any more."""
    return replace(project, dismissed=project.dismissed | {_dismissal(network, problem)})


def restore(project: Project, network: NetworkId, problem: Problem) -> Project:
    """Return the project in which a problem of a network is told again."""
    return replace(project, dismissed=project.dismissed - {_dismissal(network, problem)})


def dismissed_also(project: Project, network: NetworkId, copy: NetworkId) -> Project:
    """Return the project with what was dismissed in a network dismissed in a copy of it too."""
    nodes = project.networks[copy].nodes
    added = {
        each._replace(network=copy)
        for each in project.dismissed
        if each.network == network and each.node in nodes
    }
    return replace(project, dismissed=project.dismissed | added) if added else project


def unknown(project: Project) -> list[Dismissal]:
    """Return what was dismissed that this version knows nothing of, in order."""
    return sorted(each for each in project.dismissed if each.code not in KINDS)


def _dismissal(network: NetworkId, problem: Problem) -> Dismissal:
    return Dismissal(network, problem.node, problem.code)
