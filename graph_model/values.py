"""The values that parameters may hold, and the parameters themselves, as facts.

A :class:`Parameter` describes one argument of a layer, a loss, an optimizer or a data source:
its type, default, bounds and help. Forms, validation, storage and code generation all read it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Final, TypeAlias

from graph_model.dims import is_symbol
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.size_texts import is_size
from graph_model.tensors import DTYPES

Scalar: TypeAlias = bool | int | float | str
Value: TypeAlias = Scalar | tuple[float | str, ...] | None
Arguments: TypeAlias = Mapping[str, Value]

LARGEST: Final = 2**31 - 1
LARGEST_MULTIPLE: Final = 1024


class Type(Enum):
    """What kind of value a parameter takes, and so which widget edits it."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    PATH = "path"
    FOLDER = "folder"
    SIZES = "sizes"
    """One integer for all spatial dimensions, a tuple with one for each, or one of ``choices``."""
    INTEGERS = "integers"
    """A tuple of integers of any length, such as the dimensions to permute."""
    NUMBERS = "numbers"
    """The same of real numbers, such as a weight for each class."""
    SHAPE = "shape"
    """A tuple of sizes and dimension names, such as ``("N", 3, 224, 224)``."""
    LAYER = "layer"
    """A layer kind, one of ``choices``, such as ``ReLU`` or ``LeakyReLU(negative_slope=0.2)``."""
    MULTIPLES = "multiples"
    """Dimension names, each before the number it is a multiple of: ``("H", 32, "W", 32)``."""
    NODES = "nodes"
    NODE_NUMBERS = "node numbers"
    NODE_EPOCHS = "node epochs"
    """Ids of layers and blocks; where there are numbers, each before its own: ``("n1", 0.1)``."""
    FIGURE = "figure"
    """The name of a figure that a recipe tells, such as ``loss`` or ``accuracy``."""


PATHS: Final = frozenset({Type.PATH, Type.FOLDER})
OF_NODES: Final = frozenset({Type.NODES, Type.NODE_NUMBERS, Type.NODE_EPOCHS})
OF_RECIPES: Final = PATHS | OF_NODES | {Type.FIGURE}
"""What only a recipe takes, never a block."""


@frozen
class Parameter:
    """One argument of a layer kind, loss, optimizer, schedule or data source.

    ``minimum`` and ``maximum`` bound each number within; ``above`` excludes its own value.
    ``length`` is the number of entries a ``SIZES`` tuple has. ``optional`` admits ``None``.
    ``inferred`` marks a size that follows from the input unless the user pins it. What is
    ``symbolic`` takes sizes of the Inputs by name as well, such as ``N`` and ``H // 2``.
    """

    name: str
    type: Type
    default: Value = None
    help: str = ""
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    length: int = 0
    optional: bool = False
    inferred: bool = False
    symbolic: bool = False

    @property
    def accepts_none(self) -> bool:
        """Whether ``None`` is a value of this parameter."""
        return self.optional or self.inferred


@frozen
class Complaint:
    """Why a value does not suit a parameter: a problem code with its named values."""

    code: str
    values: Mapping[str, str]


def integer(
    name: str,
    default: int | None,
    help: str = "",
    *,
    minimum: int | None = 1,
    maximum: int | None = None,
    symbolic: bool = False,
) -> Parameter:
    """Describe an integer; a default of ``None`` makes it optional."""
    return Parameter(
        name,
        Type.INTEGER,
        default,
        help,
        minimum=minimum,
        maximum=maximum,
        optional=default is None,
        symbolic=symbolic,
    )


def inferred(name: str, help: str = "") -> Parameter:
    """Describe a size that follows from the input unless pinned."""
    return Parameter(name, Type.INTEGER, None, help, minimum=1, inferred=True)


def number(
    name: str,
    default: float | None,
    help: str = "",
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    above: float | None = None,
) -> Parameter:
    """Describe a real number; a default of ``None`` makes it optional."""
    return Parameter(
        name,
        Type.NUMBER,
        default,
        help,
        minimum=minimum,
        maximum=maximum,
        above=above,
        optional=default is None,
    )


def boolean(name: str, default: bool, help: str = "") -> Parameter:
    """Describe a switch."""
    return Parameter(name, Type.BOOLEAN, default, help)


def choice(name: str, choices: Iterable[str], default: str, help: str = "") -> Parameter:
    """Describe a choice among fixed words."""
    return Parameter(name, Type.CHOICE, default, help, choices=tuple(choices))


