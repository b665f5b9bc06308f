"""The data sources one can train on, and what is known of those that need no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.complaints import complaint
from graph_model.entry import catalogue
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.source_kinds.bundled import BUNDLED
from graph_model.recipes.source_kinds.files import FILES
from graph_model.recipes.source_kinds.kind import SourceKind
from graph_model.recipes.source_kinds.series import BUNDLED_SERIES, SERIES
from graph_model.recipes.source_kinds.synthetic import SYNTHETIC
from graph_model.recipes.source_kinds.texts import TEXTS
from graph_model.values import Arguments

SOURCES: Final[Mapping[str, SourceKind]] = catalogue(
    (*BUNDLED, *BUNDLED_SERIES, *SYNTHETIC, *FILES, *TEXTS, *SERIES)
)
"""Every data source by its name."""


def described(choice: Choice) -> DataFacts | Problem | None:
    """Say what the data of a choice are, or why there are none.

    ``None`` where files have to be read for that.
    """
    try:
        arguments = arguments_of(choice)
    except Refusal as refusal:
        return refusal.problem
    facts = SOURCES[choice.kind].facts
    return facts(arguments) if facts is not None else None


def arguments_of(choice: Choice) -> Arguments:
    """Return the complete arguments of a choice.

    Raises ``Refusal`` where the catalogue does not know it, or admits no such value.
    """
    kind = SOURCES.get(choice.kind)
    if kind is None:
        values = {"place": phrase("data"), "kind": choice.kind, "choices": ", ".join(SOURCES)}
        raise Refusal(Problem("unknown_choice", values, parameter="data"))
    arguments = kind.complete(choice.arguments)
    for parameter in kind.parameters:
        wrong = complaint(parameter, arguments[parameter.name])
        if wrong is not None:
            raise Refusal(Problem(wrong.code, wrong.values, parameter=f"data.{parameter.name}"))
    return arguments
