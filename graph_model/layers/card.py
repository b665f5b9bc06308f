"""The one-line summary of a node on its card: ``3→64 k3 s2``."""

from __future__ import annotations

from string import Formatter

from graph_model.layers.kind import LayerKind
from graph_model.values import Arguments, Value

ALWAYS = "!"
"""Begins a piece that is shown even where its arguments have their defaults."""


def summary(kind: LayerKind, arguments: Arguments) -> str:
    """Return the pieces of ``kind.card`` that say something, in one line."""
    return " ".join(
        _filled(piece.removeprefix(ALWAYS), arguments)
        for piece in kind.card
        if piece.startswith(ALWAYS) or _says_something(kind, piece, arguments)
    )


def _filled(piece: str, arguments: Arguments) -> str:
    """Fill a piece in; a word stands apart from what is before it, ``p same`` but ``p1``."""
    text = ""
    for before, name, _, _ in Formatter().parse(piece):
        text += before
        if name:
            value = arguments.get(name)
            text += " " if isinstance(value, str) and before[-1:].isalpha() else ""
            text += format_value(value)
    return text


def format_value(value: Value) -> str:
    """Write a value as briefly as people do: ``3`` for ``(3, 3)``, ``?`` for what is unknown."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return str(value[0]) if len(set(value)) == 1 else "×".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _says_something(kind: LayerKind, piece: str, arguments: Arguments) -> bool:
    for _, name, _, _ in Formatter().parse(piece):
        if name:
            parameter = kind.by_name[name]
            if parameter.inferred or arguments.get(name) != parameter.default:
                return True
    return False
