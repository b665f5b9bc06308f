"""A generated file whose methods ``forward`` tell what each node gives, while it is computed.

What is computed are the statements of the text that was checked, one after the other. Between them
stand calls to what watches, which is no part of the text: see :class:`Watching`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol

from codegen.model.program import Class, Given, Program, Statement
from graph_model.network import NodeId
from graph_model.syntax import parse

WATCHING: Final = "_watching"
"""The name by which the methods know what watches; generated text has no name like it."""


class Watching(Protocol):
    """What is told of each ``forward``: that it begins and ends, and what is computed in it."""

    def within(self) -> AbstractContextManager[None]:
        """Go into the ``forward`` of the network, or of the block that is computed just now."""
        ...

    def begin(self, node: NodeId) -> None:
        """Take it that this node is computed next."""
        ...

    def saw(self, node: NodeId, port: str, value: object) -> None:
        """Take what a node gives at a port; what it holds and what came in is told first."""
        ...


def watched(tree: ast.Module, program: Program) -> ast.Module:
    """Return the tree of a program's text in which each ``forward`` tells what watches it.

    The program was lowered node by node.
    """
    classes = {each.name: each for each in (*program.blocks, program.main)}
    for made in tree.body:
        if isinstance(made, ast.ClassDef) and made.name in classes:
            for method in made.body:
                if isinstance(method, ast.FunctionDef) and method.name == "forward":
                    method.body = _watched(method.body, classes[made.name])
    return ast.fix_missing_locations(tree)


def _watched(body: Sequence[ast.stmt], made: Class) -> list[ast.stmt]:
    """Return the statements of ``forward`` within a context, with what is told between them."""
    *computing, returned = body
    inputs = {each.node: Given(each.node, "output", each.name) for each in made.arguments}
    around = _parsed(f"with {WATCHING}.within():\n    pass")
    assert isinstance(around, ast.With)
    around.body = [_telling(each) for each in (*inputs.values(), *_held(made))]
    at = 0
    for statement in made.statements:
        count = len(parse("\n".join(statement.lines)).body)
        node = statement.parts[-1].node
        gives = statement.gives or _stood_in(statement, inputs)
        around.body.append(_parsed(f"{WATCHING}.begin({node!r})"))
        around.body += computing[at : at + count]
        around.body += map(_telling, gives)
        at += count
    assert at == len(computing), "each statement of the text is one of the program"
    around.body.append(returned)
    return [ast.copy_location(around, body[0])]


def _held(made: Class) -> Iterator[Given]:
    """Yield the tensors that the class holds, by the nodes that they are of."""
    for each in made.attributes:
        if each.node and each.form is not None:
            yield Given(each.node, "output", f"self.{each.name}")


def _stood_in(statement: Statement, inputs: dict[NodeId, Given]) -> Sequence[Given]:
    """Return the argument that a statement fills, where it was left open."""
    given = inputs.get(statement.parts[-1].node)
    return () if given is None else (given,)


def _telling(given: Given) -> ast.stmt:
    return _parsed(f"{WATCHING}.saw({given.node!r}, {given.port!r}, {given.name})")


def _parsed(text: str) -> ast.stmt:
    (statement,) = parse(text).body
    return statement
