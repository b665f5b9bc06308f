"""``predict.py`` in a process of its own says what the application says of the same files."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.runs.folder import BEST
from app.runs.predictions import Predictions
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.network import Network
from graph_model.recipe import Choice, Objective, Recipe
from tests.app.training.networks import chain, mlp
from tests.app.training.running import job

RANDOM = np.random.default_rng(0)


@dataclass
class Case:
    """A network and a recipe, new samples in files, and how the script is asked for them."""

    network: Network
    recipe: Recipe
    files: list[str]
    arguments: list[str]


def _table(folder: Path) -> Case:
    rows = [f"{'red green blue'.split()[n % 3]},{n * 0.7},{n * 2.5 + n % 3}" for n in range(60)]
    (folder / "t.csv").write_text("\n".join(["colour,size,price", *rows]) + "\n")
    (folder / "new.csv").write_text("size;colour;note\n3.5;red;x\n\n 7e1;blue ;y\n")
    recipe = Recipe(Choice("csv", {"path": str(folder / "t.csv")}), epochs=1)
    return Case(mlp(4, 8, 1), recipe, ["new.csv"], ["--csv", "new.csv"])


def _column(folder: Path) -> Case:
    rows = [f"{'ab'[n % 2]},{n},{2 * n}" for n in range(40)]
    (folder / "t.csv").write_text("\n".join(["letter,size,price", *rows]) + "\n")
    (folder / "new.csv").write_text("letter\na\nb\n")
    (folder / "empty.csv").touch()
    network = chain(
        ("Input", {"shape": ("N",), "dtype": "int64"}),
        ("Embedding", {"num_embeddings": 2, "embedding_dim": 1}),
        ("Output", {}),
    )
    entrance = next(node.id for node in network.nodes.values() if node.kind == "Input")
    data = Choice("csv", {"path": str(folder / "t.csv"), "task": "regression"})
    recipe = Recipe(data, inputs={entrance: "letter"}, epochs=1)
    return Case(network, recipe, ["new.csv"], ["--csv", "new.csv"])


def _bundled_table(folder: Path) -> Case:
    recipe = Recipe(Choice("iris"), epochs=1)
    head = "petal width,petal length,sepal width,sepal length"
    (folder / "new.csv").write_text(f"{head}\n0.2,1.4,3.5,5.1\n")
    arguments = ["--values", "5.1", "3.5", "1.4", "0.2", "--csv", "new.csv"]
    return Case(mlp(4, 8, 3), recipe, ["new.csv", "new.csv"], arguments)


def _pictures(folder: Path) -> Case:
    for name in ("cat", "dog"):
        (folder / "all" / name).mkdir(parents=True)
        for index in range(12):
            pixels = RANDOM.integers(0, 256, (20, 30, 3), np.uint8)
            Image.fromarray(pixels).save(folder / "all" / name / f"{index}.jpg")
    (folder / "new").mkdir()
    for name in ("a.png", "b.jpg"):
        Image.fromarray(RANDOM.integers(0, 256, (90, 70, 3), np.uint8)).save(folder / "new" / name)
    Image.new("P", (9, 9), 3).save(folder / "c.gif")
    data = Choice("image_folder", {"path": str(folder / "all"), "size": 16, "normalize": True})
    network = chain(
        ("Input", {"shape": ("N", 3, 16, 16)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    files = ["new/a.png", "new/b.jpg", "c.gif"]
    return Case(network, Recipe(data, epochs=1), files, ["new", "c.gif"])


def _digits(folder: Path) -> Case:
    pixels = RANDOM.random((3, 1, 8, 8), np.float32)
    np.savez(folder / "new.npz", features=pixels, other=np.zeros(7))
    np.save(folder / "one.npy", pixels[0].astype(">f4"))  # as other machines write it
    np.savez(folder / "one.npz", features=pixels[0])
    np.save(folder / "nan.npy", np.full((1, 8, 8), np.nan))
    Image.fromarray(RANDOM.integers(0, 256, (8, 8), np.uint8)).save(folder / "p.png")
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 10}),
        ("Output", {}),
    )
    files = ["new.npz", "one.npz", "one.npy", "p.png"]
    arguments = ["new.npz", "one.npy", "one.npy", "p.png"]
    return Case(network, Recipe(Choice("digits"), epochs=1), files, arguments)


def _of_arrays(loss: str, last: list[tuple[str, dict[str, Any]]], target: Any) -> Any:
    def case(folder: Path) -> Case:
        x = RANDOM.random((40, 6), np.float32)
        np.savez(folder / "t.npz", x=x * 5, y=target)
        np.savez(folder / "new.npz", x=x[:4] * 3)
        network = chain(("Input", {"shape": ("N", 6)}), *last, ("Output", {}))
        output = next(node.id for node in network.nodes.values() if node.kind == "Output")
        data = Choice("npz", {"path": str(folder / "t.npz"), "normalize": True})
        objectives = (Objective(output, "y", Choice(loss)),)
        recipe = Recipe(data, objectives=objectives, epochs=1)
        return Case(network, recipe, ["new.npz"], ["new.npz"])

    return case


BITS = RANDOM.integers(0, 2, 40)
CASES: dict[str, Callable[[Path], Case]] = {
    "table": _table,
    "column": _column,
    "bundled table": _bundled_table,
    "pictures": _pictures,
    "digits": _digits,
    "yes or no": _of_arrays("BCEWithLogitsLoss", [("Linear", {"out_features": 1})], BITS),
    "signs": _of_arrays("SoftMarginLoss", [("Linear", {"out_features": 1})], BITS),
    "log": _of_arrays(
        "NLLLoss", [("Linear", {"out_features": 2}), ("LogSoftmax", {"dim": 1})], BITS
    ),
    "labels": _of_arrays(
        "BCEWithLogitsLoss",
        [("Linear", {"out_features": 3})],
        RANDOM.integers(0, 2, (40, 3)).astype(np.float32),
    ),
    "places": _of_arrays(
        "BCEWithLogitsLoss",
        [("Linear", {"out_features": 4}), ("Unflatten", {"dim": 1, "unflattened_size": (1, 2, 2)})],
        RANDOM.integers(0, 2, (40, 1, 2, 2)).astype(np.float32),
    ),
    "numbers": _of_arrays(
        "MSELoss", [("Linear", {"out_features": 2})], RANDOM.normal(50, 9, (40, 2))
    ),
}

_RUN_ALL = """
import contextlib, json, os, runpy, sys
from pathlib import Path
sys.path.insert(0, "")
for folder in sorted(Path(sys.argv[1]).iterdir()):
    os.chdir(folder)
    for name in ("given", "more"):
        sys.argv = ["predict.py", *json.loads((folder / f"{name}.json").read_text())]
        with (folder / f"{name}.txt").open("w") as out, contextlib.redirect_stdout(out):
            with (folder / f"{name}.err").open("w") as errors, contextlib.redirect_stderr(errors):
                try:
                    runpy.run_path("run/predict.py", run_name="__main__")
                except SystemExit as end:
                    (folder / f"{name}.status").write_text(str(end.code))
    sys.modules.pop("model", None)
    sys.path_importer_cache.clear()
