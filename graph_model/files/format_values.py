"""Values, formulas and parameters as JSON, and JSON as text in a stable order."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Final

from graph_model.files.strict_json import Item, printable_name, printable_text
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Formula, write
from graph_model.problems import Refusal
from graph_model.values import PATHS, Arguments, Parameter, Type, Value

_BOUNDS: Final = ("minimum", "maximum", "above")
_TYPES: Final = {type.value: type for type in Type if type not in PATHS}
_JSON: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
"""Made once: a project has ten thousand lines, and to make one takes longer than to write one."""
_INFINITIES: Final = {"inf": math.inf, "-inf": -math.inf}


# Writing


def parameters_block(parameters: Iterable[Parameter]) -> dict[str, str]:
    """Return the entry for the parameters of a block, none where it has none."""
    lines = list(map(_parameter_line, parameters))
    return {"parameters": list_block(lines, 6)} if lines else {}


def _parameter_line(parameter: Parameter) -> str:
    fields: dict[str, object] = {
        "name": printable_name(parameter.name),
        "type": parameter.type.value,
        "default": _plain_value(parameter.default),
    }
    if parameter.help:
        fields["help"] = printable_text(parameter.help)
    for name in _BOUNDS:
        bound = getattr(parameter, name)
        if bound is not None:
            fields[name] = plain_number(bound)
    if parameter.choices:
        fields["choices"] = [printable_name(choice) for choice in parameter.choices]
    if parameter.length:
        fields["length"] = parameter.length
    if parameter.optional:
        fields["optional"] = True
    return line_of(fields)


def plain_formula(formula: int | Formula) -> object:
    """Return a number, or a formula as the object that holds its text."""
    return formula if isinstance(formula, int) else {"formula": write(formula)}


def plain_arguments(arguments: Arguments) -> dict[str, object]:
    """Return arguments as an object of JSON."""
    return {printable_name(name): _plain_value(value) for name, value in arguments.items()}


def _plain_value(value: Value) -> object:
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, tuple):
        return [_plain_value(entry) for entry in value]
    if isinstance(value, float) and math.isinf(value):
        return {"number": "inf" if value > 0 else "-inf"}  # JSON has no word for it
    return value


def plain_number(number: float) -> float:
    """Write ``128`` rather than ``128.0``, where an integer holds the same."""
    return int(number) if abs(number) < 2**53 and number == int(number) else number


def line_of(value: object) -> str:
    """Return JSON in one line."""
    return _JSON.encode(value)


def object_block(members: Mapping[str, str], indent: int = 0) -> str:
    """Return an object with one member a line, whose brackets stand at ``indent``."""
    return _block("{}", [f"{line_of(key)}: {text}" for key, text in members.items()], indent)


def list_block(members: Iterable[str], indent: int = 0) -> str:
    """Return a list with one member a line, whose brackets stand at ``indent``."""
    return _block("[]", list(members), indent)


def _block(brackets: str, members: list[str], indent: int) -> str:
    """Write members one a line between brackets, which stand at ``indent``."""
    if not members:
        return brackets
    margin = "\n" + " " * indent
    inner = f",{margin}  ".join(members)
    return f"{brackets[0]}{margin}  {inner}{margin}{brackets[1]}"


# Reading


def read_parameters(fields: Mapping[str, Item]) -> tuple[Parameter, ...]:
    """Return the parameters that a block declares."""
    if "parameters" not in fields:
        return ()
    return tuple(_read_parameter(each) for each in fields["parameters"].items())


def _read_parameter(item: Item) -> Parameter:
    given = item.fields("name type default", "help minimum maximum above choices length optional")
    minimum, maximum, above = (given[name].number() if name in given else None for name in _BOUNDS)
    return Parameter(
        given["name"].name(),
        _TYPES[given["type"].one_of(_TYPES)],
        _read_value(given["default"]),
        given["help"].text() if "help" in given else "",
        minimum,
        maximum,
        above,
        tuple(each.name() for each in given["choices"].items()) if "choices" in given else (),
        given["length"].integer() if "length" in given else 0,
        "optional" in given and given["optional"].boolean(),
    )


def _is_formula(item: Item) -> bool:
    return isinstance(item.value, dict) and "formula" in item.value


def _read_formula(item: Item) -> Formula:
    formula = item.fields("formula")["formula"]
    try:
        return parse_formula(formula.text())
    except Refusal as refusal:
        formula.refuse("file_bad_formula", reason=refusal.problem.message)


def read_repeat(item: Item) -> int | Formula:
    """Return how often a block is repeated."""
    return _read_formula(item) if _is_formula(item) else item.integer()


def read_arguments(fields: Mapping[str, Item]) -> Arguments:
    """Return the arguments of a node or choice that are no formulas."""
    if "arguments" not in fields:
        return {}
    entries = fields["arguments"].entries()
    return {name: _read_value(item) for name, item in entries if not _is_formula(item)}


def read_formulas(fields: Mapping[str, Item]) -> Mapping[str, Formula]:
    """Return the formulas among the arguments of a node."""
    if "arguments" not in fields:
        return {}
    entries = fields["arguments"].entries()
    return {name: _read_formula(item) for name, item in entries if _is_formula(item)}


def _read_value(item: Item) -> Value:
    value = item.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return item.text()
    if isinstance(value, int):
        return item.integer()
    if isinstance(value, float):
        return item.number()
    if isinstance(value, dict):
        return _INFINITIES[item.fields("number")["number"].one_of(_INFINITIES)]
    return tuple(map(_read_entry, item.items()))


def _read_entry(item: Item) -> float | str:
    if isinstance(item.value, str):
        return item.name()
    return item.number() if isinstance(item.value, float) else item.integer()
