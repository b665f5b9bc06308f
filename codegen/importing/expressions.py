"""The value of each expression: numbers with their formulas, modules, tensors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from codegen.importing import numbers
from codegen.importing.numbers import plain
from codegen.importing.values import (
    TRAINING,
    Container,
    Function,
    Instance,
    ListOf,
    Made,
    Scope,
    Tagged,
    Tensor,
    UnreadError,
    WeightOf,
    unread,
)
from graph_model.blocks import INDEX
from graph_model.dims import Expression
from graph_model.formulas import Binary, Conditional, Constant
from graph_model.formulas import Name as Parameter

MOST_STEPS: Final = 500_000
_WEIGHT: Final = 16
"""How many signs of a text, or places of a list, count as one step."""
"""So many expressions and statements are done at most: a loop that would never end is told."""
UNFIT: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What Python raises where values do not suit what is done with them: a text may do anything with
any, and is told so where it does, as Python itself would tell it."""


class Doing(Protocol):
    """What is done with calls, members and operators on modules and tensors."""

    def call(self, node: ast.Call, function: Any, given: list[Any], named: dict[str, Any]) -> Any:
        """Do a call."""
        ...

    def member(self, node: ast.Attribute, of: Any) -> Any:
        """Return ``of.name``."""
        ...

    def set_member(self, node: ast.AST, of: Any, name: str, value: Any) -> None:
        """Do ``of.name = value``."""
        ...

    def item(self, node: ast.Subscript, of: Any, index: Any) -> Any:
        """Return ``of[index]``."""
        ...

    def operator(self, node: ast.expr, sign: str, operands: Sequence[Any]) -> Any:
        """Return what an operator gives of tensors."""
        ...

    def iterated(self, node: ast.AST, value: Any) -> Sequence[Any]:
        """Return what a loop goes through."""
        ...

    def optional(self, node: ast.IfExp, condition: Tagged, scope: Scope) -> Any:
        """Return a module that is there only under a condition; ``None`` where it is no such."""
        ...

    def put_in(self, of: Container, name: str, value: Any) -> None:
        """Put a module into a container."""
        ...

    def builtin(self, name: str) -> Any:
        """Return a function of Python itself."""
        ...

    def parent(self, node: ast.Call, scope: Scope) -> Any:
        """Return what ``super()`` stands for."""
        ...

    def assume(self, node: ast.AST, what: str) -> bool:
        """Return how a condition is taken that is not known, and note it."""
        ...

    def leave_out(self, node: ast.AST) -> None:
        """Note that a statement means nothing."""
        ...

    def named(self, target: str, value: Any) -> None:
        """Give what a variable holds its name."""
        ...


