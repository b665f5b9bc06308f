"""How a trained network does without half of its channels: ``python -m tools.judge_pruning``.

Trains the Fashion-MNIST CNN, takes half of each layer's channels away, lets it learn on for an
epoch, and prints accuracy on the test split, parameters, and the time of a batch of both models,
measured in turns.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from app.project.examples import load_example
from app.pruning.choosing import evenly, units_of
from app.pruning.trial import Trial
from app.runs.folder import BEST
from app.runs.job import Beginning, Job
from app.training.checkpoint import copy_of_weights, save_weights
from app.training.engine import train
from app.training.predict import Predictor
from graph_model.network import Project
from graph_model.recipes.settings import with_setting

_BATCH, _ROUNDS = 256, 40


def main() -> None:
    """Print how the example does before, without, and after an epoch more."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=8, help="of the whole network")
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--lr", type=float, default=1e-3, help="with which the rest learns on")
    chosen = parser.parse_args()
    project = with_setting(load_example("fashion-cnn"), "epochs", str(chosen.epochs))
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "whole"), Path(folder, "small")
        whole = _trained(project, first, None)
        trial = Trial(Job(project, folder=first), first / BEST)
        counts = evenly(trial.found, chosen.share)
        made = trial.without(units_of(trial.found, trial.scores(), counts))
        small = trial.model_of(made)
        weights = Path(folder, "small.safetensors")
        save_weights(weights, copy_of_weights(small))
        begun = Predictor(Job(made.project), weights).split("test")[0]
        further = with_setting(with_setting(made.project, "epochs", "1"), "lr", str(chosen.lr))
        after = _trained(further, second, weights)
        before = trial.model_of(trial.without(()))
        ratio = _times(before, small)
    print(f"parameters      {_size(before):,} → {_size(small):,}")
    print(f"test accuracy   {whole:.1%} → {(begun.predicted == begun.true).mean():.1%}")
    print(f"… and after one epoch more, at a rate of {chosen.lr:g}: {after:.1%}")
    print(f"a batch takes   {ratio:.2f} times less")


def _size(model: nn.Module) -> int:
    return sum(each.numel() for each in model.parameters())


def _trained(project: Project, folder: Path, weights: Path | None) -> float:
    """Train, and return the accuracy on the test split."""
    job = Job(project, folder=folder)
    if weights is not None:
        job = replace(job, weights=Beginning(weights))
    for _ in train(job):
        pass
    told = Predictor(job, folder / BEST).split("test")[0]
    return float((told.predicted == told.true).mean())


def _times(whole: nn.Module, small: nn.Module) -> float:
    """Return how many times faster the small model is, measured in turns."""
    batch = torch.rand(_BATCH, 1, 28, 28)
    taken: dict[bool, list[float]] = {True: [], False: []}
    with torch.inference_mode():
        for turn in range(2 * _ROUNDS):
            begun = time.process_time()
            (small if turn % 2 else whole)(batch)
            taken[turn % 2 == 1].append(time.process_time() - begun)
    return statistics.median(taken[False]) / statistics.median(taken[True])


if __name__ == "__main__":
    main()
