"""Methods of lists, dictionaries, texts and containers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from codegen.importing.common import MOST_TURNS, Given, Named, unknown
from codegen.importing.named_modules import call_modules
from codegen.importing.numbers import filled, plain
from codegen.importing.values import (
    Container,
    Held,
    Instance,
    Layer,
    unread,
)

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def _on_list(name: str) -> Callable[..., Any]:
    def do(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
        of, *rest = given
        if isinstance(of, Container):
            return _on_container(reader, node, name, of, rest)
        if not isinstance(of, list | tuple | dict | str | range):
            raise unread(node, "import_unknown_call", name=name)
        if name in ("append", "extend", "insert") and len(of) > MOST_TURNS:
            raise unread(node, "import_too_large")
        if name == "join" and sum(len(str(each)) for each in rest[0]) > MOST_TURNS:
            raise unread(node, "import_too_large")
        try:
            if name == "extend":
                return of.extend(reader.iterated(node, rest[0]))  # type: ignore[union-attr]
            found = getattr(of, name)(*rest, **named)
        except (AttributeError, TypeError, ValueError, IndexError, KeyError) as error:
            raise unread(node, "import_cannot_compute", reason=str(error)) from None
        found = [*found] if name in ("items", "keys", "values") else found
        is_new = name in ("items", "keys", "values", "copy", "join", "split", "lower", "upper")
        return reader.interpreter.weighed(node, found) if is_new else found

    return do


def _format(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    text, *rest = given
    if not isinstance(text, str):
        raise unread(node, "import_unknown_call", name="format")
    return filled(node, text, rest, named)


def _item(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Return a number of a row of numbers, which is one already."""
    if not isinstance(plain(given[0]), int | float):
        raise unread(node, "import_unknown_call", name="item")
    return given[0]


def put_in(of: Container, name: str, value: Any) -> None:
    """Put a module into a container, whose name its own begins with."""
    of.modules[name] = value
    if of.name and isinstance(value, Held):
        value.name = value.name or f"{of.name}_{name}"
    if of.name and isinstance(value, Layer | Instance | Container) and not value.name:
        call_modules(value, f"{of.name}_{name}" if name.isdigit() else name)
    if isinstance(value, Instance):
        value.group = of


def _on_container(reader: Reader, node: ast.Call, name: str, of: Container, rest: Given) -> Any:
    match name:
        case "append":
            put_in(of, str(len(of.modules)), rest[0])
            return of
        case "extend":
            for each in reader.iterated(node, rest[0]):
                _on_container(reader, node, "append", of, [each])
            return of
        case "add_module":
            put_in(of, str(plain(rest[0])), rest[1])
            return None
        case "items":
            return [*of.modules.items()]
        case "keys":
            return [*of.modules]
        case "values" | "children":
            return [*of.modules.values()]
        case "named_children":
            return [*of.modules.items()]
        case _:
            return (
                of
                if name in ("to", "cuda", "train", "eval", "apply")
                else unknown(reader, node, [of], {})
            )


METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    name: _on_list(name)
    for name in (
        "append", "extend", "insert", "pop", "items", "keys", "values", "get", "update", "index",
        "count", "copy", "lower", "upper", "split", "join", "startswith", "endswith",
        "strip", "add_module", "children", "named_children", "reverse", "to", "apply",
        "setdefault", "train", "eval", "cuda",
    )
} | {"format": _format, "item": _item}  # fmt: skip
"""Methods of lists, dictionaries, texts and containers."""
