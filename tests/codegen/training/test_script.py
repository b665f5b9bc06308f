"""The text that trains: alone, in the application, and against a bare loop written by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from app.data.reading import load
from app.runs.events import Finished
from app.runs.folder import EVENTS, MODEL, TRAIN
from app.runs.store import read_run
from app.training.engine import train
from codegen.training.plan import plan
from codegen.training.script import script
from graph_model.inference.infer import infer
from graph_model.problems import GraphError
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.options import OPTIONS
from tests.codegen.samples import network
from tests.codegen.training.cases import CASES, job, texts
from tests.codegen.training.ways import ALONE, WAYS, Line, Told, read, train_all


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    return train_all(tmp_path_factory.mktemp("ways"))


@pytest.mark.parametrize("name", CASES)
def test_all_ways_are_the_loop_one_would_write_by_hand(name: str, told: dict[str, Told]) -> None:
    """Losses, validation, rates and last weights are the same numbers, to the last bit."""
    by_hand = told[name].by_hand
    for way in WAYS:
        found = told[name].numbers(way)
        assert found.losses == by_hand.losses, way
        assert found.validation == by_hand.validation, way
        assert found.rates == by_hand.rates, way
        assert found.weights.keys() == by_hand.weights.keys()
        for each, expected in by_hand.weights.items():
            assert torch.equal(found.weights[each], expected), (way, each)


def test_they_use_every_option() -> None:
    used = {option.kind for _, recipe in CASES.values() for option in recipe.options}
    elsewhere = {"compile", "distributed"}  # test_options, test_distributed: they take long
    assert used | elsewhere == OPTIONS.keys()


@pytest.mark.parametrize("name", CASES)
def test_all_ways_tell_the_same_figures(name: str, told: dict[str, Told]) -> None:
    script, *others = (told[name].of("epoch_ended", way) for way in WAYS)
    for other in others:
        for line, event in zip(script, other, strict=True):
            _compare(line, {key: value for key, value in event.items() if key in line})
    last = told[name].lines["script"][-1]
    for way in WAYS[1:]:
        finished = told[name].lines[way][-1]
        assert finished["event"] == "finished"
        _compare(last, {key: finished[key] for key in last})


def _compare(line: Line, event: Line) -> None:
    """Sums of numbers depend in their last digit on how often losses are read; nothing else."""
    figures = ("train", "validation", "test")
    for name in line.keys() & figures:
        assert line[name].keys() == event[name].keys()
        for key, value in line[name].items():
            np.testing.assert_allclose(value, event[name][key], rtol=1e-12)
        assert line[name].get("loss") == event[name].get("loss")
    plain = {key: value for key, value in event.items() if key not in figures}
    assert {key: value for key, value in line.items() if key not in figures} == plain


def test_the_script_goes_on_from_weights(told: dict[str, Told]) -> None:
    told_first = told["constant"]
    again = read(told_first.folder.with_name(ALONE) / "script.jsonl")[-1]
    assert again == {**told_first.lines["script"][-1], "best_epoch": 0, "epochs": 0}


def test_the_script_is_clean(told: dict[str, Told]) -> None:
    files = [each.folder / name for each in told.values() for name in (MODEL, TRAIN)]
    for command in (["check", "--select=E,F,B,UP,SIM,C4"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache",
             "--line-length=100", "--target-version=py311", *files],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_script_is_the_one_kept(root: Path) -> None:
    assert texts(*CASES["steps"])[1] == (root / "tests/golden/train.txt").read_text("utf-8")


def test_a_module_must_have_a_name_that_can_be_imported() -> None:
    network, recipe = CASES["constant"]
    inference = infer(network)
    binding = bind(recipe, inference, load(recipe.data).facts)
    assert "from my_net import Numbers\n" in script(plan(inference, recipe, binding), "my_net")
    for module in ("my-net", "class", "a; import os", ""):
        with pytest.raises(GraphError, match="no name of a module"):
            script(plan(inference, recipe, binding), module)


SOME = (Choice("early_stopping"), Choice("ema"), Choice("accumulate"), Choice("warm_up"))


@pytest.mark.parametrize(
    ("entrance", "exit"),
    [
        ("loss", "target"),
        ("Training", "Scores"),
        ("copy_of_weights", "Accuracy"),
        ("PATIENCE", "AveragedModel"),
        ("ACCUMULATE", "EPOCHS"),
        ("zip", "each"),
        ("index", "samples"),
        ("data", "WARM_UP"),
    ],
)
def test_a_drawing_may_call_things_as_the_script_does(entrance: str, exit: str) -> None:
    drawn = network("Odd", {
        entrance: ("Input", {"shape": ("N", 30)}, ""),
        "fc": ("Linear", {"out_features": 2}, entrance),
        exit: ("Output", {}, "fc"),
    })  # fmt: skip
    recipe = Recipe(Choice("breast_cancer"), epochs=1, options=SOME)
    *_, last = train(job(drawn, recipe))
    assert isinstance(last, Finished), last


def test_the_events_of_a_script_open_as_a_run(told: dict[str, Told], tmp_path: Path) -> None:
    lines = (told["constant"].folder / "script.jsonl").read_bytes()
    (tmp_path / EVENTS).write_bytes(lines)
    run, (finished,) = read_run(tmp_path), told["constant"].of("finished")
    assert (run.outcome, run.epochs, run.planned) == ("finished", 2, 2)
    assert (run.validation, run.test) == (finished["validation"], finished["test"])
