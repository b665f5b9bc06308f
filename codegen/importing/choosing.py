"""Which class of a file is drawn, and how an object of it is made."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeGuard

from codegen.importing.named_modules import call_modules
from codegen.importing.reader import Reader
from codegen.importing.values import (
    Class,
    Container,
    Function,
    Instance,
    Layer,
    Name,
    Scope,
    UnreadError,
    unread,
)
from graph_model.syntax import parse


def module_scope(reader: Reader, tree: ast.Module) -> Scope:
    """Return the names of a file: its classes, functions, imports and what it computes simply."""
    scope = Scope()
    scope.names["__name__"] = "module"
    for each in tree.body:
        try:
            reader.interpreter.run([each], scope)
        except UnreadError:  # what a script does with its network means nothing for the drawing
            _forget(each, scope)
    return scope


def _forget(statement: ast.stmt, scope: Scope) -> None:
    for each in ast.walk(statement):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            scope.names.pop(each.id, None)


def classes(tree: ast.Module, scope: Scope) -> list[Class]:
    """Return the module classes of a file in their order."""
    found = [scope.names.get(each.name) for each in tree.body if isinstance(each, ast.ClassDef)]
    return [each for each in found if isinstance(each, Class) and each.is_module]


def chosen(reader: Reader, scope: Scope, tree: ast.Module, wanted: str) -> Instance:
    """Make the module that was asked for, else the last that no other class uses."""
    if wanted:
        return _asked_for(reader, scope, tree, wanted)
    known = classes(tree, scope)
    if not known:
        return _of_variable(scope, "", tree)
    free = [each for each in known if not is_used(each, known)] or known
    chosen = free[-1]
    call = _call_of(tree, chosen.name)
    if call is not None:
        return _instance(reader, scope, call, chosen.name)
    made = [each for each in scope.names.values() if _is_of(each, chosen)]
    if made:  # by a function of the file
        return made[-1]
    if _needed(chosen):
        for factory in _factories(tree, chosen.name):
            return _instance(reader, scope, _plain_call(factory), chosen.name)
        values = {"name": chosen.name, "arguments": ", ".join(_needed(chosen))}
        raise unread(chosen.node, "import_needs_arguments", **values)
    return _instance(reader, scope, _plain_call(chosen.name), chosen.name)


def _is_of(value: object, of: Class) -> TypeGuard[Instance]:
    return isinstance(value, Instance) and value.made_of is of


def _of_variable(scope: Scope, name: str, tree: ast.Module) -> Instance:
    """Return the network that a variable holds, by default the last that holds one."""
    names = [name] if name else [*scope.names]
    for each in reversed(names):
        value = scope.names[each]
        if isinstance(value, Instance) and value.made_of.is_module:
            return value
        if isinstance(value, Layer) or (
            isinstance(value, Container) and value.kind == "Sequential"
        ):
            return _around(value, each)
    raise unread(tree, "import_no_class")


def _around(value: Layer | Container, name: str) -> Instance:
    """Return an object of a class that holds nothing but these layers."""
    title = "".join(word.title() for word in name.split("_"))
    (definition,) = parse(f"class {title}(nn.Sequential): pass").body
    assert isinstance(definition, ast.ClassDef)
    modules = value.modules if isinstance(value, Container) else {name: value}
    layers = Container("Sequential", {})
    for key, each in modules.items():
        layers.modules[key] = each
        if isinstance(each, Layer | Instance | Container):
            call_modules(each, f"layer_{key}" if key.isdigit() else key)
    made_of = Class(definition, Scope(), (Name("torch.nn.Sequential"),))
    return Instance(made_of, children=layers)


def _plain_call(name: str) -> ast.Call:
    call = ast.Call(ast.Name(name, ast.Load()), [], [])
    return ast.fix_missing_locations(call)


def _asked_for(reader: Reader, scope: Scope, tree: ast.Module, wanted: str) -> Instance:
    try:
        node = parse(wanted, "eval").body
    except SyntaxError:
        node = ast.Name("", ast.Load())
    call = _plain_call(node.id) if isinstance(node, ast.Name) else node
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise unread(None, "import_class_unknown", name=wanted, known=_known(tree, scope))
    name = call.func.id
    if isinstance(scope.names.get(name), Container | Layer | Instance):
        return _of_variable(scope, name, tree)
    if not isinstance(scope.names.get(name), Class | Function):
        raise unread(None, "import_class_unknown", name=name, known=_known(tree, scope))
    own = scope.names[name]
    if not call.args and not call.keywords and isinstance(own, Class):
        if (found := _call_of(tree, name)) is not None:
            call = found
        elif _needed(own):
            for factory in _factories(tree, name):
                return _instance(reader, scope, _plain_call(factory), name)
            values = {"name": name, "arguments": ", ".join(_needed(own))}
            raise unread(own.node, "import_needs_arguments", **values)
    return _instance(reader, scope, call, name)


def _known(tree: ast.Module, scope: Scope) -> str:
    return ", ".join(each.name for each in classes(tree, scope)) or "–"


def _instance(reader: Reader, scope: Scope, call: ast.Call, name: str) -> Instance:
    found = reader.interpreter.value(call, scope)
    if not isinstance(found, Instance) or not found.made_of.is_module:
        raise unread(call, "import_is_no_module", name=name)
    return found


def _needed(of: Class) -> list[str]:
    """Return the arguments that a class cannot do without."""
    init = of.find("__init__")
    if init is None:
        return []
    arguments = init.node.args
    names = [each.arg for each in arguments.args][1:]
    without = names[: len(names) - len(arguments.defaults)] if arguments.defaults else names
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return [*without, *(each.arg for each, default in pairs if default is None)]


def is_used(of: Class, known: Sequence[Class]) -> bool:
    """Tell whether another class makes this one, or descends from it."""
    return any(
        isinstance(each, ast.Name) and each.id == of.name
        for other in known
        if other is not of
        for each in ast.walk(other.node)
    )


def _call_of(tree: ast.Module, name: str) -> ast.Call | None:
    """Return a call outside of all classes and functions that makes an object of a class."""
    outside = [each for each in tree.body if not isinstance(each, ast.ClassDef | ast.FunctionDef)]
    for statement in reversed(outside):
        for each in ast.walk(statement):
            if (
                isinstance(each, ast.Call)
                and isinstance(each.func, ast.Name)
                and each.func.id == name
            ):
                return each
    return None


def _factories(tree: ast.Module, name: str) -> list[str]:
    """Return functions without arguments of their own that make an object of a class."""
    return [
        each.name
        for each in tree.body
        if isinstance(each, ast.FunctionDef)
        and len(each.args.defaults) == len(each.args.args)
        and any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(each))
    ]
