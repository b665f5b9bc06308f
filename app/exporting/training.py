"""The script that trains, the one that predicts, and all that they need: for torch alone."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Final

import torch

from app.exporting.material import Material
from app.runs.folder import DATA, PREDICT, PREPROCESSING, TRAIN
from app.runs.job import Job
from app.training.checkpoint import copy_of_weights
from app.training.samples import read_samples
from app.training.scripts import data_file, preprocessing_file, scripts
from codegen.literals import plain

_IMPORTED: Final = {"import numpy": "numpy", "from PIL ": "pillow"}


def files(material: Material) -> Sequence[bytes | None]:
    """Return the scripts, ``data.pt``, the weights, ``preprocessing.json`` and what explains them.

    Beside the model they repeat the losses of the recipe from its seed. Raises ``Refusal`` where
    data, recipe and network do not fit.
    """
    export = material.export
    job = Job(export.project, known=export.known)
    made = training_files(job, export.path.stem)
    text = made.get(PREDICT, b"").decode()
    return (
        made[TRAIN],
        made.get(PREDICT),
        made[DATA],
        made[PREPROCESSING],
        _weights(material),
        _requirements(text).encode(),
        _readme(job, text, export.path.name).encode(),
    )


def training_files(job: Job, module: str = "model") -> Mapping[str, bytes]:
    """Return the scripts of a job and what they read, by name; ``module`` is that of the model."""
    samples = read_samples(job)
    return {
        **scripts(job, samples, module),
        DATA: data_file(job, samples),
        PREPROCESSING: preprocessing_file(job.recipe, samples),
    }


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
        "those were read, which `preprocessing.json` says. `requirements.txt` names all they need.",
    ]) + "\n"  # fmt: skip
