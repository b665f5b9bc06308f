"""A last look at generated text before it is executed: only what the emitter writes may occur."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from codegen.custom_layers.sections import NORMS, Section, entry_of, import_lines
from codegen.model.program import DERIVING, RESET
from graph_model.formulas import FUNCTIONS
from graph_model.initialisation.kinds import INITS
from graph_model.layers import LAYERS
from graph_model.layers.kind import Fresh, Function, Held, Method, Module, Pattern
from graph_model.parametrizations.kinds import PARAMETRIZATIONS
from graph_model.problems import GraphError
from graph_model.syntax import parse
from graph_model.tensors import DTYPES

_NODES: Final = (
    ast.Import, ast.ImportFrom, ast.alias, ast.ClassDef, ast.FunctionDef,
    ast.arguments, ast.arg, ast.Assign, ast.Return, ast.Expr, ast.If, ast.Compare, ast.Eq,
    ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Constant, ast.Tuple, ast.For,
    ast.Subscript, ast.Slice, ast.UnaryOp, ast.USub, ast.BinOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.MatMult,
    ast.In, ast.NotIn, ast.Is, ast.IsNot,  # of what weights begin with, and what is left open
    # Operations, formulas of blocks, and their repeats
    ast.Pow, ast.FloorDiv, ast.Mod, ast.BitAnd, ast.BitOr, ast.BitXor, ast.Invert,
    ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.NotEq, ast.BoolOp, ast.And, ast.Or,
    ast.Not, ast.IfExp, ast.ListComp, ast.GeneratorExp, ast.comprehension, ast.Starred, ast.List,
)  # fmt: skip
_WITHOUT_NODES: Final = frozenset({
    "arg", "asname", "attr", "ctx", "id", "is_async", "kind", "level", "module", "name",
    "type_comment",
})  # fmt: skip
_PARTS: Final[Mapping[type, Sequence[str]]] = {
    **{node: [each for each in node._fields if each not in _WITHOUT_NODES] for node in _NODES},
    ast.Constant: (),
}
"""The emitter's language: each kind of node, and its fields that hold further nodes."""

_FORMS: Final = tuple(
    form for kind in LAYERS.values() for form in (kind.form, kind.sized) if form is not None
)
_WRITTEN: Final = " ".join(
    [form.target for form in _FORMS if isinstance(form, Function)]
    + [form.text for form in _FORMS if isinstance(form, Pattern)]
    + [text for form in _FORMS if isinstance(form, Held | Fresh) for text in form.made.values()]
)
"""All that the catalogue itself says of how operations are written."""
_FUNCTIONALS: Final = frozenset(re.findall(r"nn\.functional\.(\w+)", _WRITTEN))
_TRANSFORMS: Final = frozenset(re.findall(r"torch\.fft\.(\w+)", _WRITTEN))
_MEMBERS: Final = {
    "torch": frozenset({"zeros", "tensor", "enable_grad", *DTYPES})
    | {*re.findall(r"torch\.(\w+)", _WRITTEN)},
    "nn": frozenset({"Module", "Sequential", "ModuleList", "Parameter", "functional", "init"})
    | {"utils"}
    | {form.target for form in _FORMS if isinstance(form, Module)},
}
_METHODS: Final = (
    frozenset({"__init__", "shape", "dim", "weight", "T", "requires_grad_", "new_ones"})
    | {"modules", "named_parameters", "bias", RESET}
    | {form.name for form in _FORMS if isinstance(form, Method)}
    | {*re.findall(r"\}\.(\w+)", _WRITTEN)}
)
_IMPORTED: Final[Mapping[str, Collection[tuple[str, None]]]] = {
    "torch": {("Tensor", None), ("nn", None)},
    NORMS: {(name, None) for name in PARAMETRIZATIONS},
    "collections.abc": {("Callable", None)},
    "functools": {("partial", None)},
}
_CALLED: Final = frozenset(
    {"super", "print", "tuple", "float", "model", "range", "sum", "enumerate", "zip"}
    | {"isinstance"}
    | {*FUNCTIONS, *PARAMETRIZATIONS}
)


