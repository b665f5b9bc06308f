"""A storm of kills over runs: does a run that goes on end as if it had never been disturbed?

``python -m tools.resume_storm [KILLS] [--seed S]`` trains five recipes by ``layerweft train``, each
once undisturbed and then again and again with kills at random moments, going on by ``--resume``
after each, until there were so many kills. Losses, best and last weights have to be the same, bit
for bit. Checkpoints are written as often as there is something to tell, so that kills hit that too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import random
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from graph_model.editing.edits import new_node
from graph_model.files.storage import save
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.values import Arguments

Line = tuple[str, str, Arguments]
"""A layer: what it follows, its kind and its arguments. Its name is its place in the list."""
_MOMENTUM: Final = Choice("SGD", {"lr": 0.02, "momentum": 0.9, "nesterov": True})
_DENSE: Final[tuple[Line, ...]] = (
    ("", "Input", {"shape": ("N", 30)}),
    ("0", "Linear", {"out_features": 16}),
    ("1", "ReLU", {}),
    ("2", "Dropout", {"p": 0.4}),
    ("3", "Linear", {"out_features": 2}),
    ("4", "Output", {}),
)
_PICTURES: Final[tuple[Line, ...]] = (
    ("", "Input", {"shape": ("N", 1, 8, 8)}),
    ("0", "Conv2d", {"out_channels": 4, "kernel_size": 3}),
    ("1", "BatchNorm2d", {}),
    ("2", "ReLU", {}),
    ("3", "Flatten", {}),
    ("4", "Linear", {"out_features": 10}),
    ("5", "Output", {}),
)
_HEADS: Final[tuple[Line, ...]] = (
    ("", "Input", {"shape": ("N", 30)}),
    ("0", "Linear", {"out_features": 8}),
    ("1", "ReLU", {}),
    ("2", "Dropout", {}),
    ("3", "Linear", {"out_features": 2}),
    ("4", "Output", {}),
    ("2", "Linear", {"out_features": 2}),
    ("6", "Output", {}),
)


def project(lines: tuple[Line, ...], recipe: Recipe) -> Project:
    """Return the project of a network; objectives name Outputs by their places."""
    network = Network("main", "Storm")
    ids: list[str] = []
    for before, kind, arguments in lines:
        # Ids are given, not drawn: every process has to make the same project.
        node = replace(new_node(network, kind, arguments), id=f"node{len(ids)}")
        network = add_nodes(network, [node])
        ids.append(node.id)
        if before:
            network = connect(network, Port(ids[int(before)], "output"), Port(node.id, "input"))
    objectives = tuple(
        Objective(ids[int(each.output)], each.target, each.loss, each.weight)
        for each in recipe.objectives
    )
    options = {name: getattr(recipe, name) for name in Recipe.__dataclass_fields__}
    return Project({"main": network}, "main", recipe=Recipe(**options | {"objectives": objectives}))


RECIPES: Final[Mapping[str, Project]] = {
    "dropout": project(
        _DENSE, Recipe(Choice("breast_cancer"), optimizer=Choice("AdamW"), batch_size=16)
    ),
    "batch norm": project(
        _PICTURES,
        Recipe(
            Choice("digits"),
            schedule=Choice("CosineAnnealingLR"),
            options=(Choice("swa", {"start": 3}),),
            batch_size=64,
            epochs=6,
            seed=1,
        ),
    ),
    "one cycle": project(
        _PICTURES,
        Recipe(
            Choice("digits"),
            optimizer=_MOMENTUM,
            schedule=Choice("OneCycleLR"),
            batch_size=48,
            epochs=5,
            seed=2,
        ),
    ),
    "momentum": project(
        _DENSE,
        Recipe(
            Choice("breast_cancer"),
            optimizer=_MOMENTUM,
            schedule=Choice("ReduceLROnPlateau", {"patience": 0, "threshold": 0.1}),
            batch_size=16,
            options=(
                Choice("clip_grad_norm"),
                Choice("ema"),
                Choice("warm_up"),
                Choice("early_stopping", {"min_delta": 0.01}),
            ),
            seed=3,
        ),
    ),
    "several outputs": project(
        _HEADS,
        Recipe(
            Choice("breast_cancer"),
            objectives=(
                Objective("5", "target", Choice("CrossEntropyLoss", {"balanced": True})),
                Objective("7", "target", Choice("CrossEntropyLoss"), 0.5),
            ),
            schedule=Choice("StepLR", {"step_size": 2}),
            options=(Choice("accumulate", {"batches": 3}),),
            batch_size=16,
            seed=4,
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Survived:
    """What became of a run that was killed so often: whether it ended as the undisturbed one."""

    kills: int
    is_same: bool


def ended(folder: Path) -> dict[str, object]:
    """Return all that a run came to, but the time that it took."""
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    last = lines[-1]
    assert last["event"] == "finished", last
    losses = [loss for line in lines for loss in line.get("losses", ())]
    validation = [line["validation"] for line in lines if line["event"] == "epoch_ended"]
    weights = [(folder / f"{which}.safetensors").read_bytes() for which in ("best", "last")]
    return {
        "losses": losses,
        "epochs": [each["loss"] for each in validation],
        "weights": weights,
        "test": last["test"],
    }


def survive(name: str, whole: Path, folder: Path, kills: int, chance: random.Random) -> Survived:
    """Kill a run so often, unless it ends before, and compare its end with an undisturbed one.

    Each comes after a checkpoint that this process wrote, so there is something to go on with.
    """
    done = 0
    while done < kills:
        before = _written(folder)
        process = _begun(name, folder)
        while _written(folder) == before and process.exitcode is None:
            process.join(0.01)
        process.join(chance.uniform(0.0, 0.2))
        if process.exitcode is not None:
            break
        process.kill()
        process.join()
        done += 1
    process = _begun(name, folder)
    process.join()
    assert process.exitcode == 0, f"{name}: exit code {process.exitcode}"
    return Survived(done, ended(folder) == ended(whole))


def _written(folder: Path) -> int:
    """Return when the last checkpoint was written, 0 where there is none."""
    checkpoint = folder / "checkpoint.pt"
    return checkpoint.stat().st_mtime_ns if checkpoint.exists() else 0


def undisturbed(name: str, folder: Path) -> None:
    """Do a run to its end."""
    process = _begun(name, folder)
    process.join()
    assert process.exitcode == 0, f"{name}: exit code {process.exitcode}"


def _begun(name: str, folder: Path) -> BaseProcess:
    """Begin a run, or go on with it, in a process that has PyTorch loaded already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["torch", "app.commands.train", "app.training.engine"])
    process = context.Process(target=train, args=(name, str(folder)))
    process.start()
    return process


