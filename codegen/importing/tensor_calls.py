"""What calls, operators and indices on tensors draw."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from codegen.importing import own_calls
from codegen.importing.expressions import is_tensor
from codegen.importing.numbers import formula_of, plain
from codegen.importing.operations import (
    CASTS,
    MIRRORED,
    NAMED_SIGNS,
    NUMBER_SIGNS,
    OPERATIONS,
    SIGNS,
    UNCHANGED,
    Operation,
)
from codegen.importing.unsaid import completed
from codegen.importing.values import Layer, Name, Sizes, WeightOf, unread
from graph_model.complaints import complaint
from graph_model.dims import Expression
from graph_model.layers import LAYERS
from graph_model.layers.kind import Function as FunctionForm
from graph_model.layers.kind import LayerKind
from graph_model.tensors import TensorSpec
from graph_model.values import Type

Tensors = Mapping[str, Any]
_OF_ONE_DTYPE: Final = frozenset({"Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum",
                                  "Concatenate", "Stack", "Where", "Power"})  # fmt: skip
"""What takes tensors of different dtypes in torch, and of one in the catalogue."""
_PROMOTION: Final = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16",
                     "float32", "float64", "complex64", "complex128")  # fmt: skip
"""The dtypes in the order in which torch promotes them."""


class Drawer(Protocol):
    """What draws an operation, or holds it until it is used."""

    def draw(self, layer: Layer, inputs: Tensors) -> dict[str, Any]:
        """Draw an operation and return what it gives, by its ports."""
        ...

    def spec(self, tensor: Any) -> TensorSpec | None:
        """Return the shape of a tensor, where it is known."""
        ...

    def like_size(self, node: ast.AST, size: Expression, rank: int = 0) -> tuple[Any, int]:
        """Return a tensor that has a size, and its dimension."""
        ...


class TensorCalls:
    """Draws what is called on tensors; what is no operation of the catalogue is refused."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer

    def like_size(self, node: ast.AST, size: Expression, rank: int = 0) -> tuple[Any, int]:
        """Return a tensor that has a size which is no number, and its dimension."""
        return self._drawer.like_size(node, size, rank)

    def operator(self, node: ast.AST, sign: str, operands: Sequence[Any]) -> Any:
        """Draw ``x + y``, ``x + 1``, ``-x`` and their like."""
        if len(operands) == 1:
            kind = {"-": "Negative", "~": "LogicalNot"}.get(sign)
            return self.one(kind, {}, input=operands[0]) if kind else operands[0]
        left, right = operands
        if isinstance(left, WeightOf) or isinstance(right, WeightOf):
            return self._tied(node, sign, left, right)
        if is_tensor(left) and is_tensor(right):
            if sign in SIGNS:
                return self.two(SIGNS[sign], left, right)
            if sign in NUMBER_SIGNS:
                return self._compared(node, sign, left, right)
        elif is_tensor(left):
            return self._with_number(node, sign, left, right)
        elif sign == "-":
            return self.one("SubtractFrom", {"value": right_number(node, left)}, input=right)
        elif sign == "/":
            found = self.one("Reciprocal", {}, input=right)
            number = right_number(node, left)
            return (
                found if number == 1 else self.one("MultiplyByNumber", {"value": left}, input=found)
            )
        elif sign in MIRRORED:
            return self._with_number(node, MIRRORED[sign], right, left)
        elif sign == "**" and right_number(node, left) > 0:
            grown = self._with_number(node, "*", right, math.log(plain(left)))
            return self.one("Exp", {}, input=grown)
        raise unread(node, "import_unknown_call")

    def two(self, kind: str, left: Any, right: Any) -> Any:
        """Draw an operation on two tensors."""
        first, second = LAYERS[kind].inputs(LAYERS[kind].defaults)[:2]
        return self.one(kind, {}, **{first: left, second: right})

    def _compared(self, node: ast.AST, sign: str, left: Any, right: Any) -> Any:
        """Draw what an operator does with two tensors where it mostly has a number."""
        kind = LAYERS[NUMBER_SIGNS[sign][0]]
        ports = kind.inputs(kind.defaults)
        optional = [*ports, *kind.optional_inputs]
        if len(dict.fromkeys(optional)) < 2:
            raise unread(node, "import_unknown_call")
        first, second = list(dict.fromkeys(optional))[:2]
        return self.one(kind.name, {}, **{first: left, second: right})

    def _with_number(self, node: ast.AST, sign: str, tensor: Any, number: Any) -> Any:
        if sign == "-":
            negative = -right_number(node, number)
            return self.one("AddNumber", {"value": negative}, input=tensor)
        if sign not in NUMBER_SIGNS:
            raise unread(node, "import_unknown_call")
        if isinstance(number, Expression):
            raise unread(node, "import_size_unknown")
        kind, name = NUMBER_SIGNS[sign]
        right_number(node, number)
        port = LAYERS[kind].inputs(LAYERS[kind].defaults)[0]
        return self.one(kind, {name: number}, **{port: tensor})

    def _tied(self, node: ast.AST, sign: str, left: Any, right: Any) -> Any:
        """Draw ``x @ embedding.weight.T``: a Linear with the weights of another layer."""
        if sign == "@" and isinstance(right, WeightOf) and right.is_turned:
            return self.linear(node, left, right, None)
        raise unread(node, "import_uses_weight")

    def linear(self, node: ast.AST, x: Any, weight: Any, bias: Any) -> Any:
        """Draw ``F.linear`` with the weight of another layer."""
        if not isinstance(weight, WeightOf) and is_tensor(weight):
            product = self.two("MatMul", x, self.turned(weight))
            return product if bias is None else self.operator(node, "+", (product, bias))
        if not isinstance(weight, WeightOf) or weight.name != "weight":
            raise unread(node, "import_uses_weight")
        owner = weight.layer
        out = owner.arguments.get("num_embeddings", owner.arguments.get("out_features"))
        has_bias = isinstance(bias, WeightOf) and bias.layer is owner
        if out is None or (bias is not None and not has_bias):
            raise unread(node, "import_uses_weight")
        if owner.kind == "Linear":
            return self._drawer.draw(owner, {"input": x})["output"]
        tied = Layer("Linear", {"out_features": out, "bias": False}, weights_of=owner)
        return self._drawer.draw(tied, {"input": x})["output"]

    def spec(self, tensor: Any) -> TensorSpec | None:
        """Return the shape of a tensor, where it is known."""
        return self._drawer.spec(tensor)

    def one(self, kind: str, arguments: Mapping[str, Any], **inputs: Any) -> Any:
        """Draw an operation and return the first thing that it gives."""
        return next(iter(self.several(kind, arguments, **inputs).values()))

    def several(self, kind: str, arguments: Mapping[str, Any], **inputs: Any) -> dict[str, Any]:
        """Draw an operation and return all that it gives."""
        layer = Layer(kind)
        for name, value in arguments.items():
            if (formula := formula_of(value)) is not None:
                layer.formulas[name] = formula
            layer.arguments[name] = as_argument(LAYERS[kind], name, value)
        if kind in _OF_ONE_DTYPE:
            inputs = self._promoted(inputs)
        return self._drawer.draw(layer, inputs)

    def _promoted(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Return tensors of which torch would promote some, with a Cast before each of those."""
        dtypes = {
            port: spec.dtype
            for port, each in inputs.items()
            if port != "condition" and (spec := self.spec(each))
        }
        wanted = max(dtypes.values(), key=_PROMOTION.index, default="")
        return {
            port: self.cast(each, wanted) if dtypes.get(port, wanted) != wanted else each
            for port, each in inputs.items()
        }

    # Calls by name

    def call(self, node: ast.AST, name: str, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """Draw a call by its bare name, whose first tensor may have stood before the point."""
        name = name if name in OPERATIONS else name.removesuffix("_") or name
        if name in UNCHANGED:
            return given[0]
        if name in CASTS and len(given) == 1:
            return self.cast(given[0], CASTS[name])
        if name in NAMED_SIGNS and len(given) == 2 and not ({*named} - {"out"}):
            return self.operator(node, NAMED_SIGNS[name], given)
        if name in ("add", "sub") and "alpha" in named:
            scaled = self.operator(node, "*", (given[1], named["alpha"]))
            return self.operator(node, NAMED_SIGNS[name], (given[0], scaled))
        if (own := own_calls.OWN.get(name)) is not None:
            return own(self, node, [*given], {**named})
        if name in OPERATIONS:
            return self.operation(node, OPERATIONS[name], given, named)
        raise unread(node, "import_unknown_call", name=name)

    def operation(
        self,
        node: ast.AST,
        operation: Operation,
        given: Sequence[Any],
        named: Mapping[str, Any],
    ) -> Any:
        """Draw a call that is one operation of the catalogue."""
        kind = operation.kind
        tensors, others = _parted(given)
        sized = kind.form.sized if isinstance(kind.form, FunctionForm) else ""
        arguments: dict[str, Any] = {**operation.fixed}
        inputs: dict[str, Any] = {}
        if len(others) > len(operation.order) == 1 and _takes_several(kind, operation.order[0]):
            others = [tuple(others)]
        places = dict(zip(operation.order, others, strict=False))
        if len(others) > len(operation.order):
            raise unread(node, "import_unknown_call", name=kind.name)
        if "inputs" in kind.by_name:
            arguments["inputs"] = len(tensors)
        for key, value in {**places, **named}.items():
            if key in ("input", "self", "tensors") and is_tensor(value):
                tensors.insert(0, value)
            elif is_tensor(value):
                inputs[key] = value
            elif sized and key == sized and isinstance(value, Sizes):
                inputs["like"] = value.of
            elif key in kind.by_name:
                arguments[key] = value
            elif not (key in operation.idle or value is None or key == ""):
                if key == "dropout_p" and not plain(value):
                    continue
                raise unread(node, "import_bad_argument", kind=kind.name, argument=key)
        ports = kind.inputs(kind.complete({k: _counted(v) for k, v in arguments.items()}))
        free = [port for port in ports if port not in inputs]
        if len(tensors) > len(free) or any(port not in ports for port in inputs):
            raise unread(node, "import_unknown_call", name=kind.name)
        inputs = {**dict(zip(free, tensors, strict=False)), **inputs}
        first = next(iter(inputs.values()), None)
        arguments = completed(node, kind.name, arguments, lambda: self.rank(node, first))
        self.check(node, kind, arguments)
        found = self.several(kind.name, arguments, **inputs)
        return next(iter(found.values())) if len(found) == 1 else tuple(found.values())

    def check(self, node: ast.AST | None, kind: LayerKind, arguments: Mapping[str, Any]) -> None:
        """Refuse an argument that the catalogue does not take."""
        for name, value in arguments.items():
            parameter = kind.by_name.get(name)
            found = as_argument(kind, name, value)
            is_wrong = parameter is None or complaint(parameter, found) is not None
            if is_wrong:
                argument = f"{name}={found!r}"[:40]
                raise unread(node, "import_bad_argument", kind=kind.name, argument=argument)

    def cast(self, tensor: Any, dtype: str) -> Any:
        """Draw a Cast, unless the tensor is of that dtype already."""
        spec = self._drawer.spec(tensor)
        if spec is not None and spec.dtype == dtype:
            return tensor
        return self.one("Cast", {"dtype": dtype}, input=tensor)

    def rank(self, node: ast.AST, tensor: Any) -> int:
        """Return the number of dimensions, which has to be known."""
        return self.known(node, tensor).rank

    def known(self, node: ast.AST, tensor: Any) -> TensorSpec:
        """Return the shape, which has to be known."""
        spec = self._drawer.spec(tensor)
        if spec is None:
            raise unread(node, "import_shape_unknown")
        return spec

    def turned(self, x: Any) -> Any:
        """Draw ``x.T`` or ``x.mT``."""
        if isinstance(x, WeightOf):
            return WeightOf(x.layer, x.name, not x.is_turned)
        return self.one("Transpose", {"dim0": -2, "dim1": -1}, input=x)


def right_number(node: ast.AST, value: Any) -> Any:
    """Return a number that stands beside a tensor; raises where it is none."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise unread(node, "import_unknown_call", name=type(found).__name__)
    return found


def as_argument(kind: LayerKind, name: str, value: Any) -> Any:
    """Return a value as the catalogue has it."""
    found = plain(value)
    parameter = kind.by_name.get(name)
    if isinstance(found, Name):
        return found.last
    if isinstance(found, Expression):
        return str(found)
    if isinstance(found, list | tuple):
        found = tuple(str(each) if isinstance(each, Expression) else each for each in found)
    if parameter is not None:
        lists = (Type.INTEGERS, Type.SHAPE, Type.NUMBERS)
        if parameter.type in lists and isinstance(found, int):
            return (found,)
        if (
            parameter.type in (Type.INTEGER, Type.SIZES)
            and isinstance(found, tuple)
            and len(found) == 1
        ):
            return found[0]
        if parameter.type is Type.SIZES and isinstance(found, tuple) and len(set(found)) == 1:
            return found[0]
    return found


def _takes_several(kind: LayerKind, name: str) -> bool:
    return name in kind.by_name and kind.by_name[name].type is Type.INTEGERS


def _counted(value: Any) -> Any:
    found = plain(value)
    return tuple(found) if isinstance(found, list) else found


def _parted(given: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return the tensors that a call begins with, and what follows them."""
    values = [*given]
    if values and isinstance(values[0], list | tuple) and all(map(is_tensor, values[0])):
        return [*values[0]], values[1:]
    tensors = []
    while values and is_tensor(values[0]):
        tensors.append(values.pop(0))
    return tensors, values
