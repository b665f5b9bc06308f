"""Values that nobody changes: the class that ``dataclass(frozen=True, slots=True)`` makes, sooner.

The standard library writes and compiles the text of six methods for every class, a millisecond
each: a fifth of what opening the window took. Here ``__init__`` alone is compiled; the others are
alike in all classes. See decision 0049.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass
from operator import attrgetter
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
    """Compile ``__init__``, which sets the slots without looking them up by their names."""
    scope: dict[str, Any] = {"MISSING": MISSING}
    parameters, lines = ["self"], []
    for each in fields:
        name = each.name
        scope |= {f"set_{name}": getattr(cls, name).__set__, f"default_{name}": each.default}
        value = name
        if each.default_factory is not MISSING:
            scope[f"make_{name}"] = each.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
        if each.init:
            parameters.append(name if _is_needed(each) else f"{name}=default_{name}")
            lines.append(f" set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *lines, " pass"]), scope)
    return scope["__init__"]  # type: ignore[no-any-return]


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