assert not {"app", "codegen", "graph_model"} & set(sys.modules)
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Case, Predictor]]:
    """Train each case, and have all scripts predict in one process with what they need alone."""
    top = tmp_path_factory.mktemp("predicting")
    found = {}
    for name, make in CASES.items():
        folder = top / name
        folder.mkdir()
        case = make(folder)
        here = job(case.network, case.recipe, folder=folder / "run")
        run_headless(here, lambda _: None)
        (folder / "strange.csv").write_text("colour,size\npink,1\nred,2\ngrey,3\npink,4\n")
        (folder / "given.json").write_text(json.dumps([*case.arguments, "--json"]))
        (folder / "more.json").write_text(json.dumps(MORE.get(name, ([],))[0]))
        found[name] = folder, case, Predictor(here, folder / "run" / BEST)
    program = _RUN_ALL.replace('sys.path.insert(0, "")', 'sys.path.insert(0, "run")')
    command = [sys.executable, "-W", "error", "-P", "-c", program, str(top)]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return found


MORE: dict[str, tuple[list[str], str, str]] = {
    "table": (
        ["--csv", "strange.csv", "--values", "pink", "3"],
        "0",
        "pink 3: “pink” in column “colour” is unknown. Known are: blue, green, red. So it is in 3 "
        "rows.\nstrange.csv, line 4: “grey” in column “colour” is unknown. Known are: blue, green, "
        "red.\n",
    ),
    "column": (["--csv", "empty.csv"], "1", "empty.csv: it is empty"),
    "bundled table": (
        ["--csv", "../table/t.csv"],
        "1",
        "t.csv: there is no column “sepal length”, “s",
    ),
    "pictures": (["t.png", "new/a.png"], "0", "t.png: "),
    "digits": (["p.png", "given.json", "nan.npy"], "0", "nan.npy: 'features' holds what is no"),
    "numbers": (["new.npz", "../digits/new.npz"], "0", "no array 'x' among features, other"),
    "labels": (["--values", "1", "2"], "1", "there are 2; it takes 6"),
    "log": (["--values", *"12345", "inf"], "1", "each has to be a finite number"),
}
"""More arguments, the status that they give, and what is said of what cannot be read."""


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_the_application_says(
    name: str, folders: dict[str, tuple[Path, Case, Predictor]]
) -> None:
    folder, case, predictor = folders[name]
    assert (folder / "given.status").read_text() == "0", (folder / "given.err").read_text()
    lines = [json.loads(line) for line in (folder / "given.txt").read_text().splitlines()]
    predicted = [each for file in case.files for each in _each(predictor, folder / file)]
    assert len(lines) == len(predicted)
    for line, (said, index) in zip(lines, predicted, strict=True):
        _compare(line[said.output], said, index)


