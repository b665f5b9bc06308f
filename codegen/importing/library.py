"""Functions of libraries, and methods of ``nn.Module``, that are done while source is read."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

from codegen.importing import making_tensors
from codegen.importing.common import Given, Named, Opaque, computed, nothing, quietly, unknown
from codegen.importing.numbers import plain
from codegen.importing.python_functions import a_dict, a_tuple
from codegen.importing.values import (
    Builtin,
    Class,
    Container,
    Held,
    Instance,
    Layer,
    Made,
    Name,
    Scope,
    Tensor,
    unread,
)
from graph_model.parametrizations.kinds import PARAMETRIZATIONS
from graph_model.recipe import Choice
from graph_model.syntax import parse

if TYPE_CHECKING:
    from codegen.importing.reader import Reader


def _partial(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    function, *first = given

    def do(again: Reader, call: ast.Call, rest: Given, others: Named) -> Any:
        return again.call(call, function, [*first, *rest], {**named, **others})

    return Builtin("partial", do)


def _gradient(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Draw the gradient of a sum."""
    values = {**dict(zip(("outputs", "inputs"), given, strict=False)), **named}
    of, by = values["outputs"], values["inputs"]
    of, by = (each[0] if isinstance(each, list | tuple) else each for each in (of, by))
    assert reader.drawing is not None
    drawn = reader.drawing.nodes[reader.tensor(of).port.node]
    if drawn.kind == "Sum":  # which is what a Gradient is of
        port = next(port for port in reader.drawing.edges if port.node == drawn.id)
        of = Tensor(reader.drawing.edges.pop(port), None)
        reader.drawing.forget(drawn.id)
    return (reader.calls.one("Gradient", {}, of=of, by=by),)


CONSTANTS: Final[Mapping[str, Any]] = {
    "math.pi": math.pi, "math.e": math.e, "math.inf": math.inf, "torch.pi": math.pi,
    "torch.inf": math.inf, "numpy.pi": math.pi, "numpy.inf": math.inf,
}  # fmt: skip


def _gain(nonlinearity: str, param: float | None = None) -> float:
    """Return the gain that PyTorch recommends for an activation (``torch.nn.init``)."""
    slope = 0.01 if param is None else param
    gains = {
        "tanh": 5 / 3,
        "relu": math.sqrt(2),
        "leaky_relu": math.sqrt(2 / (1 + slope**2)),
        "selu": 3 / 4,
    }
    return gains.get(nonlinearity, 1.0)


def freeze(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Leave a module as it is in training, or not: ``module.requires_grad_(False)``."""
    of, *rest = given
    value = rest[0] if rest else named.get("requires_grad", True)
    if isinstance(of, Layer | Instance):
        of.is_frozen = not plain(value)
    elif isinstance(of, Container):
        for each in of.modules.values():
            freeze(reader, node, [each, value], {})
    return of


def _normed(name: str) -> Callable[..., Any]:
    def normed(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
        """Compute the weight of a layer with a norm."""
        layer, *rest = given
        entry = PARAMETRIZATIONS[name]
        names = ["name", *(each.name for each in entry.parameters)]
        values = {**dict(zip(names, rest, strict=False)), **named}
        if not isinstance(layer, Layer) or values.pop("name", "weight") != "weight":
            raise unread(node, "import_unknown_call", name=name)
        layer.norm = Choice(name, {key: plain(each) for key, each in values.items()})
        return layer

    return normed


def _named_tuple(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Return a class whose objects have fields: ``namedtuple("Sizes", ["width", "depth"])``."""
    name, fields = plain(given[0]), plain(given[1])
    fields = fields.replace(",", " ").split() if isinstance(fields, str) else fields
    names = [each if isinstance(each, str) else each[0] for each in fields]
    if not all(each.isidentifier() and not iskeyword(each) for each in (name, *names)):
        raise unread(node, "import_unknown_call", name="namedtuple")
    body = [f"    {each}: object" for each in names] or ["    pass"]
    (made,) = parse("\n".join((f"class {name}(NamedTuple):", *body))).body
    assert isinstance(made, ast.ClassDef)
    return Class(made, Scope(), (Name("typing.NamedTuple"),))


def _field(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    """Return what a field of a record begins with: a value, or a function that makes it anew."""
    if "default_factory" in named:
        return Builtin(
            "field", lambda again, call, _, __: again.call(call, named["default_factory"], [], {})
        )
    return named.get("default")


def _append(container: Container, value: Any) -> None:
    container.modules[str(len(container.modules))] = value


LIBRARY: Final[Mapping[str, Callable[..., Any]]] = {
    **{f"math.{name}": computed(getattr(math, name)) for name in (
        "sqrt", "log", "log2", "log10", "exp", "floor", "ceil", "pow", "prod", "gcd", "sin", "cos",
    )},
    **{f"numpy.{name}": computed(getattr(math, name)) for name in ("sqrt", "log", "prod", "exp")},
    "functools.partial": _partial,
    "dataclasses.field": _field,
    "collections.namedtuple": _named_tuple,
    "typing.NamedTuple": _named_tuple,
    "collections.OrderedDict": a_dict,
    "types.SimpleNamespace": lambda reader, node, given, named: dict(named),
    "copy.deepcopy": quietly,
    "copy.copy": quietly,
    "torch.Size": a_tuple,
    "torch.autograd.grad": _gradient,
    "torch.nn.init.calculate_gain": computed(_gain),
    "torch.no_grad": nothing,
    "torch.device": lambda *_: Name("device"),
    "torch.manual_seed": nothing,
    "torch.jit.export": nothing,
    "torch.utils.checkpoint.checkpoint": lambda reader, node, given, named: reader.call(
        node, given[0], given[1:], {}
    ),
    "torch.compile": quietly,
    **{
        f"torch.nn.utils.{where}{name}": _normed(name)
        for where in ("", "parametrizations.")
        for name in PARAMETRIZATIONS
    },
    "warnings.warn": nothing,
}  # fmt: skip
"""Functions of libraries that are done here."""
ALL_OF: Final = frozenset({"modules", "named_modules", "parameters", "named_parameters", "buffers"})
"""Methods whose loops set how weights begin: they are gone through without being looked at."""


def _modules(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    return Opaque()


def _add_module(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    reader.set_member(node, given[0], plain(given[1]), given[2])


def _register_buffer(reader: Reader, node: ast.Call, given: Given, named: Named) -> Any:
    value = given[2] if len(given) > 2 else named.get("tensor")
    kind = "Constant" if not plain(named.get("persistent", True)) else "Buffer"
    held = making_tensors.held(node, value, "Buffer") if kind == "Buffer" else value
    reader.set_member(
        node, given[0], plain(given[1]), Held(held) if isinstance(held, Made) else held
    )


MODULE_METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    "modules": _modules, "named_modules": _modules, "parameters": _modules,
    "named_parameters": _modules, "children": _modules, "buffers": _modules,
    "apply": lambda reader, node, given, named: reader.note(node, "import_left_out"),
    "add_module": _add_module, "register_module": _add_module,
    "register_buffer": _register_buffer,
    "register_parameter": _add_module,
    "requires_grad_": freeze, "to": quietly, "train": quietly, "eval": quietly,
    "cuda": quietly, "cpu": quietly, "float": quietly, "save_hyperparameters": nothing,
    "append": lambda reader, node, given, named: _append(given[0].children, given[1]),
    "forward": unknown,
}  # fmt: skip
