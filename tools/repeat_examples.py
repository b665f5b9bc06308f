"""Trains examples from beginning to end, and has the script that each exports do the same again.

python -m tools.repeat_examples [NAME ...]

Without names, those with several losses. Prints the figure that an example states, what it came to,
and whether the script told the same losses, bit for bit, and the same figures; exits with 1 where
one did not, or did not come to what it states.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.exporting.training import training_files
from app.project.examples import BY_NAME, PLAYERS, Example, load_example
from app.runs.events import Finished, Steps
from app.runs.job import Job
from app.training.beginning import begin_with
from app.training.building import begin
from app.training.checkpoint import save_checkpoint
from app.training.engine import train
from app.training.samples import read_samples
from codegen.build import build_project
from codegen.emit import source
from graph_model.inference.infer import infer_project
from graph_model.problems import GraphError
from graph_model.recipes.players import alone

_WEIGHTS = "begin.pt"


def by_engine(job: Job) -> tuple[list[float], Finished]:
    """Return all losses of a job, and how it ended."""
    losses: list[float] = []
    for event in train(job):
        if isinstance(event, Steps):
            losses += event.losses
        if isinstance(event, Finished):
            return losses, event
    raise GraphError(str(event))


def by_script(job: Job, folder: Path) -> tuple[list[float], dict[str, Any]]:
    """Return the same of the script that a job exports, as a process of its own in a folder."""
    for file, content in training_files(job).items():
        (folder / file).write_bytes(content)
    inference = infer_project(job.project)
    text = source(inference, alone(job.project, inference)).text
    (folder / "model.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-W", "error", "train.py", "--json", "--threads", str(job.threads)]
    if job.weights is not None:
        training = begin(job, read_samples(job), build_project(job.project))
        begin_with(job.weights, training.model)
        save_checkpoint(folder / _WEIGHTS, training.model.state_dict())
        command += ["--weights", _WEIGHTS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    losses = [loss for line in lines if line["event"] == "steps" for loss in line["losses"]]
    return losses, lines[-1]


def is_repeated(example: Example) -> bool:
    """Train an example and its script, and print what came of both."""
    job = Job(load_example(example.name), weights=example.beginning, threads=1)
    began = time.process_time()
    losses, ended = by_engine(job)
    seconds = time.process_time() - began
    with TemporaryDirectory() as folder:
        again, told = by_script(job, Path(folder))
    is_same = losses == again and ended.validation == told["validation"]
    is_same = is_same and ended.test == told["test"]
    is_reached, figure = reached(example, ended)
    words = ["repeated to the bit" if is_same else "NOT REPEATED", *["MISSED"] * (not is_reached)]
    print(
        f"{example.name:22} {figure:48} {len(losses):6} steps {seconds:5.0f} s ", *words, flush=True
    )
    return is_same and is_reached


def reached(example: Example, ended: Finished) -> tuple[bool, str]:
    """Tell whether a run came to what its example states, and how far."""
    name, stated = example.metric, example.reaches
    if not name or stated is None:
        return True, "states no figure"
    came = float(str(ended.validation[name]))
    is_reached = came <= stated if name == "loss" else came >= stated
    return (
        is_reached,
        f"{name} {came:.4f}, stated {stated}, test {ended.test.get(name, math.nan):.4f}",
    )


def main() -> int:
    """Repeat those that are named, or all with several losses."""
    named = [BY_NAME[name] for name in sys.argv[1:]] or PLAYERS
    results = [*map(is_repeated, named)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
