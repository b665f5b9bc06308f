"""The outline of every training script; what a recipe adds stands where ``$`` names it.

A line that is nothing but ``$name`` is replaced by the lines of that place, which take its
indentation, or by none. ``$name`` within a line is replaced by a word.
"""

from __future__ import annotations

from typing import Final

SKELETON: Final = '''\
"""Trains $title on the samples in data.pt.

    python train.py --device cuda
    python train.py --resume        goes on where it was interrupted
$usage

The same seed gives the same losses. The best weights are kept in best.pt, and all that it takes to
go on in checkpoint.pt.
"""

import argparse
import hashlib
import json
import math
import os
import sys
import time
from collections.abc import $abc
$standard_imports
from pathlib import Path
from typing import Any, NoReturn

import torch
$pictures
from torch import Tensor, nn
$imports

from $module import $imported

FOLDER = Path(__file__).parent
SEED = $seed
EPOCHS = $epochs
BATCH_SIZE = $batch_size
KEPT = ("epoch", "step", "learning_rate", "best_epoch", "best_figures", "best")
$constants

Event = dict[str, Any]
Figures = dict[str, $figure]


$pieces
class Scores:
    """How good a model is over many batches."""

    def __init__(self$scores_arguments) -> None:
        self.loss, self.samples = 0.0, 0
        $make_metrics
        self.unread: list[tuple[Any, ...]] = []

    def read(self) -> list[float]:
        """Count the batches since the last time, and return their losses."""
        batches, self.unread = self.unread, []
        $columns
        $values
        $count_losses
        $update_metrics
        return values

    def figures(self) -> Figures:
        """Return the mean loss over samples, and the other figures."""
        $figures
    $scores_state


class Training:
    """A run as it stands: what is trained, by what, and how far it is."""

    def __init__(self, data: dict[str, Any], device: torch.device) -> None:
        $first
        torch.manual_seed(SEED)
        self.device = device
        self.model = $class_name().to(device)
        $made
        self.train, self.validation, self.test = (
            [$sample for each in data["samples"].values()]
            for split in ("train", "validation", "test")
        )
        full, rest = divmod(len(self.train[0]), BATCH_SIZE)
        self.steps = full + (rest > 1) or 1  # a last batch of a single sample is left out
        $setup
        self.epoch = self.step = 0  # of the epoch: what is done of it
        self.learning_rate = math.nan
        self.scores = $new_scores
        self.read_at = time.perf_counter()
        self.best_epoch = 0
        self.best_figures: Figures = {}
        self.best: dict[str, Tensor] = {}

    def events(self) -> Generator[Event | None, None, None]:
        """Train, and tell of it; what yields ``None`` is done, but not read from the device yet.

        Whoever asks for no more pauses the training, and whoever closes this stops it.
        """
        yield {
            "event": "started",
            "device": str(self.device),
            "parameters": sum(weight.numel() for weight in self.model.parameters()),
            "epochs": EPOCHS,
            "steps_per_epoch": self.steps,
            "train_samples": len(self.train[0]),
            "validation_samples": len(self.validation[0]),
            "test_samples": len(self.test[0]),
        }
        while not self.is_over():
            yield from self.train_epoch()
            yield from self.end_epoch()
        yield from self.finish()

    def is_over(self) -> bool:
        """Tell whether there is no further epoch."""
        return $over

    def train_epoch(self) -> Iterator[Event | None]:
        """Do the steps that are left of an epoch."""
        self.model.train()
        $at_epoch
        shuffling = torch.Generator().manual_seed(SEED + self.epoch)
        order = torch.randperm(len(self.train[0]), generator=shuffling)
        $ordered
        for index in $batches:
            self.do_step(index.to(self.device))
            self.step += 1
            is_due = time.perf_counter() > self.read_at + 0.05
            yield self.read() if is_due else None
        if self.scores.unread:
            yield self.read()

    def do_step(self, index: Tensor) -> None:
        """$step_told"""
        $do_step

    def read(self) -> Event:
        """Return the event that tells of the steps since the last one."""
        losses = self.scores.read()
        self.read_at = time.perf_counter()
        step, rate = self.epoch * self.steps + self.step, self.learning_rate
        return {"event": "steps", "step": step, "losses": losses, "learning_rate": rate}

    def end_epoch(self) -> Iterator[Event | None]:
        """Evaluate the model, and keep its weights if they are the best so far."""
        $before_evaluation
        validation = yield from self.evaluate(self.validation)
        train = self.scores.figures()
        self.epoch, self.step, self.scores = self.epoch + 1, 0, $new_scores
        $keep_best
        $after_epoch
        yield {
            "event": "epoch_ended",
            "epoch": self.epoch,
            "step": self.epoch * self.steps,
            "train": train,
            "validation": validation,
            "learning_rate": self.learning_rate,
            "is_best": is_best,
            $told
        }

    def finish(self) -> Iterator[Event | None]:
        """Evaluate the best weights; the last ones are in the model again in the end."""
        last = copy_of_weights($judged)
        $load_best
        try:
            validation = self.best_figures
            if not self.best_epoch:
                validation = yield from self.evaluate(self.validation)
            test = (yield from self.evaluate(self.test)) if len(self.test[0]) else {}
        finally:
            $load_last
        told = {"best_epoch": self.best_epoch, "validation": validation, "test": test}
        yield {"event": "finished", "epochs": self.epoch, **told}

    @torch.no_grad()
    def evaluate(self, samples: list[Tensor]) -> Generator[None, None, Figures]:
        """Return the figures of the model on a split."""
        $judged.eval()
        scores = $new_evaluation_scores
        size = 4 * BATCH_SIZE
        for start in range(0, len(samples[0]), size):
            $evaluate
            scores.read()
            yield
        return scores.figures()
    $methods

    def state(self) -> dict[str, Any]:
        """Return all that it takes to go on from here; to be asked after an event."""
        state = {
            "model": $model_state,
            $state
            "scores": self.scores.state(),
            "random": torch.get_rng_state(),
            **{name: vars(self)[name] for name in KEPT},
        }
        if self.device.type != "cpu":
            state["random_there"] = torch.get_device_module(self.device).get_rng_state()
        return state

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        $load_model
        $resume
        self.scores.resume(state["scores"])
        vars(self).update({name: state[name] for name in KEPT})
        torch.set_rng_state(state["random"].cpu())
        if self.device.type != "cpu" and "random_there" in state:
            torch.get_device_module(self.device).set_rng_state(state["random_there"].cpu())


def copy_of_weights(model: nn.Module) -> dict[str, Tensor]:
    """Return a copy of all weights and buffers in main memory."""
    state = $weights_of.items()
    return {name: value.detach().to("cpu", copy=True) for name, value in state}
$functions


def main() -> None:
    """Train, tell of it, and keep the best weights and what it takes to go on."""
    options = parse_options()
    digest = hashlib.sha256(options.data.read_bytes()).hexdigest()
    $make_training
    if $resumes:
        state = load(FOLDER / "checkpoint.pt")
        if state.get("data", digest) != digest:
            raise SystemExit(f"{options.data} is not what this training began with.")
        training.resume(state)
    elif options.weights:
        begin_with(load(options.weights), training.model)
    began, first = time.monotonic(), training.epoch * training.steps + training.step
    $saved_at
    for event in training.events():
        if $skipped:
            continue
        $gathered
        if sys.stdout.isatty() and not options.json:
            words = as_progress(event, training.steps, time.monotonic() - began, first)
            print(f"{words:<79.79}", end="\\r", flush=True)
        tell(event, options.json)
        if not all(map(math.isfinite, event.get("losses", []))):
            raise SystemExit("The loss is no longer a finite number.")
        if event.get("is_best"):
            save(training.best, FOLDER / "best.pt")
        $keep_state
    $at_end


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    threads = max(1, $threads)
    parser = argparse.ArgumentParser(description="Trains the network in $module.py.")
    parser.add_argument("--device", default="cpu", help="such as cpu, cuda, cuda:1 or mps")
    parser.add_argument("--data", type=Path, default=FOLDER / "data.pt")
    parser.add_argument("--weights", type=Path, help="a state_dict to begin with")
    parser.add_argument("--resume", action="store_true", help="go on from checkpoint.pt")
    parser.add_argument("--json", action="store_true", help="print events as JSON, one a line")
    parser.add_argument(
        "--threads", type=int, default=threads, help="other numbers change the last digits"
    )
    options = parser.parse_args()
    try:
        torch.set_num_threads(options.threads)
        $try_device
    except (AssertionError, RuntimeError) as error:  # torch says what it expects instead
        parser.error(str(error).splitlines()[0])
    if not options.data.is_file():
        parser.error(f"there is no {options.data}")
    if options.resume and not (FOLDER / "checkpoint.pt").exists():
        parser.error("there is no checkpoint.pt to go on from")
    return options


def begin_with(weights: dict[str, Tensor], model: nn.Module) -> None:
    """Load weights, also those of a model that was compiled, or wrapped by DDP."""
    try:
        if not weights.keys() & model.state_dict().keys():
            short = (name.replace("_orig_mod.", "").removeprefix("module.") for name in weights)
            weights = dict(zip(short, weights.values(), strict=True))
        $load_weights
    except (AttributeError, RuntimeError) as error:
        fail(f"The weights are not those of this model: {' '.join(str(error).split())}")


def tell(event: Event, as_json: bool) -> None:
    """Print an event, or for people what they want to know of it."""
    if as_json:
        print(json.dumps(event), flush=True)
    elif event["event"] == "epoch_ended":
        train, validation = as_words(event["train"]), as_words(event["validation"])
        print(f"epoch {event['epoch']}/{EPOCHS}  {train}  |  validation {validation}", flush=True)
    elif event["event"] == "finished":
        figures = as_words(event["test"] or event["validation"])
        print(f"best epoch {event['best_epoch']}  |  {'test' * bool(event['test'])} {figures}")


def as_progress(event: Event, steps: int, seconds: float, first: int) -> str:
    """Return how far a run is after some seconds, nothing for an event that ends an epoch."""
    if event["event"] != "steps":
        return ""
    epoch, batch = divmod(event["step"] - 1, steps)
    left = seconds / (event["step"] - first) * (EPOCHS * steps - event["step"])
    told = f"epoch {epoch + 1}/{EPOCHS}  batch {batch + 1}/{steps}  {left:.0f} s left"
    return f"{told}  loss {event['losses'][-1]:#.4g}  rate {event['learning_rate']:.2e}"


def as_words(figures: Figures) -> str:
    """Return figures on one line."""
    $as_words


def load(path: Path) -> Any:
    """Return what a file holds."""
    try:
        return torch.load(path, map_location="cpu")
    except Exception as error:  # a damaged file may raise anything
        fail(f"{path} cannot be read: {error}")


def fail(reason: str) -> NoReturn:
    """End with a sentence."""
    print(reason, file=sys.stderr)
    raise SystemExit(2)


def save(state: dict[str, Any], path: Path) -> None:
    """Write a file whole or not at all."""
    aside = path.with_suffix(".tmp")
    torch.save(state, aside)
    os.replace(aside, path)


if __name__ == "__main__":
    main()
'''
