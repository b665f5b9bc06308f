"""Throughput of the application's training relative to a bare loop, and that of its peers.

    python -m benchmarks.training [--runs N]

All train the same generated module on the same batches, with the same optimizer, threads and
validation after each epoch: the application in this thread and in a process, a loop written by
hand, and Lightning and skorch where they are installed (``pip install -e ".[benchmarks]"``). In
this thread the application and the bare loop take turns, an epoch each, so that a machine that
becomes slower does so for both; elsewhere a run lies between two of the bare loop. The median of
the ratios counts. In this thread CPU time is taken, which other work on the machine hardly changes;
a process is timed by the clock.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from statistics import median

import torch

from app.runs.events import EpochEnded, Event, Failed
from app.runs.job import Job, spare_threads
from app.training.engine import train
from app.training.process import train_in_process
from app.training.samples import as_tensors, read_samples
from benchmarks.training_peers import PEERS, Clock, Trial, an_epoch, by_hand, epochs_by_hand
from codegen.build import build_network
from graph_model.editing.edits import new_node
from graph_model.network import Network, Port, Project, add_nodes, connect
from graph_model.problems import GraphError
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments

TARGET = 0.98


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


def trial(case: Case) -> Trial:
    """Return what the bare loop and the peers train: the very samples of the application."""
    job = case.job()
    torch.set_num_threads(job.threads)
    samples = read_samples(job)
    (x,), (y,) = as_tensors(samples)
    split = samples.prepared.split
    return Trial(
        build_network(case.network).make,
        (x[split.train], y[split.train]),
        (x[split.validation], y[split.validation]),
        case.batch_size,
        case.epochs,
    )


def epochs(drive: Callable[[Job], Iterator[Event]], job: Job) -> Iterator[None]:
    """Listen to a run of the application, and yield after each epoch."""
    for event in drive(job):
        if isinstance(event, Failed):
            raise GraphError(event.problem.message)
        if isinstance(event, EpochEnded):
            yield


def in_turns(tried: Trial, job: Job, clock: Clock) -> tuple[float, float]:
    """Return what an epoch of the bare loop takes, and of the application beside it."""
    bare, ours = epochs_by_hand(tried), epochs(train, job)
    times: list[tuple[float, float]] = []
    for _ in range(tried.epochs):
        began = clock()
        next(bare)
        between = clock()
        next(ours)
        times.append((between - began, clock() - between))
    for _ in ours:  # so that it ends as it would
        pass
    firsts, seconds = zip(*times[1:], strict=True)
    return median(firsts), median(seconds)


def after_another(tried: Trial, clock: Clock, way: Callable[[Clock], float]) -> tuple[float, float]:
    """Return what an epoch of the bare loop takes, before and after, and another way between."""
    before, other, after = by_hand(tried, clock), way(clock), by_hand(tried, clock)
    return (before + after) / 2, other


def compare(case: Case, runs: int) -> None:
    """Print how fast each trains, relative to the bare loop."""
    tried = trial(case)
    ways: dict[str, Callable[[], tuple[float, float]]] = {
        "in this thread": lambda: in_turns(tried, case.job(), time.thread_time),
        "in a process": lambda: after_another(
            tried,
            time.perf_counter,
            lambda clock: an_epoch([clock() for _ in epochs(train_in_process, case.job())]),
        ),
        **{
            name: partial(after_another, tried, time.thread_time, partial(peer, tried))
            for name, peer in PEERS.items()
            if find_spec(name.lower())
        },
    }
    for name, way in ways.items():
        shares: list[float] = []
        steps: list[float] = []
        for _ in range(runs):
            bare, other = way()
            shares.append(bare / other)
            steps.append(1000 * bare / (len(tried.train[0]) / case.batch_size))
        verdict = f"  below {TARGET}" if name.startswith("in ") and median(shares) < TARGET else ""
        print(
            f"{case.name:4} {median(steps):6.2f} ms a step  {name:16} {median(shares):6.1%}"
            f"  ({min(shares):.1%} to {max(shares):.1%}){verdict}",
            flush=True,
        )


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"torch {torch.__version__}, {spare_threads()} threads, median of {runs} runs")
    for case in CASES:
        compare(case, runs)


if __name__ == "__main__":
    main()
