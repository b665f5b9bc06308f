"""The text of operations that are written neither as a module nor as a plain call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from string import Formatter
from typing import Final

from codegen.literals import Written, is_tuple, literal
from codegen.model.indices import tightened
from codegen.model.marks import GAP
from codegen.model.precedence import put
from graph_model.layers.kind import Fresh, Held, LayerKind, Operator
from graph_model.values import Arguments, Type, Value

LARGE: Final = 1e15
"""From here on a whole number is written as ``1e+20``, not with all its digits."""


def operation(form: Operator, operands: Sequence[str], arguments: Arguments) -> str:
    """Write ``x + y``, or ``x * 0.5`` where an argument stands in for the second input."""
    between = "**" if form.symbol == "**" else f" {form.symbol} "  # as ruff formats them
    if len(operands) == 1 and form.number:
        return put(f"{operands[0]}{between}{GAP}", GAP, number(arguments[form.number]))
    return between.join(operands)


def number(value: Value) -> str:
    """Write a number as people do, ``2`` for ``2.0``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGE:
        return literal(int(value))
    return literal(value)


def filled(text: str, arguments: Arguments, operands: Mapping[str, str]) -> str:
    """Fill a pattern with variables and numbers.

    ``{shape}`` spreads a tuple out, and ``{shape_tuple}`` does not.
    """
    written = {name: _entry(value) for name, value in arguments.items()}
    whole = {f"{name}_tuple": literal(value) for name, value in arguments.items()}
    return tightened(text.format_map({**written, **whole, **operands}))


def held(kind: LayerKind, form: Held | Fresh, arguments: Arguments) -> str:
    """Write what makes a tensor that the module holds, with a dtype unless it is float32.

    A tensor takes its dtype from a number where it is given none, so 1 is written ``1.0``.
    """
    pattern, dtype = _pattern(kind, form, arguments), arguments.get("dtype", "float32")
    if dtype != "float32":
        return f"{filled(pattern, arguments, {}).removesuffix(')')}, dtype=torch.{dtype})"
    written = {
        name: literal(float(value))
        for name, value in arguments.items()
        if kind.by_name[name].type is Type.NUMBER and isinstance(value, int | float)
    }
    return filled(pattern, arguments, written)


def fresh(kind: LayerKind, form: Fresh, arguments: Arguments, like: str) -> str:
    """Write what makes a tensor in ``forward``, on the device of another."""
    return f"{held(kind, form, arguments).removesuffix(')')}, device={like}.device)"


def _pattern(kind: LayerKind, form: Held | Fresh, arguments: Arguments) -> str:
    """Return the pattern for ``init`` or the number, else the first that names all that is given.

    What has its default is not.
    """
    if "init" in arguments:
        return form.made[str(arguments["init"])]
    if (value := arguments.get("value")) is not None and number(value) in form.made:
        return form.made[number(value)]
    said = {
        parameter.name
        for parameter in kind.parameters
        if parameter.name != "dtype" and arguments[parameter.name] != parameter.default
    }
    return next(text for text in form.made.values() if said <= _names(text))


def _names(pattern: str) -> set[str]:
    named = (name for _, name, _, _ in Formatter().parse(pattern) if name)
    return {name.removesuffix("_tuple") for name in named}


def expanded(operands: Mapping[str, str], dims: Value, ranks: Collection[int]) -> str:
    """Write ``x.expand(y.shape[0], -1, -1)``, with −1 for each dimension that stays.

    Where the tensors of several ``ranks`` come, the text suits all of them:
    ``x.expand(y.shape[0], *[-1] * (y.dim() - 1))``.
    """
    assert isinstance(dims, tuple)
    tensor, like = operands["input"], operands["like"]
    given = {int(dim) for dim in dims}
    if len(ranks) == 1:
        rank = min(ranks)
        wanted = {dim % rank for dim in given}
        return f"{tensor}.expand({', '.join(_sizes(like, wanted, range(rank)))})"
    front = _sizes(like, given, range(1 + max(given)))
    back = _sizes(like, given, range(min(given), 0))
    if front:
        tensor += f".expand({', '.join(front)}, *[-1] * ({like}.dim() - {len(front)}))"
    if back:
        tensor += f".expand(*[-1] * ({like}.dim() - {len(back)}), {', '.join(back)})"
    return tensor


def sizes_along(tensor: str, dims: Value) -> str:
    """Write ``y.shape[-2:]`` for the last dimensions, ``y.shape[1]`` for one of them."""
    if not isinstance(dims, tuple):
        return f"{tensor}.shape[{literal(dims)}]"
    if dims == (*range(-len(dims), 0),):
        return f"{tensor}.shape[{-len(dims)}:]"
    end = "," if len(dims) == 1 else ""
    return f"({', '.join(f'{tensor}.shape[{dim}]' for dim in dims)}{end})"


def per_sample(tensor: str, attribute: str, ranks: Collection[int]) -> str:
    """Write ``x * self.drop_path(x.new_ones(x.shape[0], 1, 1))``, which suits all ``ranks``."""
    ones = ", 1" * (min(ranks) - 1)
    if len(ranks) > 1:
        ones = f", *[1] * ({tensor}.dim() - 1)"
    return f"{tensor} * self.{attribute}({tensor}.new_ones({tensor}.shape[0]{ones}))"


def _sizes(like: str, wanted: Collection[int], dims: Iterable[int]) -> list[str]:
    return [f"{like}.shape[{dim}]" if dim in wanted else "-1" for dim in dims]


def _entry(value: Value) -> str:
    """Write an argument within a pattern: ``1, 1, 768`` for a tuple, ``()`` for an empty one."""
    if isinstance(value, tuple):
        return ", ".join(map(literal, value)) or "()"
    if isinstance(value, Written) and is_tuple(value):
        return value[1:-1].removesuffix(",")
    return number(value) if isinstance(value, float) else literal(value)
