"""The folder of a run: what lies in it, and how its record is told from other project files.

::

    project.weft           what was trained, with its recipe
    metrics.jsonl          every event, one a line
    preprocessing.json     normalisation, encodings, class names
    best.safetensors       weights of the epoch with the lowest validation loss
    last.safetensors       weights of the last step
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PROJECT: Final = "project.weft"
METRICS: Final = "metrics.jsonl"
PREPROCESSING: Final = "preprocessing.json"
BEST: Final = "best.safetensors"
LAST: Final = "last.safetensors"


def is_record(path: Path) -> bool:
    """Tell whether a project file is the record of a run, which stays as it was."""
    real = path.resolve()
    return real.name == PROJECT and (real.parent / METRICS).is_file()


def holds_run(folder: Path) -> bool:
    """Tell whether a run is kept in a folder, or a project that a new run there would replace."""
    return (folder / METRICS).exists() or (folder / PROJECT).exists()