def check(text: str, sections: Sequence[Section] = ()) -> ast.Module:
    """Parse generated text, whose ``sections`` are custom layers that were allowed.

    Raises ``GraphError`` where it holds anything that generated text never does: another import,
    a name with leading underscores, a member of torch that the catalogue does not know, a
    statement or expression outside the emitter's language.
    """
    tree = parse(text)
    called = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    nodes = _all_within(_generated(tree, text, sections))
    loops = (node for node in nodes if isinstance(node, ast.For | ast.comprehension))
    called |= {name for node in loops for name in _turns(node)}
    called = called.union(*map(_kinds_given, nodes))
    called |= {name for section in sections for name in entry_of(section.text).defined}
    for node in nodes:
        is_known = _CHECKS.get(type(node))
        if is_known is not None and not is_known(node, called):
            raise _unknown(node)
    return tree


def _unknown(node: ast.AST) -> GraphError:
    place = f" in line {node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
    return GraphError(f"generated text has an unknown {type(node).__name__}{place}")


def _generated(tree: ast.Module, text: str, sections: Sequence[Section]) -> list[ast.AST]:
    """Return the statements that are not a custom layer's: neither in its lines nor its imports."""
    lines = text.split("\n")
    theirs: set[int] = set()
    for section in sections:
        if lines[section.first - 1 :][: len(section.lines)] != section.lines:
            raise GraphError("generated text holds another custom layer than was allowed")
        theirs.update(section.numbers)
    imported = set(import_lines([section.text for section in sections]))
    found: list[ast.AST] = []
    for statement in tree.body:
        first = min((each.lineno for each in getattr(statement, "decorator_list", ())), default=0)
        own = range(first or statement.lineno, (statement.end_lineno or statement.lineno) + 1)
        is_import = isinstance(statement, ast.Import | ast.ImportFrom)
        if not theirs.issuperset(own) and not (is_import and ast.unparse(statement) in imported):
            found.append(statement)
    return found


def _all_within(found: list[ast.AST]) -> list[ast.AST]:
    """Return these nodes and all within them; refuse what is outside the emitter's language."""
    for node in found:  # which grows meanwhile
        parts = _PARTS.get(type(node))
        if parts is None:
            raise _unknown(node)
        for part in parts:
            value = getattr(node, part)
            if isinstance(value, list):
                found += value
            elif value is not None:
                found.append(value)
    return found


def _turns(loop: ast.For | ast.comprehension) -> set[str]:
    """Return ``layer`` for ``for layer in self.layers``, also with its number before it.

    Of several lists it is what each of them gives in turn.
    """
    match loop.target, loop.iter:
        case ast.Name(name), whole if _is_list(whole) or _is_module_list(whole):
            return {name}
        case ast.Tuple([ast.Name(), ast.Name(name)]), whole if _is_list(whole):
            return {name}
        case (
            ast.Tuple(targets),
            ast.Call(ast.Name("zip"), lists, [ast.keyword("strict", ast.Constant(True))]),
        ) if all(map(_is_module_list, lists)):
            return {each.id for each in targets if isinstance(each, ast.Name)}
        case _:
            return set()


def _is_known_import(node: ast.Import, _: Collection[str]) -> bool:
    return [(alias.name, alias.asname) for alias in node.names] == [("torch", None)]


def _is_known_import_from(node: ast.ImportFrom, _: Collection[str]) -> bool:
    names = {(alias.name, alias.asname) for alias in node.names}
    known = _IMPORTED.get(node.module or "", ())
    return not node.level and names.issubset(known)


def _is_known_name(node: ast.Name, _: Collection[str]) -> bool:
    return not node.id.startswith("_") or node.id in {"_", "__name__"}


def _is_known_attribute(node: ast.Attribute, _: Collection[str]) -> bool:
    match node.value:
        case ast.Name("self"):
            return not node.attr.startswith("_") or node.attr == RESET
        case ast.Name(owner) if owner in _MEMBERS:
            return node.attr in _MEMBERS[owner]
        case ast.Attribute(ast.Name("torch"), "fft"):
            return node.attr in _TRANSFORMS
        case ast.Attribute(ast.Name("torch"), "autograd"):
            return node.attr == "grad"
        case ast.Attribute(ast.Name("nn"), "functional"):
            return node.attr in _FUNCTIONALS
        case ast.Attribute(ast.Name("nn"), "init"):
            return node.attr in INITS
        case ast.Attribute(ast.Name("nn"), "utils"):
            return node.attr == "parametrizations"
        case ast.Attribute(ast.Attribute(ast.Name("nn"), "utils")):
            return node.attr in PARAMETRIZATIONS
        case _:
            return node.attr in _METHODS


