"""Sounds as data: held to the standard library, to SciPy and to torch."""

from __future__ import annotations

import json
import struct
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.signal import resample

from app.data.prepare import scaling_of
from app.data.reading import load
from app.data.sounds.spectrograms import FLOOR, FRAME, bands_of, spectrogram
from app.data.sounds.waves import read_wave, resampled
from app.runs.job import Job
from app.training.batches import first_batch
from app.training.predict import Predictor
from graph_model.recipe import Choice, Recipe
from tests.app.data.folders import run_script, script_folder
from tests.app.data.reading import refused
from tools.examples.sketch import Sketch

RATE = 8000


def tone(frequency: float, seconds: float = 0.25, rate: int = RATE) -> NDArray[np.float64]:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Low and high tones; one of another rate, one in two channels, one that is no sound."""
    for name, base in (("high", 1500), ("low", 300)):
        (tmp_path / name).mkdir()
        for index in range(6):
            numbers = (32767 * tone(base + 20 * index)).astype(np.int16)
            wavfile.write(tmp_path / name / f"{index}.wav", RATE, numbers)
    wavfile.write(tmp_path / "low" / "6.wav", 16000, tone(300, 0.5, 16000).astype(np.float32))
    (tmp_path / "low" / "7.wav").write_bytes(b"<html>no sound</html>")
    return tmp_path


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "float32", "float64"])
@pytest.mark.parametrize("channels", [1, 2])
def test_waves_are_those_of_scipy(tmp_path: Path, dtype: str, channels: int) -> None:
    numbers = np.random.default_rng(0).uniform(-0.9, 0.9, (99, channels))
    whole = np.dtype(dtype).kind != "f"
    scale = 127 if dtype == "uint8" else np.iinfo(dtype).max if whole else 1
    made = (numbers * scale + (128 if dtype == "uint8" else 0)).astype(dtype)
    wavfile.write(tmp_path / "a.wav", 44100, made)
    found, rate = read_wave(tmp_path / "a.wav")
    theirs = made.astype(np.float64)
    if whole:
        theirs = (theirs - (128 if dtype == "uint8" else 0)) / (
            128 if dtype == "uint8" else scale + 1
        )
    assert rate == 44100
    np.testing.assert_allclose(found, theirs.mean(axis=1), atol=1e-7)


def test_numbers_of_24_bits_are_read(tmp_path: Path) -> None:
    whole = [0, 1, -1, 2**23 - 1, -(2**23)]
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(3)
        file.setframerate(8000)
        file.writeframes(b"".join(each.to_bytes(3, "little", signed=True) for each in whole))
    found, _ = read_wave(tmp_path / "a.wav")
    np.testing.assert_array_equal(found, np.array(whole, np.float32) / 2**23)


@pytest.mark.parametrize(("rate", "wanted"), [(8000, 11025), (16000, 8000), (44100, 22050)])
def test_another_rate_is_that_of_scipy(rate: int, wanted: int) -> None:
    sound = tone(440, 0.1, rate).astype(np.float32)
    made = resampled(sound, rate, wanted)
    theirs = resample(sound, round(len(sound) * wanted / rate))
    np.testing.assert_allclose(made, theirs, atol=2e-3)


def test_a_spectrogram_is_that_of_torch() -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 3000).astype(np.float32)
    bands = bands_of(RATE, 20)
    spectrum = torch.stft(
        torch.from_numpy(sound).double(),
        FRAME,
        FRAME // 2,
        window=torch.hann_window(FRAME, dtype=torch.float64),
        pad_mode="constant",
        return_complex=True,
    )
    theirs = np.log(bands @ (spectrum.abs() ** 2).numpy() + FLOOR)
    np.testing.assert_allclose(spectrogram(sound, bands), theirs, rtol=1e-5, atol=1e-5)


def test_the_bands_are_as_far_apart_as_the_ear_has_them() -> None:
    bands = bands_of(RATE, 30)
    centres = np.linspace(0, RATE / 2, FRAME // 2 + 1)[bands.argmax(axis=1)]
    heard = 2595 * np.log10(1 + centres / 700)
    steps = np.diff(heard)
    assert abs(steps[5:].mean() / (2595 * np.log10(1 + RATE / 2 / 700) / 31) - 1) < 0.05


def test_a_folder_of_sounds_is_read_in_one_rate_and_one_length(folder: Path) -> None:
    data = load(Choice("audio_folder", {"path": str(folder), "form": "wave"}))
    facts = data.facts
    assert facts.class_names == ("high", "low")
    assert facts.class_counts == (6, 7)
    assert facts.left_out == 1
    assert facts.read_as["rate"] == f"{RATE} Hz"
    assert {note.code for note in facts.notes} >= {"sound_resampled", "sound_unreadable"}
    assert data.features.shape[1] == 1
    first = tone(1500).astype(np.float32)
    np.testing.assert_allclose(data.features[0, 0, : len(first)], first, atol=1e-3)
    slow = tone(300, 0.5).astype(np.float32)[: data.features.shape[2]]
    np.testing.assert_allclose(data.features[12, 0], slow, atol=0.05)


def test_the_loudest_band_tells_low_from_high(folder: Path) -> None:
    data = load(Choice("audio_folder", {"path": str(folder), "seconds": 0.2, "bands": 32}))
    assert data.features.shape[1:] == (1, 32, 1 + 1600 // 256)
    loudest = data.features[:, 0].mean(axis=2).argmax(axis=1)
    assert loudest[data.target == 0].min() > loudest[data.target == 1].max()


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.wav").write_bytes(b"RIFF\0\0\0\0WAVEfmt ")
    assert refused("audio_folder", path=str(tmp_path)).code == "data_unreadable"
    (tmp_path / "b" / "1.wav").unlink()
    assert refused("audio_folder", path=str(tmp_path)).code == "data_too_few"


def test_spoken_words_are_split_by_their_lists_and_noise_is_no_class(folder: Path) -> None:
    (folder / "_background_noise_").mkdir()
    noise = np.random.default_rng(0).normal(0, 3000, 9000).astype(np.int16)
    wavfile.write(folder / "_background_noise_" / "pink.wav", RATE, noise)
    (folder / "validation_list.txt").write_text("high/0.wav\nlow/0.wav\n")
    (folder / "testing_list.txt").write_text("high/1.wav\nlow/1.wav\nlow/2.wav\n")
    data = load(Choice("audio_folder", {"path": str(folder)}))
    assert data.facts.class_names == ("high", "low")
    assert data.facts.own_split == (8, 2, 3)
    assert data.own_split is not None
    assert data.target[data.own_split == 2].tolist() == [0, 1, 1]
    (note,) = [each for each in data.facts.notes if each.code == "folders_without_class"]
    assert note.values == {"names": "_background_noise_", "count": "1"}


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<HHIIHH", 1, 0, 8000, 8000, 2, 16),
        struct.pack("<HHIIHH", 1, 1, 0, 8000, 2, 16),
        struct.pack("<HHIIHH", 2, 1, 8000, 8000, 2, 4),
        struct.pack("<HHIIHH", 3, 1, 8000, 8000, 2, 16),
    ],
)
def test_strange_headers_are_refused(tmp_path: Path, header: bytes) -> None:
    body = b"WAVE" + b"fmt " + struct.pack("<I", 16) + header + b"data" + struct.pack("<I", 8)
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body) + 8) + body + b"\1" * 8)
    with pytest.raises(Exception, match="no sound in WAV format"):
        read_wave(path)


@pytest.mark.parametrize("form", ["wave", "spectrogram"])
def test_predict_py_reads_a_new_sound_as_the_window_does(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, form: str
) -> None:
    given: dict[str, Any] = {"path": str(folder), "form": form, "seconds": 0.2, "bands": 16}
    data = load(Choice("audio_folder", given))
    sketch = Sketch("Sounds")
    x = sketch.input("sound", "N", *data.features.shape[1:])
    x = sketch.add("Flatten", x)
    sketch.output(sketch.add("Linear", x, out_features=2), "tone")
    project = sketch.project(Recipe(Choice("audio_folder", given), epochs=1))
    job, made = script_folder(project, tmp_path_factory.mktemp("run"))
    new = made / "new.wav"
    wavfile.write(new, 11025, (2**30 * tone(700, 0.15, 11025)).astype(np.int32))
    told = json.loads(run_script(made, "--json", str(new)))["tone"]["probabilities"]
    (predictions,) = Predictor(job, made / "best.safetensors").file(new)
    np.testing.assert_allclose(list(told.values()), predictions.scores[0], atol=1e-4)
    for content in (b"RIFF\0\0\0\0WAVEfmt ", b"RIFF", b"", b"ID3\3"):
        new.write_bytes(content)
        run_script(made, str(new), complaint="WAV")


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("time_shift", {"most": 30}),
        ("time_crop", {"share": 0.7}),
        ("scaling", {"deviation": 0.3}),
    ],
)
def test_waves_are_changed_along_their_time_which_is_last(
    folder: Path, kind: str, arguments: dict[str, Any]
) -> None:
    data = Choice("audio_folder", {"path": str(folder), "form": "wave", "seconds": 0.05})
    length = load(data).features.shape[2]
    sketch = Sketch("Waves")
    x = sketch.input("wave", "N", 1, length)
    sketch.output(sketch.add("Linear", sketch.add("Flatten", x), out_features=2), "tone")
    chosen = (Choice(kind, arguments),)
    project = sketch.project(Recipe(data, epochs=1, transforms=chosen))
    made = first_batch(Job(project), 6, 0)
    before, after = made.before["wave"], made.after["wave"]
    assert after.shape == before.shape == (6, 1, length)
    assert sum(not np.allclose(*each) for each in zip(before, after, strict=True)) > 3
    for one, other in zip(before[:, 0], after[:, 0], strict=True):
        if kind == "scaling":  # one number for the whole wave
            ratio = other[np.abs(one) > 0.1] / one[np.abs(one) > 0.1]
            np.testing.assert_allclose(ratio, ratio[0], rtol=1e-4)
        if kind == "time_shift":  # the wave itself, somewhere else
            middle = other[40:-40]
            offs = [np.abs(one[40 + by : 40 + by + len(middle)] - middle).max()
                    for by in range(-30, 31)]  # fmt: skip
            assert min(offs) < 1e-5


def test_waves_are_scaled_by_one_mean_and_deviation(folder: Path) -> None:
    data = Choice("audio_folder", {"path": str(folder), "form": "wave", "seconds": 0.1})
    loaded = load(data)
    train = np.arange(8)
    scaling = scaling_of(loaded.features, "", train, time_last=True)
    wanted = loaded.features[:8].astype(np.float64)
    assert scaling.mean.shape == (1, 1)
    np.testing.assert_allclose(scaling.mean[0, 0], wanted.mean(), atol=1e-6)
    np.testing.assert_allclose(scaling.deviation[0, 0], wanted.std(), rtol=1e-5)
    assert loaded.facts.arrays["features"].time_last