def _each(predictor: Predictor, path: Path) -> list[tuple[Predictions, int]]:
    (said,) = predictor.file(path)
    return [(said, index) for index in range(len(said.predicted))]


def _compare(line: dict[str, Any], said: Predictions, index: int) -> None:
    if "class" in line:
        assert line["class"] == (said.class_names or "01")[said.predicted[index]]
        expected = said.scores[index]
        np.testing.assert_allclose(list(line["probabilities"].values()), expected, rtol=1e-5)
        assert line["probability"] == pytest.approx(expected.max())
    elif "labels" in line:
        assert [int(each) for each in line["labels"]] == list(np.flatnonzero(said.predicted[index]))
    elif "classes" in line:
        np.testing.assert_array_equal(line["classes"], said.predicted[index])
        assert sum(line["shares"].values()) == pytest.approx(1)
    else:
        value = np.reshape(line["value"], np.shape(said.predicted[index]))
        np.testing.assert_allclose(value, said.predicted[index], rtol=1e-5)


@pytest.mark.parametrize("name", MORE)
def test_what_cannot_be_read_is_told_and_passed_over(
    name: str, folders: dict[str, tuple[Path, Case, Predictor]]
) -> None:
    folder = folders[name][0]
    _, status, said = MORE[name]
    errors = (folder / "more.err").read_text()
    assert (folder / "more.status").read_text() == status, errors
    assert said in errors
    assert bool((folder / "more.txt").read_text()) == (status == "0")


CSV: dict[bytes, tuple[str, int]] = {
    b"": ("it is empty", 0),
    b"\n \n": ("it is empty", 0),
    b"a,b,a\n1,2,3\n": ("two columns 'a'", 0),
    b"\na,b\n1,2\n1,2,3\n1\n": ("3 cells, but the header has 2 columns.", 1),
    b'a,b\n1,2\n"1,2\n': ("unexpected end of data", 1),
    "a,b\n1,\u540d\n".encode("gbk"): ("it is no table in the form of text", 0),
    b'a,b\n"1\n1",2\n': ("", 1),
}
"""Tables, what is said of each, and how many of its rows are read."""


@pytest.mark.parametrize("text", CSV)
def test_a_table_is_read_as_strictly_as_in_training(
    text: bytes,
    folders: dict[str, tuple[Path, Case, Predictor]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run, path = folders["bundled table"][0] / "run", tmp_path / "t.csv"
    path.write_bytes(text)
    monkeypatch.syspath_prepend(run)
    made = runpy.run_path(str(run / "predict.py"))
    sys.modules.pop("model")
    said, count = CSV[text]
    assert len([*made["rows"](Namespace(values=None, csv=path))]) == count
    errors = capsys.readouterr().err
    assert (said in errors) if said else not errors


def test_weights_that_do_not_fit_are_told_in_a_sentence(
    folders: dict[str, tuple[Path, Case, Predictor]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = folders["bundled table"][0] / "run"
    monkeypatch.syspath_prepend(run)
    for given in (run, run / "model.py", run / "none.safetensors"):
        monkeypatch.setattr(sys, "argv", ["", "--values", "1", "--weights", str(given)])
        with pytest.raises(SystemExit, match="cannot be used: "):
            runpy.run_path(str(run / "predict.py"), run_name="__main__")
    sys.modules.pop("model")
