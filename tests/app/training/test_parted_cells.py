"""Cells of several numbers or words, and columns that split: from the table to predict.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.preprocessing import MultiLabelBinarizer

from app.data.reading import load
from app.data.splitting import split_samples
from app.runs.folder import BEST
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import SetDataArguments
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.first_network import first_network
from tests.app.data.reading import facts_of, refused
from tests.app.training.running import job
from tests.app.training.test_tables import said_by_script

RANDOM = np.random.default_rng(5)
COUNT = 90


def table(folder: Path, head: str, rows: list[str], name: str = "t.csv") -> Choice:
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return Choice("csv", {"path": str(path)})


def tags() -> list[list[str]]:
    return [sorted({"abc"[at % 3], "abc"[at // 3 % 3]}) for at in range(COUNT)]


def roles(facts: DataFacts) -> dict[str, str]:
    return {each.name: each.role for each in facts.columns}


def trained(folder: Path, data: Choice) -> Predictor:
    recipe = Recipe(data, epochs=2)
    network = first_network(Network("main", "Net"), recipe, facts_of(data))
    assert network is not None
    here = job(network, recipe, folder=folder / "run")
    run_headless(here, lambda _: None)
    return Predictor(here, folder / "run" / BEST)


@pytest.mark.parametrize("form", ["{}", "[{}]", "['{}']"])
def test_several_words_in_a_cell_are_labels(tmp_path: Path, form: str) -> None:
    mark = {"{}": "|", "[{}]": ", ", "['{}']": "', '"}[form]
    rows = [f'{at % 7},"{form.format(mark.join(each))}"' for at, each in enumerate(tags())]
    data = load(table(tmp_path, "x,tags", rows))
    wanted = MultiLabelBinarizer().fit_transform(tags())
    np.testing.assert_array_equal(data.target, wanted)
    assert data.facts.arrays["target"].labels == ("a", "b", "c")
    assert next(each.code for each in data.facts.notes) == "table_words_apart"


def test_labels_are_predicted_by_their_names(tmp_path: Path) -> None:
    rows = [f"{at % 7},{at % 5},{'|'.join(each)}" for at, each in enumerate(tags())]
    predictor = trained(tmp_path, table(tmp_path, "x,z,tags", rows))
    (objective,) = predictor.samples.binding.objectives
    assert objective.loss.kind == "BCEWithLogitsLoss"
    table(tmp_path, "z,x", ["1,2", "4,6"], "new.csv")
    (here,) = predictor.file(tmp_path / "new.csv")
    lines, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    assert complaints == ""
    for line, scores in zip(lines, here.scores, strict=True):
        (answer,) = (each for each in line.values() if isinstance(each, dict))
        assert [*answer["probabilities"]] == ["a", "b", "c"]
        np.testing.assert_allclose([*answer["probabilities"].values()], scores, atol=1e-5)


def test_lists_and_words_among_the_features_are_read_alike_in_new_rows(tmp_path: Path) -> None:
    numbers = RANDOM.normal(size=(COUNT, 3)).round(3)
    cells = [f'"{each.tolist()}"' for each in numbers]
    rows = [f"{a},{'|'.join(t)},{'yn'[at % 2]}" for at, (a, t) in enumerate(zip(cells, tags(),
            strict=True))]  # fmt: skip
    choice = table(tmp_path, "embedding,tags,label", rows)
    data = load(choice)
    assert roles(data.facts) == {
        **{f"embedding.{place}": "number" for place in range(3)},
        **{f"tags.{word}": "number" for word in "abc"},
        "label": "target",
    }
    np.testing.assert_array_equal(data.features[:, :3], numbers.astype(np.float32))
    np.testing.assert_array_equal(data.features[:, 3:], MultiLabelBinarizer().fit_transform(tags()))
    predictor = trained(tmp_path, choice)
    table(tmp_path, "tags,embedding", [f"{'|'.join(t)},{a}" for a, t in zip(cells[:9], tags(),
          strict=False)], "new.csv")  # fmt: skip
    (here,) = predictor.file(tmp_path / "new.csv")
    (of_data,) = predictor.at(range(9))
    np.testing.assert_allclose(here.scores, of_data.scores, atol=1e-6)
    lines, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    assert complaints == ""
    answers = [next(v for v in line.values() if isinstance(v, dict)) for line in lines]
    told = [[*each["probabilities"].values()] for each in answers]
    np.testing.assert_allclose(told, here.scores, atol=1e-5)
    fix = data.facts.notes[0].fixes[0]
    assert isinstance(fix.change, SetDataArguments)
    whole = Choice("csv", {**choice.arguments, **fix.change.arguments})
    assert {"embedding", "tags"} <= {*roles(facts_of(whole))}


def test_pixels_in_a_cell_with_a_column_that_splits(tmp_path: Path) -> None:
    """As faces with emotions are posted: emotion, pixels, Usage."""
    pixels = RANDOM.integers(0, 256, (COUNT, 16))
    usage = ["Training"] * 3 + ["PublicTest", "PrivateTest"]
    rows = [
        f"{at % 3},{' '.join(map(str, each))},{usage[at % 5]}" for at, each in enumerate(pixels)
    ]
    data = load(table(tmp_path, "emotion,pixels,Usage", rows))
    assert data.facts.read_as["target"] == "emotion"
    assert data.facts.own_split == (54, 18, 18)
    np.testing.assert_array_equal(data.features, pixels.astype(np.float32))
    split = split_samples(data, Recipe())
    assert {usage[at % 5] for at in split.validation} == {"PublicTest"}
    assert {usage[at % 5] for at in split.test} == {"PrivateTest"}


def test_words_of_a_split_can_be_decided_and_left_out(tmp_path: Path) -> None:
    rows = [f"{at % 7},{['train', 'test', 'odd'][at % 3]},{'yn'[at % 2]}" for at in range(COUNT)]
    choice = table(tmp_path, "x,split,label", rows)
    chosen = {**choice.arguments, "roles": ("split", "split")}
    facts = facts_of(Choice("csv", chosen))
    assert facts.own_split == (60, 0, 30)
    (note,) = (each for each in facts.notes if each.code == "split_word_training")
    out = next(each for each in note.fixes if each.code == "split_leave_out")
    assert isinstance(out.change, SetDataArguments)
    facts = facts_of(Choice("csv", {**chosen, **out.change.arguments}))
    assert (facts.own_split, facts.samples, facts.left_out) == ((30, 0, 30), 60, 30)


@pytest.mark.parametrize(
    "cells",
    [
        ["Smith, John", "Meyer, Anna", "Ito, Ken"],
        ["Berlin, Germany", "Paris, France", "Rome, Italy"],
        ["2020-01-01 10:00", "2020-01-02 11:00", "2020-01-03 12:00"],
        ["1,234", "2,345", "3,456"],
        ["a long sentence, with a comma", "another one; of some words more", "and this, too"],
    ],
)
def test_what_is_one_thing_stays_one(tmp_path: Path, cells: list[str]) -> None:
    rows = [f'"{cells[at % 3]}",{at % 2}' for at in range(COUNT)]
    assert [*roles(facts_of(table(tmp_path, "x,y", rows)))] == ["x", "y"]


def test_words_of_one_column_can_be_chosen_together(tmp_path: Path) -> None:
    rows = [f"{'|'.join(each)},{at % 7},{at % 2}" for at, each in enumerate(tags())]
    choice = table(tmp_path, "genre,x,y", rows)
    assert facts_of(choice).read_as["target"] == "y"
    facts = facts_of(Choice("csv", {**choice.arguments, "target": "genre"}))
    assert facts.arrays["target"].labels == ("a", "b", "c")
    problem = refused("csv", **choice.arguments, target="nobody")
    assert problem.code == "data_no_column"


def test_yes_and_no_of_several_labels_in_arrays_take_binary_cross_entropy(tmp_path: Path) -> None:
    path = tmp_path / "chest.npz"
    np.savez(path, images=RANDOM.normal(size=(40, 5)), labels=RANDOM.integers(0, 2, (40, 14)))
    data = Choice("npz", {"path": str(path)})
    facts = facts_of(data)
    network = first_network(Network("main", "Net"), Recipe(data), facts)
    assert network is not None
    (objective,) = bind(Recipe(data), infer(network), facts).objectives
    assert objective.loss.kind == "BCEWithLogitsLoss"
    assert len(facts.arrays["labels"].labels) == 14


def test_zeros_and_a_one_under_one_name_are_a_class(tmp_path: Path) -> None:
    rows = [f"{at},{at % 5},{int(at % 3 == 0)},{int(at % 3 == 1)},{int(at % 3 == 2)}"
            for at in range(COUNT)]  # fmt: skip
    facts = facts_of(table(tmp_path, "x1,x2,kind_a,kind_b,kind_c", rows))
    assert facts.class_names == ("kind_a", "kind_b", "kind_c")
