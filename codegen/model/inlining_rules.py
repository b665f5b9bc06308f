"""Which statements one would write in one line: the taste of ``forward``, as rules."""

from __future__ import annotations

import re
from typing import Final

from codegen.model.precedence import binding, demanded
from codegen.model.step import Step
from graph_model.layers.kind import (
    Composite,
    Function,
    Index,
    LayerKind,
    Method,
    Module,
    Operator,
    Pattern,
    Script,
)

_FOLLOWS: Final = {
    "normalisation": {"convolution", "linear"},
    "activation": {"convolution", "linear", "normalisation"},
    "dropout": {"activation", "attention", "block", "embedding", "linear"},
    "attention": {"normalisation"},
    "block": {"normalisation"},
    "linear": {"dropout", "normalisation", "shape"},
    "pooling": {"activation", "block"},
}
"""The families whose modules are called around those of others, in the same line."""
_OF_ONE_STEP: Final = frozenset({"linear", "normalisation"})
"""The families whose modules are called around ``x[:, -1]``."""
AROUND_SUMS: Final = frozenset({"activation", "dropout", "normalisation"})
_AROUND_JOINED: Final = frozenset({"block", "convolution", "linear"})
"""The families whose modules are called around ``torch.cat((x, y), dim=1)``."""
_BEFORE_METHODS: Final = frozenset({"convolution", "embedding", "linear", "normalisation", "shape"})
"""The families of modules of whose result a method is called in the same line."""
_BEFORE_SHAPES: Final = frozenset({"linear", "pooling"})
"""The families of modules of whose result a layer alters the shape in the same line."""
_COMPUTED: Final = re.compile(r"\([^()]*( [-+*/@] |\*\*)|\(.*\w\(.*\w\(")
"""A bracket with an operator in it, or the third of three calls."""
_MOST_OPERATIONS: Final = 5
"""How many operations one line has at most, modules not counted."""
_LONGEST_CHAIN: Final = 3
"""How many methods are called one after the other in one line at most."""
_LAST_METHODS: Final = 2
"""How many of them are called where a layer takes the result."""
_LIKE_OPERATORS: Final = re.compile(r"([-~]|\{value\} - )\{input\}")
_WITHIN: Final = re.compile(r"\([^()]*(\w\(| [-+*/@] |\*\*)")
"""A bracket that holds more than values: a call, or an operator."""
_DRAWS: Final = re.compile(r"rand|bernoulli|multinomial|normal|dropout|attention")
_DRAWING_FAMILIES: Final = frozenset({"attention", "block", "dropout", "recurrent"})
_DRAWING_KINDS: Final = frozenset({"RReLU", "FractionalMaxPool2d", "Rand", "Randn", "Randint"})


def may_overwrite(step: Step) -> bool:
    """Tell whether a step may write over what it is given."""
    return any(
        isinstance(kind.form, Composite | Script) or "inplace" in kind.by_name
        for kind in step.kinds
    )


def may_draw(step: Step) -> bool:
    """Tell whether a step may draw random numbers."""
    return any(
        kind.family in _DRAWING_FAMILIES
        or kind.name in _DRAWING_KINDS
        or isinstance(kind.form, Composite | Script)
        or (isinstance(kind.form, Function) and bool(_DRAWS.search(kind.form.target)))
        for kind in step.kinds
    )


def keeps_order(inner: Step, outer: Step) -> bool:
    """Tell whether all that matters is computed in one line in the order that it was."""
    before = outer.expression.partition(inner.target)[0]
    is_first = "(" not in before
    return is_first or not (may_overwrite(inner) or (may_draw(inner) and may_draw(outer)))


def suits(inner: Step, outer: Step, *, is_branch: bool) -> bool:
    """Tell whether one would write ``outer(inner)``; in a branch, what it reads is used again."""
    taker = outer.takers[inner.target]
    if isinstance(taker.form, Module | Composite):
        return _suits_module(inner, taker, is_branch=is_branch)
    if len(_operations(inner)) + len(_operations(outer)) > _MOST_OPERATIONS:
        return False
    match taker.form:
        case Operator() | Pattern():
            return _is_like_operator(taker) and _is_term(inner, outer)
        case Method():
            return _is_begun(inner, taker)
        case Function(inputs_as_tuple=is_tuple):
            return _is_flat(inner) if is_tuple else _is_inner(inner, outer)
        case _:
            return False


