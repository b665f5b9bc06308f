"""Reading .wav files: whole numbers of 8 to 32 bits and floats, in any rate.

``codegen.predicting.sounds`` writes the same for scripts. The standard library's ``wave`` is not
used: it refuses floats, and files that say more of their channels.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.data.bytes import format_bytes
from app.data.dataset import existing, refuse
from graph_model.phrases import phrase

LARGEST: Final = 256 * 2**20
"""The most bytes that are read of one file."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE

Wave = NDArray[np.float32]


def read_wave(path: Path) -> tuple[Wave, int]:
    """Return a sound as numbers from −1 to 1, its channels averaged, and its rate."""
    existing(path, "file")
    size = path.stat().st_size
    if size > LARGEST:
        refuse("data_too_large", path=path, got=format_bytes(size), limit=format_bytes(LARGEST))
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        refuse("data_unreadable", path=path, reason=error.strerror or error)
    except (KeyError, ValueError, struct.error):
        refuse("data_unreadable", path=path, reason=phrase("it is no sound in WAV format"))


def decoded(raw: bytes) -> tuple[Wave, int]:
    """Decode a sound; raises ``KeyError``, ``ValueError`` or ``struct.error`` where it is none."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WAVE":
        raise ValueError
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(raw):
        name, size = struct.unpack_from("<4sI", raw, at)
        chunks.setdefault(name, raw[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if form == _EXTENSIBLE:
        (form,) = struct.unpack_from("<H", chunks[b"fmt "], 24)
    data, width = chunks[b"data"], bits // 8
    if not channels or not rate or width not in (1, 2, 3, 4, 8):
        raise ValueError
    data = data[: len(data) // (width * channels) * width * channels]
    numbers = _numbers(data, form, bits).reshape(-1, channels).mean(axis=1)
    if not len(numbers) or not np.isfinite(numbers).all():
        raise ValueError
    return numbers.astype(np.float32), rate


def _numbers(data: bytes, form: int, bits: int) -> NDArray[Any]:
    if form == _FLOAT and bits in (32, 64):
        return np.frombuffer(data, f"<f{bits // 8}").astype(np.float64)
    if form != _PCM or bits == 64:
        raise ValueError
    if bits == 8:
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) / 128
    if bits == 24:
        parts = np.frombuffer(data, np.uint8).reshape(-1, 3).astype(np.int32)
        whole = parts[:, 0] << 8 | parts[:, 1] << 16 | parts[:, 2] << 24
        return (whole >> 8) / np.float64(2**23)
    return np.frombuffer(data, f"<i{bits // 8}") / np.float64(2 ** (bits - 1))


def resampled(wave: Wave, rate: int, wanted: int) -> Wave:
    """Return a sound in another rate; what that cannot hold is left out of its spectrum."""
    if rate == wanted:
        return wave
    length = max(1, round(len(wave) * wanted / rate))
    spectrum = np.fft.rfft(wave)
    kept = np.zeros(length // 2 + 1, spectrum.dtype)
    count = min(len(kept), len(spectrum))
    kept[:count] = spectrum[:count]
    return (np.fft.irfft(kept, length) * (length / len(wave))).astype(np.float32)


def fitted(wave: Wave, length: int) -> Wave:
    """Return so many numbers of a sound, from its beginning; behind its end it is silent."""
    return np.pad(wave[:length], (0, max(0, length - len(wave))))
