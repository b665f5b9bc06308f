"""Texts as data: held to tokens cut and counted by hand."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from app.data.prepare import fit
from app.data.reading import load
from app.data.texts import reading as text_reading
from app.data.texts.byte_pairs import joined_pairs, learned_pairs
from app.data.texts.tokens import Encoder, of_json
from app.training.predict import Predictor
from graph_model.problems import Refusal
from graph_model.recipe import Choice
from graph_model.values import Value
from tests.app.data.folders import run_script, script_folder
from tests.app.data.reading import refused
from tests.app.data.texts_by_hand import classifier, goes_on

TEXT = "the cat sat on the mat, the dog sat on the log.\n" * 40


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return str(path)


def test_pieces_of_a_text_lie_side_by_side_and_each_target_is_the_next_token(text: str) -> None:
    data = load(Choice("text", {"path": text, "length": 16}))
    fitted, made = fit(data, np.arange(len(data)))
    words = fitted.done["text"]["words"]
    assert made.features.shape == made.target.shape == (len(TEXT) // 16 - (len(TEXT) % 16 == 0), 16)
    read = "".join(words[number] for number in made.features.ravel())
    assert read == TEXT[: len(read)]
    following = "".join(words[number] for number in made.target.ravel())
    assert following == TEXT[1 : len(read) + 1]


def test_the_vocabulary_is_that_of_the_training_samples_alone(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    rows = [(f"red red blue{i % 3}", "a") for i in range(20)]
    rows += [("green red only_here", "b") for _ in range(20)]
    path.write_text("words,label\n" + "".join(f"{text},{label}\n" for text, label in rows))
    data = load(Choice("text", {"path": str(path), "vocabulary": 5, "length": 3}))
    assert data.facts.read_as["column"] == "words"
    assert data.facts.read_as["target"] == "label"
    fitted, made = fit(data, np.arange(20))
    counted = Counter(word for text, _ in rows[:20] for word in text.split())
    usual = sorted(counted, key=lambda word: (-counted[word], word))[:3]
    assert fitted.done["text"]["words"] == ["<pad>", "<unknown>", *usual]
    assert made.features[30].tolist() == [1, 2, 1]  # green and only_here are unknown
    assert made.features.max() < data.facts.arrays["features"].classes


@pytest.mark.parametrize("tokens", ["characters", "words", "byte_pairs"])
def test_what_only_others_have_changes_nothing_in_what_is_learned(
    tmp_path: Path, tokens: str
) -> None:
    found = []
    for ending in ("quite the same ending", "zzzz ωωω zzzz 7777 !"):
        path = tmp_path / "texts.csv"
        rows = [f"the cat number {i} sat,{'ab'[i % 2]}" for i in range(30)]
        rows += [f"{ending} {i},{'ab'[i % 2]}" for i in range(30)]
        path.write_text("text,label\n" + "\n".join(rows))
        given = {"path": str(path), "tokens": tokens, "length": 20, "vocabulary": 60}
        data = load(Choice("text", given))
        fitted, made = fit(data, np.arange(30))
        found.append((fitted.done, made.features[:30].tolist()))
        load.__globals__["_load"].cache_clear()
    assert found[0] == found[1]


def pairs_by_hand(chunks: Counter[str], most: int) -> list[tuple[str, str]]:
    """Count all pairs anew after each that is joined."""
    words = {tuple(chunk): count for chunk, count in chunks.items()}
    found: list[tuple[str, str]] = []
    while len(found) < most:
        counts: Counter[tuple[str, str]] = Counter()
        for word, count in words.items():
            for pair in itertools.pairwise(word):
                counts[pair] += count
        if not counts or max(counts.values()) < 2:
            break
        best = sorted(counts, key=lambda pair: (-counts[pair], pair))[0]
        found.append(best)
        joined = {}
        for word, count in words.items():
            made: list[str] = []
            at = 0
            while at < len(word):
                if word[at : at + 2] == best:
                    made.append(word[at] + word[at + 1])
                    at += 2
                else:
                    made.append(word[at])
                    at += 1
            joined[tuple(made)] = joined.get(tuple(made), 0) + count
        words = joined
    return found


def test_byte_pairs_are_those_found_by_counting_anew() -> None:
    random = np.random.default_rng(0)
    chunks = Counter("".join(random.choice(list("aab"), random.integers(1, 9))) for _ in range(200))
    pairs = learned_pairs(chunks, 25)
    assert pairs == pairs_by_hand(chunks, 25)
    ranks = {pair: rank for rank, pair in enumerate(pairs)}
    for chunk in chunks:
        assert "".join(joined_pairs(chunk, ranks)) == chunk


def test_a_length_left_open_covers_nearly_all_and_what_is_cut_off_is_told(tmp_path: Path) -> None:
    for name in ("good", "bad"):
        (tmp_path / name).mkdir()
        for index in range(50):
            (tmp_path / name / f"{index}.txt").write_text("word " * (index + 1))
    facts = load(Choice("text_folder", {"path": str(tmp_path)})).facts
    lengths = [*range(1, 51), *range(1, 51)]
    length = int(np.ceil(np.percentile(lengths, 95)))
    assert facts.arrays["features"].shape == (length,)
    assert facts.class_names == ("bad", "good")
    assert facts.class_counts == (50, 50)
    (note,) = facts.notes
    assert note.code == "text_cut_off"
    assert note.values["count"] == str(sum(each > length for each in lengths))
    assert facts.columns[0].examples[0].startswith("word")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("naïve café " * 30, "cp1252"),
        ("学而时习之，不亦说乎。" * 30, "gb18030"),
        ("学而时习之，不亦说乎。" * 30, "utf-16"),
        ("naïve café 学 " * 30, "utf-8"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, content: str, encoding: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content.encode(encoding))
    assert text_reading.read_text(path) == (content, encoding)


def test_what_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(content: bytes, **arguments: Value) -> str:
        path = tmp_path / "text.txt"
        path.write_bytes(content)
        return refused("text", path=str(path), **arguments).code

    assert code(b"") == "data_too_few"
    assert code(b" \n ") == "data_too_few"
    assert code(bytes(range(256)) * 10) == "data_binary_text"
    assert code(b"short") == "data_text_too_short"
    assert code(b"caf\xe9 " * 100, encoding="utf-8") == "data_unreadable"
    monkeypatch.setattr(text_reading, "LARGEST", 100)
    assert code(b"a" * 200) == "data_text_too_large"
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("alone")
    assert refused("text_folder", path=str(tmp_path)).code == "data_too_few"


def test_a_text_that_vanishes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no such"):
        text_reading.read_text(tmp_path / "gone.txt")


@pytest.mark.parametrize("tokens", ["characters", "words", "byte_pairs"])
def test_predict_py_reads_a_new_text_as_the_window_does(tmp_path: Path, tokens: str) -> None:
    data = Choice("shakespeare_kinds", {"tokens": tokens, "vocabulary": 120, "length": 40})
    project = classifier(data, 120, 3)
    job, folder = script_folder(project, tmp_path)
    new = tmp_path / "new.txt"
    new.write_text("Wherefore art thou, O merry king? ωhat\n")
    told = run_script(folder, "--json", str(new), complaint="are unknown: ")
    (predictions,) = Predictor(job, folder / "best.safetensors").file(new)
    probabilities = list(json.loads(told)["kind"]["probabilities"].values())
    np.testing.assert_allclose(probabilities, predictions.scores[0], atol=1e-5)
    given = ("--json", "--text", new.read_text())
    again = json.loads(run_script(folder, *given, complaint="of 10 tokens" * (tokens == "words")
                                  or "are unknown: "))  # fmt: skip
    assert again["kind"] == json.loads(told)["kind"]


def test_predict_py_goes_on_with_a_text_as_the_model_says(tmp_path: Path) -> None:
    data = Choice("shakespeare", {"length": 32})
    job, folder = script_folder(goes_on(data, 69), tmp_path)
    told = json.loads(
        run_script(folder, "--json", "--text", "To be", "--tokens", "40", "--temperature", "0")
    )
    done = json.loads((folder / "preprocessing.json").read_text())["text"]
    numbers = Encoder(of_json(done)).numbers("To be")
    model = Predictor(job, folder / "best.safetensors").model
    for token in told["tokens"]:
        with torch.no_grad():
            scores = model(torch.tensor([numbers[-32:]]))[0, :, -1]
        number = 2 + int(scores[2:].argmax())
        assert done["words"][number] == token
        numbers.append(number)
