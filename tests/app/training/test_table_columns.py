"""Texts, pictures and numbers of one table, each by an Input of its own, and new rows of it."""

from __future__ import annotations

import ast
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import polars as pl
import pytest
import torch
from PIL import Image

from app.data.reading import load
from app.runs.folder import BEST
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import Problem, SetDataArguments
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from tests.app.training.networks import chain, graph, mlp
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
    settings: dict[str, Any] = {"epochs": 12, "seed": 1, **more}
    recipe = Recipe(data, optimizer=Choice("Adam", {"lr": 0.02}), **settings)
    here = job(network, recipe, folder=folder / "run")
    run_headless(here, lambda _: None)
    need_all_imports(folder / "run" / "predict.py")
    return Predictor(here, folder / "run" / BEST)


def need_all_imports(script: Path) -> None:
    """Assert that a script uses all that it imports."""
    tree = ast.parse(script.read_text())
    imports = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    named = {(a.asname or a.name).split(".")[0] for each in imports for a in each.names}
    used = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    assert named <= used


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
    if tokens == "characters":
        return  # the script cuts them by the same lines
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
    fitted = made.fit(np.arange(40), (made.facts.features,))
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


@pytest.mark.parametrize("form", ["img/{}", "{}", "C:\\old\\{}", "C:\\Users\\me\\old\\img\\{}"])
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
    assert [here.class_names[each] for each in here.predicted] == ["blue", "red"] * 2
    if form == "{}":
        return
    words, complaints = said(tmp_path, "new.csv")
    assert words == ["blue", "red"] * 2
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


