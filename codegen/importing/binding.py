"""Arguments get their values; objects without ``__init__`` and containers are made."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from codegen.importing.common import Given, Named
from codegen.importing.values import (
    Bound,
    Builtin,
    Class,
    Container,
    Function,
    Instance,
    Layer,
    ListOf,
    Scope,
    unread,
)

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def bind(
    reader: Reader, node: ast.AST, function: Function, given: Given, named: Named, scope: Scope
) -> None:
    """Give the arguments of a function their values."""
    arguments = function.node.args
    if function.owner is not None and given:
        scope.names["__self__"] = given[0]
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    values = dict(zip(names, given, strict=False))
    extra = given[len(names) :]
    if extra and arguments.vararg is None:
        raise unread(node, "import_bad_call", count=str(len(given)))
    keywords = [each.arg for each in arguments.kwonlyargs]
    others: Named = {}
    for key, value in named.items():
        if key in names or key in keywords:
            values[key] = value
        elif arguments.kwarg is not None:
            others[key] = value
        else:
            raise unread(node, "import_bad_argument", kind="", argument=key)
    defaults = dict(zip(reversed(names), reversed(arguments.defaults), strict=False))
    defaults |= {
        k: v for k, v in zip(keywords, arguments.kw_defaults, strict=True) if v is not None
    }
    for name in (*names, *keywords):
        if name in values:
            scope.names[name] = values[name]
        elif name in function.defaults:
            scope.names[name] = function.defaults[name]
        elif name in defaults:
            within = function.within or function.around
            scope.names[name] = reader.interpreter.value(defaults[name], within)
        else:
            raise unread(node, "import_missing_argument", argument=name)
    if arguments.vararg is not None:
        scope.names[arguments.vararg.arg] = tuple(extra)
    if arguments.kwarg is not None:
        scope.names[arguments.kwarg.arg] = others


def make_plainly(
    reader: Reader, node: ast.AST, instance: Instance, given: Given, named: Named
) -> None:
    """Make an object of a class without ``__init__``: a container, or a record of settings."""
    made_of = instance.made_of
    if instance.children is not None:
        instance.children = contain(node, instance.children.kind, given, named)
        return
    fields = [
        each.target.id
        for base in reversed(made_of.lineage())
        if isinstance(base, Class)
        for each in base.node.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
    values = {**dict(zip(fields, given, strict=False)), **named}
    for name in fields:
        found = values.get(name, made_of.find(name))
        if isinstance(found, Bound):
            found = None
        if isinstance(found, Builtin) and found.name == "field":
            found = found.do(reader, node, [], {})
        instance.members[name] = found
    after = made_of.find("__post_init__")
    if after is not None:
        reader.run(node, after, [instance], {})


def contain(node: ast.AST, kind: str, given: Given, named: Named) -> Container:
    """Make ``nn.Sequential`` and its like."""
    several = given[0] if len(given) == 1 and not isinstance(given[0], Layer | Instance) else given
    if kind == "Sequential" and len(given) == 1 and isinstance(given[0], Container):
        several = given
    if named:
        several = named.get("modules", several)
    if isinstance(several, Container):
        several = [*several.modules.values()]
    if isinstance(several, dict):
        return Container(kind, dict(several))
    if isinstance(several, list | tuple) and several and all(_is_pair(each) for each in several):
        return Container(kind, dict(several))
    if not isinstance(several, list | tuple):
        raise unread(node, "import_cannot_iterate")
    modules = {str(number): each for number, each in enumerate(several) if each is not None}
    count = several.times if isinstance(several, ListOf) else None
    whole = given[0] if len(given) == 1 else given
    if count is None and isinstance(whole, ListOf):
        count = whole.times
    return Container(kind, modules, "", count)


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], str)


def fill(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Do ``super().__init__(…)`` of what descends from a container: it takes the modules in."""
    instance, *modules = given
    if instance.children is not None and modules:
        instance.children = contain(node, instance.children.kind, modules, named)
