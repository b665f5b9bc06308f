"""Reading .wav files: whole numbers of 8 to 32 bits and floats, in any rate.

The standard library's ``wave`` is not used: it refuses floats, and files that say more of their
channels.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.data.bytes import format_bytes
from app.data.dataset import existing, refuse
from codegen.wave_reading import wave_parts
from graph_model.phrases import phrase

LARGEST: Final = 256 * 2**20
"""The most bytes that are read of one file."""

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
    data, kind, channels, rate = wave_parts(raw)
    numbers = np.frombuffer(data, f"<{kind}").astype(np.float64)
    if kind[0] != "f":
        whole = 2.0 ** (8 * int(kind[1]) - 1)
        numbers = (numbers - 128) / 128 if kind == "u1" else numbers / whole
    numbers = numbers.reshape(-1, channels).mean(axis=1)
    if not np.isfinite(numbers).all():
        raise ValueError
    return numbers.astype(np.float32), rate


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
