"""Texts, pictures and numbers of one table, each by an Input of its own, and new rows of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.data.reading import load
from app.runs.folder import BEST
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.network import Network
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, graph
from tests.app.training.running import job
from tests.app.training.test_tables import said_by_script

N = 120
GOOD, BAD = ("great", "lovely", "superb"), ("awful", "dreadful", "nasty")
FILLERS = ("the", "film", "was", "shown", "in", "a", "small", "place", "with", "friends")


def reviews(random: np.random.Generator) -> list[tuple[str, str]]:
    """Return texts whose class is told by a few of their words."""
    found = []
    for index in range(N):
        words = [*random.choice(FILLERS, 9), *random.choice(GOOD if index % 2 else BAD, 3)]
        random.shuffle(words)
        found.append((" ".join(words), "good" if index % 2 else "bad"))
    return found


def predictor_of(folder: Path, network: Network, data: Choice, **more: object) -> Predictor:
    recipe = Recipe(data, optimizer=Choice("Adam", {"lr": 0.02}), epochs=12, seed=1, **more)  # type: ignore[arg-type]
    here = job(network, recipe, folder=folder / "run")
    run_headless(here, lambda _: None)
    return Predictor(here, folder / "run" / BEST)


def said(folder: Path, name: str) -> tuple[list[str], str]:
    """Return the class that ``predict.py`` says of each row of a table, and its complaints."""
    lines, complaints = said_by_script(folder, "--csv", name)
    answers = [next(v for v in line.values() if isinstance(v, dict)) for line in lines]
    return [str(each["class"]) for each in answers], complaints


def right(predictor: Predictor) -> float:
    (test,) = predictor.split("test")
    return float((test.predicted == test.true).mean())


@pytest.mark.parametrize("tokens", ["words", "characters", "byte_pairs"])
def test_a_column_of_texts_alone_trains_as_tokens(tmp_path: Path, tokens: str) -> None:
    rows = reviews(np.random.default_rng(0))
    lines = [f'"{text}",{label}' for text, label in rows]
    (tmp_path / "t.csv").write_text("\n".join(["review,label", *lines]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv"), "tokens": tokens, "vocabulary": 60})
    facts = load(data).facts
    (length,), classes = facts.arrays["review"].shape, facts.arrays["review"].classes
    assert (facts.features, facts.columns[0].role) == ("review", "text")
    network = chain(
        ("Input", {"shape": ("N", length), "dtype": "int64"}),
        ("Embedding", {"num_embeddings": classes, "embedding_dim": 16}),
        ("Mean", {"dim": (1,)}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    predictor = predictor_of(tmp_path, network, data)
    if tokens == "words":
        assert right(predictor) == 1
    (tmp_path / "new.csv").write_text("\n".join(["label,review", *(f"?,{t}" for t, _ in rows[:9])]))
    (here,) = predictor.file(tmp_path / "new.csv")
    (of_data,) = predictor.at(range(9))
    np.testing.assert_array_equal(here.predicted, of_data.predicted)
    words, complaints = said(tmp_path, "new.csv")
    assert words == [here.class_names[each] for each in here.predicted]
    assert complaints == ""


def test_the_vocabulary_and_words_are_learned_from_the_training_samples(tmp_path: Path) -> None:
    """A word that is in the last rows alone is unknown: an own split trains on the others."""
    rows = [f'"{"some words that all have in common here " * 2}{n}",{"ab"[n % 2]},{n % 2}'
            for n in range(40)]  # fmt: skip
    rows += [f'"only the last ones have this one: zebra number {n}",z,{n % 2}' for n in range(8)]
    (tmp_path / "t.csv").write_text("\n".join(["text,letter,y", *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv")})
    made = load(data)
    assert made.fit is not None
    fitted = made.fit(np.arange(40))
    assert "zebra" not in fitted.done["text"]["words"]
    assert "common" in fitted.done["text"]["words"]
    assert fitted.words["letter"] == ("a", "b", "\0")
    features = fitted.arrays["features"]
    np.testing.assert_array_equal(features[40:], 0)
    np.testing.assert_array_equal(features[:2], [[1, 0, 0], [0, 1, 0]])
    assert (made.arrays["features"][40:, 2] == 1).all()
    assert fitted.arrays["text"].max() < made.facts.arrays["text"].classes


def _pictures(folder: Path, count: int = 60) -> list[tuple[str, int]]:
    (folder / "img").mkdir()
    found = []
    for index in range(count):
        colour = (200, 30, 30) if index % 2 else (30, 30, 200)
        Image.new("RGB", (18, 14), colour).save(folder / "img" / f"p{index}.png")
        found.append((f"p{index}.png", index))
    return found


@pytest.mark.parametrize("form", ["img/{}", "{}", "C:\\old\\{}"])
def test_a_table_of_paths_and_labels_trains_as_pictures(tmp_path: Path, form: str) -> None:
    rows = [f"{form.format(name)},{'red' if n % 2 else 'blue'}" for name, n in _pictures(tmp_path)]
    (tmp_path / "t.csv").write_text("\n".join(["file,label", *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv"), "size": 12})
    facts = load(data).facts
    assert (facts.features, facts.arrays["file"].shape) == ("file", (3, 12, 12))
    network = chain(
        ("Input", {"shape": ("N", 3, 12, 12)}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
        ("Mean", {"dim": (2, 3)}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    predictor = predictor_of(tmp_path, network, data)
    assert right(predictor) == 1
    new = [row.partition(",")[0] for row in rows[:4]]
    (tmp_path / "new.csv").write_text("\n".join(["file", *new, "img/gone.png"]))
    wrong: list[Problem] = []
    (here,) = predictor.file(tmp_path / "new.csv", wrong)
    words, complaints = said(tmp_path, "new.csv")
    assert words == [here.class_names[each] for each in here.predicted] == ["blue", "red"] * 2
    (problem,) = wrong
    assert problem.message == f"{tmp_path / 'new.csv'}, line 6: “img/gone.png” in column “file” " \
        "is no picture that can be read: there is no such picture."  # fmt: skip
    assert problem.message.removeprefix(f"{tmp_path}/") == complaints.strip()
    (alone,) = predictor.file(tmp_path / "img" / "p1.png")
    assert alone.class_names[alone.predicted[0]] == "red"


def test_numbers_texts_and_pictures_enter_inputs_of_their_own(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    texts, pictures = reviews(random), _pictures(tmp_path, N)
    rows = [
        f'{random.integers(9)},"{text}",img/{name},{label}'
        for (text, label), (name, _) in zip(texts, pictures, strict=True)
    ]
    rows.append('3,"a row whose picture nobody has ever seen in all of this",img/none.png,good')
    (tmp_path / "t.csv").write_text("\n".join(["stars,review,photo,label", *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv"), "size": 8})
    facts = load(data).facts
    assert (facts.samples, facts.left_out) == (N, 1)
    assert any(note.code == "table_pictures_left_out" for note in facts.notes)
    (length,), classes = facts.arrays["review"].shape, facts.arrays["review"].classes
    network = graph(
        ("numbers", "Input", {"shape": ("N", 1)}, ()),
        ("words", "Input", {"shape": ("N", length), "dtype": "int64"}, ()),
        ("picture", "Input", {"shape": ("N", 3, 8, 8)}, ()),
        ("embedding", "Embedding", {"num_embeddings": classes, "embedding_dim": 8}, ("words",)),
        ("mean", "Mean", {"dim": (1,)}, ("embedding",)),
        ("flat", "Flatten", {}, ("picture",)),
        ("all", "Concatenate", {"inputs": 3, "dim": 1}, ("numbers", "mean", "flat")),
        ("linear", "Linear", {"out_features": 2}, ("all",)),
        ("answer", "Output", {}, ("linear",)),
    )
    predictor = predictor_of(tmp_path, network, data)
    assert [each.array for each in predictor.preprocessing.entrances] == [
        "features", "review", "photo",
    ]  # fmt: skip
    assert right(predictor) == 1
    new = ["stars;photo;review", *(f"{n};img/p{n}.png;{t}" for n, (t, _) in enumerate(texts[:5]))]
    (tmp_path / "new.csv").write_text("\n".join([*new, "x;img/p1.png;nice", ";img/p1.png;nice"]))
    wrong: list[Problem] = []
    (here,) = predictor.file(tmp_path / "new.csv", wrong)
    words, complaints = said(tmp_path, "new.csv")
    assert words == [here.class_names[each] for each in here.predicted]
    assert here.samples.tolist() == list(range(5))
    assert [each.code for each in wrong] == ["data_bad_number", "data_unknown_gap"]
    told = [each.message.removeprefix(f"{tmp_path}/") for each in wrong]
    assert told == complaints.splitlines()
    lines, _ = said_by_script(tmp_path, "--values", "3", texts[1][0], "img/p1.png")
    assert next(v for v in lines[0].values() if isinstance(v, dict))["class"] == "good"
