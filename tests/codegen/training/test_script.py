"""The text that trains: alone, in the application, and against a bare loop written by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from app import cli
from app.commands import FINE
from app.data.reading import load
from app.exporting.training import training_files
from app.runs.events import EpochEnded, Event, Finished, Steps, as_json
from app.runs.folder import EVENTS
from app.runs.job import Job
from app.runs.store import read_run
from app.training.engine import train
from app.training.process import train_in_process
from codegen.model.emit import source
from codegen.training.plan import plan
from codegen.training.script import script
from graph_model.files.storage import save
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import GraphError
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.metrics import METRICS
from tests.codegen.samples import network
from tests.codegen.training.bare import Told as BareRun
from tests.codegen.training.bare import bare_run

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


def some_metrics(*names: str) -> tuple[Choice, ...]:
    """Return metrics, those of classes told of each."""
    return tuple(
        Choice(name, {"average": "per class"} if METRICS[name].parameters[:1] == F1 else {})
        for name in names
    )


F1 = METRICS["f1"].parameters

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
    "clipped": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("AdamW", {"lr": 0.01, "weight_decay": 0.1}), epochs=2,
        options=(Choice("clip_grad_norm", {"max_norm": 0.1}), Choice("no_decay"),
                 Choice("l1_penalty", {"factor": 0.001}), Choice("detect_anomaly")))),
    "accumulated": (IMAGES, Recipe(
        Choice("digits"), schedule=Choice("OneCycleLR"), epochs=2, batch_size=100,
        options=(Choice("accumulate", {"batches": 3}), Choice("l2_penalty"),
                 Choice("clip_grad_value", {"clip_value": 0.01}), Choice("deterministic")))),
    "averaged": (IMAGES, Recipe(
        Choice("digits"), optimizer=Choice("SGD", {"lr": 3.0}), epochs=9, batch_size=200,
        options=(Choice("ema", {"decay": 0.5}), Choice("early_stopping", {"patience": 1}),
                 Choice("channels_last")))),
    "mixed": (IMAGES, Recipe(
        Choice("digits"), epochs=2, batch_size=200,
        options=(Choice("autocast"), Choice("batch_norm_eval")))),
    "thawed": (IMAGES, Recipe(
        Choice("digits"), epochs=4, batch_size=300, optimizer=Choice("Adam", {"lr": 0.01}),
        options=(Choice("swa", {"start": 3}), Choice("thaw", {"epochs": ("conv", 2, "bn", 3)}),
                 Choice("checkpoint", {"layers": ("conv", "fc")}),
                 Choice("layer_rates", {"factors": ("conv", 0.1)})))),
    "halved": (IMAGES, Recipe(
        Choice("digits"), epochs=2, batch_size=300,
        options=(Choice("autocast", {"dtype": "float16"}), Choice("clip_grad_norm")))),
    "warmed": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("Adafactor"), epochs=6, batch_size=100,
        schedule=Choice("PolynomialLR", {"power": 2.0}),
        options=(Choice("warm_up", {"epochs": 2}),))),
    "warmed only": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("Rprop"), epochs=4, batch_size=400,
        options=(Choice("warm_up", {"epochs": 2}),))),
    "restarts": (NUMBERS, Recipe(
        Choice("diabetes"), optimizer=Choice("ASGD"), epochs=4, batch_size=100,
        schedule=Choice("CosineAnnealingWarmRestarts", {"T_0": 2}))),
    "constant": (NUMBERS, Recipe(Choice("diabetes"), epochs=2)),
    "metrics": (HEADS, Recipe(
        Choice("breast_cancer"), epochs=2, options=(Choice("autocast"),), objectives=(
            replace(THREE[0], metrics=some_metrics(
                "balanced_accuracy", "f1", "dice", "roc_auc", "average_precision")),
            replace(THREE[1], metrics=some_metrics(
                "accuracy", "perplexity", "iou", "precision", "confusion", "calibration_error")),
            THREE[2]))),
    "metrics of numbers": (NUMBERS, Recipe(
        Choice("diabetes"), epochs=2, objectives=(Objective(
            "y", "target", Choice("MSELoss"), metrics=some_metrics("rmse", "mape", "r2")),))),
}  # fmt: skip


def texts(network: Network, recipe: Recipe) -> tuple[str, str]:
    """Return the model file and the script."""
    inference = infer(network)
    binding = bind(recipe, inference, load(recipe.data).facts)
    return source(inference).text, script(plan(inference, recipe, binding))


@dataclass(frozen=True)
class Told:
    """What was told of one recipe: by the window's engine, by the script alone, by hand."""

    folder: Path
    events: list[Event]
    lines: list[dict[str, Any]]
    bare: BareRun | None

    @property
    def ends(self) -> list[EpochEnded]:
        """The ends of the epochs in the engine."""
        return [event for event in self.events if isinstance(event, EpochEnded)]

    def of(self, name: str) -> list[dict[str, Any]]:
        """The lines of the script that tell of one event."""
        return [line for line in self.lines if line["event"] == name]


