"""Whether a value suits a parameter, and if not, why."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from graph_model.dims import is_symbol
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.size_texts import is_size
from graph_model.values import LARGEST, Parameter, Type, Value


@frozen
class Complaint:
    """Why a value does not suit a parameter: a problem code with its named values."""

    code: str
    values: Mapping[str, str]


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


def _is_named_words(parameter: Parameter, value: Value) -> bool:
    if not isinstance(value, tuple) or len(value) % 2:
        return False
    words = value[1::2] if parameter.choices else ()
    return all(isinstance(each, str) for each in value) and all(
        each in parameter.choices for each in words
    )


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
    Type.NAMED_WORDS: _is_named_words,
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
    Type.NAMED_WORDS: "columns or arrays, each with a word for it",
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
