"""Tables in the forms that people have, from the file to predictions for new rows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.data.reading import load
from app.runs.folder import BEST
from app.training.headless import run_headless
from app.training.predict import Predictor
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp
from tests.app.training.running import job

RANDOM = np.random.default_rng(2)
N = 90
A = np.round(RANDOM.uniform(-5, 30, N), 2)
B = np.round(RANDOM.uniform(20, 90, N), 2)


def german(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def trained(folder: Path, text: str, encoding: str = "utf-8", **arguments: object) -> Predictor:
    path = folder / "t.csv"
    path.write_text(text, encoding=encoding)
    choice = Choice("csv", {"path": str(path), **arguments})  # type: ignore[dict-item]
    facts = load(choice).facts
    width = facts.arrays["features"].shape[0]
    outputs = len(facts.class_names) or facts.arrays["target"].shape[0]
    recipe = Recipe(choice, optimizer=Choice("Adam", {"lr": 0.05}), epochs=30, seed=1)
    here = job(mlp(width, 8, outputs), recipe, folder=folder / "run")
    run_headless(here, lambda _: None)
    return Predictor(here, folder / "run" / BEST)


def said_by_script(folder: Path, *arguments: str) -> tuple[list[dict[str, object]], str]:
    """Return what ``predict.py`` prints in a process of its own, and its complaints."""
    script = ["run/predict.py", *arguments, "--json"]
    command = [sys.executable, "-W", "error", "-P", "-c", _ALONE, *script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


_ALONE = """
import runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, "run")
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    assert not {"app", "codegen", "graph_model", "polars"} & set(sys.modules)
"""


def test_a_german_table_trains_to_a_sensible_figure(tmp_path: Path) -> None:
    """Two columns with decimal commas tell the third: a line through them leaves little."""
    y = 2 * A + B / 10
    rows = [f"{german(a)};{german(b)};{german(v)}" for a, b, v in zip(A, B, y, strict=True)]
    predictor = trained(tmp_path, "\n".join(["Temperatur;Feuchte;Ertrag", *rows]))
    (said,) = predictor.split("test")
    rest = np.mean((said.predicted - said.true) ** 2) / np.var(said.true)
    assert rest < 0.05


def test_two_targets_of_noise_are_not_told_by_each_other(tmp_path: Path) -> None:
    noise = RANDOM.normal(size=(300, 4)).round(3)
    rows = [",".join(map(str, row)) for row in noise]
    predictor = trained(tmp_path, "\n".join(["a,b,y1,y2", *rows]))
    (said,) = predictor.split("test")
    r2 = 1 - np.mean((said.predicted - said.true) ** 2, axis=0) / np.var(said.true, axis=0)
    assert r2.max() < 0.3


def _messy() -> list[str]:
    """German numbers with thousands, dates, gaps in numbers, words and dates, a percent sign."""
    rows = []
    for n in range(N):
        size = "" if n % 7 == 0 else "k.A." if n % 11 == 0 else german(1000 * A[n])
        date = "" if n % 13 == 0 else f"{n % 28 + 1:02}.{n % 12 + 1:02}.2020"
        word = "" if n % 9 == 0 else ("größer", "kleiner")[n % 2]
        rows.append(f"{n};{size};{date};{word};{n % 3 + 1};{german(B[n])} %;{german(A[n] + B[n])}")
    return ["id;Größe;Datum;Wort;Klasse;Anteil;Ertrag", *rows]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_new_rows_are_read_as_those_of_the_training(tmp_path: Path, encoding: str) -> None:
    text = "\n".join(_messy()).replace("Klasse", "pclass")
    predictor = trained(tmp_path, text, encoding)
    data = predictor.samples.data
    assert data.columns == ("Größe", "Datum", "Wort", "pclass", "Anteil")
    lines = text.splitlines()
    (tmp_path / "new.csv").write_text("\n".join([lines[0], *lines[1:30]]), encoding=encoding)
    (from_file,) = predictor.file(tmp_path / "new.csv")
    (from_data,) = predictor.at(range(29))
    np.testing.assert_allclose(from_file.predicted, from_data.predicted, rtol=1e-4, atol=1e-3)
    said, complaints = said_by_script(tmp_path, "--csv", "new.csv")
    assert complaints == ""
    answers = [next(v for v in line.values() if isinstance(v, dict)) for line in said]
    values = [float(answer["value"]) for answer in answers]
    np.testing.assert_allclose(values, from_data.predicted[:, 0], rtol=1e-3, atol=1e-2)
    for other in ("utf-8", "utf-16"):  # as another program may have saved a single new row
        (tmp_path / "one.csv").write_text(f"{lines[0]}\n{lines[4]}", encoding=other)
        (alone,) = predictor.file(tmp_path / "one.csv")
        np.testing.assert_allclose(alone.predicted, from_data.predicted[3:4], rtol=1e-4, atol=1e-3)
        if encoding != "utf-8":
            (line,), complaints = said_by_script(tmp_path, "--csv", "one.csv")
            assert complaints == ""
            (answer,) = (v for v in line.values() if isinstance(v, dict))
            assert float(answer["value"]) == pytest.approx(alone.predicted[0, 0], abs=1e-2)


def test_a_table_without_header_is_read_so_again(tmp_path: Path) -> None:
    rows = [f"{a}|{'xyz'[n % 3]}|{a * 3 + n % 3}" for n, a in enumerate(A)]
    predictor = trained(tmp_path, "\n".join(rows))
    (tmp_path / "new.csv").write_text("\n".join(rows[:5]))
    (from_file,) = predictor.file(tmp_path / "new.csv")
    (from_data,) = predictor.at(range(5))
    np.testing.assert_allclose(from_file.predicted, from_data.predicted, rtol=1e-4, atol=1e-3)
    said, _ = said_by_script(tmp_path, "--csv", "new.csv")
    assert len(said) == 5


def test_what_a_new_row_lacks_is_said_with_its_line(tmp_path: Path) -> None:
    rows = [f"{a},{'' if n % 5 else 4},{'pq'[n % 2]},{a * 3}" for n, a in enumerate(A)]
    predictor = trained(tmp_path, "\n".join(["a,gap,word,y", *rows]), types=("gap", "number"),
                        roles=("gap", "number"))  # fmt: skip
    for row, code in (
        ("1,2,zz,3", "data_unknown_word"),
        (",2,p,3", "data_unknown_gap"),
        ("1,2,,3", "data_unknown_gap"),
        ("x,2,p,3", "data_bad_number"),
        ("1,2,p", "data_ragged_row"),
    ):
        (tmp_path / "new.csv").write_text(f"a,gap,word,y\n1,,p,2\n{row}\n")
        with pytest.raises(Refusal) as caught:
            predictor.file(tmp_path / "new.csv")
        assert caught.value.problem.code == code
        assert caught.value.problem.values["line"] == "3"
        said, complaints = said_by_script(tmp_path, "--csv", "new.csv")
        wrong: list[Problem] = []
        (here,) = predictor.file(tmp_path / "new.csv", wrong)
        (answer,) = (v for v in said[0].values() if isinstance(v, dict))
        assert here.samples.tolist() == [0]
        assert float(answer["value"]) == pytest.approx(here.predicted[0, 0], rel=1e-4)
        told = [each.message.removeprefix(f"{tmp_path}/") for each in wrong]
        assert told == complaints.splitlines()
    (tmp_path / "new.csv").write_text("a,word\n1,p\n")
    with pytest.raises(Refusal) as caught:
        predictor.file(tmp_path / "new.csv")
    assert caught.value.problem.values["column"] == "gap"