_RUN_ALL = """
import contextlib, json, runpy, sys
from pathlib import Path
for folder in sorted(Path(sys.argv[1]).iterdir()):
    sys.path.insert(0, str(folder))
    options = json.loads((folder / "options.json").read_text())
    sys.argv = ["train.py", "--threads", "1", "--json", *options]
    with (folder / "told.jsonl").open("w") as out, contextlib.redirect_stdout(out):
        runpy.run_path(str(folder / "train.py"), run_name="__main__")
    sys.path.pop(0)
    del sys.modules["model"]
assert not {"app", "codegen", "graph_model", "numpy.testing", "sklearn"} & set(sys.modules)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Run every case in the engine, by hand, and all scripts in one process with torch alone."""
    top = tmp_path_factory.mktemp("scripts")
    events = {name: _write(top / name, job(*case)) for name, case in CASES.items()}
    best = str(top / "constant" / "best.pt")  # of the case before, in the order of the alphabet
    network, recipe = CASES["constant"]
    _write(top / "go on", job(network, recipe), "--weights", best)
    command = [sys.executable, "-I", "-W", "error", "-c", _RUN_ALL, top]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {
        folder.name: Told(
            folder,
            events.get(folder.name, []),
            [json.loads(line) for line in (folder / "told.jsonl").read_text().splitlines()],
            bare_run(job(*CASES[folder.name])) if folder.name in CASES else None,
        )
        for folder in top.iterdir()
    }


def job(network: Network, recipe: Recipe) -> Job:
    return Job(Project({"main": network}, "main", recipe=recipe), threads=1)


def _write(folder: Path, job: Job, *options: str) -> list[Event]:
    """Write all that a script needs, and return what the engine tells."""
    folder.mkdir()
    model, text = texts(job.project.network, job.recipe)
    if options:  # to evaluate alone
        text = text.replace(f"EPOCHS = {job.recipe.epochs}", "EPOCHS = 0")
    (folder / "model.py").write_text(model, encoding="utf-8")
    (folder / "train.py").write_text(text, encoding="utf-8")
    (folder / "options.json").write_text(json.dumps(options), encoding="utf-8")
    data = training_files(job)["data.pt"]
    (folder / "data.pt").write_bytes(data)
    return [] if options else list(train(job))


@pytest.mark.parametrize("name", CASES)
def test_it_is_the_loop_one_would_write_by_hand(name: str, told: dict[str, Told]) -> None:
    found, bare = told[name], told[name].bare
    assert bare is not None
    losses = [loss for event in found.of("steps") for loss in event["losses"]]
    assert losses == bare.losses
    assert [line["validation"]["loss"] for line in found.of("epoch_ended")] == bare.validation
    assert [line["learning_rate"] for line in found.of("epoch_ended")] == bare.rates
    last = torch.load(found.folder / "checkpoint.pt")["model"]
    assert last.keys() == bare.weights.keys()
    assert all(torch.equal(last[each], bare.weights[each]) for each in last)


@pytest.mark.parametrize("name", CASES)
def test_the_script_tells_what_the_engine_tells(name: str, told: dict[str, Told]) -> None:
    found = told[name]
    steps = [event for event in found.events if isinstance(event, Steps)]
    assert [loss for line in found.of("steps") for loss in line["losses"]] == [
        loss for event in steps for loss in event.losses
    ]
    for line, event in zip(found.of("epoch_ended"), found.ends, strict=True):
        shared = {key: value for key, value in as_json(event).items() if key in line}
        _compare(line, shared)
    last, finished = found.lines[-1], found.events[-1]
    assert isinstance(finished, Finished)
    _compare(last, {key: as_json(finished)[key] for key in last})


@pytest.mark.parametrize("name", ["accumulated", "metrics of numbers"])
def test_a_process_and_the_command_line_train_alike(
    name: str,
    told: dict[str, Told],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    losses = [loss for line in told[name].of("steps") for loss in line["losses"]]
    made = job(*CASES[name])
    apart = [event for event in train_in_process(made) if isinstance(event, Steps)]
    assert [loss for event in apart for loss in event.losses] == losses
    path = tmp_path / "net.weft"
    save(made.project, path)
    monkeypatch.setattr("os.cpu_count", lambda: 2)  # one thread, as all the others have
    assert cli.main(["train", str(path), "--json"]) == FINE
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    assert [loss for line in lines for loss in line.get("losses", ())] == losses


def _compare(line: dict[str, Any], event: dict[str, Any]) -> None:
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
    first, again = told["constant"].lines[-1], told["go on"].lines[-1]
    assert again == {**first, "best_epoch": 0, "epochs": 0}


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
    assert "from my_net import Numbers\n" in script(plan(inference, recipe, binding), "my_net")
    for module in ("my-net", "class", "a; import os", ""):
        with pytest.raises(GraphError, match="no name of a module"):
            script(plan(inference, recipe, binding), module)


OPTIONS = (Choice("early_stopping"), Choice("ema"), Choice("accumulate"), Choice("warm_up"))


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
    recipe = Recipe(Choice("breast_cancer"), epochs=1, options=OPTIONS)
    *_, last = train(job(drawn, recipe))
    assert isinstance(last, Finished), last


def test_the_events_of_a_script_open_as_a_run(told: dict[str, Told], tmp_path: Path) -> None:
    lines = (told["constant"].folder / "told.jsonl").read_bytes()
    (tmp_path / EVENTS).write_bytes(lines)
    run, ends = read_run(tmp_path), told["constant"].of("epoch_ended")
    assert (run.outcome, run.epochs, run.planned) == ("finished", 2, 2)
    assert [loss for _, loss in run.losses] == [line["validation"]["loss"] for line in ends]
