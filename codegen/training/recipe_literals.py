"""Arguments of the recipe as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from codegen.line_breaks import LINE_LENGTH
from codegen.literals import literal, quoted
from graph_model.values import Value


def table(name: str, entries: Mapping[str, Value], comment: str) -> list[str]:
    """Return the lines of a constant that is a dict, on one line where it fits."""
    items = [f"{quoted(key)}: {literal(value)}" for key, value in entries.items()]
    line = f"{name} = {{{', '.join(items)}}}  # {comment}"
    if len(line) <= LINE_LENGTH:
        return [line]
    return [f"{name} = {{  # {comment}", *(f"    {item}," for item in items), "}"]


def literals(arguments: Mapping[str, object]) -> dict[str, str]:
    """Return arguments as Python literals."""
    return {name: literal(cast(Value, value)) for name, value in arguments.items()}