def _is_known_comparison(node: ast.Compare, _: Collection[str]) -> bool:
    """Tell whether a word is looked for, as in ``"bias" in name``, or something may be None."""
    if any(isinstance(each, ast.In | ast.NotIn) for each in node.ops):
        return isinstance(node.left, ast.Constant)
    if any(isinstance(each, ast.Is | ast.IsNot) for each in node.ops):
        others = node.comparators
        return all(isinstance(each, ast.Constant) and each.value is None for each in others)
    return True


def _is_known_call(node: ast.Call, called: Collection[str]) -> bool:
    if any(
        isinstance(each, ast.Starred) and isinstance(each.value, ast.Name) for each in node.args
    ):
        return False  # a list of values stands in a tuple: ``torch.cat((x, *parts))``
    if isinstance(node.func, ast.Name) and node.func.id == "partial":
        return _is_kind(node)
    if isinstance(node.func, ast.Name):
        return node.func.id.rstrip("_") in _CALLED or node.func.id in called
    return isinstance(node.func, ast.Attribute)


def _is_known_spread(node: ast.Starred, _: Collection[str]) -> bool:
    return isinstance(node.value, ast.ListComp | ast.Name) or _is_repeated_list(node.value)


def _is_known_loop(node: ast.comprehension, _: Collection[str]) -> bool:
    is_known = _is_range(node.iter) or _is_list(node.iter) or _is_constant(node.iter)
    return is_known and not node.ifs and not node.is_async


def _is_known_function(node: ast.FunctionDef, _: Collection[str]) -> bool:
    defaults = all(_is_constant(each) or _is_kind(each) for each in node.args.defaults)
    decorators = {ast.unparse(each) for each in node.decorator_list}
    return defaults and decorators <= {DERIVING} and not node.args.kw_defaults


def _is_known_class(node: ast.ClassDef, _: Collection[str]) -> bool:
    return not (node.decorator_list or node.keywords)


_CHECKS: Final[Mapping[type, Callable[[Any, Collection[str]], bool]]] = {
    ast.Import: _is_known_import,
    ast.ImportFrom: _is_known_import_from,
    ast.Name: _is_known_name,
    ast.Attribute: _is_known_attribute,
    ast.Compare: _is_known_comparison,
    ast.Call: _is_known_call,
    ast.Starred: _is_known_spread,
    ast.comprehension: _is_known_loop,
    ast.FunctionDef: _is_known_function,
    ast.ClassDef: _is_known_class,
}
"""Tells of a node whether it is one that the emitter writes, given what may be called by name."""


def _is_range(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )


def _is_list(node: ast.expr) -> bool:
    """Tell whether it is ``self.layers`` or ``enumerate(self.layers)``."""
    match node:
        case ast.Attribute(ast.Name("self")) | ast.Call(
            ast.Name("enumerate"), [ast.Attribute(ast.Name("self"))], []
        ):
            return True
        case _:
            return False


def _is_module_list(node: ast.expr) -> bool:
    """Tell whether it is ``self.layers`` or a slice of it."""
    match node:
        case ast.Attribute(ast.Name("self")) | ast.Subscript(
            ast.Attribute(ast.Name("self")), ast.Slice()
        ):
            return True
        case _:
            return False


def _is_repeated_list(node: ast.expr) -> bool:
    """Tell whether it is of the form ``[-1] * n``."""
    return isinstance(node, ast.BinOp) and isinstance(node.left, ast.List)


def _is_kind(node: ast.expr) -> bool:
    """Tell whether it is a layer kind, ``nn.ReLU``, or one with arguments."""
    match node:
        case ast.Attribute(ast.Name("nn")):
            return True
        case ast.Call(ast.Name("partial"), [kind, *given], keywords):
            return _is_kind(kind) and all(map(_is_constant, given + [k.value for k in keywords]))
        case _:
            return False


def _kinds_given(node: ast.AST) -> set[str]:
    """Return the arguments of a function that are layer kinds, which it may call."""
    if not isinstance(node, ast.FunctionDef):
        return set()
    signs = {"type[nn.Module]", "Callable[..., nn.Module]"}
    return {
        each.arg
        for each in node.args.args
        if each.annotation is not None and ast.unparse(each.annotation) in signs
    }


def _is_constant(node: ast.expr) -> bool:
    """Tell whether a default is a literal, of which ``float("inf")`` is one."""
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(ast.USub(), operand):
            return _is_constant(operand)
        case ast.Tuple(entries):
            return all(map(_is_constant, entries))
        case ast.Call(ast.Name("float"), [ast.Constant()], []):
            return True
        case _:
            return False
