"""Texts in the forms that people post: in folders with parts, in tables, in other scripts."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.data.kinds import data_kind
from app.data.prepare import fit
from app.data.reading import load
from app.data.splitting import split_samples
from app.data.texts.tokens import cut
from app.training.predict import Predictor
from graph_model.recipe import Choice, Recipe
from tests.app.data.folders import run_script, script_folder
from tests.app.data.reading import refused
from tests.app.data.texts_by_hand import classifier


def reviews(path: Path) -> Path:
    """Write reviews as those of films lie: by part and mood, with some that have none."""
    for part, count in (("train", 12), ("test", 6)):
        for mood, word in (("neg", "dull"), ("pos", "superb")):
            folder = path / part / mood
            folder.mkdir(parents=True)
            for index in range(count):
                (folder / f"{index}_7.txt").write_text(f"a {word} film {part}")
    (path / "train" / "unsup").mkdir()
    (path / "train" / "unsup" / "0_0.txt").write_text("a film nobody saw")
    (path / "README").write_text("of no class")
    return path


def test_folders_of_parts_are_the_split_and_what_has_no_class_is_told(tmp_path: Path) -> None:
    path = reviews(tmp_path)
    assert data_kind(path) == "text_folder"
    choice = Choice("text_folder", {"path": str(path)})
    data = load(choice)
    assert data.facts.class_names == ("neg", "pos")
    assert data.facts.own_split == (24, 0, 12)
    (note,) = [each for each in data.facts.notes if each.code == "folders_without_class"]
    assert note.values["names"] == "unsup"
    split = split_samples(data, Recipe(choice))
    words = fit(data, split.train)[0].done["text"]["words"]
    assert "train" in words
    assert "test" not in words  # of what tests, nothing is learned
    assert "nobody" not in words


def test_what_is_no_text_among_texts_is_left_out_by_name(tmp_path: Path) -> None:
    path = reviews(tmp_path)
    (path / "train" / "pos" / "zz.txt").write_bytes(bytes(range(256)) * 9)
    (path / "train" / "pos" / "empty.txt").touch()
    data = load(Choice("text_folder", {"path": str(path)}))
    assert data.facts.left_out == 2
    (note,) = [each for each in data.facts.notes if each.code == "text_unreadable"]
    assert {*note.values["names"].split(", ")} == {"empty.txt", "zz.txt"}


def test_quotation_marks_in_a_file_with_tabs_are_letters(tmp_path: Path) -> None:
    rows = [(("ham", "spam")[i % 2], f'"Hi {i}! how r u? "ok" lar') for i in range(30)]
    rows += [("ham", "U dun say so early, it's ok"), ("spam", "WINNER, call now")]
    path = tmp_path / "SMSSpamCollection"
    path.write_text("".join(f"{kind}\t{text}\n" for kind, text in rows))
    assert data_kind(path) == "csv"
    data = load(Choice("csv", {"path": str(path)}))
    assert len(data) == len(rows)
    assert data.facts.class_counts == (16, 16)
    texts = load(Choice("text", {"path": str(path), "column": "column 2"}))
    words = fit(texts, np.arange(len(texts)))[0].done["text"]["words"]
    assert '"' in words


def test_quoted_cells_of_several_lines_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "notes.tsv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(["kind", "note"])
        writer.writerows(
            ["ab"[i % 2], f"first line {i}\nsecond, of a note\nthird"] for i in range(20)
        )
    data = load(Choice("text", {"path": str(path)}))
    assert len(data) == 20
    assert data.facts.read_as["column"] == "note"


def test_numbers_are_told_of_texts_where_the_target_is_one(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    chance = np.random.default_rng(0)
    scores = chance.normal(size=60).round(3)
    rows = [
        f'"a film of {i % 7} hours, and so on and on",{score}' for i, score in enumerate(scores)
    ]
    path.write_text("\n".join(["text,score", *rows, ",1.5", '"a text, without a score at all",']))
    data = load(Choice("text", {"path": str(path)}))
    assert data.facts.task == "regression"
    np.testing.assert_allclose(data.target[:, 0], scores, atol=1e-6)
    assert data.facts.left_out == 2
    assert data.facts.notes[0].code == "text_rows_left_out"
    assert refused("text", path=str(path), column="nowhere").code == "data_no_column"
    as_classes = load(Choice("text", {"path": str(path), "task": "classification"}))
    assert len(as_classes.facts.class_names) == len({*scores})


@pytest.mark.parametrize(
    ("texts", "tokens"),
    [
        (("今天天气很好，我们去公园玩。", "这部电影非常无聊。"), "characters"),
        (("acgtacgtacgtacgtacgtacgt", "ttttacgaacgaacgatttttacg"), "characters"),
        (("a fine day in the park", "a dull film of no worth"), "words"),
        (("yes", "no"), "words"),
    ],
)
def test_texts_without_blanks_are_cut_into_characters(
    tmp_path: Path, texts: tuple[str, str], tokens: str
) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(
        "\n".join(["text,label", *(f"{texts[i % 2]},{'ab'[i % 2]}" for i in range(20))])
    )
    data = load(Choice("text", {"path": str(path), "column": "text"}))
    assert data.facts.read_as["tokens"] == tokens


def test_each_letter_of_chinese_is_a_word_and_the_script_cuts_likewise() -> None:
    text = "我爱PyTorch和深度学习 don't カタカナ 7日."
    found = cut(text, "words")
    by_hand = [*"我爱", "PyTorch", *"和深度学习", "don't", *"カタカナ", "7", "日", "."]
    assert found == by_hand
    assert cut("it’s well-known", "words") == re.findall(
        r"\w+(?:['’]\w+)*|[^\w\s]", "it’s well-known"
    )


def test_poems_in_gbk_and_novels_with_a_mark_and_returns_are_read(tmp_path: Path) -> None:
    poem = "白日依山尽，黄河入海流。\r\n" * 40
    (tmp_path / "poem.txt").write_bytes(poem.encode("gbk"))
    data = load(Choice("text", {"path": str(tmp_path / "poem.txt"), "length": 8}))
    assert data.facts.read_as["encoding"] == "gb18030"
    novel = tmp_path / "novel.txt"
    novel.write_bytes(("\ufeff" + "It was a dark night,\r\n" * 60).encode())
    assert data_kind(novel) == "text"
    words = fit(load(Choice("text", {"path": str(novel)})), np.arange(10))[0].done["text"]["words"]
    assert not {"\r", "\ufeff"} & {*words}


@pytest.mark.parametrize("tokens", ["words", "characters"])
def test_the_script_cuts_chinese_and_reads_a_table_without_a_header(
    tmp_path: Path, tokens: str
) -> None:
    path = tmp_path / "posts.tsv"
    rows = [
        f"{'好坏'[i % 2]}\t今天PyTorch{'很好' if i % 2 else '不好'}，第{i % 2}天" for i in range(40)
    ]
    path.write_text("\n".join(rows) + "\n", encoding="gbk")
    data = Choice("text", {"path": str(path), "tokens": tokens, "column": "column 2"})
    known = load(data).facts.arrays["features"].classes
    job, folder = script_folder(classifier(data, known, 2), tmp_path)
    told = [
        json.loads(line)
        for line in run_script(folder, "--json", "--csv", str(path)).split("\n")[:-1]
    ]
    (found,) = Predictor(job, folder / "best.safetensors").file(path)
    by_script = [[*each["kind"]["probabilities"].values()] for each in told]
    np.testing.assert_allclose(found.scores, by_script, atol=1e-6)
    new = tmp_path / "new.tsv"
    odd = "好\tωω 今天 ωω 好\n" * 30 + "坏\t" + "今天 " * 200 + "\n"
    new.write_text(odd, encoding="gbk")
    command = [sys.executable, "predict.py", "--json", "--csv", str(new)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 31
    strange = 60 if tokens == "words" else 60 * 2
    first, second = done.stderr.splitlines()[:2]  # what is unknown, and what is too long
    assert first.startswith(f"{new}: ")
    assert " tokens are unknown, in 3" in first
    assert int(first.removeprefix(f"{new}: ").split()[0]) >= strange
    assert second.startswith(f"{new}: of 1 texts only the first")
