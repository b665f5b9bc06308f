"""Python text as a syntax tree, from any thread.

CPython 3.11 counts how deep it is in a tree in one place for all threads: two that make trees at a
time end with ``SystemError: AST constructor recursion depth mismatch`` (gh-106905).
"""

from __future__ import annotations

import ast
import threading
from typing import Final, Literal, overload

_ONE_AT_A_TIME: Final = threading.Lock()


@overload
def parse(text: str) -> ast.Module: ...
@overload
def parse(text: str, mode: Literal["eval"]) -> ast.Expression: ...
def parse(text: str, mode: str = "exec") -> ast.AST:
    """Return the tree of a text, as ``ast.parse`` does."""
    with _ONE_AT_A_TIME:
        return ast.parse(text, mode=mode)
