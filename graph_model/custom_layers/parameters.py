"""The arguments of functions in the text of a custom layer, and the parameters they become."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NoReturn, Protocol

from graph_model.complaints import complaint
from graph_model.frozen import frozen
from graph_model.syntax import parse
from graph_model.values import Parameter, Type


@frozen
class Argument:
    """One argument as it is written."""

    name: str
    default: ast.expr | None
    annotation: ast.expr | None
    is_keyword: bool
    line: int
    column: int

    @property
    def is_input(self) -> bool:
        """Whether a function takes a tensor there, which may be left out where it is ``None``."""
        left_out = isinstance(self.default, ast.Constant) and self.default.value is None
        return not self.is_keyword and (self.default is None or left_out)


class _Refuse(Protocol):
    def __call__(self, code: str, line: int, column: int, **values: object) -> NoReturn: ...


def arguments_of(made: ast.FunctionDef) -> list[Argument]:
    """Return the arguments of a function in order."""
    given = made.args
    plain = given.args
    missing: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults))
    found = [*_listed(plain, [*missing, *given.defaults], is_keyword=False)]
    return [*found, *_listed(given.kwonlyargs, given.kw_defaults, is_keyword=True)]


def _listed(
    arguments: list[ast.arg], defaults: list[ast.expr | None], is_keyword: bool
) -> Iterator[Argument]:
    for each, default in zip(arguments, defaults, strict=True):
        place = (each.lineno, each.col_offset + 1)
        yield Argument(each.arg, default, each.annotation, is_keyword, *place)


_TYPES: Final[Mapping[str, Type]] = {
    "int": Type.INTEGER,
    "float": Type.NUMBER,
    "bool": Type.BOOLEAN,
    "str": Type.TEXT,
    "tuple[int, ...]": Type.INTEGERS,
}
_TYPES_OF_VALUES: Final[Mapping[type, Type]] = {
    bool: Type.BOOLEAN,
    int: Type.INTEGER,
    float: Type.NUMBER,
    str: Type.TEXT,
    tuple: Type.INTEGERS,
}


def parameter(argument: Argument, refuse: _Refuse) -> Parameter:
    """Return the parameter that an argument becomes, by its annotation or else its default."""
    values = {"parameter": argument.name}
    if argument.default is None:
        refuse("custom_no_default", argument.line, argument.column, **values)
    default = _literal(argument.default)
    if type(default) not in (*_TYPES_OF_VALUES, type(None)):
        refuse("custom_default", argument.line, argument.column, **values)
    if argument.annotation is not None:
        found = _annotated(argument.name, argument.annotation)
    else:
        type_of_value = _TYPES_OF_VALUES.get(type(default))
        found = Parameter(argument.name, type_of_value) if type_of_value else None
    if found is None:
        refuse("custom_annotation", argument.line, argument.column, **values)
    found = replace(found, default=default)  # type: ignore[arg-type]  # complaint() looks
    if complaint(found, found.default):
        refuse("custom_default", argument.line, argument.column, **values)
    return found


def _literal(node: ast.expr) -> object:
    """Return the value of a literal, and ``...`` for what is none."""
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ...
    return value


def _annotated(name: str, annotation: ast.expr) -> Parameter | None:
    """Return a parameter of the annotated type, or ``None`` for one that there is no field for."""
    match annotation:
        case ast.Constant(str(text)):
            try:
                return _annotated(name, parse(text, "eval").body)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return None
        case ast.BinOp(inner, ast.BitOr(), ast.Constant(None)):
            return _optional(_annotated(name, inner))
        case ast.Subscript(ast.Name("Optional"), inner):
            return _optional(_annotated(name, inner))
        case ast.Subscript(ast.Name("Literal"), words):
            return _choice(name, _literal(words))
        case _:
            found = _TYPES.get(ast.unparse(annotation))
            return Parameter(name, found) if found else None


def _optional(found: Parameter | None) -> Parameter | None:
    return replace(found, optional=True) if found else None


def _choice(name: str, words: object) -> Parameter | None:
    choices = words if isinstance(words, tuple) else (words,)
    if not all(isinstance(word, str) for word in choices):
        return None
    return Parameter(name, Type.CHOICE, choices=choices)
