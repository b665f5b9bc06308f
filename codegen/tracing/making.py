"""A text is run as the module of its file, and what it defines becomes an ``nn.Module``."""

from __future__ import annotations

import ast
import builtins
import hashlib
import importlib
import os
import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import torch
from torch import nn

from codegen.tracing.failures import Failure, told

_SEED: Final = 0
"""The weights that a module begins with are the same each time."""


def make(request: Mapping[str, Any]) -> nn.Module:
    """Return the module that is asked for, as it is in evaluation.

    ``request`` holds the ``text`` with its ``digest``, its ``path``, the ``expression`` that gives
    the module or what makes it, and the ``arguments`` for that, as texts by their names.
    """
    text, path = request["text"], Path(request["path"])
    if hashlib.sha256(text.encode()).hexdigest() != request["digest"]:
        raise ValueError("this is not the text that was allowed")
    os.chdir(path.parent)
    torch.manual_seed(_SEED)
    with told("module_import_failed", path, name=path.name):
        namespace = _run(text, path).__dict__
    expression = request["expression"]
    with told("module_not_made", path, name=expression):
        found = _named(expression, namespace, path)
        given = {name: value(each, namespace) for name, each in request["arguments"].items()}
        made = found if isinstance(found, nn.Module) and not given else found(**given)
    if not isinstance(made, nn.Module):
        raise Failure("module_is_none", name=expression, got=type(made).__name__)
    return made.eval()


def _run(text: str, path: Path) -> ModuleType:
    """Run a text under the name that its file has, in its package where it lies in one."""
    root, name = path.parent, path.stem
    while (root / "__init__.py").exists() and root.name.isidentifier():
        root, name = root.parent, f"{root.name}.{name}"
    sys.path.insert(0, str(root))
    if "." in name:
        importlib.import_module(name.rpartition(".")[0])
    spec = spec_from_file_location(name, path)
    assert spec is not None
    module = sys.modules[name] = module_from_spec(spec)
    exec(compile(text, str(path), "exec"), module.__dict__)
    return module


def _named(expression: str, namespace: dict[str, Any], path: Path) -> Any:
    tree = ast.parse(expression, mode="eval")
    if isinstance(tree.body, ast.Name) and tree.body.id not in namespace:
        raise Failure("module_no_class", name=expression, path=path.name)
    return eval(compile(tree, "<expression>", "eval"), namespace)


def value(text: str, namespace: dict[str, Any]) -> Any:
    """Return an argument as Python reads it there; a word that means nothing is a text."""
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError):
        return text
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    known = namespace if isinstance(tree.body, ast.Name) else {**vars(builtins), **namespace}
    if not names <= known.keys():
        return text
    return eval(compile(tree, "<argument>", "eval"), namespace)
