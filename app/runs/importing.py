"""Runs made elsewhere, taken into the list: the folder of one, its log, or TensorBoard's."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from app.runs.folder import EVENTS, LOCK, holds_run, new_folder
from app.runs.tensorboard import PATTERN, import_scalars, is_available, read_scalars
from graph_model.files.plain_file import is_plain_file
from graph_model.problems import Problem, Refusal

_LEFT: Final = (LOCK, "__pycache__")


def import_run(source: Path, within: Path | None = None) -> Path:
    """Take a run into the list, or into another folder of runs, and return where it is kept.

    ``source`` is the folder of a run, a log of events, or a folder of TensorBoard's logs. Raises
    ``Refusal`` where it is none of these, and ``OSError``.
    """
    if is_plain_file(source) and source.suffix == ".jsonl":
        folder = new_folder(source.parent.name, within)
        folder.mkdir(parents=True)
        shutil.copyfile(source, folder / EVENTS)
        return folder
    if source.is_dir() and holds_run(source):
        folder = new_folder(source.name, within)
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*_LEFT))
        return folder
    if not source.is_dir() or not any(source.glob(PATTERN)):
        raise Refusal(Problem("no_run_there", {"path": str(source)}))
    if not is_available():
        raise Refusal(Problem("tensorboardx_missing"))
    scalars = read_scalars(source)
    if not scalars:
        raise Refusal(Problem("no_run_there", {"path": str(source)}))
    folder = new_folder(source.name, within)
    import_scalars(scalars, folder)
    return folder