def sizes(
    name: str,
    length: int,
    default: int | None,
    help: str = "",
    *,
    minimum: int | None = 1,
    optional: bool = False,
    words: tuple[str, ...] = (),
) -> Parameter:
    """Describe one integer per spatial dimension, such as ``kernel_size``, or one of some words."""
    return Parameter(
        name,
        Type.SIZES,
        default,
        help,
        minimum=minimum,
        choices=words,
        length=length,
        optional=optional,
    )


def integers(
    name: str, default: tuple[int, ...], help: str = "", *, symbolic: bool = False
) -> Parameter:
    """Describe a tuple of integers of any length."""
    return Parameter(name, Type.INTEGERS, default, help, symbolic=symbolic)


def numbers(name: str, help: str = "", *, minimum: float | None = None) -> Parameter:
    """Describe a tuple of real numbers of any length, of which there are none by default."""
    return Parameter(name, Type.NUMBERS, None, help, minimum=minimum, optional=True)


def shape(name: str, default: tuple[int | str, ...], help: str = "") -> Parameter:
    """Describe a tuple of sizes and dimension names."""
    return Parameter(name, Type.SHAPE, default, help, minimum=1)


def multiples(name: str, help: str = "") -> Parameter:
    """Describe what dimension names are multiples of; nothing is stated by default."""
    return Parameter(name, Type.MULTIPLES, (), help, minimum=1, maximum=LARGEST_MULTIPLE)


def layer(name: str, choices: Iterable[str], default: str, help: str = "") -> Parameter:
    """Describe a choice among layer kinds."""
    return Parameter(name, Type.LAYER, default, help, choices=tuple(choices))


def text(name: str, default: str, help: str = "") -> Parameter:
    """Describe a line of text."""
    return Parameter(name, Type.TEXT, default, help)


def path(name: str, help: str = "") -> Parameter:
    """Describe the path of a file."""
    return Parameter(name, Type.PATH, "", help)


def folder(name: str, help: str = "") -> Parameter:
    """Describe the path of a folder."""
    return Parameter(name, Type.FOLDER, "", help)


def dtype(name: str, default: str, help: str = "") -> Parameter:
    """Describe a torch dtype."""
    return choice(name, DTYPES, default, help)


def with_default(parameter: Parameter, default: Value) -> Parameter:
    """Return the same parameter with another default."""
    return replace(parameter, default=default)


def complaint(parameter: Parameter, value: Value) -> Complaint | None:
    """Say why ``value`` does not suit ``parameter``, or return ``None`` where it does."""
    if value is None:
        return None if parameter.accepts_none else _wrong_type(parameter, value)
    if not _CHECKS[parameter.type](parameter, value):
        return _wrong_type(parameter, value)
    if parameter.choices and isinstance(value, str) and value not in parameter.choices:
        return Complaint(
            "not_a_choice",
            {
                "parameter": parameter.name,
                "choices": ", ".join(parameter.choices),
                "got": str(value),
            },
        )
    return _out_of_bounds(parameter, value)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_whole(parameter: Parameter, value: object) -> bool:
    """Tell whether a value is a whole number, or a size by name where the parameter takes one."""
    return _is_integer(value) or (parameter.symbolic and isinstance(value, str) and is_size(value))


def _is_integers(parameter: Parameter, value: Value) -> bool:
    return isinstance(value, tuple) and all(_is_whole(parameter, entry) for entry in value)


def _is_number(_: Parameter, value: Value) -> bool:
    return _is_integer(value) or (isinstance(value, float) and not math.isnan(value))


def _is_sizes(parameter: Parameter, value: Value) -> bool:
    if isinstance(value, str):
        return bool(parameter.choices)
    if isinstance(value, tuple):
        return len(value) == parameter.length and all(map(_is_integer, value))
    return _is_integer(value)


def _is_numbers(parameter: Parameter, value: Value) -> bool:
    if not isinstance(value, tuple) or not value:
        return False
    return all(_is_number(parameter, each) and math.isfinite(float(each)) for each in value)


def _is_shape(_: Parameter, value: Value) -> bool:
    return isinstance(value, tuple) and all(
        is_symbol(entry) if isinstance(entry, str) else _is_integer(entry) for entry in value
    )


