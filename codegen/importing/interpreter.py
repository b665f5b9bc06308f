"""Goes through Python source as Python would, on values of its own: nothing is ever executed.

What stands in ``__init__`` makes modules, what stands in ``forward`` draws. Steps are counted, and
numbers and lists bounded, so that any text is read in bounded time and memory.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from codegen.importing import numbers
from codegen.importing.expressions import UNFIT, Expressions, is_tensor
from codegen.importing.numbers import plain
from codegen.importing.values import Class, Container, Function, Name, Scope, Tensor, unread


class ReturnError(Exception):
    """A function returns."""

    def __init__(self, value: Any, node: ast.Return) -> None:
        super().__init__()
        self.value, self.node = value, node


class BreakError(Exception):
    """A loop ends."""


class ContinueError(Exception):
    """A turn of a loop ends."""


def _is_told(node: ast.expr) -> bool:
    """Tell whether an expression only tells people something."""
    text = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return text == "print" or text.partition(".")[0] in ("logging", "logger", "warnings", "log")


def _is_in_place(name: str) -> bool:
    return name.endswith("_") and not name.endswith("__")


def _overwrite(before: Any, after: Any, scope: Scope) -> None:
    """Let all names of a tensor stand for what was written into it."""
    if isinstance(before, Tensor) and isinstance(after, Tensor):
        for name, value in scope.names.items():
            if value is before:
                scope.names[name] = after


class Interpreter(Expressions):
    """Evaluates expressions and does statements."""

    def run(self, statements: Sequence[ast.stmt], scope: Scope) -> None:
        """Do statements one after the other."""
        for each in statements:
            self.count(each)
            work = getattr(self, f"_do_{type(each).__name__.lower()}", None)
            if work is None:
                raise unread(each, "import_unknown_syntax")
            try:
                work(each, scope)
            except UNFIT as error:
                raise unread(each, "import_cannot_compute", reason=str(error)) from None

    def _do_assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def _do_annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def _do_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        whole = ast.BinOp(node.target, node.op, node.value)
        ast.copy_location(whole, node)
        read = ast.copy_location(ast.parse(ast.unparse(node.target), mode="eval").body, node)
        whole.left = ast.fix_missing_locations(read)
        before, after = self.value(whole.left, scope), self._binop(whole, scope)
        if isinstance(before, list) and isinstance(after, list):
            before[:] = after  # which other names hold as well
            after = before
        self.assign(node.target, after, scope)
        _overwrite(before, after, scope)

    def _do_expr(self, node: ast.Expr, scope: Scope) -> None:
        match node.value:
            case ast.Constant():
                pass
            case ast.Call(func=ast.Attribute(value=ast.Name() as of, attr=name)) if _is_in_place(
                name
            ):
                before = self.value(of, scope)
                _overwrite(before, self.value(node.value, scope), scope)
            case called if not _is_told(called):
                self.value(called, scope)

    def _do_return(self, node: ast.Return, scope: Scope) -> None:
        raise ReturnError(None if node.value is None else self.value(node.value, scope), node)

    def _do_if(self, node: ast.If, scope: Scope) -> None:
        condition = self.value(node.test, scope)
        self.run(node.body if self.truth(node.test, condition) else node.orelse, scope)

    def _do_match(self, node: ast.Match, scope: Scope) -> None:
        subject = self.value(node.subject, scope)
        for case in node.cases:
            if self._fits(case.pattern, subject, scope) and (
                case.guard is None or self.truth(case.guard, self.value(case.guard, scope))
            ):
                self.run(case.body, scope)
                return

    def _fits(self, pattern: ast.pattern, subject: Any, scope: Scope) -> bool:
        """Tell whether a value, a choice of values or a name stands for what is matched."""
        self.count(pattern)
        match pattern:
            case ast.MatchValue(value=value):
                found = numbers.compared(pattern, ast.Eq(), subject, self.value(value, scope))
                return self.truth(pattern, found)
            case ast.MatchSingleton(value=value):
                return plain(subject) is value
            case ast.MatchOr(patterns=patterns):
                return any(self._fits(each, subject, scope) for each in patterns)
            case ast.MatchAs(pattern=inner, name=name):
                fits = inner is None or self._fits(inner, subject, scope)
                if fits and name is not None:
                    scope.names[name] = subject
                return fits
            case _:
                raise unread(pattern, "import_unknown_syntax")

    def _do_for(self, node: ast.For, scope: Scope) -> None:
        for each in self._doing.iterated(node.iter, self.value(node.iter, scope)):
            self.count(node)
            self.assign(node.target, each, scope)
            try:
                self.run(node.body, scope)
            except BreakError:
                return
            except ContinueError:
                continue
        self.run(node.orelse, scope)

    def _do_while(self, node: ast.While, scope: Scope) -> None:
        while self.truth(node.test, self.value(node.test, scope)):
            self.count(node)
            try:
                self.run(node.body, scope)
            except BreakError:
                return
            except ContinueError:
                continue
        self.run(node.orelse, scope)

    def _do_with(self, node: ast.With, scope: Scope) -> None:
        self.run(node.body, scope)

    def _do_try(self, node: ast.Try, scope: Scope) -> None:
        self.run([*node.body, *node.orelse, *node.finalbody], scope)

    def _do_raise(self, node: ast.Raise, _: Scope) -> None:
        raise unread(node, "import_raises")

    def _do_break(self, _: ast.Break, __: Scope) -> None:
        raise BreakError

    def _do_continue(self, _: ast.Continue, __: Scope) -> None:
        raise ContinueError

    def _do_pass(self, *_: Any) -> None:
        pass

    _do_assert = _do_global = _do_nonlocal = _do_delete = _do_pass

    def _do_functiondef(self, node: ast.FunctionDef, scope: Scope) -> None:
        scope.names[node.name] = Function(node, scope)

    def _do_classdef(self, node: ast.ClassDef, scope: Scope) -> None:
        bases = tuple(self.value(each, scope) for each in node.bases)
        made = scope.names[node.name] = Class(node, scope, bases)
        inner = Scope(scope)
        for each in node.body:
            if isinstance(each, ast.FunctionDef):
                made.members[each.name] = Function(each, scope, made, inner)
            elif isinstance(each, ast.AsyncFunctionDef):
                self._doing.leave_out(each)
            else:
                self.run([each], inner)
        made.members.update(inner.names)

    def _do_import(self, node: ast.Import, scope: Scope) -> None:
        for each in node.names:
            path = each.name if each.asname else each.name.partition(".")[0]
            scope.names[each.asname or path] = Name(path)

    def _do_importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        for each in node.names:
            scope.names[each.asname or each.name] = Name(f"{node.module or ''}.{each.name}")

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to a name, a member, an item or several of them."""
        match target:
            case ast.Name(id=name):
                scope.names[name] = value
                self._doing.named(name, value)
            case ast.Attribute(value=of, attr=name):
                self._doing.set_member(target, self.value(of, scope), name, value)
            case ast.Subscript():
                of, index = self.value(target.value, scope), plain(self.value(target.slice, scope))
                if is_tensor(of) or not isinstance(of, list | dict | Container):
                    raise unread(target, "import_assigns_within")
                if isinstance(of, Container):
                    self._doing.put_in(of, str(index), value)
                else:
                    of[index] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                self._assign_each(target, targets, value, scope)
            case _:
                raise unread(target, "import_unknown_syntax")

    def _assign_each(
        self, node: ast.expr, targets: Sequence[ast.expr], value: Any, scope: Scope
    ) -> None:
        values = [*self._doing.iterated(node, value)]
        starred = next((n for n, each in enumerate(targets) if isinstance(each, ast.Starred)), None)
        if starred is not None:
            after = len(targets) - starred - 1
            middle = values[starred : len(values) - after]
            values = [*values[:starred], middle, *values[len(values) - after :]]
        if len(values) != len(targets):
            raise unread(node, "import_cannot_compute", reason=f"{len(values)} values")
        for each, found in zip(targets, values, strict=True):
            self.assign(each.value if isinstance(each, ast.Starred) else each, found, scope)
