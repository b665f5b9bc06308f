"""Trees made by several threads, one at a time: CPython 3.11 confuses them by itself."""

from __future__ import annotations

import ast
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from graph_model import syntax

LONG_ENOUGH = 0.2
"""Seconds in which a second thread would come to where the first one waits for it."""


def test_no_two_threads_make_trees_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made, met = ast.parse, threading.Barrier(2)
    together: list[str] = []

    def wait_for_another(text: str, mode: str) -> ast.AST:
        with suppress(threading.BrokenBarrierError):
            met.wait(LONG_ENOUGH)
            together.append(text)
        return made(text, mode=mode)

    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as threads:
        patched.setattr(ast, "parse", wait_for_another)
        found = [*threads.map(syntax.parse, ["x = 1", "y = 2"])]
    assert together == []
    assert [ast.unparse(each) for each in found] == ["x = 1", "y = 2"]


def test_an_expression_and_what_is_none() -> None:
    assert isinstance(syntax.parse("1 + x", "eval").body, ast.BinOp)
    with pytest.raises(SyntaxError):
        syntax.parse("x =", "eval")
