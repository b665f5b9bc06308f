"""The text by which a script reads sounds as they were read in training."""

from __future__ import annotations

from typing import Final

from codegen.verbatim import verbatim

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
    data, kind, channels, rate = wave_parts(raw)
    whole = torch.int16 if kind == "i2" else torch.int32
    floating = torch.float32 if kind == "f4" else torch.float64
    dtype = torch.uint8 if kind == "u1" else whole if kind[0] == "i" else floating
    numbers = torch.frombuffer(data, dtype=dtype).double()
    if kind[0] != "f":
        numbers = (numbers - 128) / 128 if kind == "u1" else numbers / 2 ** (8 * int(kind[1]) - 1)
    return numbers.reshape(-1, channels).mean(dim=1).float(), rate


$wave_parts

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
    parts = "\n".join(verbatim("wave_reading"))
    form = "spectrogram(wave)" if is_spectrogram else "wave"
    text = READING.replace("$form", form).replace("$wave_parts", parts) + (
        SPECTROGRAM if is_spectrogram else ""
    )
    return text.replace("$frame", str(_FRAME)).replace("$floor", _FLOOR)
