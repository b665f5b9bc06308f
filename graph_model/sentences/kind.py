"""How much a problem matters, and the sentence that tells of it."""

from __future__ import annotations

from enum import Enum

from graph_model.frozen import frozen


class Severity(Enum):
    """How much a problem matters: an error keeps the network from being built."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@frozen
class ProblemKind:
    """The severity and the English sentence of one problem code."""

    severity: Severity
    template: str


def error(template: str) -> ProblemKind:
    """Return a kind that keeps the network from being built."""
    return ProblemKind(Severity.ERROR, template)


def warning(template: str) -> ProblemKind:
    """Return a kind that is hardly meant."""
    return ProblemKind(Severity.WARNING, template)


def advice(template: str) -> ProblemKind:
    """Return a kind that could be better."""
    return ProblemKind(Severity.ADVICE, template)
