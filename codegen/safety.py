"""A last look at generated text before it is executed: only what the emitter writes may occur."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Final

from codegen.custom import Section, entry_of, import_lines
from graph_model.formulas import FUNCTIONS
from graph_model.layers import LAYERS
from graph_model.layers.kind import Function, Held, Method, Module, Pattern
from graph_model.problems import GraphError
from graph_model.tensors import DTYPES

_NODES: Final = frozenset({
    ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.ClassDef, ast.FunctionDef,
    ast.arguments, ast.arg, ast.Assign, ast.Return, ast.Expr, ast.If, ast.Compare, ast.Eq,
    ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Constant, ast.Tuple, ast.For,
    ast.Subscript, ast.Slice, ast.UnaryOp, ast.USub, ast.BinOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Load, ast.Store,
    # Operations, formulas of blocks, and their repeats
    ast.Pow, ast.FloorDiv, ast.Mod, ast.BitAnd, ast.BitOr, ast.BitXor, ast.Invert,
    ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.NotEq, ast.BoolOp, ast.And, ast.Or,
    ast.Not, ast.IfExp, ast.ListComp, ast.comprehension, ast.Starred, ast.List,
})  # fmt: skip

_FORMS: Final = tuple(kind.form for kind in LAYERS.values())
_WRITTEN: Final = " ".join(
    [form.target for form in _FORMS if isinstance(form, Function)]
    + [form.text for form in _FORMS if isinstance(form, Pattern)]
    + [text for form in _FORMS if isinstance(form, Held) for text in form.made.values()]
)
"""All that the catalogue itself says of how operations are written."""
_FUNCTIONALS: Final = frozenset(re.findall(r"nn\.functional\.(\w+)", _WRITTEN))
_MEMBERS: Final = {
    "torch": frozenset({"zeros", *DTYPES}) | {*re.findall(r"torch\.(\w+)", _WRITTEN)},
    "nn": frozenset({"Module", "Sequential", "ModuleList", "Parameter", "functional"})
    | {form.target for form in _FORMS if isinstance(form, Module)},
}
_METHODS: Final = (
    frozenset({"__init__", "shape", "dim", "weight", "T", "requires_grad_"})
    | {form.name for form in _FORMS if isinstance(form, Method)}
    | {*re.findall(r"\}\.(\w+)", _WRITTEN)}
)
_IMPORTED: Final = {("Tensor", None), ("nn", None)}
_CALLED: Final = frozenset({"super", "print", "tuple", "float", "model", "range", *FUNCTIONS})


def check(text: str, sections: Sequence[Section] = ()) -> ast.Module:
    """Parse generated text, whose ``sections`` are custom layers that were allowed.

    Raises ``GraphError`` where it holds anything that generated text never does: another import,
    a name with leading underscores, a member of torch that the catalogue does not know, a
    statement or expression outside the emitter's language.
    """
    tree = ast.parse(text)
    called = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    nodes = _all_within(_generated(tree, text, sections))
    called |= {name for node in nodes if (name := _layer_in_turn(node))}
    called |= {name for section in sections for name in entry_of(section.text).defined}
    for node in nodes:
        if type(node) not in _NODES or not _is_known(node, called):
            place = f" in line {node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
            raise GraphError(f"generated text has an unknown {type(node).__name__}{place}")
    return tree


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
    """Return what ``ast.walk`` yields but the marks of reading and writing, in half the time."""
    for node in found:
        for name in node._fields:
            value = getattr(node, name)
            if isinstance(value, list):
                found += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.Load | ast.Store):
                found.append(value)
    return found


def _layer_in_turn(node: ast.AST) -> str:
    """Return ``layer`` for ``for layer in self.layers``."""
    match node:
        case ast.For(ast.Name(name), ast.Attribute(ast.Name("self"))):
            return name
        case _:
            return ""


def _is_known(node: ast.AST, called: set[str]) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Import():
            return [(alias.name, alias.asname) for alias in node.names] == [("torch", None)]
        case ast.ImportFrom():
            names = {(alias.name, alias.asname) for alias in node.names}
            return node.module == "torch" and not node.level and names <= _IMPORTED
        case ast.Name():
            return not node.id.startswith("_") or node.id in {"_", "__name__"}
        case ast.Attribute(ast.Name("self"), name):
            return not name.startswith("_")
        case ast.Attribute(ast.Attribute(ast.Name("nn"), "functional"), name):
            return name in _FUNCTIONALS
        case ast.Attribute(ast.Name(owner), name) if owner in _MEMBERS:
            return name in _MEMBERS[owner]
        case ast.Attribute():
            return node.attr in _METHODS
        case ast.Starred():
            return isinstance(node.value, ast.ListComp) or _is_repeated_list(node.value)
        case ast.comprehension():
            return _is_range(node.iter) and not node.ifs and not node.is_async
        case ast.Call(ast.Name(name)):
            return name.rstrip("_") in _CALLED or name in called
        case ast.Call():
            return isinstance(node.func, ast.Attribute)
        case ast.FunctionDef():
            defaults = all(map(_is_constant, node.args.defaults))
            return defaults and not (node.decorator_list or node.args.kw_defaults)
        case ast.ClassDef():
            return not (node.decorator_list or node.keywords)
        case _:
            return True


def _is_range(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
    )


def _is_repeated_list(node: ast.expr) -> bool:
    """Tell whether it is of the form ``[-1] * n``."""
    return isinstance(node, ast.BinOp) and isinstance(node.left, ast.List)


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
