"""Which experiment a run belongs to, and the values it has of what that varied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from pathlib import Path
from typing import Final

from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen

TRIAL: Final = "trial.json"
"""Where it lies in the folder of the run."""
_LARGEST: Final = 2**18


@frozen
class Told:
    """The name of an experiment, and the values of its settings as they were written.

    ``pruned`` is the epoch after which the trial was stopped, for it lagged behind the others; 0
    where it was not.
    """

    experiment: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    pruned: int = 0


def read_trial(folder: Path) -> Told:
    """Return what a run is a trial of; nothing where it is none."""
    try:
        stored = json.loads(read_start(folder / TRIAL, _LARGEST))
        name, settings = stored["experiment"], stored["settings"]
        kept = {key: value for key, value in settings.items() if isinstance(value, str)}
        pruned = stored.get("pruned", 0)
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return Told()
    is_told = isinstance(name, str) and type(pruned) is int
    return Told(name, kept, pruned) if is_told else Told()


def keep_trial(folder: Path, told: Told) -> None:
    """Write beside a run what it is a trial of; raises ``OSError``."""
    text = json.dumps(asdict(told), ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / TRIAL, text.encode())
