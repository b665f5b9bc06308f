"""Functions of Python itself, as far as they are done while source is read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from codegen.importing.common import MOST_TURNS, Given, Named, computed, nothing, quietly
from codegen.importing.expressions import is_tensor
from codegen.importing.numbers import formula_of, plain
from codegen.importing.values import (
    Builtin,
    Class,
    Container,
    Instance,
    Layer,
    Made,
    Name,
    Scope,
    Tagged,
    Tensor,
    unread,
)
from graph_model.dims import Expression
from graph_model.formulas import Call as FormulaCall
from graph_model.formulas import Constant

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def _range(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    bounds = [plain(each) for each in given]
    if not all(isinstance(each, int) for each in bounds):
        raise unread(node, "import_size_unknown")
    found = range(*bounds)
    if len(found) > MOST_TURNS:
        raise unread(node, "import_too_large")
    return found


def _length(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    of = given[0]
    if isinstance(of, Tensor | Made):
        return reader.calls.known(node, of).shape[0]
    return len(reader.iterated(node, of))


def _zip(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    return [*zip(*(reader.iterated(node, each) for each in given), strict=False)]


def _enumerate(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    start = plain(given[1] if len(given) > 1 else named.get("start", 0))
    return [*enumerate(reader.iterated(node, given[0]), start)]


def _reversed(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    return [*reversed(reader.iterated(node, given[0]))]


def _list(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    return [*reader.iterated(node, given[0])] if given else []


def a_tuple(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Make a tuple."""
    return tuple(reader.iterated(node, given[0])) if given else ()


def a_dict(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Make a dictionary."""
    first = given[0] if given else {}
    return {**(first if isinstance(first, dict) else dict(first)), **named}


def _sum(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    several = reader.iterated(node, given[0])
    total = given[1] if len(given) > 1 else (0 if not several else None)
    plus = ast.copy_location(ast.BinOp(ast.Name("a"), ast.Add(), ast.Name("b")), node)
    row = ast.copy_location(ast.BinOp(plus, ast.Add(), ast.Name("b")), node)
    is_begun = False
    for each in several:
        if total is None:
            total = each
        elif is_tensor(total) and is_tensor(each):  # which is one sum of all
            total = reader.operator(row if is_begun else plus, "+", [total, each])
            is_begun = True
        else:
            total = reader.interpreter.value(plus, _pair(total, each))
    return total


def _pair(left: Any, right: Any) -> Scope:
    scope = Scope()
    scope.names.update(a=left, b=right)
    return scope


def _extreme(word: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def do(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
        several = [*reader.iterated(node, given[0])] if len(given) == 1 else given
        numbers = [plain(each) for each in several]
        if any(isinstance(each, Expression) for each in numbers):
            raise unread(node, "import_size_unknown")
        found = computed(work)(reader, node, [numbers], {})
        if any(isinstance(each, Tagged) for each in several):
            parts = tuple(formula_of(each) or Constant(plain(each)) for each in several)
            return Tagged(found, FormulaCall(word, parts))
        return found

    return do


def _int(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    value = given[0] if given else 0
    found = plain(value)
    if isinstance(found, Expression) or (isinstance(value, Tagged) and isinstance(found, int)):
        return value
    return computed(int)(reader, node, given, named)


def _isinstance(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    of, kinds = plain(given[0]), given[1]
    several = kinds if isinstance(kinds, tuple | list) else (kinds,)
    return any(_is_of(of, each) for each in several)


def _is_of(of: Any, kind: Any) -> bool:
    if isinstance(kind, Class):
        return isinstance(of, Instance) and kind in of.made_of.lineage()
    if isinstance(kind, Name):
        if isinstance(of, Layer):
            return kind.last in (of.kind, "Module")
        if isinstance(of, Tensor | Made):
            return kind.last == "Tensor"
        if isinstance(of, Container):
            return kind.last in (of.kind, "Module")
        return isinstance(of, Instance) and kind.last == "Module"
    types = {
        "int": int,
        "float": float,
        "str": str,
        "bool": bool,
        "list": list,
        "tuple": tuple,
        "dict": dict,
    }
    wanted = types.get(getattr(kind, "name", ""))
    return wanted is not None and isinstance(of, wanted)


def _getattr(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    of, name, *usual = given
    attribute = ast.copy_location(ast.Attribute(ast.Name("of"), plain(name)), node)
    if (
        isinstance(of, Instance)
        and name not in of.members
        and of.made_of.find(name) is None
        and usual
    ):
        return usual[0]
    return reader.member(attribute, of)


def _hasattr(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    of, name = given
    return isinstance(of, Instance) and (name in of.members or of.made_of.find(name) is not None)


def _setattr(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    reader.set_member(node, given[0], plain(given[1]), given[2])


def _map(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    function, several = given[0], reader.iterated(node, given[1])
    return [reader.call(node, function, [each], {}) for each in several]


BUILTINS: Final[Mapping[str, Any]] = {
    name: Builtin(name, do)
    for name, do in {
        "range": _range, "len": _length, "zip": _zip, "enumerate": _enumerate,
        "reversed": _reversed, "list": _list, "tuple": a_tuple, "dict": a_dict, "sum": _sum,
        "max": _extreme("max", max), "min": _extreme("min", min), "int": _int,
        "float": computed(float), "bool": computed(bool), "str": computed(str),
        "abs": computed(abs), "round": computed(round), "sorted": computed(sorted),
        "divmod": computed(divmod), "any": computed(any), "all": computed(all), "set": _list,
        "isinstance": _isinstance,
        "getattr": _getattr, "hasattr": _hasattr, "setattr": _setattr,
        "print": nothing, "map": _map, "type": quietly, "callable": computed(callable),
    }.items()
} | {"NotImplementedError": Builtin("error", nothing), "ValueError": Builtin("error", nothing),
     "object": Name("object"), "property": Name("property"), "Exception": Name("Exception"),
     "__name__": "", "Ellipsis": ...}  # fmt: skip
"""Functions of Python itself."""