def _workbook(path: Path, columns: dict[str, list[object]]) -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    sheet = book.create_sheet("Data")
    sheet.append(["Sales of two years"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append([*columns])
    for row in zip(*columns.values(), strict=True):
        sheet.append([*row])
    book.save(path)


def _parquet(path: Path, columns: dict[str, list[object]]) -> None:
    nested = [{"size": size, "deep": {"shop": shop}} for size, shop in
              zip(columns["size"], columns["shop"], strict=True)]  # fmt: skip
    frame = pl.DataFrame({**columns, "nested": nested, "many": [[1, 2]] * len(nested)})
    frame = frame.drop("size", "shop")
    frame.with_columns(pl.col("price").cast(pl.Decimal(10, 2))).write_parquet(path)


def _json_lines(path: Path, columns: dict[str, list[object]]) -> None:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    objects = [{"day": str(r.pop("day")), "is": {"shop": r.pop("shop")}, **r} for r in rows]
    path.write_text("\n".join(map(json.dumps, objects)))


def _json(path: Path, columns: dict[str, list[object]]) -> None:
    named = {name: [str(v) if name == "day" else v for v in each] for name, each in columns.items()}
    path.write_text(json.dumps(named))


def _packed(path: Path, columns: dict[str, list[object]]) -> None:
    rows = [columns, *zip(*columns.values(), strict=True)]
    lines = [",".join("" if v is None else str(v) for v in row) for row in rows]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


FORMS: dict[str, Callable[[Path, dict[str, list[object]]], None]] = {
    "t.xlsx": _workbook, "t.parquet": _parquet, "t.jsonl": _json_lines, "t.json": _json,
    "t.csv.gz": _packed,
}  # fmt: skip
_ALL = """
import io, runpy, sys
from contextlib import redirect_stdout
for name in sys.argv[1:]:
    sys.path.insert(0, f"{name}.run/run")
    sys.modules.pop("model", None)
    with open(f"{name}.out", "w") as out, redirect_stdout(out):
        sys.argv = ["", "--json", "--csv", name]
        try:
            runpy.run_path(f"{name}.run/run/predict.py", run_name="__main__")
        except SystemExit as end:
            assert not end.code, name
    sys.path.pop(0)
    sys.path_importer_cache.clear()
"""


def test_new_rows_come_in_the_form_of_the_training(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    sizes = random.normal(20, 5, 60).round(2).tolist()
    columns: dict[str, list[object]] = {
        "day": [date(2024, n % 12 + 1, n % 28 + 1) for n in range(60)],
        "size": [None if n % 11 == 3 else size for n, size in enumerate(sizes)],
        "shop": ["north" if n % 3 else "south" for n in range(60)],
        "price": [round(3 * size + 5 * (n % 3), 2) for n, size in enumerate(sizes)],
    }
    expected = {}
    for name, write in FORMS.items():
        path = tmp_path / name
        write(path, columns)
        data = Choice("csv", {"path": str(path), "roles": ("price", "target")})
        facts = load(data).facts
        assert not [note for note in facts.notes if note.code == "table_odd_cells"]
        network = mlp(facts.arrays["features"].shape[0], 8, 1)
        predictor = predictor_of(tmp_path / f"{name}.run", network, data, epochs=2)
        (here,), (of_data,) = predictor.file(path), predictor.at(range(60))
        np.testing.assert_allclose(here.predicted, of_data.predicted, rtol=1e-4)
        expected[name] = here.predicted[:, 0]
    command = [sys.executable, "-W", "error", "-P", "-c", _ALL, *FORMS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for name, values in expected.items():
        lines = map(json.loads, (tmp_path / f"{name}.out").read_text().splitlines())
        said_of = [next(v for v in each.values() if isinstance(v, dict))["value"] for each in lines]
        np.testing.assert_allclose(said_of, values, rtol=1e-4)


def test_targets_that_add_up_to_1_train_as_probabilities(tmp_path: Path) -> None:
    """They are held against cross entropy, as torch takes it, until somebody wants numbers."""
    random = np.random.default_rng(3)
    x = random.normal(size=(240, 2)).round(3)
    scores = np.exp(np.column_stack((2 * x, np.zeros(240))))
    shares = (scores / scores.sum(axis=1, keepdims=True)).round(2)
    rows = [",".join(map(str, (*a, *b))) for a, b in zip(x, shares, strict=True)]
    (tmp_path / "t.csv").write_text("\n".join(["a,b,p_cat,p_dog,p_cow", *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv")})
    facts = load(data).facts
    assert (facts.class_names, facts.task) == (("p_cat", "p_dog", "p_cow"), "classification")
    (note,) = (each for each in facts.notes if each.code == "table_shares")
    (fix,) = note.fixes
    assert isinstance(fix.change, SetDataArguments)
    numbers = load(Choice("csv", {**data.arguments, **fix.change.arguments})).facts
    assert (numbers.task, numbers.arrays["target"].has_shares) == ("regression", False)
    predictor = predictor_of(tmp_path, mlp(2, 16, 3), data)
    (objective,) = predictor.samples.binding.objectives
    assert objective.loss.kind == "CrossEntropyLoss"
    (said_of,) = predictor.split("test")
    index = said_of.samples
    assert (said_of.true == shares[index].argmax(axis=1)).all()
    assert np.abs(said_of.scores - shares[index]).mean() < 0.08
    outputs = torch.from_numpy(said_of.scores).log()
    expected = torch.nn.functional.cross_entropy(
        outputs, torch.from_numpy(shares[index]).float(), reduction="none"
    )
    np.testing.assert_allclose(said_of.losses, expected.numpy(), rtol=1e-3, atol=1e-3)
    (tmp_path / "new.csv").write_text("a,b\n3,-3\n-3,-3\n")
    assert said(tmp_path, "new.csv") == (["p_cat", "p_cow"], "")


def test_a_loss_of_one_class_refuses_probabilities_and_says_what_takes_them(tmp_path: Path) -> None:
    rows = [f"{n % 7},{n % 3 / 10},{1 - n % 3 / 10}" for n in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["a,p,q", *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv")})
    network = mlp(1, 4, 2)
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    for loss, is_refused in (
        (Choice("CrossEntropyLoss"), False),
        (Choice("CrossEntropyLoss", {"balanced": True}), True),
        (Choice("NLLLoss"), True),
        (Choice("MSELoss"), False),
        (Choice("BCEWithLogitsLoss"), False),
    ):
        recipe = Recipe(data, objectives=(Objective(output, "target", loss),))
        codes = [p.code for p in recipe_problems(recipe, infer(network), load(data).facts)]
        assert ("loss_wants_one_class" in codes) == is_refused
        assert is_refused or "output_shape" not in codes


def test_new_rows_have_the_habits_of_the_training(tmp_path: Path) -> None:
    """Two headers, codes, units, dates in several ways, capitals: the script has them all."""
    random = np.random.default_rng(4)
    days = [date(2023, 1, 13) + timedelta(days=3 * n) for n in range(90)]
    rows: list[str] = []
    for n, day in enumerate(days):
        size, code = random.normal(50, 9), ("007", "100", "042")[n % 3]
        word = ("red", "Red", "blue")[n % 3] if n % 2 else ("RED", "red", "Blue")[n % 3]
        told = day.strftime(("%Y-%m-%d", "%d %b %Y")[n % 2])
        rows.append(f"{told},{size:.2f} kg,{code},{word},{size * 3 + n % 3:.2f}")
    head = "When,What,,,\nday,weight,code,colour,price"
    (tmp_path / "t.csv").write_text("\n".join([head, *rows]))
    data = Choice("csv", {"path": str(tmp_path / "t.csv"), "ignore_case": True})
    facts = load(data).facts
    assert [each.role for each in facts.columns] == ["date", "number", *["category"] * 2, "target"]
    predictor = predictor_of(tmp_path, mlp(facts.arrays["features"].shape[0], 8, 1), data)
    bad = ["2023-02-30,5 kg,007,red,1", "2023-02-03,5 lb,007,red,1", "2023-02-03,5,7,red,1"]
    (tmp_path / "new.csv").write_text("\n".join(["A title", head, *rows[:20], *bad]))
    wrong: list[Problem] = []
    (here,), (of_data,) = predictor.file(tmp_path / "new.csv", wrong), predictor.at(range(20))
    np.testing.assert_allclose(here.predicted, of_data.predicted, rtol=1e-4)
    lines, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    values = [next(v for v in each.values() if isinstance(v, dict))["value"] for each in lines]
    np.testing.assert_allclose(np.array(values, float), here.predicted[:, 0], rtol=1e-4)
    assert [each.code for each in wrong] == [
        "data_bad_date", "data_bad_number", "data_unknown_word",
    ]  # fmt: skip
    told = [each.message.removeprefix(f"{tmp_path}/") for each in wrong]
    assert told == complaints.splitlines()


def test_money_and_objects_with_classes_are_read_alike(tmp_path: Path) -> None:
    """Numbers below zero in parentheses, and words as classes in lines of JSON."""
    random = np.random.default_rng(5)
    values = random.normal(0, 900, 80).round(1)
    money = [f"(${-v:,.1f})" if v < 0 else f"${v:,.1f}" for v in values]
    rows = [json.dumps({"is": {"money": m}, "share": f"{n} %", "y": "up" if v > 0 else "down"})
            for n, (m, v) in enumerate(zip(money, values, strict=True))]  # fmt: skip
    (tmp_path / "t.jsonl").write_text("\n".join(rows))
    lines = [f'"{m}",{n} %,{"up" if v > 0 else "down"}' for n, (m, v) in
             enumerate(zip(money, values, strict=True))]  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(["money,share,y", *lines]))
    for name in ("t.csv", "t.jsonl"):
        data = Choice("csv", {"path": str(tmp_path / name)})
        if name == "t.csv":
            np.testing.assert_allclose(load(data).arrays["money"][:, 0], values, rtol=1e-6)
        predictor = predictor_of(tmp_path, mlp(load(data).arrays["features"].shape[1], 8, 2), data)
        (here,) = predictor.file(tmp_path / name)
        words, complaints = said(tmp_path, name)
        assert words == [here.class_names[each] for each in here.predicted]
        assert complaints == ""
