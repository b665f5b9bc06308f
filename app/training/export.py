"""The samples of a run and what was done to them, for torch alone to read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import torch

from app.training.job import Job
from app.training.setting_up import as_tensors, read_samples
from graph_model.atomic import write_atomically


def save_data(job: Job, path: Path) -> None:
    """Write the samples of a job as the loop takes them, to be read by ``torch.load``.

    The file holds ``inputs`` and ``targets`` (lists of tensors with all samples, in the order of
    the model's arguments and results) and ``train``, ``validation``, ``test`` (indices). Raises
    ``Refusal`` where data, recipe and network do not fit.
    """
    samples = read_samples(job)
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


def save_preprocessing(job: Job, path: Path) -> None:
    """Write normalisation, encodings and class names as JSON; raises ``Refusal`` as above."""
    text = json.dumps(read_samples(job).preprocessing.as_json(), ensure_ascii=False, indent=1)
    write_atomically(path, text.encode())