def _suits_module(inner: Step, taker: LayerKind, *, is_branch: bool) -> bool:
    """Tell whether one would call a module with it."""
    form, family, outer = inner.kind.form, inner.kind.family, taker.family
    if _is_like_operator(inner.kind):
        return outer in AROUND_SUMS or (outer == "linear" and _is_flat(inner))
    if isinstance(form, Index):
        return outer in _OF_ONE_STEP
    if isinstance(form, Function):
        return form.inputs_as_tuple and outer in _AROUND_JOINED and _is_plain(inner)
    if outer == "shape":
        return isinstance(form, Method) or (_is_call(inner) and family in _BEFORE_SHAPES)
    if isinstance(form, Method):
        return outer == "linear" and family == "shape" and _is_short(inner)
    if outer == "convolution":  # of layers that normalise first
        return family == "activation" and inner.kinds[0].family == "normalisation"
    if is_branch and family == outer == "block":
        return True
    is_global = taker.name.startswith("Adaptive")  # which is joined with what flattens
    return _is_call(inner) and not is_global and family in _FOLLOWS.get(outer, ())


def _is_term(inner: Step, outer: Step) -> bool:
    """Tell whether one would write it beside an operator: what is plain, and has few brackets."""
    if "**" in outer.expression:
        return False
    if _is_call(inner):
        return True
    if not _is_like_operator(inner.kind):
        is_operation = not isinstance(inner.kind.form, Module | Composite)
        return is_operation and not _COMPUTED.search(inner.expression)
    if binding(inner.expression) >= demanded(outer.expression, inner.target):
        return True
    return _is_flat(inner)


def _is_inner(inner: Step, outer: Step) -> bool:
    """Tell whether one would write it as the only value that a function is given."""
    if len(outer.reads) > 1:
        return False
    if _is_like_operator(inner.kind):
        return "(" not in inner.expression or _is_negated_call(inner)
    return _is_plain(inner) or (_is_call(inner) and len(inner.nodes) == 1)


def _is_negated_call(step: Step) -> bool:
    """Tell whether it is a sign before the call of modules: ``-self.relu(self.fc(x))``."""
    return step.expression.startswith("-self.") and len(_operations(step)) == 1


def _is_begun(inner: Step, taker: LayerKind) -> bool:
    """Tell whether one would call a method of it at once."""
    if _is_like_operator(inner.kind):
        return taker.family == "reduction"
    if _is_call(inner):
        return inner.kind.family in _BEFORE_METHODS and len(inner.nodes) == 1
    is_chain = isinstance(inner.kind.form, Method | Index) or inner.expression.endswith("]")
    return is_chain and len(_operations(inner)) < _LONGEST_CHAIN


def _is_call(step: Step) -> bool:
    """Tell whether it ends with the call of a module."""
    return isinstance(step.kind.form, Module | Composite) and not _is_product(step)


def _is_product(step: Step) -> bool:
    """Tell whether a layer is written as a product, since it has the weights of another kind."""
    return isinstance(step.kind.form, Module) and step.expression.endswith(".weight.T")


def _is_like_operator(kind: LayerKind) -> bool:
    form = kind.form
    return isinstance(form, Operator) or (
        isinstance(form, Pattern) and bool(_LIKE_OPERATORS.fullmatch(form.text))
    )


def _is_plain(step: Step) -> bool:
    """Tell whether it is an operation, and nothing is computed within its brackets."""
    return not isinstance(step.kind.form, Module | Composite) and not _WITHIN.search(
        step.expression
    )


def _is_short(step: Step) -> bool:
    """Tell whether it is a method or two of a value."""
    return len(step.nodes) <= _LAST_METHODS and len(_operations(step)) == len(step.nodes)


def _is_flat(step: Step) -> bool:
    """Tell whether it is one operation between values, or a part of one."""
    is_short = _is_like_operator(step.kind) or isinstance(step.kind.form, Index)
    return is_short and len(step.nodes) == 1 and "(" not in step.expression


def _operations(step: Step) -> list[LayerKind]:
    return [kind for kind in step.kinds if not isinstance(kind.form, Module | Composite)]
