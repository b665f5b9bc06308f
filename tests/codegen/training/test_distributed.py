"""Two processes under ``torchrun`` tell what one tells, and go on when one of them is killed."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.exporting.training import training_files
from app.runs.events import EpochEnded, Finished, Steps
from app.runs.job import Job
from app.training.engine import train
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.recipe import Choice
from tests.app.training.test_masks import network, recipe, written
from tests.codegen.training.cases import CASES, job

NAMES = (
    "clipped",
    "metrics",
    "own losses",
    "plateau",
    "warmed",
    "noisy",
    "FSDP2 clipped",
    "FSDP2 plateau",
)
KILLED = "clipped"

_RUN_ALL = """
import contextlib, os, runpy, signal, sys
from pathlib import Path
from PIL import Image
from torch import distributed
opened, read = [], Image.open
Image.open = lambda path: opened.append(path) or read(path)
begin, end = distributed.init_process_group, distributed.destroy_process_group
distributed.init_process_group = lambda name: distributed.is_initialized() or begin(name)
distributed.destroy_process_group = lambda: None  # once for all cases
is_first, restarts = os.environ["RANK"] == "0", os.environ["TORCHELASTIC_RESTART_COUNT"]
for folder in sorted(Path(sys.argv[1]).iterdir()):
    sys.path.insert(0, str(folder))
    train = runpy.run_path(str(folder / "train.py"))
    step = train["Training"].do_step
    def do_step(self, index):
        is_late = self.epoch == 1 and self.step == 2
        if is_late and not is_first and restarts == "0":
            os.kill(os.getpid(), signal.SIGKILL)
        step(self, index)
    if folder.name == "clipped":
        train["Training"].do_step = do_step
    sys.argv[1:] = ["--threads", "1", "--json"]
    told = folder / f"told{restarts}.jsonl"
    with told.open("w") if is_first else contextlib.nullcontext(sys.stderr) as out:
        with contextlib.redirect_stdout(out):
            train["main"]()
    if opened:
        (folder / f"opened{os.environ['RANK']}").write_text(str(len(opened)))
        opened.clear()
    sys.path.pop(0)
    del sys.modules["model"]
