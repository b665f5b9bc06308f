"""The text by which a script reads sounds as they were read in training."""

from __future__ import annotations

from typing import Final

READING: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield the sounds that can be read."""
    for path in options.files:
        try:
            yield str(path), (prepared(sound(path)[None], 0),)
        except (KeyError, ZeroDivisionError, struct.error):
            complain(path, "it is no sound in WAV format")
        except (OSError, ValueError) as error:
            complain(path, f"{error}; it takes sounds in WAV format")


def sound(path: Path) -> Tensor:
    """Return a sound in the rate, the length and the form of the training."""
    wave, rate = wave_of(path.read_bytes())
    if rate != SOUND["rate"]:
        length = max(1, round(len(wave) * SOUND["rate"] / rate))
        spectrum = torch.fft.rfft(wave)
        kept = torch.zeros(length // 2 + 1, dtype=spectrum.dtype)
        count = min(len(kept), len(spectrum))
        kept[:count] = spectrum[:count]
        wave = torch.fft.irfft(kept, length) * (length / len(wave))
    wave = wave[: SOUND["length"]]
    wave = torch.nn.functional.pad(wave, (0, SOUND["length"] - len(wave)))
    return $form


def wave_of(raw: bytes) -> tuple[Tensor, int]:
    """Return the numbers of a WAV file from -1 to 1, its channels averaged, and its rate."""
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
    if form not in (1, 3) or bits not in ((8, 16, 24, 32) if form == 1 else (32, 64)):
        raise ValueError(f"it has {bits} bits in form {form}")
    step = channels * bits // 8
    data = bytearray(chunks[b"data"])
    data = data[: len(data) // step * step]
    if not data:
        raise ValueError("it is empty")
    if form == 3:
        numbers = torch.frombuffer(data, dtype=torch.float32 if bits == 32 else torch.float64)
    elif bits == 8:
        numbers = (torch.frombuffer(data, dtype=torch.uint8).double() - 128) / 128
    elif bits == 24:
        parts = torch.frombuffer(data, dtype=torch.uint8).reshape(-1, 3).int()
        numbers = (parts[:, 0] << 8 | parts[:, 1] << 16 | parts[:, 2] << 24).double() / 2**31
    else:
        whole = torch.int16 if bits == 16 else torch.int32
        numbers = torch.frombuffer(data, dtype=whole).double() / 2 ** (bits - 1)
    return numbers.double().reshape(-1, channels).mean(dim=1).float(), rate

'''
SPECTROGRAM: Final = '''
def spectrogram(wave: Tensor) -> Tensor:
    """Return the logarithm of the power in each band (rows) over time (columns)."""
    window = torch.hann_window($frame, dtype=torch.float64)
    spectrum = torch.stft(
        wave.double(), $frame, $frame // 2, window=window, pad_mode="constant", return_complex=True
    )
    rate, count = SOUND["rate"], SOUND["bands"]
    highest = 2595 * math.log10(1 + rate / 2 / 700)
    steps = torch.linspace(0, highest, count + 2, dtype=torch.float64)
    edges = 700 * (10 ** (steps / 2595) - 1)
    frequencies = torch.linspace(0, rate / 2, $frame // 2 + 1, dtype=torch.float64)
    low, middle, high = (edges[at : at + count, None] for at in range(3))
    rising = (frequencies - low) / (middle - low)
    falling = (high - frequencies) / (high - middle)
    bands = torch.minimum(rising, falling).clamp(min=0)
    return (bands @ spectrum.abs() ** 2 + $floor).log().float()

'''
_FRAME: Final = 512
_FLOOR: Final = "1e-6"


def reading(*, is_spectrogram: bool) -> str:
    """Return the functions that read a sound as a wave or as a spectrogram."""
    form = "spectrogram(wave)" if is_spectrogram else "wave"
    text = READING.replace("$form", form) + (SPECTROGRAM if is_spectrogram else "")
    return text.replace("$frame", str(_FRAME)).replace("$floor", _FLOOR)
