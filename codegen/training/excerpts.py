"""What a script takes of the classes that count: word for word, and only what it uses of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from graph_model.frozen import frozen
from graph_model.syntax import parse

_PIECES: Final = Path(__file__).parent / "pieces"
_Definition: TypeAlias = ast.ClassDef | ast.FunctionDef


@frozen
class _Source:
    """One module of pieces: its lines, and what it defines by name."""

    lines: tuple[str, ...]
    functions: Mapping[str, ast.FunctionDef]
    piece: ast.ClassDef
    methods: Mapping[str, ast.FunctionDef]

    def text(self, found: _Definition) -> Iterator[str]:
        """Yield the lines of a definition, its decorators too."""
        yield from self.lines[_first(found) : found.end_lineno]


def excerpt(name: str, used: Collection[str]) -> tuple[str, ...]:
    """Return the lines of a class with the methods that are used, and of functions beside it.

    What those call themselves is there too, and ``__init__`` always.
    """
    source = _source(name)
    kept = _closure(source, {"__init__"} & source.methods.keys() | {*used})
    first = next(iter(source.methods.values()))
    lines = list(source.lines[source.piece.lineno - 1 : first.lineno - 1])
    for each in source.methods.values():
        if each.name in kept:
            lines += [*source.text(each), ""]
    lines.pop()
    for each in source.functions.values():
        if each.name in kept:
            lines += ["", "", *source.text(each)]
    return tuple(lines)


def functions(module: str, used: Collection[str]) -> list[str]:
    """Return the lines of functions of a module of pieces, each followed by two empty lines.

    What those call themselves is there too.
    """
    text = (_PIECES / f"{module}.py").read_text(encoding="utf-8")
    known, lines = _functions(parse(text).body), text.splitlines()
    kept = _closed(known, {*used})
    return [
        line
        for name, each in known.items()
        if name in kept
        for line in (*lines[_first(each) : each.end_lineno], "", "")
    ]


def _first(found: _Definition) -> int:
    """Return the place of the first line of a definition, with its decorators."""
    return min(each.lineno for each in (found, *found.decorator_list)) - 1


@cache
def _source(name: str) -> _Source:
    """Read the module of a class, which is called as the class is, in snake case."""
    module = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    text = (_PIECES / f"{module}.py").read_text(encoding="utf-8")
    body = parse(text).body
    (piece,) = (each for each in body if isinstance(each, ast.ClassDef))
    return _Source(tuple(text.splitlines()), _functions(body), piece, _functions(piece.body))


def _functions(body: list[ast.stmt]) -> dict[str, ast.FunctionDef]:
    return {each.name: each for each in body if isinstance(each, ast.FunctionDef)}


def _closure(source: _Source, used: set[str]) -> set[str]:
    """Return what is used of a class and beside it, with what that uses in turn."""
    return _closed({**source.functions, **source.methods}, used)


def _closed(known: Mapping[str, ast.FunctionDef], used: set[str]) -> set[str]:
    """Return what is used of some definitions, with what that uses in turn."""
    found: set[str] = set()
    waiting = set(used)
    while waiting:
        name = waiting.pop()
        found.add(name)
        for node in ast.walk(known[name]):
            called = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if called in known and called not in found and called != name:
                waiting.add(called)
    return found
