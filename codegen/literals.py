"""Values as Python literals. Nothing else of a project ever becomes code."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from typing import Final

from graph_model.problems import GraphError
from graph_model.syntax import parse
from graph_model.values import Value

_LONGEST: Final = 80


class Written(str):
    """An expression that stands for a value, made by this package from checked names alone."""

    __slots__ = ()


def is_tuple(text: str) -> bool:
    """Tell whether an expression is a tuple in brackets; marks stand for names not chosen yet."""
    named = "".join(letter if letter.isprintable() else "_" for letter in text)
    return isinstance(parse(named, "eval").body, ast.Tuple)


def literal(value: Value) -> str:
    """Return the Python expression of a value; infinity and NaN are written as calls.

    Raises ``GraphError`` for anything that is not a value of a parameter.
    """
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is None or type(value) in {bool, int, float}:
        return repr(value).replace("e-0", "e-")
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple):
        items = ", ".join(literal(entry) for entry in value)
        return f"({items},)" if len(value) == 1 else f"({items})"
    raise GraphError(f"{value!r} has no literal")


def quoted(text: str) -> str:
    """Return a string literal in double quotes, with everything unusual escaped."""
    body = text.encode("unicode_escape").decode("ascii").replace('"', '\\"')
    return f'"{body}"'


def call(function: str, positional: Sequence[str], keywords: Mapping[str, str]) -> str:
    """Return the text of a call."""
    arguments = [*positional, *(f"{name}={value}" for name, value in keywords.items())]
    return f"{function}({', '.join(arguments)})"


def plain(text: str) -> str:
    """Return text that may stand in a comment or docstring: one short line, no quotes."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(kept.replace("\\", "/").replace('"', "'").split())[:_LONGEST].strip()
