"""Makes the enumerations of PySide6 several times as fast as the standard library does.

PySide6 makes an ``enum`` of each enumeration of a class of Qt when that class is first touched: 300
with 4,000 members before the window stands. Here the standard library makes an empty one of each
sort, as a pattern; all others get the same attributes, and members without the detours that serve
enumerations written by hand. See decision 0062.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import cache
from typing import Any, Final

_KNOWN: Final = frozenset(
    """_generate_next_value_ __module__ __doc__ __new__ __format__ __or__ __and__ __xor__ __ror__
    __rand__ __rxor__ __invert__ _new_member_ _use_args_ _member_names_ _member_map_ _member_type_
    _value2member_map_ _unhashable_values_ _unhashable_values_map_ _value_repr_ _boundary_
    _flag_mask_ _singles_mask_ _all_bits_ _inverted_""".split()
)
"""What classes have of which Python 3.11 to 3.13 know; with more, all is done by the book."""

by_the_book: Final[Callable[..., Any]] = enum.EnumType._create_  # type: ignore[attr-defined]
"""What the standard library does with a name and the pairs of names and values."""


def use_quick_enumerations() -> None:
    """Have the enumerations that PySide6 asks for made here, from now on."""
    if all(_pattern(base).keys() <= _KNOWN for base in (enum.IntEnum, enum.IntFlag)):
        enum.EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(base: Any, name: str, names: Any = None, **how: Any) -> Any:
    is_of_pyside = how.get("boundary") is enum.KEEP and how.get("module") is None
    make = quickly if is_of_pyside and _are_plain(base, names) else by_the_book
    return make(base, name, names, **how)


def _are_plain(base: Any, items: Any) -> bool:
    """Tell whether these are pairs of names and numbers of which none needs special care."""
    if type(items) is not list or not all(type(item) is tuple for item in items):
        return False
    is_flag, taken = issubclass(base, enum.Flag), _taken(base)
    return not any(
        name in taken or name[0] == "_" or (is_flag and value < 0) for name, value in items
    )


@cache
def _taken(base: type) -> frozenset[str]:
    return frozenset(name for each in base.__mro__ for name in vars(each))


def quickly(base: Any, name: str, items: list[tuple[str, int]], **_: object) -> Any:
    """Return what ``base(name, items, boundary=enum.KEEP)`` does."""
    made: Any = type.__new__(enum.EnumType, name, (base,), _attributes(base))
    is_flag, is_int = issubclass(base, enum.Flag), issubclass(base, int)
    names, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    for each, value in items:
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if is_int else object.__new__(made)
            member._value_, member._name_, member.__objclass__ = value, each, made
            member._sort_order_ = len(names)
            by_value[value] = member
            if not is_flag or _is_bit(value):
                names.append(each)
        by_name[each] = member
        type.__setattr__(made, each, member)
    if is_flag:
        _set_masks(made)
    return made


def _set_masks(flag: Any) -> None:
    values = list(flag._value2member_map_)
    bits = [value for value in values if _is_bit(value)]
    for value in values:
        flag._flag_mask_ |= value
    flag._singles_mask_ = sum(bits)
    flag._all_bits_ = 2 ** flag._flag_mask_.bit_length() - 1
    if bits != sorted(bits):
        flag._iter_member_ = flag._iter_member_by_def_


def _is_bit(value: int) -> bool:
    return value != 0 and value & (value - 1) == 0


def _attributes(base: Any) -> dict[str, Any]:
    return {
        key: value.copy() if type(value) in (list, dict) else value
        for key, value in _pattern(base).items()
    }


@cache
def _pattern(base: Any) -> dict[str, Any]:
    return dict(vars(by_the_book(base, "Pattern", [], boundary=enum.KEEP)))
