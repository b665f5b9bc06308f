"""Members and items: what a name behind a point, or an index, stands for."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from codegen.importing import binding, indexing, library, methods
from codegen.importing.common import Super, marks_of, nothing, unknown
from codegen.importing.named_modules import call_modules, enumerate_names, tie
from codegen.importing.numbers import plain
from codegen.importing.values import (
    TRAINING,
    Bound,
    Builtin,
    Class,
    Container,
    DTypeOf,
    Function,
    Held,
    Instance,
    Layer,
    Made,
    Name,
    Optional,
    Sizes,
    Tagged,
    Tensor,
    WeightOf,
    unread,
)

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def member(reader: Reader, node: ast.Attribute, of: Any) -> Any:
    """Return ``of.name``."""
    name = node.attr
    of = plain(of) if isinstance(of, Tagged) else of
    match of:
        case Name():
            return library.CONSTANTS.get(f"{of.path}.{name}", Name(f"{of.path}.{name}"))
        case Instance():
            return _member_of(reader, node, of, name)
        case Class():
            return _class_member(reader, node, of, name)
        case Super():
            found = of.instance.made_of.find(name, of.after)
            return Bound(
                found or Builtin(f"super.{name}", binding.fill if name == "__init__" else nothing),
                of.instance,
            )
        case Tensor() | Made() | WeightOf():
            return _of_tensor(reader, node, of, name)
        case Layer() if name in ("weight", "bias"):
            return WeightOf(of, name)
        case Layer() if name in of.arguments or name in of.pinned:
            return of.arguments.get(name, of.pinned.get(name))
        case Container() if name in of.modules:
            return used(reader, of.modules[name])
        case (values, indices) if name in ("values", "indices") and isinstance(of, tuple):
            return values if name == "values" else indices  # of x.max(dim), x.topk(k), …
        case dict() if name in of and name not in ("items", "keys", "values", "get", "update"):
            return of[name]
        case Layer() | Container() if name in library.ALL_OF:
            return Bound(Builtin(name, library.MODULE_METHODS[name]), of)
        case Layer() | Container() if name == "requires_grad_":
            return Bound(Builtin(name, library.freeze), of)
        case _:
            return Bound(Builtin(name, methods.METHODS.get(name, unknown)), of)


def _member_of(reader: Reader, node: ast.Attribute, of: Instance, name: str) -> Any:
    if name in of.members:
        return used(reader, of.members[name])
    if name == "training" and of.made_of.is_module:
        return TRAINING
    if name == "__class__":
        return of.made_of
    member = of.made_of.find(name)
    if member is None:
        if of.made_of.is_module and name in library.MODULE_METHODS:
            return Bound(Builtin(name, library.MODULE_METHODS[name]), of)
        raise unread(node, "import_unknown_name", name=name)
    if not isinstance(member, Function):
        return member
    marks = marks_of(member)
    if "property" in marks or "cached_property" in marks:
        return reader.run(node, member, [of], {})
    if "staticmethod" in marks:
        return member
    return Bound(member, of.made_of if "classmethod" in marks else of)


def _class_member(reader: Reader, node: ast.Attribute, of: Class, name: str) -> Any:
    member = of.find(name)
    if member is None:
        if name == "__name__":
            return of.name
        raise unread(node, "import_unknown_name", name=name)
    is_of_class = isinstance(member, Function) and "classmethod" in marks_of(member)
    return Bound(member, of) if is_of_class else member


def used(reader: Reader, value: Any) -> Any:
    """Return what a module or a list of it holds, a tensor as it is drawn."""
    return _use(reader, value) if isinstance(value, Held) else value


def _use(reader: Reader, held: Held) -> Any:
    """Return a tensor that a module holds, drawn under the name of its attribute."""
    reader.called.add(id(held))
    if reader.drawing is None:
        return held.made
    found = reader.drawing.made.get(id(held))
    if found is None:
        if held.made.kind in ("Parameter", "Buffer"):
            layer = Layer(held.made.kind, dict(held.made.arguments), dict(held.made.formulas))
            found = reader.drawing.layer(layer, {}, name=held.name)["output"]
        else:
            found = reader.tensor(held.made)
            reader.drawing.call(found, held.name)
        reader.drawing.made[id(held)] = found
        reader._specs[id(held)] = (held.made, found.spec)
    return found


def _of_tensor(reader: Reader, node: ast.Attribute, of: Any, name: str) -> Any:
    if name in ("T", "mT"):
        return reader.calls.turned(of)
    if isinstance(of, WeightOf) and name not in ("data", "t"):
        raise unread(node, "import_uses_weight")
    match name:
        case "shape":
            return reader.sizes(node, of)
        case "ndim":
            return reader.calls.rank(node, of)
        case "device":
            return Name("device")
        case "dtype":
            spec = reader.spec(of)
            return DTypeOf(f"torch.{spec.dtype if spec else 'float32'}", of)
        case "data":
            return of
        case "real" | "imag":
            return reader.calls.one(name.title(), {}, input=of)
        case _:
            return Bound(Builtin(name, unknown), of)


def set_member(reader: Reader, node: ast.AST, of: Any, name: str, value: Any) -> None:
    """Do ``of.name = value``: what a module is given has its name from it."""
    if isinstance(of, Layer) and name in ("weight", "bias"):
        if isinstance(value, WeightOf):
            tie(of, value.layer)
            return
        raise unread(node, "import_uses_weight")
    if not isinstance(of, Instance):
        raise unread(node, "import_assigns_within")
    if of.made_of.is_module:
        value = _entering(reader, of, name, value)
    of.members[name] = value


def _entering(reader: Reader, of: Instance, name: str, value: Any) -> Any:
    """Return what a module is given, under its name."""
    if isinstance(value, Held):
        value.name = value.name or name
    elif isinstance(value, Layer | Instance | Container | Optional) and not value.name:
        call_modules(value, name)
    if isinstance(value, Layer | Instance | Container | Optional) and of.children is not None:
        of.children.modules[name] = value
    return value


def item(reader: Reader, node: ast.Subscript, of: Any, index: Any) -> Any:
    """Return ``of[index]``."""
    match of:
        case Tensor() | Made():
            return indexing.indexed(reader.calls, node, of, index)
        case Container(kind="ModuleDict" | "ParameterDict"):
            return used(reader, of.modules[plain(index)])
        case Container() | Instance(children=Container()):
            children = of if isinstance(of, Container) else of.children
            several = [*children.modules.values()]  # type: ignore[union-attr]
            if isinstance(index, slice):
                return Container(children.kind, dict(enumerate_names(several[index])))  # type: ignore[union-attr]
            return used(reader, indexing.at(node, several, plain(index)))
        case Sizes():
            return indexing.of_sizes(
                node, of, plain(index) if not isinstance(index, slice) else index
            )
        case tuple() | list() | dict() | str() | range():
            return indexing.at(node, of, index if isinstance(index, slice) else plain(index))
        case Name():
            return of  # a type, such as list[int]
        case _:
            raise unread(node, "import_cannot_iterate")