def train(name: str, folder: str) -> None:
    """Do what ``layerweft train`` does, going on where there is a checkpoint."""
    from app import cli
    from app.training import keeper

    keeper._SECONDS_BETWEEN = keeper._SECONDS_TO_FIRST = -1.0
    keeper._SHARE = math.inf
    given = Path(folder).with_suffix(".weft")
    save(RECIPES[name], given)
    again = ["--resume"] if (Path(folder) / "checkpoint.pt").exists() else []
    if not again:  # killed before the first checkpoint: there is nothing but to begin anew
        for each in Path(folder).glob("*"):
            each.unlink()
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        status = cli.main(["train", str(given), "--json", "--out", folder, *again])
    os._exit(status)


def main() -> int:
    """Kill until there were so many kills, and print what each run came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    done: list[Survived] = []
    with tempfile.TemporaryDirectory() as top:
        for place, name in enumerate(RECIPES):
            undisturbed(name, Path(top) / f"{place}")
        while sum(each.kills for each in done) < chosen.kills:
            place = len(done) % len(RECIPES)
            name = list(RECIPES)[place]
            found = survive(name, Path(top) / f"{place}", Path(top) / f"run{len(done)}", 8, chance)
            done.append(found)
            print(f"{name}: {found.kills} kills, {'the same' if found.is_same else 'DIFFERENT'}")
            sys.stdout.flush()
    kills = sum(each.kills for each in done)
    wrong = sum(not each.is_same for each in done)
    print(f"{kills} kills in {len(done)} runs; {wrong} of them ended otherwise than undisturbed")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
