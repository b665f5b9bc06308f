"""Asking for data in tests."""

from __future__ import annotations

import pytest

from app.data.reading import describe, load
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts


def refused(kind: str, **arguments: object) -> Problem:
    """Return why a choice cannot be read, seen by describing as by loading."""
    choice = Choice(kind, dict(arguments))  # type: ignore[arg-type]
    with pytest.raises(Refusal) as caught:
        load(choice)
    assert describe(choice) == caught.value.problem
    assert caught.value.problem.message
    return caught.value.problem


def facts_of(choice: Choice) -> DataFacts:
    facts = describe(choice)
    assert isinstance(facts, DataFacts), facts.message
    return facts
