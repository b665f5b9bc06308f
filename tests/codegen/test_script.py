"""The training script, run alone, repeats the losses of the application's own loop."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.data.reading import load
from app.runs.events import EpochEnded, Event, Finished, Metrics, Steps
from app.runs.job import Job
from app.training.export import save_data
from app.training.loop import train
from codegen.model.emit import source
from codegen.script import script
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import GraphError
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import bind
from tests.codegen.samples import network

NUMBERS = network("Numbers", {
    "x": ("Input", {"shape": ("N", 10)}, ""),
    "fc1": ("Linear", {"out_features": 8}, "x"),
    "act": ("Tanh", {}, "fc1"),
    "fc2": ("Linear", {"out_features": 1}, "act"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip

IMAGES = network("Digits CNN", {
    "image": ("Input", {"shape": ("N", 1, 8, 8)}, ""),
    "conv": ("Conv2d", {"out_channels": 4}, "image"),
    "bn": ("BatchNorm2d", {}, "conv"),
    "relu": ("ReLU", {}, "bn"),
    "dropout": ("Dropout", {}, "relu"),
    "flatten": ("Flatten", {}, "dropout"),
    "fc": ("Linear", {"out_features": 10}, "flatten"),
    "logits": ("Output", {}, "fc"),
})  # fmt: skip

HEADS = network("Three heads", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "fc": ("Linear", {"out_features": 8}, "x"),
    "relu": ("ReLU", {}, "fc"),
    "one": ("Linear", {"out_features": 1}, "relu"),
    "squeeze": ("Squeeze", {}, "one"),
    "malign": ("Output", {}, "squeeze"),
    "two": ("Linear", {"out_features": 2}, "relu"),
    "scores": ("Output", {}, "two"),
    "left_out": ("Output", {}, "fc"),
})  # fmt: skip

THREE = (
    Objective("malign", "target", Choice("BCEWithLogitsLoss")),
    Objective("scores", "target", Choice("CrossEntropyLoss", {"label_smoothing": 0.1}), 0.5),
    Objective("left_out", "target", Choice("MSELoss"), 0.0),
)

SIGNS = network("Signs", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "fc": ("Linear", {"out_features": 1}, "x"),
    "score": ("Output", {}, "fc"),
    "far": ("Softplus", {}, "fc"),
    "distance": ("Output", {}, "far"),
    "label": ("Output", {}, "fc"),
})  # fmt: skip

OF_SIGNS = (
    Objective("score", "target", Choice("SoftMarginLoss")),
    Objective("distance", "target", Choice("HingeEmbeddingLoss", {"margin": 2.0}), 0.5),
    Objective("label", "target", Choice("MultiLabelSoftMarginLoss")),
)

OWN_LOSSES = network("Own losses", {
    "x": ("Input", {"shape": ("N", 30)}, ""),
    "code": ("Linear", {"out_features": 4}, "x"),
    "again": ("Linear", {"out_features": 30}, "code"),
    "error": ("Subtract", {}, "again x"),
    "square": ("Square", {}, "error"),
    "mean": ("Mean", {"dim": (0, 1)}, "square"),
    "loss": ("Output", {}, "mean"),
    "size": ("Norm", {"dim": (1,)}, "code"),
    "sizes": ("Output", {}, "size"),
    "two": ("Linear", {"out_features": 2}, "code"),
    "scores": ("Output", {}, "two"),
})  # fmt: skip

OF_OWN_LOSSES = (
    Objective("loss", "target", Choice("Output")),
    Objective("sizes", "target", Choice("Output"), 0.01),
    Objective("scores", "target", Choice("CrossEntropyLoss")),
)

CASES = {
    "plateau": (NUMBERS, Recipe(
        Choice("diabetes"),
        objectives=(Objective("y", "target", Choice("HuberLoss", {"delta": 0.5})),),
        optimizer=Choice("RMSprop", {"lr": 0.02, "momentum": 0.5}),
        schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.1}),
        epochs=4, batch_size=100, seed=3)),
    "one cycle": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("SGD", {"momentum": 0.9, "nesterov": True}),
        schedule=Choice("OneCycleLR"), epochs=2, batch_size=64)),
    "cosine": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("AdamW", {"beta1": 0.8}),
        schedule=Choice("CosineAnnealingLR"), epochs=3, batch_size=200, test_fraction=0.0)),
    "steps": (HEADS, Recipe(
        Choice("breast_cancer"), objectives=THREE,
        schedule=Choice("StepLR", {"step_size": 1}), epochs=2, seed=7)),
    "signs": (SIGNS, Recipe(Choice("breast_cancer"), objectives=OF_SIGNS, epochs=2)),
    "own losses": (OWN_LOSSES, Recipe(
        Choice("breast_cancer"), objectives=OF_OWN_LOSSES, epochs=2)),
    "constant": (NUMBERS, Recipe(Choice("diabetes"), epochs=2)),
}  # fmt: skip


def texts(network: Network, recipe: Recipe) -> tuple[str, str]:
    """Return the model file and the script."""
    inference = infer(network)
    binding = bind(recipe, inference, load(recipe.data).facts)
    return source(inference).text, script(inference, recipe, binding)


@dataclass(frozen=True)
class Told:
    """What the application's loop and the script told of the same recipe."""

    folder: Path
    events: list[Event]
    lines: list[dict[str, Any]]

    @property
    def ends(self) -> list[EpochEnded]:
        """The ends of the application's epochs."""
        return [event for event in self.events if isinstance(event, EpochEnded)]