class Expressions:
    """Evaluates expressions."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._steps = 0
        self.at: ast.AST | None = None
        """Where the reading is."""

    def count(self, node: ast.AST) -> None:
        """Count a step; raises where there were too many."""
        self._steps += 1
        self.at = node
        if self._steps > MOST_STEPS:
            raise unread(node, "import_too_long")

    def weighed(self, node: ast.AST, value: Any) -> Any:
        """Return what was made; a long text or list counts as many steps, and bounds memory."""
        if isinstance(value, str | list | tuple):
            self._steps += len(value) // _WEIGHT
        self.count(node)
        return value

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to what stands on the left of a ``=``."""
        raise NotImplementedError

    def value(self, node: ast.expr, scope: Scope) -> Any:
        """Return the value of an expression."""
        self.count(node)
        work = getattr(self, f"_{type(node).__name__.lower()}", None)
        if work is None:
            raise unread(node, "import_unknown_syntax")
        try:
            return work(node, scope)
        except UNFIT as error:
            raise unread(node, "import_cannot_compute", reason=str(error)) from None

    def _constant(self, node: ast.Constant, _: Scope) -> Any:
        return node.value

    def _name(self, node: ast.Name, scope: Scope) -> Any:
        try:
            return scope.find(node.id)
        except KeyError:
            return self._doing.builtin(node.id) or self._unknown(node)

    def _unknown(self, node: ast.Name) -> Any:
        raise unread(node, "import_unknown_name", name=node.id)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        return self._doing.member(node, self.value(node.value, scope))

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        of = self.value(node.value, scope)
        return self._doing.item(node, of, self._index(node.slice, scope))

    def _index(self, node: ast.expr, scope: Scope) -> Any:
        return self.value(node, scope)

    def _slice(self, node: ast.Slice, scope: Scope) -> Any:
        parts = (node.lower, node.upper, node.step)
        return slice(*(plain(self.value(each, scope)) if each else None for each in parts))

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Any:
        return tuple(self._items(node.elts, scope))

    def _list(self, node: ast.List, scope: Scope) -> Any:
        return [*self._items(node.elts, scope)]

    def _set(self, node: ast.Set, scope: Scope) -> Any:
        return [*self._items(node.elts, scope)]

    def _items(self, nodes: Sequence[ast.expr], scope: Scope) -> Iterator[Any]:
        for each in nodes:
            if isinstance(each, ast.Starred):
                yield from self._doing.iterated(each, self.value(each.value, scope))
            else:
                yield self.value(each, scope)

    def _dict(self, node: ast.Dict, scope: Scope) -> Any:
        found: dict[Any, Any] = {}
        for key, each in zip(node.keys, node.values, strict=True):
            value = self.value(each, scope)
            if key is None:
                found.update(value)
            else:
                found[plain(self.value(key, scope))] = value
        return found

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Any:
        parts = []
        for each in node.values:
            inner = each.value if isinstance(each, ast.FormattedValue) else each
            parts.append(str(plain(self.value(inner, scope))))
        return "".join(parts)

    def _binop(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if is_tensor(left) or is_tensor(right):
            return self._doing.operator(node, numbers.symbol(node.op), (left, right))
        if isinstance(left, ListOf) or isinstance(right, ListOf):
            left, right = [*left], [*right] if isinstance(right, list) else right
        return self.weighed(node, numbers.binary(node, left, right))

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not):
            return numbers.opposite(value, self.truth(node, value))
        if is_tensor(value):
            sign = {ast.USub: "-", ast.Invert: "~"}.get(type(node.op), "+")
            return self._doing.operator(node, sign, (value,))
        return numbers.negative(node, value)

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Any:
        is_and = isinstance(node.op, ast.And)
        value: Any = None
        for each in node.values:
            found = self.value(each, scope)
            tagged = isinstance(value, Tagged) and isinstance(found, Tagged)
            if tagged and isinstance(found.value, bool) and isinstance(value.value, bool):
                result = value.value and found.value if is_and else value.value or found.value
                sign = "and" if is_and else "or"
                found = Tagged(result, Binary(sign, value.formula, found.formula))
            value = found
            if self.truth(node, value) is not is_and:
                return value
        return value

    def _compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        result: Any = True
        for sign, each in zip(node.ops, node.comparators, strict=True):
            right = self.value(each, scope)
            if is_tensor(left) or is_tensor(right):
                if isinstance(sign, ast.Is | ast.IsNot):
                    result = isinstance(sign, ast.IsNot)
                else:
                    return self._doing.operator(node, numbers.comparison(sign), (left, right))
            else:
                result = numbers.compared(node, sign, left, right)
            if not self.truth(node, result):
                return result
            left = right
        return result

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Any:
        condition = self.value(node.test, scope)
        truth = self.truth(node.test, condition)
        if not isinstance(condition, Tagged):
            return self.value(node.body if truth else node.orelse, scope)
        found = self._doing.optional(node, condition, scope)
        if found is not None:
            return found
        chosen = self.value(node.body if truth else node.orelse, scope)
        return self._conditional(node, condition, chosen, scope, truth=truth)

    def _conditional(
        self, node: ast.IfExp, condition: Tagged, chosen: Any, scope: Scope, *, truth: bool
    ) -> Any:
        """Return a number that a condition chooses, with its formula."""
        if not isinstance(plain(chosen), int | float):
            return chosen
        try:
            other = self.value(node.orelse if truth else node.body, scope)
        except UnreadError:
            return chosen
        if not isinstance(plain(other), int | float):
            return chosen
        parts = [numbers.formula_of(each) or Constant(plain(each)) for each in (chosen, other)]
        yes, no = parts if truth else reversed(parts)
        return Tagged(plain(chosen), Conditional(yes, condition.formula, no))

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Any:
        names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
        pairs = zip(reversed(names), reversed(node.args.defaults), strict=False)
        defaults = {name: self.value(each, scope) for name, each in pairs}
        return Function(node, scope, defaults=defaults)

    def _starred(self, node: ast.Starred, scope: Scope) -> Any:
        return self.value(node.value, scope)

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> Any:
        value = self.value(node.value, scope)
        self.assign(node.target, value, scope)
        return value

    def _listcomp(self, node: ast.ListComp, scope: Scope) -> Any:
        found = ListOf()
        inner = Scope(scope)
        for number, _ in enumerate(self._turns(node.generators, inner)):
            value = self.value(node.elt, inner)
            if isinstance(value, Instance):
                value.index, value.origin = number, found
            found.append(value)
        found.times = self._count_of(node.generators, scope, len(found))
        return found

    _generatorexp = _listcomp
    _setcomp = _listcomp

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Any:
        inner, found = Scope(scope), {}
        for _ in self._turns(node.generators, inner):
            found[plain(self.value(node.key, inner))] = self.value(node.value, inner)
        return found

    def _turns(self, generators: Sequence[ast.comprehension], scope: Scope) -> Iterator[None]:
        """Go through the turns of a comprehension."""
        if not generators:
            yield
            return
        first, *others = generators
        several = self._doing.iterated(first.iter, self.value(first.iter, scope))
        counts = len(generators) == 1 and _is_range(first.iter)
        for number, each in enumerate(several):
            self.count(first.iter)
            if counts and isinstance(each, int):
                ahead = each - number
                index = Parameter(INDEX)
                formula = Binary("+", index, Constant(ahead)) if ahead else index
                each = Tagged(each, formula)
            self.assign(first.target, each, scope)
            if all(self.truth(test, self.value(test, scope)) for test in first.ifs):
                yield from self._turns(others, scope)

    def _count_of(
        self, generators: Sequence[ast.comprehension], scope: Scope, length: int
    ) -> Tagged | int | None:
        """Return how often a comprehension does the same, where that is so."""
        first = generators[0]
        if len(generators) > 1 or first.ifs or not _is_range(first.iter):
            return None
        assert isinstance(first.iter, ast.Call)
        if len(first.iter.args) > 2 or first.iter.keywords:
            return None
        bounds = [self.value(each, scope) for each in first.iter.args]
        if len(bounds) == 1:
            count = bounds[0]
        elif not any(isinstance(each, Tagged) for each in bounds):
            return length
        else:
            ends = [numbers.formula_of(each) or Constant(plain(each)) for each in bounds]
            count = Tagged(length, Binary("-", ends[1], ends[0]))
        return count if isinstance(count, Tagged) else length

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self._doing.parent(node, scope)
        function = self.value(node.func, scope)
        given = [*self._items(node.args, scope)]
        named: dict[str, Any] = {}
        for each in node.keywords:
            value = self.value(each.value, scope)
            if each.arg is not None:
                named[each.arg] = value
            elif isinstance(value, Mapping):
                named.update(value)
        return self._doing.call(node, function, given, named)

    def truth(self, node: ast.AST, value: Any) -> bool:
        """Return whether a value counts as true."""
        value = plain(value)
        if value is TRAINING:
            return self._doing.assume(node, "training")
        if is_tensor(value):
            raise unread(node, "import_depends_on_values")
        if isinstance(value, Expression):
            return True
        if isinstance(value, Container):
            return bool(value.modules)
        return bool(value)


def is_tensor(value: Any) -> bool:
    """Tell whether a value is a tensor, there already or to be drawn."""
    return isinstance(value, Tensor | Made | WeightOf)


def _is_range(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )
