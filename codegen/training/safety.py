"""A last look at a training script before it is executed: only what the outline holds may occur."""

from __future__ import annotations

import ast
from typing import Final

from graph_model.problems import GraphError
from graph_model.syntax import parse

_IMPORTED: Final = frozenset({
    "argparse", "hashlib", "json", "math", "os", "random", "sys", "time", "collections.abc",
    "concurrent.futures", "contextlib", "functools", "itertools", "pathlib", "typing", "PIL",
    "torch", "torch.distributed", "torch.nn.parallel",
    "torch.distributed.fsdp", "torch.distributed.checkpoint.state_dict",
    "torch.optim.swa_utils", "torch.utils.checkpoint",
})  # fmt: skip
_OF_OS: Final = frozenset({"cpu_count", "environ", "replace"})
_OF_SYS: Final = frozenset({"stderr", "stdout"})
_OF_TORCH: Final = frozenset({"hub", "ops", "classes", "package", "jit", "_C", "utils"})
"""What of torch reaches further than a training does."""
_NEVER: Final = frozenset({
    "eval", "exec", "compile", "open", "input", "getattr", "setattr", "delattr", "globals",
    "locals", "breakpoint",
})  # fmt: skip
"""Built-in functions that reach beyond what is written."""
_UNDERSCORED: Final = frozenset({"_", "__init__", "__file__", "__name__"})


def check(text: str, module: str) -> ast.Module:
    """Parse a script that imports a generated ``module``.

    Raises ``GraphError`` where it imports, names or calls what no training script does.
    """
    tree = parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            _need(all(each.name in _IMPORTED for each in node.names), node)
        elif isinstance(node, ast.ImportFrom):
            names = [each.name for each in node.names]
            is_single = (node.module, names) in (("io", ["BytesIO"]), ("gc", ["collect"]))
            is_known = node.module in _IMPORTED | {module} or is_single
            _need(not node.level and is_known, node)
        elif isinstance(node, ast.Name):
            _need(node.id not in _NEVER and _is_public(node.id), node)
        elif isinstance(node, ast.Attribute):
            _need(_is_public(node.attr), node)
            if isinstance(node.value, ast.Name):
                _need(node.value.id != "os" or node.attr in _OF_OS, node)
                _need(node.value.id != "sys" or node.attr in _OF_SYS, node)
                _need(node.value.id != "torch" or node.attr not in _OF_TORCH, node)
    return tree


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in _UNDERSCORED


def _need(holds: bool, node: ast.AST) -> None:
    if not holds:
        raise GraphError(f"generated text never holds {ast.unparse(node)!r}")
