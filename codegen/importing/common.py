"""What several of those have in common that do things while source is read."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from codegen.importing.numbers import plain
from codegen.importing.values import Class, Function, Instance, unread

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


Given = list[Any]
Named = dict[str, Any]
"""What a call is given: by place, and by name."""
MOST_TURNS: Final = 100_000
"""How long what a loop goes through may be."""


class Opaque:
    """Something that is gone through without being looked at, such as ``self.modules()``."""


class Super:
    """``super()``: the instance, and the class whose members come no more."""

    def __init__(self, instance: Instance, after: Class | None) -> None:
        self.instance, self.after = instance, after


def nothing(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Do nothing."""
    return None


def unknown(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Refuse a method that is not known here."""
    raise unread(node, "import_unknown_call", name=ast.unparse(node.func))


def marks_of(function: Function) -> list[str]:
    """Return the decorators of a function by their last names."""
    if isinstance(function.node, ast.Lambda):
        return []
    return [
        ast.unparse(each).partition("(")[0].rpartition(".")[2]
        for each in function.node.decorator_list
    ]


def computed(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return what computes with plain values."""

    def do(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
        try:
            return work(*map(plain, given), **{key: plain(each) for key, each in named.items()})
        except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
            raise unread(node, "import_cannot_compute", reason=str(error)) from None

    return do


def quietly(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Return what was given, as it is."""
    return given[0] if given else None
