"""Reading a sound: what the application runs, and scripts take word for word."""

from __future__ import annotations

import struct


def wave_parts(raw: bytes) -> tuple[bytearray, str, int, int]:
    """Return the numbers of a WAV file as bytes, what they are, its channels, and its rate.

    They are ``u1`` around 128, ``i2`` or ``i4`` (also for 24 bits), ``f4`` or ``f8``, the least
    part first. Raises ``KeyError``, ``ValueError`` or ``struct.error`` where it is no such file.
    """
    if raw[:4] != b"RIFF" or raw[8:12] != b"WAVE":
        raise ValueError("it is no WAV file")
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(raw):
        name, size = struct.unpack_from("<4sI", raw, at)
        chunks.setdefault(name, raw[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if form == 0xFFFE:
        (form,) = struct.unpack_from("<H", chunks[b"fmt "], 24)
    kinds = {
        (1, 8): "u1",
        (1, 16): "i2",
        (1, 24): "i4",
        (1, 32): "i4",
        (3, 32): "f4",
        (3, 64): "f8",
    }
    if (form, bits) not in kinds or not channels or not rate:
        raise ValueError(f"it has {bits} bits in form {form}")
    step = channels * bits // 8
    data = bytearray(chunks[b"data"])
    data = data[: len(data) // step * step]
    if bits == 24:  # each becomes the upper part of 32 bits
        whole = bytearray(len(data) // 3 * 4)
        for part in range(3):
            whole[part + 1 :: 4] = data[part::3]
        data = whole
    if not data:
        raise ValueError("it is empty")
    return data, kinds[form, bits], channels, rate
