"""Values that nobody changes: the class that ``dataclass(frozen=True, slots=True)`` makes, sooner.

The standard library writes and compiles the text of six methods for every class, a millisecond
each: a fifth of what opening the window took. Here ``__init__`` alone is compiled, once for all
classes with as many fields; the others are alike in all classes. See decision 0049.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")
_Method = Callable[..., Any]


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[_T]) -> type[_T]:
    """Return the class as a data class with slots, whose instances are equal where its fields are.

    Fields, ``field()``, ``__post_init__``, ``replace`` and ``match`` are as with ``dataclass``;
    ``kw_only`` and ``InitVar`` are not known. Methods of the class itself remain.
    """
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # or dataclass would put together a signature for it
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)
    equal, hashed = _comparing([each.name for each in fields if each.compare])
    shared = {"__repr__": _repr, "__getstate__": _getstate, "__setstate__": _setstate}
    ours = {"__init__": _init(made, fields), "__eq__": equal, "__hash__": hashed, **shared}
    for name, method in ours.items():
        if name not in vars(cls) or (name == "__hash__" and vars(cls)[name] is None):
            setattr(made, name, method)
    made.__setattr__, made.__delattr__ = _setattr, _delattr
    return made  # type: ignore[no-any-return]


def _init(cls: Any, fields: tuple[Field[Any], ...]) -> _Method:
    """Make ``__init__``, which sets the slots without looking them up by their names."""
    given = [each for each in fields if each.init]
    names = [each.name for each in given]
    made = tuple(each.default_factory is not MISSING for each in given)
    scope: dict[str, Any] = {"MISSING": MISSING}
    for at, each in enumerate(given):
        scope[f"set{at}"] = getattr(cls, each.name).__set__
        scope[f"make{at}"] = each.default_factory
    defaults = [each.default for each in given if not _is_needed(each)]
    if any(map(_is_needed, given[len(given) - len(defaults) :])):
        raise TypeError(f"{cls.__name__}: a field without a default follows one that has it")
    code = _code_of_init(made, hasattr(cls, "__post_init__"))
    code = code.replace(co_varnames=("self", *names))
    return FunctionType(code, scope, "__init__", tuple(defaults))


@cache
def _code_of_init(made: tuple[bool, ...], has_more: bool) -> CodeType:
    """Compile it once for all classes with so many fields, but for what these are called.

    ``made`` tells for each whether its default is made. All classes come down to a few dozen.
    """
    parameters, lines = ["self"], []
    for at, is_made in enumerate(made):
        value = f"make{at}() if value{at} is MISSING else value{at}" if is_made else f"value{at}"
        parameters.append(f"value{at}")
        lines.append(f" set{at}(self, {value})")
    if has_more:
        lines.append(" self.__post_init__()")
    scope: dict[str, Any] = {}
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *lines, " pass"]), scope)
    return scope["__init__"].__code__  # type: ignore[no-any-return]


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _comparing(names: list[str]) -> tuple[_Method, _Method]:
    """Return ``__eq__`` and ``__hash__`` of a class by these of its fields."""
    if len(names) > 1:
        key: Callable[[object], Any] = attrgetter(*names)
    else:
        key = lambda one: tuple(getattr(one, name) for name in names)  # noqa: E731

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(key(self) == key(other))

    return __eq__, lambda self: hash(key(self))


def _repr(self: Any) -> str:
    shown = (each.name for each in dataclasses.fields(self) if each.repr)
    parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({parts})"


def _setattr(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