_RUN_ALL = """
import contextlib, json, runpy, sys
from pathlib import Path
for folder in sorted(Path(sys.argv[1]).iterdir()):
    sys.path.insert(0, str(folder))
    options = json.loads((folder / "options.json").read_text())
    sys.argv = ["train.py", "--threads", "1", *options]
    with (folder / "told.jsonl").open("w") as out, contextlib.redirect_stdout(out):
        runpy.run_path(str(folder / "train.py"), run_name="__main__")
    sys.path.pop(0)
    del sys.modules["model"]
assert not {"app", "codegen", "graph_model", "numpy.testing", "sklearn"} & set(sys.modules)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Run every case in the application's loop, and all scripts in one process with torch alone."""
    top = tmp_path_factory.mktemp("scripts")
    events = {name: _write(top / name, *case) for name, case in CASES.items()}
    best = str(top / "constant" / "best.pt")  # of the case before, in the order of the alphabet
    _write(top / "go on", *CASES["constant"], "--epochs", "0", "--weights", best)
    command = [sys.executable, "-I", "-W", "error", "-c", _RUN_ALL, top]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {
        folder.name: Told(
            folder,
            events.get(folder.name, []),
            [json.loads(line) for line in (folder / "told.jsonl").read_text().splitlines()],
        )
        for folder in top.iterdir()
    }


def _write(folder: Path, network: Network, recipe: Recipe, *options: str) -> list[Event]:
    """Write all that a script needs, and return what the application's loop tells."""
    folder.mkdir()
    job = Job(Project({"main": network}, "main", recipe=recipe), threads=1)
    model, text = texts(network, recipe)
    (folder / "model.py").write_text(model, encoding="utf-8")
    (folder / "train.py").write_text(text, encoding="utf-8")
    (folder / "options.json").write_text(json.dumps(options), encoding="utf-8")
    save_data(job, folder / "data.pt")
    return [] if options else list(train(job))


@pytest.mark.parametrize("name", CASES)
def test_the_script_repeats_the_run(name: str, told: dict[str, Told]) -> None:
    found = told[name]
    steps = [event for event in found.events if isinstance(event, Steps)]
    *epochs, _ = found.lines
    assert len(epochs) == len(found.ends) == CASES[name][1].epochs
    assert [loss for event in epochs for loss in event["train"]["losses"]] == [
        loss for event in steps for loss in event.losses
    ]
    for line, event in zip(epochs, found.ends, strict=True):
        assert line["epoch"] == event.epoch
        assert line["train"]["loss"] == event.train["loss"]
        assert line["learning_rate"] == event.learning_rate
        _compare_figures(line["validation"], event.validation)


@pytest.mark.parametrize("name", CASES)
def test_the_script_ends_with_the_same_figures(name: str, told: dict[str, Told]) -> None:
    last, finished = told[name].lines[-1], told[name].events[-1]
    assert isinstance(finished, Finished)
    assert last["event"] == "finished"
    assert last["best_epoch"] == finished.best_epoch
    _compare_figures(last["validation"], finished.validation)
    _compare_figures(last["test"], finished.test)


def _compare_figures(told: dict[str, float], figures: Metrics) -> None:
    """Losses are the same to the last bit; other figures of numbers are the application's own."""
    kept = {name: value for name, value in figures.items() if not name.endswith(("r2", "mae"))}
    assert told == pytest.approx(kept, rel=1e-12)
    assert told.get("loss") == kept.get("loss")


def test_the_script_goes_on_from_weights(told: dict[str, Told]) -> None:
    first, again = told["constant"].lines[-1], told["go on"].lines[-1]
    assert again == {**first, "best_epoch": 0}


def test_the_script_is_clean(told: dict[str, Told]) -> None:
    folders = [each.folder for each in told.values()]
    for command in (["check", "--select=E,F,B,UP,SIM,C4"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache",
             "--line-length=100", "--target-version=py311", *folders],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_script_is_the_one_kept(root: Path) -> None:
    assert texts(*CASES["steps"])[1] == (root / "tests/golden/train.txt").read_text("utf-8")


def test_a_module_must_have_a_name_that_can_be_imported() -> None:
    network, recipe = CASES["constant"]
    inference = infer(network)
    binding = bind(recipe, inference, load(recipe.data).facts)
    assert "from my_net import Numbers\n" in script(inference, recipe, binding, "my_net")
    for module in ("my-net", "class", "a; import os", ""):
        with pytest.raises(GraphError, match="no name of a module"):
            script(inference, recipe, binding, module)
