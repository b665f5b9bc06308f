"""Pieces of sentences that stand in a problem's values and are translated by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.naming import LONGEST

PHRASES: Final = (
    # What a parameter takes
    "a whole number",
    "a number",
    "true or false",
    "one of the choices",
    "text",
    "a path",
    "a whole number, or one for each spatial dimension",
    "whole numbers separated by commas",
    "sizes or dimension names separated by commas, such as N, 3, 32, 32",
    "nothing",
    # Why a name cannot be one
    "it is empty",
    f"it is longer than {LONGEST} characters",
    "a name has letters, digits and underscores, and does not begin with a digit",
    "it is a keyword of Python",
    "it is easily mistaken for another letter or a digit",
    "names that begin with an underscore belong to Python and PyTorch",
    "PyTorch's nn.Module or the generated file uses it already",
    "it is a function of formulas",
    "it is how often a block is used in sequence",
    # Sides of a node, places of a recipe, parts of the data
    "input",
    "output",
    "data",
    "loss",
    "optimizer",
    "schedule",
    "training",
    "validation",
    "test",
    # What a loss takes
    "raw scores",
    "log-probabilities",
    "probabilities",
    # What is read, and what of it
    "file",
    "folder",
    "samples",
    "columns",
    "rows",
    "classes in “{name}”",
    "folders with pictures",
    "numbers",
    "a picture",
    "a table",
    "at least 1",
    "classes from 0 to at most {largest}, or float numbers",
    "it is not UTF-8 text ({reason})",
    "line {line}: {reason}",
    "it is no IDX file of bytes with {dimensions} dimensions",
    "it should hold {size} bytes behind its header, not more or less",
)


class Phrase(str):
    """An English phrase that remembers the template and the values that it was made of."""

    template: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        """Return itself, so that collecting values as text does not lose the template."""
        return self


def phrase(template: str, **values: object) -> Phrase:
    """Return the phrase of a template, which must stand in ``PHRASES``."""
    assert template in PHRASES, template
    named = {name: str(value) for name, value in values.items()}
    made = Phrase(template.format_map(named))
    made.template, made.values = template, named
    return made
