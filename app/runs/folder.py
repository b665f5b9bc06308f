"""The folder of a run: what lies in it, and how its record is told from other project files.

::

    project.weft           what was trained, with its recipe
    model.py, train.py     the same as Python, by which it goes on without the application
    predict.py             reads new samples as those of the training were read
    data.pt                the samples that train.py reads, where they are small
    events.jsonl           every event, one a line (metrics.jsonl in older runs)
    preprocessing.json     normalisation, encodings, class names
    environment.json       versions, device, seed, and which data
    best.safetensors       weights of the best epoch, by the figure that decides
    last.safetensors       weights of the last step
    checkpoint.pt          all that it takes to go on from there
    remote.json            the host on which it goes on, and where there
    watched.py             starts train.py elsewhere, and looks at it for observers.txt
    shown.pt               samples of which it tells after epochs what some outputs give
    labels.json            what people wrote beside it
    trial.json             the experiment it belongs to, and what that varied
    best.pt, errors.txt    what train.py kept and complained of, where the application ran it
    run.lock               there while some program trains in it

No Python file in it is ever executed by the application, which writes the text anew. One that was
edited is kept beside it then, as train.before.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from app.settings import home
from graph_model.files.plain_file import real_path

PROJECT: Final = "project.weft"
EVENTS: Final = "events.jsonl"
EVENTS_BEFORE: Final = "metrics.jsonl"
MODEL: Final = "model.py"
TRAIN: Final = "train.py"
PREDICT: Final = "predict.py"
DATA: Final = "data.pt"
ENVIRONMENT: Final = "environment.json"
PREPROCESSING: Final = "preprocessing.json"
BEST: Final = "best.safetensors"
LAST: Final = "last.safetensors"
CHECKPOINT: Final = "checkpoint.pt"
REMOTE: Final = "remote.json"
WATCHED: Final = "watched.py"
OBSERVERS: Final = "observers.txt"
"""Who is to look at a run elsewhere, by the names in ``app.observing``."""
SHOWN: Final = "shown.pt"
LOCK: Final = "run.lock"
_REPLACED: Final = (
    MODEL, TRAIN, PREDICT, DATA, ENVIRONMENT, PREPROCESSING, BEST, LAST, CHECKPOINT
)  # fmt: skip


def runs_folder() -> Path:
    """Return the folder in which the window keeps runs."""
    return home() / "runs"


def new_folder(name: str, within: Path | None = None) -> Path:
    """Return a path for a run that is not taken, named by the time and the network.

    It lies in :func:`runs_folder`, if in no other.
    """
    plain = re.sub(r"[^\w]+", "-", name).strip("-")[:40] or "network"
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    folder = (within or runs_folder()) / f"{stamp} {plain}"
    number = 2
    while folder.exists():
        folder = folder.with_name(f"{stamp} {plain} {number}")
        number += 1
    return folder


def names_in(folder: Path) -> Collection[str] | None:
    """Return what lies in a folder, ``None`` where that is not told."""
    try:
        return {*os.listdir(folder)}  # noqa: PTH208  # names alone: a path each would cost more
    except OSError:
        return None


def log_of(folder: Path, there: Collection[str] | None = None) -> Path:
    """Return the path of a run's events: where older runs have theirs, if it is one of those.

    ``there`` are :func:`names_in` the folder, where these are known.
    """
    if there is not None:
        return folder / (EVENTS_BEFORE if EVENTS_BEFORE in there else EVENTS)
    before = folder / EVENTS_BEFORE
    return before if os.path.lexists(before) else folder / EVENTS


def is_record(path: Path) -> bool:
    """Tell whether a project file is the record of a run, which stays as it was."""
    real = real_path(path)
    return real.name == PROJECT and log_of(real.parent).is_file()


def in_the_way(folder: Path) -> tuple[str, ...]:
    """Return the names of files in a folder that a new run there would replace."""
    return tuple(name for name in _REPLACED if os.path.lexists(folder / name))


def holds_run(folder: Path) -> bool:
    """Tell whether a run is kept in a folder, or a project that a new run there would replace."""
    return log_of(folder).exists() or (folder / PROJECT).exists()
