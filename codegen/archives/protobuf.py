"""Protocol buffers as data: the fields of a message, whose lengths are held to what is there."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, TypeAlias

Bytes: TypeAlias = memoryview
Field: TypeAlias = "tuple[int, int | Bytes]"
"""The number of a field, and its value: a whole number, or the bytes of anything else."""

_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5
_LONGEST: Final = 10
"""How many bytes a whole number has at most."""
_SIGN: Final = 1 << 63


class DamagedError(ValueError):
    """Bytes that are no message, or not the one that was expected."""


def fields(data: Bytes) -> Iterator[Field]:
    """Yield the fields of a message in their order, those within left as bytes."""
    place, end = 0, len(data)
    while place < end:
        key, place = _varint(data, place)
        number, wire = key >> 3, key & 7
        if not number:
            raise DamagedError("a field has no number")
        if wire == _VARINT:
            value, place = _varint(data, place)
            yield number, value
            continue
        if wire == _LENGTH:
            length, place = _varint(data, place)
        elif wire in (_FIXED64, _FIXED32):
            length = 8 if wire == _FIXED64 else 4
        else:
            raise DamagedError("a field is of no known type")
        if length > end - place:
            raise DamagedError("a field is longer than the file")
        yield number, data[place : place + length]
        place += length


def _varint(data: Bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(_LONGEST):
        if place >= len(data):
            raise DamagedError("it ends within a number")
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, place
    raise DamagedError("a number has too many bytes")


def text(value: int | Bytes) -> str:
    """Return a field as text."""
    return str(message(value), "utf-8", "replace")


def message(value: int | Bytes) -> Bytes:
    """Return the bytes of a field."""
    if isinstance(value, int):
        raise DamagedError("a number stands where something else belongs")
    return value


def whole(value: int | Bytes) -> int:
    """Return a field as a whole number with its sign."""
    if not isinstance(value, int):
        raise DamagedError("something else stands where a number belongs")
    value &= (_SIGN << 1) - 1
    return value - (_SIGN << 1) if value >= _SIGN else value


def wholes(value: int | Bytes) -> list[int]:
    """Return the numbers of a field that may be packed."""
    if isinstance(value, int):
        return [whole(value)]
    found, place = [], 0
    while place < len(value):
        number, place = _varint(value, place)
        found.append(whole(number))
    return found


def real(value: int | Bytes) -> float:
    """Return a field as a number of 32 bits."""
    data = message(value)
    if len(data) != 4:
        raise DamagedError("a number has the wrong length")
    return float(struct.unpack("<f", data)[0])


def reals(value: int | Bytes) -> list[float]:
    """Return the numbers of 32 bits of a field that may be packed."""
    data = message(value)
    if len(data) % 4:
        raise DamagedError("numbers have the wrong length")
    return [each for (each,) in struct.iter_unpack("<f", data)]
