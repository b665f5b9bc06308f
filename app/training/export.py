"""The samples of a run and what was done to them, for torch alone to read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final

import torch

from app.runs.folder import PREPROCESSING
from app.runs.job import SCRIPT, Job
from app.training.setting_up import Samples, as_tensors, read_samples
from codegen.script import script
from graph_model.files.atomic import write_atomically

DATA: Final = "data.pt"


def export_training(job: Job, folder: Path, module: str = "model") -> tuple[Path, ...]:
    """Write ``train.py``, ``data.pt`` and ``preprocessing.json`` and return their paths.

    Beside the generated file called ``module`` they repeat the losses of the job from its seed.
    Raises ``Refusal`` where data, recipe and network do not fit, ``OSError`` where the folder
    cannot be written.
    """
    samples = read_samples(job)
    text = script(samples.inference, job.recipe, samples.binding, module)
    write_atomically(folder / SCRIPT, text.encode())
    _write_data(samples, folder / DATA)
    _write_preprocessing(samples, folder / PREPROCESSING)
    return folder / SCRIPT, folder / DATA, folder / PREPROCESSING


def save_data(job: Job, path: Path) -> None:
    """Write the samples of a job as the loop takes them, to be read by ``torch.load``.

    The file holds ``inputs`` and ``targets`` (lists of tensors with all samples, in the order of
    the model's arguments and results) and ``train``, ``validation``, ``test`` (indices). Raises
    ``Refusal`` where data, recipe and network do not fit.
    """
    _write_data(read_samples(job), path)


def save_preprocessing(job: Job, path: Path) -> None:
    """Write normalisation, encodings and class names as JSON; raises ``Refusal`` as above."""
    _write_preprocessing(read_samples(job), path)


def _write_data(samples: Samples, path: Path) -> None:
    inputs, targets = as_tensors(samples)
    split = samples.prepared.split
    content = {
        "inputs": list(inputs),
        "targets": list(targets),
        "train": torch.from_numpy(split.train),
        "validation": torch.from_numpy(split.validation),
        "test": torch.from_numpy(split.test),
    }
    buffer = io.BytesIO()
    torch.save(content, buffer)
    write_atomically(path, buffer.getvalue())


def _write_preprocessing(samples: Samples, path: Path) -> None:
    text = json.dumps(samples.preprocessing.as_json(), ensure_ascii=False, indent=1)
    write_atomically(path, text.encode())
