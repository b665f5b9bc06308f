"""A last look at generated text before it is executed: only what the emitter writes may occur."""

from __future__ import annotations

import ast
from typing import Final

from graph_model.problems import GraphError

_NODES: Final = (
    ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.ClassDef, ast.FunctionDef,
    ast.arguments, ast.arg, ast.Assign, ast.Return, ast.Expr, ast.If, ast.Compare, ast.Eq,
    ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Constant, ast.Tuple, ast.List, ast.ListComp,
    ast.comprehension, ast.Subscript, ast.Slice, ast.UnaryOp, ast.USub, ast.BinOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Load, ast.Store,
)  # fmt: skip
_IMPORTS: Final = frozenset({"torch", "Tensor", "nn", "functional"})


def check(text: str) -> ast.Module:
    """Parse generated text.

    Raises ``GraphError`` where it holds anything that generated text never does: another import,
    a name with leading underscores, a statement or expression outside the emitter's language.
    """
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if not isinstance(node, _NODES):
            raise GraphError(f"generated text has a {type(node).__name__}")
        if isinstance(node, ast.alias) and node.name not in _IMPORTS:
            raise GraphError(f"generated text imports {node.name}")
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "_")
        if name.startswith("_") and name not in {"_", "__init__", "__name__"}:
            raise GraphError(f"generated text uses {name}")
    return tree