end()
"""


def shared(name: str) -> Job:
    """Return the job of a case for several processes, in whole precision."""
    job = plain(name)
    parallel = {"parallel": "FSDP2"} if "FSDP2" in name else {}
    options = (*job.recipe.options, Choice("distributed", parallel))
    return replace(job, project=replace(job.project, recipe=replace(job.recipe, options=options)))


def plain(name: str) -> Job:
    """Return the job of a case, in whole precision."""
    network, recipe = CASES[name.removeprefix("FSDP2 ")]
    left_out = {"autocast", *(("l1_penalty",) if "FSDP2" in name else ())}
    options = tuple(each for each in recipe.options if each.kind not in left_out)
    return job(network, replace(recipe, options=options))


PICTURES = "masks read as needed"


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("torchrun")


def of_masks(folder: Path, *, is_shared: bool) -> Job:
    """Return the job of pictures and masks that are read while training, of which one is broken."""
    if not folder.exists():
        written(folder)
        broken = folder / "images" / "07.png"
        broken.write_bytes(b"no longer")
    options = (Choice("distributed"),) if is_shared else ()
    made = recipe(folder, "files", options=options, test_fraction=0.0)
    objective = replace(made.objectives[0], metrics=(Choice("accuracy"),))
    return job(network(), replace(made, objectives=(objective,)))


@pytest.fixture(scope="module")
def told(top: Path) -> Mapping[str, list[dict[str, Any]]]:
    """Run the scripts of all cases in the same two processes, of which one is killed once."""
    jobs = {name: shared(name) for name in NAMES}
    return told_of(top, {**jobs, PICTURES: of_masks(top / "data", is_shared=True)})


def told_of(top: Path, jobs: Mapping[str, Job]) -> Mapping[str, list[dict[str, Any]]]:
    """Run the scripts of jobs in the same two processes, and return what the first one told."""
    for name, here in jobs.items():
        folder = top / "cases" / name
        folder.mkdir(parents=True)
        files = training_files(here)
        (folder / "train.py").write_bytes(files["train.py"])
        (folder / "data.pt").write_bytes(files["data.pt"])
        (folder / "model.py").write_text(source(infer(here.project.network)).text)
    (top / "all.py").write_text(_RUN_ALL)
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    more = ["--max-restarts", "1", "--standalone", "--monitor-interval", "0.1", "all.py", "cases"]
    apart = {**os.environ, "TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1"}  # as the script says
    done = subprocess.run(
        [*command, *more],
        cwd=top,
        env=apart,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return {
        name: [
            json.loads(line)
            for path in sorted((top / "cases" / name).glob("told*.jsonl"))
            for line in path.read_text().splitlines()
        ]
        for name in jobs
    }


@pytest.mark.parametrize("name", NAMES)
def test_it_tells_what_one_process_tells(
    name: str, told: Mapping[str, list[dict[str, Any]]]
) -> None:
    alone = list(train(shared(name)))
    assert losses_of_events(alone) == pytest.approx(losses_of(told[name]), rel=1e-4)
    ends = [event for event in alone if isinstance(event, EpochEnded)]
    lines = {line["epoch"]: line for line in told[name] if line["event"] == "epoch_ended"}
    assert len(ends) == len(lines)
    for event in ends:
        line = lines[event.epoch]
        for split in (event.train, event.validation):
            found = line["train" if split is event.train else "validation"]
            for figure, value in split.items():
                np.testing.assert_allclose(found[figure], value, 1e-3, 1e-4, err_msg=figure)
    finished, last = alone[-1], told[name][-1]
    assert isinstance(finished, Finished)
    assert last["event"] == "finished"
    assert last["best_epoch"] == finished.best_epoch


def test_each_process_reads_its_share_of_the_pictures(
    top: Path, told: Mapping[str, list[dict[str, Any]]]
) -> None:
    """The pictures of a batch are read once among all, and what cannot be read leaves it in all."""
    plain = of_masks(top / "data", is_shared=False)
    alone = [*train(plain)]
    assert losses_of_events(alone) == pytest.approx(losses_of(told[PICTURES]), rel=1e-4)
    ends = [line for line in told[PICTURES] if line["event"] == "epoch_ended"]
    mine = [event for event in alone if isinstance(event, EpochEnded)]
    assert [line["unreadable"] for line in ends] == [event.unreadable for event in mine] == [1, 1]
    for line, event in zip(ends, mine, strict=True):
        assert line["validation"] == pytest.approx(event.validation, rel=1e-3)
    opened = [int((top / "cases" / PICTURES / f"opened{rank}").read_text()) for rank in range(2)]
    assert max(opened) < 0.6 * sum(opened)
    samples = 20
    assert sum(opened) <= 2 * samples * (2 + 1) + 2 * samples  # two epochs and the end, and ahead


@pytest.mark.parametrize("name", NAMES)
def test_the_same_text_in_one_process_is_the_plain_one(name: str) -> None:
    one, other = list(train(shared(name))), list(train(plain(name)))
    assert losses_of_events(one) == losses_of_events(other)


def test_the_killed_one_had_gone_on_from_its_checkpoint(
    told: Mapping[str, list[dict[str, Any]]],
) -> None:
    starts = [line for line in told[KILLED] if line["event"] == "started"]
    ends = [line["epoch"] for line in told[KILLED] if line["event"] == "epoch_ended"]
    assert len(starts) == 2
    assert ends == [1, 2], "the first epoch was not done again"


def losses_of_events(events: list[Any]) -> list[float]:
    steps = [event for event in events if isinstance(event, Steps)]
    return [loss for event in steps for loss in event.losses]


def losses_of(lines: list[dict[str, Any]]) -> list[float]:
    """Return the loss of each step; what is told again replaces what was told before."""
    found: dict[int, float] = {}
    for line in lines:
        if line["event"] == "steps":
            first = line["step"] - len(line["losses"]) + 1
            found |= dict(enumerate(line["losses"], first))
    assert [*found] == [*range(1, len(found) + 1)]
    assert all(map(math.isfinite, found.values()))
    return [*found.values()]


def test_without_the_option_no_line_tells_of_it() -> None:
    text = training_files(job(*CASES["constant"]))["train.py"].decode()
    assert not any(word in text for word in ("RANK", "PROCESSES", "distributed", "gathered"))
