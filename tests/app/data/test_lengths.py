"""How long samples are, where that is left open, is what the data's own training split says."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.data.prepare import fit
from app.data.reading import load
from app.data.splitting import split_samples
from graph_model.recipe import Choice, Recipe

SHORT, LONG = "one two three four", "many more words than any of the training texts has at all " * 3


def texts_in(folder: Path, test: str) -> Choice:
    for part, text in (("train", SHORT), ("test", test)):
        for name in ("good", "bad"):
            (folder / part / name).mkdir(parents=True)
            for at in range(8):
                (folder / part / name / f"{at}.txt").write_text(f"{text} {name}")
    return Choice("text_folder", {"path": str(folder)})


def table_in(folder: Path, test: str) -> Choice:
    folder.mkdir()
    parts = ["train", "train", "train", "test"] * 10
    texts = [f"{test if part == 'test' else SHORT} {at}" for at, part in enumerate(parts)]
    columns = {"text": texts, "split": parts, "label": ["a", "b"] * 20}
    pd.DataFrame(columns).to_csv(folder / "t.csv", index=False)
    return Choice("csv", {"path": str(folder / "t.csv"), "roles": ("text", "text")})


@pytest.mark.parametrize("made", [texts_in, table_in])
@pytest.mark.parametrize("tokens", ["words", "characters", "byte_pairs"])
def test_of_texts(tmp_path: Path, made, tokens: str) -> None:  # type: ignore[no-untyped-def]
    found = []
    for at, test in enumerate((SHORT, LONG)):
        choice = made(tmp_path / str(at), test)
        choice = Choice(choice.kind, {**choice.arguments, "tokens": tokens, "vocabulary": 40})
        data = load(choice)
        train = split_samples(data, Recipe(choice)).train
        _, fitted = fit(data, train, (data.facts.features,))
        found.append(fitted.features[train])
    np.testing.assert_array_equal(*found)


def test_of_sounds(tmp_path: Path) -> None:
    for part, length in (("train", 400), ("test", 4000)):
        for name in ("up", "down"):
            (tmp_path / part / name).mkdir(parents=True)
            for at in range(3):
                with wave.open(str(tmp_path / part / name / f"{at}.wav"), "wb") as file:
                    file.setparams((1, 2, 8000, 0, "NONE", ""))
                    file.writeframes(struct.pack(f"<{length}h", *[at] * length))
    data = load(Choice("audio_folder", {"path": str(tmp_path), "form": "wave"}))
    assert data.features.shape == (12, 1, 400)
