"""What one process does for all recipes: the scripts with torch alone, and all that takes ours.

To import torch and to make a first optimizer takes a process five seconds, all runs together less.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import sys
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from tests.scripts import run_script

OURS = {"app", "codegen", "graph_model", "numpy.testing", "sklearn", "PySide6"}


def work_all(top: Path, jobs: bytes, ends: Sequence[tuple[Connection, Connection]]) -> None:
    """Run the scripts in folders below ``top``, their projects, and pickled jobs with such ends."""
    warnings.simplefilter("error")
    folders = sorted(top.iterdir())
    for folder in folders:
        _script(folder)
    assert not OURS & set(sys.modules), "scripts need torch alone"
    for folder in folders:
        if (folder / "net.weft").exists():
            _command(folder)
    from app.training.process import work

    for job, (events, commands) in zip(pickle.loads(jobs), ends, strict=True):
        work(job, events, commands)
        events.close()


def _script(folder: Path) -> None:
    """Do ``python train.py``."""
    told = run_script(folder, *json.loads((folder / "options.json").read_text()))
    (folder / "script.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in told))


def _command(folder: Path) -> None:
    """Do ``layerweft train``."""
    from app import cli

    os.cpu_count = lambda: 2  # one thread, as all the others have
    arguments = ["train", str(folder / "net.weft"), "--json", "--out", str(folder / "command")]
    with (folder / "command.jsonl").open("w") as out, contextlib.redirect_stdout(out):
        assert cli.main(arguments) == 0
