"""The script that trains, the one that predicts, and all that they need: for torch alone."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import torch

from app.exporting.material import Material
from app.runs.folder import DATA, PREDICT, PREPROCESSING, TRAIN
from app.runs.job import Job
from app.training.checkpoint import copy_of_weights
from app.training.samples import Samples, digest, read_samples
from app.training.scripts import data_file, is_of_others, preprocessing_file, scripts
from codegen.literals import plain
from graph_model.problems import Problem

_LEFT_OUT: Final = "export_other_preprocessing"
_IMPORTED: Final = {
    "import numpy": "numpy",
    "from PIL ": "pillow",
    "import polars": "polars",
    "import python_calamine": "python-calamine",
}


def files(material: Material) -> Sequence[bytes | None]:
    """Return the scripts, ``data.pt``, the weights, ``preprocessing.json`` and what explains them.

    Beside the model they repeat the losses of the recipe from its seed. Raises ``Refusal`` where
    data, recipe and network do not fit.
    """
    export = material.export
    job = Job(export.project, known=export.known)
    samples = read_samples(job)
    made = _training_files(job, samples, export.path.stem)
    changed = _changed_since(export.weights, made[PREPROCESSING], samples)
    material.notes += changed
    text = made.get(PREDICT, b"").decode()
    return (
        made[TRAIN],
        made.get(PREDICT),
        made[DATA],
        made[PREPROCESSING],
        None if any(each.code == _LEFT_OUT for each in changed) else _weights(material),
        _requirements(text).encode(),
        _readme(job, text, export.path.name).encode(),
    )


def training_files(job: Job, module: str = "model") -> Mapping[str, bytes]:
    """Return the scripts of a job and what they read, by name; ``module`` is that of the model."""
    return _training_files(job, read_samples(job), module)


def _training_files(job: Job, samples: Samples, module: str) -> Mapping[str, bytes]:
    return {
        **scripts(job, samples, module),
        DATA: data_file(job, samples),
        PREPROCESSING: preprocessing_file(job.recipe, samples),
    }


def _changed_since(
    weights: Path | None, preprocessing: bytes, samples: Samples
) -> Sequence[Problem]:
    """Tell what of the data is not as it was for the run whose weights these are, if that is known.

    Weights that were trained on numbers read otherwise are left out: what ``predict.py`` would make
    of new samples with them means nothing.
    """
    if weights is None:
        return ()
    values = {"folder": str(weights.parent)}
    if _reading(preprocessing) != _reading(_of_run(weights.parent) or preprocessing):
        return (Problem(_LEFT_OUT, values),)
    if is_of_others(weights.parent, digest(samples)):
        return (Problem("export_other_data", values),)
    return ()


def _of_run(folder: Path) -> bytes:
    """Return how a run read its data, nothing where there is no run or it does not say."""
    try:
        return (folder / PREPROCESSING).read_bytes()
    except OSError:
        return b""


def _reading(preprocessing: bytes) -> object:
    """Return how samples become numbers, without how they were split."""
    try:
        told = json.loads(preprocessing)
    except ValueError:
        return None
    return {**told, "split": None} if isinstance(told, dict) else None


def _weights(material: Material) -> bytes | None:
    """Return trained weights as ``train.py`` keeps them, where there are any."""
    if material.export.weights is None:
        return None
    buffer = io.BytesIO()
    torch.save(copy_of_weights(material.module), buffer)
    return buffer.getvalue()


def _requirements(predicting: str) -> str:
    needed = [package for line, package in _IMPORTED.items() if line in predicting]
    return "\n".join(["# written by Layerweft", "torch>=2.10", *needed]) + "\n"


def _readme(job: Job, predicting: str, model: str) -> str:
    """Return what is in the folder, and how it is used."""
    title = plain(job.project.network.name) or "Network"
    usage = [line.strip() for line in predicting.splitlines()[:8] if "python predict.py" in line]
    return "\n".join([
        f"# {title}, drawn with Layerweft",
        "",
        "    pip install -r requirements.txt",
        "    python train.py                        trains; --resume goes on, --help tells more",
        *(f"    {line}" for line in usage),
        "",
        f"`{model}` is the network. `train.py` trains it on `data.pt` and keeps the best weights",
        "in `best.pt`; the same seed gives the same losses. `predict.py` reads new samples just as",
        "those were read, which `preprocessing.json` says. All need Python 3.10 or later and what",
        "`requirements.txt` names.",
    ]) + "\n"  # fmt: skip
