"""Sounds in folders, one folder for each class."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.dataset import Array, Dataset, classified, existing, need_memory, refuse
from app.data.progress import tell
from app.data.sounds.spectrograms import bands_of, frames_of, spectrogram
from app.data.sounds.waves import fitted, read_wave, resampled
from graph_model.files.plain_file import is_plain_file
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.values import Arguments

_COVERED: Final = 95
"""The percentile of the durations that is taken for the length, where that is left open."""
_MOST_FILES: Final = 100_000
_NAMED: Final = 3
_SUFFIXES: Final = frozenset({".wav", ".wave"})


def load(arguments: Arguments) -> Dataset:
    """Read every sound in one rate and one length, as waves or as spectrograms."""
    folder = existing(arguments["path"], "folder")
    found = _files_of(folder)
    paths = [(path, label) for label, files in enumerate(found.values()) for path in files]
    waves, labels, rates, bad = [], [], [], []
    size = 0
    for index, (path, label) in enumerate(paths):
        tell(index, len(paths))
        try:
            wave, rate = read_wave(path)
        except Refusal:
            bad.append(path)
            continue
        need_memory(folder, size := size + 2 * wave.nbytes)
        waves.append(wave)
        labels.append(label)
        rates.append(rate)
    if len(set(labels)) < len(found):
        refuse("data_unreadable", path=bad[0], reason=phrase("it is no sound in WAV format"))
    rate = _integer(arguments, "rate") or Counter(rates).most_common(1)[0][0]
    waves = [resampled(wave, own, rate) for wave, own in zip(waves, rates, strict=True)]
    length = _length(arguments, [len(wave) for wave in waves], rate)
    done = {
        "rate": rate,
        "length": length,
        "bands": _integer(arguments, "bands") if arguments["form"] == "spectrogram" else 0,
    }
    shape = (1, done["bands"], frames_of(length)) if done["bands"] else (1, length)
    need_memory(folder, 4 * len(waves) * math.prod(shape))
    samples = np.stack([as_sample(wave, done) for wave in waves])
    data = classified(samples, np.array(labels), tuple(found))
    read_as = {"rate": f"{rate} Hz", "seconds": f"{length / rate:.3g}"}
    facts = replace(
        data.facts,
        read_as={key: word for key, word in read_as.items() if arguments[key] is None},
        class_counts=tuple(np.bincount(labels, minlength=len(found)).tolist()),
        left_out=len(bad),
        notes=tuple(_notes(waves, rates, rate, length, bad)),
    )
    return replace(data, facts=facts, done={"sound": done})


def as_sample(wave: Array, done: Any) -> Array:
    """Return a wave of the right rate as a sample."""
    wave = fitted(wave, done["length"])
    if not done["bands"]:
        return wave[None]
    return spectrogram(wave, bands_of(done["rate"], done["bands"]))[None]


def sample_of(path: Path, done: Any) -> Array:
    """Return a new sound as a sample."""
    wave, rate = read_wave(path)
    return as_sample(resampled(wave, rate, done["rate"]), done)


def _files_of(folder: Path) -> dict[str, list[Path]]:
    """Return the sounds of each class, both in the order of their names."""
    found: dict[str, list[Path]] = {}
    try:
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.name.startswith("."):
                files = sorted(
                    file
                    for file in each.iterdir()
                    if file.suffix.lower() in _SUFFIXES
                    and not file.name.startswith(".")
                    and is_plain_file(file)
                )
                if files:
                    found[each.name] = files
    except OSError as error:
        refuse("data_unreadable", path=folder, reason=error.strerror or error)
    count = sum(map(len, found.values()))
    if len(found) < 2:
        what = phrase("folders with .wav files")
        refuse("data_too_few", path=folder, got=len(found), what=what, expected=2)
    if count > _MOST_FILES:
        refuse("data_too_many_files", path=folder, got=count, limit=_MOST_FILES)
    return found


def _length(arguments: Arguments, lengths: list[int], rate: int) -> int:
    seconds = arguments["seconds"]
    if isinstance(seconds, int | float):
        return max(1, round(seconds * rate))
    return max(1, math.ceil(np.percentile(lengths, _COVERED)))


def _notes(
    waves: list[Array], rates: list[int], rate: int, length: int, bad: list[Path]
) -> list[Problem]:
    notes = []
    others = sum(each != rate for each in rates)
    if others:
        values = {"count": str(others), "total": str(len(rates)), "rate": str(rate)}
        notes.append(Problem("sound_resampled", values))
    cut = sum(len(wave) > length for wave in waves)
    short = sum(len(wave) < length for wave in waves)
    if cut or short:
        values = {"cut": str(cut), "short": str(short), "seconds": f"{length / rate:.3g}"}
        notes.append(Problem("sound_cut", values))
    if bad:
        named = ", ".join(path.name for path in bad[:_NAMED])
        notes.append(Problem("sound_unreadable", {"count": str(len(bad)), "names": named}))
    return notes


def _integer(arguments: Arguments, name: str) -> int:
    value = arguments[name]
    return value if isinstance(value, int) else 0
