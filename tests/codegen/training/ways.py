"""Every recipe trained five ways: by a loop by hand, and by the text in all that drives it.

All that is not in this process shares another one: see ``one_process``.
"""

from __future__ import annotations

import json
import multiprocessing
import pickle
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeAlias

import torch
from safetensors.torch import load_file
from torch import Tensor

from app.exporting.training import training_files
from app.runs.events import Event, as_json
from app.runs.folder import DATA, LAST, MODEL, TRAIN
from app.runs.job import Job
from app.training.engine import train
from app.training.process import follow
from graph_model.files.storage import save
from tests.codegen.training.bare import Told as ByHand
from tests.codegen.training.bare import bare_run
from tests.codegen.training.cases import CASES, job, texts
from tests.codegen.training.one_process import work_all

Line: TypeAlias = Mapping[str, Any]
WAYS: Final = ("script", "thread", "process", "command")
"""How a text is driven: each has a folder of this name, but the script, which has the one above."""

ALONE: Final = "go on"
"""The case of a script that only evaluates the weights that it is given."""


@dataclass(frozen=True)
class Told:
    """What was told of one recipe by each way, as lines of JSON, and by the loop by hand."""

    folder: Path
    lines: Mapping[str, Sequence[Line]]
    by_hand: ByHand

    def of(self, event: str, way: str = "script") -> list[Line]:
        """The lines of a way that tell of one event."""
        return [line for line in self.lines[way] if line["event"] == event]

    def numbers(self, way: str) -> ByHand:
        """What a way told, in the form of the loop by hand."""
        ends = self.of("epoch_ended", way)
        return ByHand(
            [loss for line in self.of("steps", way) for loss in line["losses"]],
            [line["validation"]["loss"] for line in ends],
            [line["learning_rate"] for line in ends],
            self._weights(way),
        )

    def _weights(self, way: str) -> dict[str, Tensor]:
        if way == "script":
            state: dict[str, Tensor] = torch.load(self.folder / "checkpoint.pt")["model"]
            return state
        return load_file(self.folder / way / LAST)


def train_all(top: Path) -> dict[str, Told]:
    """Train every case in every way, in folders below this one; and one script that goes on."""
    jobs = {name: job(*case) for name, case in CASES.items()}
    for name, each in jobs.items():
        _write(top / name, each)
        save(each.project, top / name / "net.weft")
    _write(top / ALONE, jobs["constant"], "--weights", str(top / "constant" / "best.pt"))
    apart = in_one_process(
        top, [replace(jobs[name], folder=top / name / "process") for name in jobs]
    )
    here = in_a_thread([replace(jobs[name], folder=top / name / "thread") for name in jobs])
    told = {}
    for name, in_thread, in_process in zip(jobs, here, apart, strict=True):
        lines: dict[str, Sequence[Line]] = {
            "script": read(top / name / "script.jsonl"),
            "thread": [*map(as_json, in_thread)],
            "process": [*map(as_json, in_process)],
            "command": read(top / name / "command.jsonl"),
        }
        told[name] = Told(top / name, lines, bare_run(jobs[name]))
    return told


def _write(folder: Path, job: Job, *options: str) -> None:
    """Write all that a script needs."""
    folder.mkdir()
    model, text = texts(job.project.network, job.recipe)
    if options:  # to evaluate alone
        text = text.replace(f"EPOCHS = {job.recipe.epochs}", "EPOCHS = 0")
    (folder / MODEL).write_text(model, encoding="utf-8")
    (folder / TRAIN).write_text(text, encoding="utf-8")
    (folder / "options.json").write_text(json.dumps(options), encoding="utf-8")
    (folder / DATA).write_bytes(training_files(job)[DATA])


def in_a_thread(jobs: Sequence[Job]) -> list[list[Event]]:
    """Do jobs as the window does, in a thread of its process."""
    with ThreadPoolExecutor(1) as thread:
        return list(thread.map(lambda each: list(train(each)), jobs))


def in_one_process(top: Path, jobs: Sequence[Job]) -> list[list[Event]]:
    """Have one process run all scripts and commands, and jobs as the engine for processes does."""
    context = multiprocessing.get_context("spawn")
    here, there = [], []
    for _ in jobs:
        events, events_of_child = context.Pipe(duplex=False)
        commands_of_child, commands = context.Pipe(duplex=False)
        here.append((events, commands))
        there.append((events_of_child, commands_of_child))
    process = context.Process(target=work_all, args=(top, pickle.dumps(jobs), there), daemon=True)
    process.start()
    for pipe in chain(*there):
        pipe.close()
    found = [list(follow(process, events)) for events, _ in here]
    process.join()
    for pipe in chain(*here):
        pipe.close()
    assert process.exitcode == 0
    return found


def read(path: Path) -> list[Line]:
    """Return the events that a file has as lines of JSON."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
