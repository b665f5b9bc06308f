"""Throughput of the application's loop relative to a bare loop written by hand.

    python -m benchmarks.training [--runs N]

Both train the same generated module on the same batches in the same order, with the same optimizer,
threads and validation after each epoch. Runs are interleaved; the median of the ratios counts. The
target is 0.95. ``in a process`` is the same loop isolated, its events received here.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import torch
from torch import nn

from app.runs.events import EpochEnded, Event, Failed
from app.runs.job import Job, spare_threads
from app.training.engine import train
from app.training.process import train_in_process
from app.training.samples import as_tensors, read_samples
from codegen.build import build_network
from graph_model.editing.edits import new_node
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.problems import GraphError
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments

TARGET = 0.95


def chain(*layers: tuple[str, Arguments]) -> Network:
    """Return the network of these layers, one after the other."""
    network = Network("main", "Benchmark")
    last: Port | None = None
    for kind, arguments in layers:
        node = new_node(network, kind, arguments)
        network = add_nodes(network, [node])
        if last is not None:
            network = connect(network, last, Port(node.id, "input"))
        last = Port(node.id, "output")
    return network


@dataclass(frozen=True, slots=True)
class Case:
    """A model to train, about so many milliseconds a step, for so many epochs."""

    name: str
    network: Network
    batch_size: int
    epochs: int

    def job(self) -> Job:
        """Return the job of the application."""
        recipe = Recipe(Choice("fashion_mnist"), epochs=self.epochs, batch_size=self.batch_size)
        return Job(Project({"main": self.network}, "main", recipe=recipe))


IMAGE: tuple[str, Arguments] = ("Input", {"shape": ("N", 1, 28, 28)})


def convolution(channels: int) -> tuple[tuple[str, Arguments], ...]:
    """Return a block of the convolutional network."""
    return (
        ("Conv2d", {"out_channels": channels, "kernel_size": 3, "padding": 1}),
        ("BatchNorm2d", {}),
        ("ReLU", {}),
        ("MaxPool2d", {"kernel_size": 2}),
    )


CASES = (
    Case(
        "MLP",
        chain(
            IMAGE,
            ("Flatten", {}),
            ("Linear", {"out_features": 64}),
            ("ReLU", {}),
            ("Linear", {"out_features": 32}),
            ("ReLU", {}),
            ("Linear", {"out_features": 10}),
            ("Output", {}),
        ),
        32,
        20,
    ),
    Case(
        "CNN",
        chain(
            IMAGE,
            *convolution(16),
            *convolution(32),
            *convolution(64),
            ("Flatten", {}),
            ("Linear", {"out_features": 10}),
            ("Output", {}),
        ),
        64,
        3,
    ),
)


def seconds_an_epoch_by_hand(case: Case) -> float:
    """Train with a bare loop and return the mean time of an epoch but the first."""
    job = case.job()
    torch.set_num_threads(job.threads)
    samples = read_samples(job)
    (x,), (y,) = as_tensors(samples)
    split = samples.prepared.split
    train_x, train_y = x[split.train], y[split.train]
    validation_x, validation_y = x[split.validation], y[split.validation]
    torch.manual_seed(0)
    model = build_network(case.network).make()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    shuffling = torch.Generator().manual_seed(0)
    times: list[float] = []
    for _ in range(case.epochs):
        began = time.perf_counter()
        model.train()
        for index in torch.randperm(len(train_x), generator=shuffling).split(case.batch_size):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(train_x[index]), train_y[index])
            loss.backward()
            optimizer.step()
        model.eval()
        right, total = 0, 0.0
        with torch.no_grad():
            size = 4 * case.batch_size
            for start in range(0, len(validation_x), size):
                output = model(validation_x[start : start + size])
                target = validation_y[start : start + size]
                total += nn.functional.cross_entropy(output, target, reduction="sum").item()
                right += int((output.argmax(dim=1) == target).sum())
        times.append(time.perf_counter() - began)
    return sum(times[1:]) / len(times[1:])


def seconds_an_epoch(events: Iterator[Event]) -> float:
    """Listen to a run of the application and return the mean time of an epoch but the first."""
    ends: list[float] = []
    for event in events:
        if isinstance(event, Failed):
            raise GraphError(event.problem.message)
        if isinstance(event, EpochEnded):
            ends.append(time.perf_counter())
    return (ends[-1] - ends[0]) / (len(ends) - 1)


def ratio(case: Case, runs: int, drive: Callable[[Job], Iterator[Event]]) -> tuple[float, float]:
    """Return the application's share of the bare speed, and milliseconds of a bare step."""
    shares: list[float] = []
    bare: list[float] = []
    for _ in range(runs):
        by_hand = seconds_an_epoch_by_hand(case)
        ours = seconds_an_epoch(drive(case.job()))
        shares.append(by_hand / ours)
        bare.append(by_hand)
    steps = 4950 / case.batch_size
    return median(shares), 1000 * median(bare) / steps


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    print(f"torch {torch.__version__}, {spare_threads()} threads, median of {runs} runs")
    for case in CASES:
        for name, drive in (("in this process", train), ("in a process", train_in_process)):
            share, step = ratio(case, runs, drive)
            verdict = "" if share >= TARGET else f"  below {TARGET}"
            print(
                f"{case.name:4} {step:6.2f} ms a step  {name:16} {share:6.1%}{verdict}", flush=True
            )


if __name__ == "__main__":
    main()
