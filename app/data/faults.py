"""What is said where reading data ends in a way that nobody foresaw, which is a fault of ours."""

from __future__ import annotations

import logging
from typing import Final

from graph_model.problems import Problem
from graph_model.recipe import Choice

_LOG: Final = logging.getLogger(__name__)


def as_problem(error: Exception, data: Choice) -> Problem:
    """Return what is told of an exception that is under way, and log where it was raised."""
    _LOG.error("reading %s", data, exc_info=error)
    values = {
        "path": str(data.arguments.get("path", data.kind)),
        "reason": f"{type(error).__name__}: {error}",
    }
    return Problem("data_reading_failed", values, parameter="data.path")
