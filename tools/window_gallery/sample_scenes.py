"""The Data workspace on texts, series and sounds of one's own, and a model tried on a text."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.reading import load
from graph_model.recipe import Choice, Recipe
from tools.examples.sketch import Sketch
from tools.window_gallery.data_scenes import use
from tools.window_gallery.stage import Stage

_WORDS: Final = {
    "good": "great wonderful superb touching funny charming".split(),
    "poor": "awful terrible boring dull wasted messy".split(),
}
_OTHERS: Final = "the a film plot acting was and it is this story really very of scene".split()


def _reviews() -> Path:
    chance, lines = np.random.default_rng(1), ["review,mood"]
    for number in range(240):
        mood = ("good", "poor")[number % 2]
        words = [str(chance.choice(_OTHERS)) for _ in range(int(chance.integers(8, 30)))]
        for _ in range(3):
            words[int(chance.integers(len(words)))] = str(chance.choice(_WORDS[mood]))
        lines.append(f"{' '.join(words).capitalize()}.,{mood}")
    Path("reviews.csv").write_text("\n".join(lines), encoding="utf-8")
    return Path("reviews.csv").absolute()


def _texts(stage: Stage) -> None:
    stage.open("iris-mlp")
    use(stage, "text", _reviews())


def _sensors() -> Path:
    chance, lines = np.random.default_rng(1), ["sensor,when,heat,damp"]
    begin = np.datetime64("2024-06-01T00")
    for hour in range(400):
        for place, sensor in enumerate(("roof", "cellar", "hall")):
            if chance.random() > 0.03:
                heat = 15 + 5 * place + 4 * np.sin(hour / 24 * 2 * np.pi) + chance.normal() / 3
                lines.append(f"{sensor},{begin + hour},{heat:.2f},{chance.normal(50, 4):.1f}")
    text = "\n".join(lines).replace("T", " ")
    Path("sensors.csv").write_text(text, encoding="utf-8")
    return Path("sensors.csv").absolute()


def _series(stage: Stage) -> None:
    stage.open("iris-mlp")
    use(stage, "series", _sensors(), target="heat", window=24)


def _offered(stage: Stage) -> None:
    lines = ["Month,Passengers"]
    for month in range(144):
        count = (110 + 2.6 * month) * (1 + 0.2 * np.sin(month * np.pi / 6))
        lines.append(f"{1949 + month // 12}-{month % 12 + 1:02},{count:.0f}")
    Path("passengers.csv").write_text("\n".join(lines), encoding="utf-8")
    stage.open("iris-mlp")
    use(stage, "csv", Path("passengers.csv").absolute())


def _sounds(stage: Stage) -> None:
    for word, pitch in (("yes", 400), ("no", 900), ("stop", 2000)):
        folder = Path("words") / word
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(12):
            rate = 16_000 if number % 4 else 22_050
            times = np.arange(int(rate * (0.6 + 0.03 * number))) / rate
            wave = np.sin(2 * np.pi * pitch * (1 + times * number / 20) * times)
            (folder / f"{number}.wav").write_bytes(_wav((12_000 * wave).astype("<i2"), rate))
    (Path("words") / "yes" / "broken.wav").write_bytes(b"RIFF")
    stage.open("fashion-cnn")
    use(stage, "audio_folder", Path("words").absolute())


def _wav(numbers: Any, rate: int) -> bytes:
    data = numbers.tobytes()
    head = struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
    size = struct.pack("<I", 28 + len(data) + 8)
    return b"RIFF" + size + b"WAVEfmt " + head + b"data" + struct.pack("<I", len(data)) + data


def _tried_text(stage: Stage) -> None:
    sketch = Sketch("Moods")
    x = sketch.input("words", "N", "T", dtype="int64")
    x = sketch.add("Embedding", x, num_embeddings=64, embedding_dim=16)
    x = sketch.add("Mean", x, dim=(1,))
    sketch.output(sketch.add("Linear", x, out_features=2), "mood")
    form = _trained(stage, sketch, Choice("text", {"path": str(_reviews())}))
    form.text.setPlainText("A superb and touching film of unforeseen charm.")
    _answered(stage)


def _tried_going_on(stage: Stage) -> None:
    Path("rhyme.txt").write_text("The cat sat on the mat, and the dog on the log.\n" * 400)
    path = str(Path("rhyme.txt").absolute())
    data = Choice("text", {"path": path, "length": 32})
    known = load(data).facts.arrays["features"].classes
    sketch = Sketch("Rhymes")
    x = sketch.input("letters", "N", "T", dtype="int64")
    x = sketch.add("Embedding", x, num_embeddings=known, embedding_dim=16)
    x = sketch.add("GRU", x, hidden_size=48)
    x = sketch.add("Linear", x, out_features=known)
    sketch.output(sketch.add("Transpose", x, dim0=1, dim1=2), "next")
    form = _trained(stage, sketch, data)
    form.text.setPlainText("The d")
    form.go_on.click()
    _answered(stage)


def _trained(stage: Stage, sketch: Sketch, data: Choice) -> Any:
    """Train a network, and return the form for a text of one's own."""
    stage.open("iris-mlp")
    recipe = Recipe(data, epochs=4, optimizer=Choice("Adam", {"lr": 0.02}))
    stage.window.document.edit(sketch.project(recipe), "Draw another network")
    stage.until(lambda: stage.window.trainer.watch.facts is not None)
    stage.wait(0.5)
    stage.train(epochs=4)
    results = stage.window.workspaces.training.inside.results
    stage.until(lambda: results._outcome is not None)
    results.try_it()
    stage.until(lambda: not results.trying.worker.is_busy)
    return results.trial.text


def _answered(stage: Stage) -> None:
    results = stage.window.workspaces.training.inside.results
    stage.wait(0.6)
    stage.until(lambda: not results.trying.worker.is_busy)


SAMPLE_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "data-text-table": _texts,
    "data-series-of-sensors": _series,
    "data-series-offered": _offered,
    "data-sounds": _sounds,
    "tried-text": _tried_text,
    "tried-going-on": _tried_going_on,
}
