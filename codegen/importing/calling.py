"""Calls: of classes and functions of the text, of libraries, of modules and on tensors."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING, Any, Final

from codegen.importing import layer_calls, library, making_tensors
from codegen.importing.binding import contain
from codegen.importing.expressions import is_tensor
from codegen.importing.modules import kind_of, made
from codegen.importing.numbers import plain
from codegen.importing.values import (
    Bound,
    Builtin,
    Class,
    Container,
    Function,
    Instance,
    Layer,
    Made,
    Name,
    Optional,
    Tensor,
    WeightOf,
    unread,
)

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def call(
    reader: Reader, node: ast.Call, function: Any, given: list[Any], named: dict[str, Any]
) -> Any:
    """Do a call."""
    match function:
        case Name():
            return _call_library(reader, node, function, given, named)
        case Class():
            return reader.make(node, function, given, named)
        case Function():
            return reader.run(node, function, given, named)
        case Bound(function=Function() as inner):
            return reader.run(node, inner, [function.of, *given], named)
        case Bound(function=Builtin() as inner):
            return _call_method(reader, node, inner, function.of, given, named)
        case Builtin():
            return function.do(reader, node, given, named)
        case Layer() | Instance() | Container() | Optional():
            return reader.forward(node, function, given, named)
        case _:
            raise unread(node, "import_cannot_call")


def _call_method(
    reader: Reader,
    node: ast.Call,
    method: Builtin,
    of: Any,
    given: list[Any],
    named: dict[str, Any],
) -> Any:
    if isinstance(of, Tensor | Made | WeightOf):
        return _call_on_tensor(reader, node, method.name, of, given, named)
    return method.do(reader, node, [of, *given], named)


def _call_on_tensor(
    reader: Reader, node: ast.Call, name: str, of: Any, given: list[Any], named: dict[str, Any]
) -> Any:
    match name:
        case "size":
            sizes = reader.sizes(node, of)
            return sizes[plain(given[0])] if given else sizes
        case "dim" | "ndimension":
            return reader.calls.rank(node, of)
        case "numel" | "nelement":
            return math.prod(reader.sizes(node, of))
        case "tolist" if isinstance(of, Made) and (row := making_tensors.row_of(of)) is not None:
            return row
        case "detach" if reader.drawing is None:
            return of
        case "is_floating_point":
            return "float" in reader.calls.known(node, of).dtype
        case "get_device":
            return Name("device")
        case "new_zeros" | "new_ones" | "new_full" | "new_empty":
            return making_tensors.make(reader.calls, node, name[4:], given, named)
        case "requires_grad_":
            return of
        case "normal_" | "uniform_" | "zero_" | "fill_":
            return _filled(reader, node, name, of, given)
    return reader.calls.call(node, name, [of, *given], named)


def _filled(reader: Reader, node: ast.Call, name: str, of: Any, given: list[Any]) -> Any:
    """Return a tensor that is filled anew before it becomes a parameter."""
    if not isinstance(of, Made):
        raise unread(node, "import_assigns_within")
    shape = of.arguments.get("shape", ())
    if name == "normal_":
        made_one = Made("Randn", {"shape": shape}, of.formulas)
        std = given[1] if len(given) > 1 else 1.0
        return reader.calls.operator(node, "*", (made_one, std)) if std != 1 else made_one
    if name == "uniform_":
        return Made("Rand", {"shape": shape}, of.formulas)
    value = float(plain(given[0])) if given else 0.0
    return Made("Constant", {"shape": shape, "value": value}, of.formulas)


def _call_library(
    reader: Reader, node: ast.Call, name: Name, given: list[Any], named: dict[str, Any]
) -> Any:
    """Do a call of a library."""
    path = name.path
    if (found := library.LIBRARY.get(path)) is not None:
        return found(reader, node, given, named)
    if path.startswith("torch.nn.init.") or ".init." in path:
        return layer_calls.begin(reader, node, name.last, given, named)
    if name.last in _CONTAINERS and "nn" in path:
        return contain(node, name.last, given, named)
    if name.last in ("ParameterList", "ParameterDict") and "nn" in path:
        return contain(node, name.last, given, named)
    if name.last == "Parameter" and "nn" in path:
        return making_tensors.held(node, given[0] if given else named.get("data"), "Parameter")
    if (kind := kind_of(name)) is not None:
        return made(node, kind, given, named)
    if path.startswith(("torch.", "nn.", "einops.")) and not path.startswith("torch.utils"):
        found = making_tensors.make(reader.calls, node, name.last, given, named)
        if found is not None:
            return found
        values = [*given, *(each for key, each in named.items() if key in ("input", "tensors"))]
        if any(is_tensor(each) or _has_tensors(each) for each in values):
            return reader.calls.call(node, name.last, given, named)
    raise unread(node, "import_unknown_call", name=path)


_CONTAINERS: Final = frozenset({"Sequential", "ModuleList", "ModuleDict"})


def _has_tensors(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(map(is_tensor, value))
