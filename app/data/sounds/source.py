"""Sounds in folders, one folder for each class, or with a table of their labels."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.arrays.own_splits import of_training
from app.data.dataset import Array, Dataset, classified, existing, need_memory, refuse
from app.data.labelled_files import listed_files, some_of, split_and_grouped
from app.data.pictures.listing import Listed
from app.data.progress import tell
from app.data.sounds.spectrograms import bands_of, frames_of, spectrogram
from app.data.sounds.waves import fitted, read_wave, resampled
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.values import Arguments

_COVERED: Final = 95
"""The percentile of the durations that is taken for the length, where that is left open."""
_NAMED: Final = 3
_SUFFIXES: Final = frozenset({".wav", ".wave"})


def load(arguments: Arguments) -> Dataset:
    """Read every sound in one rate and one length, as waves or as spectrograms."""
    folder = existing(arguments["path"], "folder")
    listed, notes = listed_files(folder, _SUFFIXES, "folders with .wav files",
                                 str(arguments["table"]))  # fmt: skip
    waves, rates, kept, bad = _read(listed)
    listed = some_of(listed, kept)
    if len(set(listed.labels)) < len(listed.classes):
        refuse("data_unreadable", path=bad[0], reason=phrase("it is no sound in WAV format"))
    rate = _integer(arguments, "rate") or Counter(rates).most_common(1)[0][0]
    waves = [resampled(wave, own, rate) for wave, own in zip(waves, rates, strict=True)]
    length = _length(arguments, of_training([len(wave) for wave in waves], listed.parts), rate)
    done = {
        "rate": rate,
        "length": length,
        "bands": _integer(arguments, "bands") if arguments["form"] == "spectrogram" else 0,
    }
    shape = (1, done["bands"], frames_of(length)) if done["bands"] else (1, length)
    need_memory(folder, 4 * len(waves) * math.prod(shape))
    samples = np.stack([as_sample(wave, done) for wave in waves])
    data = classified(samples, np.array(listed.labels), listed.classes)
    read_as = {"rate": f"{rate} Hz", "seconds": f"{length / rate:.3g}"}
    counts = np.bincount(listed.labels, minlength=len(listed.classes))
    arrays = dict(data.facts.arrays)
    arrays["features"] = replace(arrays["features"], time_last=not done["bands"])
    facts = replace(
        data.facts,
        arrays=arrays,
        read_as={key: word for key, word in read_as.items() if arguments[key] is None},
        class_counts=tuple(counts.tolist()),
        left_out=len(bad),
        notes=(*notes, *_notes(waves, rates, rate, length, bad)),
    )
    return split_and_grouped(replace(data, facts=facts, done={"sound": done}), listed)


def _read(listed: Listed) -> tuple[list[Array], list[int], list[int], list[Path]]:
    """Return waves with their rates and their places, and what cannot be read."""
    waves, rates, kept = [], [], []
    bad = [listed.folder / path for path, _ in listed.left_out]
    size = 0
    for place, name in enumerate(listed.paths):
        tell(place, len(listed.paths))
        path = listed.folder / name
        try:
            wave, rate = read_wave(path)
        except Refusal:
            bad.append(path)
            continue
        need_memory(listed.folder, size := size + 2 * wave.nbytes)
        waves.append(wave)
        rates.append(rate)
        kept.append(place)
    return waves, rates, kept, bad


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


def _length(arguments: Arguments, lengths: Any, rate: int) -> int:
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
