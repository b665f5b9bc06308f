"""The folder of a run: what lies in it, and how its record is told from other project files.

::

    project.weft           what was trained, with its recipe
    metrics.jsonl          every event, one a line
    preprocessing.json     normalisation, encodings, class names
    best.safetensors       weights of the epoch with the lowest validation loss
    last.safetensors       weights of the last step
    checkpoint.pt          all that it takes to go on from there
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final

from app.settings import home
from graph_model.files.plain_file import real_path

PROJECT: Final = "project.weft"
METRICS: Final = "metrics.jsonl"
PREPROCESSING: Final = "preprocessing.json"
BEST: Final = "best.safetensors"
LAST: Final = "last.safetensors"
CHECKPOINT: Final = "checkpoint.pt"


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


def is_record(path: Path) -> bool:
    """Tell whether a project file is the record of a run, which stays as it was."""
    real = real_path(path)
    return real.name == PROJECT and (real.parent / METRICS).is_file()


def holds_run(folder: Path) -> bool:
    """Tell whether a run is kept in a folder, or a project that a new run there would replace."""
    return (folder / METRICS).exists() or (folder / PROJECT).exists()