def _is_multiples(_: Parameter, value: Value) -> bool:
    if not isinstance(value, tuple) or len(value) % 2:
        return False
    pairs = zip(value[::2], value[1::2], strict=True)
    return all(isinstance(a, str) and is_symbol(a) and _is_integer(b) for a, b in pairs)


def _is_nodes(_: Parameter, value: Value) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


def _is_pairs(parameter: Parameter, value: Value) -> bool:
    if not isinstance(value, tuple) or len(value) % 2:
        return False
    is_right = _is_integer if parameter.type is Type.NODE_EPOCHS else partial(_is_number, parameter)
    return all(isinstance(each, str) for each in value[::2]) and all(map(is_right, value[1::2]))


_CHECKS: Final[Mapping[Type, Callable[[Parameter, Value], bool]]] = {
    Type.INTEGER: _is_whole,
    Type.NUMBER: _is_number,
    Type.BOOLEAN: lambda _, value: isinstance(value, bool),
    Type.CHOICE: lambda _, value: isinstance(value, str),
    Type.TEXT: lambda _, value: isinstance(value, str),
    Type.LAYER: lambda _, value: isinstance(value, str),
    Type.PATH: lambda _, value: isinstance(value, str),
    Type.FOLDER: lambda _, value: isinstance(value, str),
    Type.SIZES: _is_sizes,
    Type.INTEGERS: _is_integers,
    Type.NUMBERS: _is_numbers,
    Type.SHAPE: _is_shape,
    Type.MULTIPLES: _is_multiples,
    Type.NODES: _is_nodes,
    Type.NODE_NUMBERS: _is_pairs,
    Type.NODE_EPOCHS: _is_pairs,
    Type.FIGURE: lambda _, value: isinstance(value, str),
}

_EXPECTED: Final[Mapping[Type, str]] = {
    Type.INTEGER: "a whole number",
    Type.NUMBER: "a number",
    Type.BOOLEAN: "true or false",
    Type.CHOICE: "one of the choices",
    Type.TEXT: "text",
    Type.LAYER: "a layer kind",
    Type.PATH: "a path",
    Type.FOLDER: "a path",
    Type.SIZES: "a whole number, or one for each spatial dimension",
    Type.INTEGERS: "whole numbers separated by commas",
    Type.NUMBERS: "numbers separated by commas",
    Type.SHAPE: "sizes or dimension names separated by commas, such as N, 3, 32, 32",
    Type.MULTIPLES: "dimension names, each with a number, such as H, 32, W, 32",
    Type.NODES: "layers",
    Type.NODE_NUMBERS: "layers, each with a number",
    Type.NODE_EPOCHS: "layers, each with a whole number",
    Type.FIGURE: "text",
}

_EXPECTED_SIZES: Final[Mapping[Type, str]] = {
    Type.INTEGER: "a whole number, or a size such as T - 1",
    Type.INTEGERS: "whole numbers, or sizes such as N and H // 2, separated by commas",
}
"""What those take that are symbolic."""


def _wrong_type(parameter: Parameter, value: Value) -> Complaint:
    expected = (_EXPECTED_SIZES if parameter.symbolic else _EXPECTED)[parameter.type]
    return Complaint(
        "wrong_type",
        {
            "parameter": parameter.name,
            "expected": phrase(expected),
            "got": phrase("nothing") if value is None else repr(value),
        },
    )


_NUMBERS: Final = (int, float)
_OF_REAL_NUMBERS: Final = frozenset({Type.NUMBER, Type.NUMBERS, Type.NODE_NUMBERS})


def _out_of_bounds(parameter: Parameter, value: Value) -> Complaint | None:
    entries = value if isinstance(value, tuple) else (value,)
    for entry in entries:
        if not isinstance(entry, _NUMBERS) or isinstance(entry, bool):
            continue
        if bound := _broken_bound(parameter, entry):
            code, limit = bound
            return Complaint(
                code,
                {"parameter": parameter.name, "bound": _as_text(limit), "got": _as_text(entry)},
            )
    return None


def _as_text(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def _broken_bound(parameter: Parameter, number: float) -> tuple[str, float] | None:
    if parameter.minimum is not None and number < parameter.minimum:
        return "below_minimum", parameter.minimum
    if parameter.above is not None and number <= parameter.above:
        return "not_above", parameter.above
    if parameter.maximum is not None and number > parameter.maximum:
        return "above_maximum", parameter.maximum
    if parameter.type not in _OF_REAL_NUMBERS and abs(number) > LARGEST:
        return "above_maximum", LARGEST
    return None
