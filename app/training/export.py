"""The samples of a run and what was done to them, for torch alone to read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final

import torch

from app.runs.folder import PREPROCESSING
from app.runs.job import SCRIPT, Job
from app.training.samples import Samples, as_data, plan_of, read_samples
from codegen.training.plan import Plan
from codegen.training.script import script
from graph_model.files.atomic import write_atomically

DATA: Final = "data.pt"


def export_training(job: Job, folder: Path, module: str = "model") -> tuple[Path, ...]:
    """Write ``train.py``, ``data.pt`` and ``preprocessing.json`` and return their paths.

    Beside the generated file called ``module`` they repeat the losses of the job from its seed.
    Raises ``Refusal`` where data, recipe and network do not fit, ``OSError`` where the folder
    cannot be written.
    """
    samples = read_samples(job)
    plan = plan_of(job, samples)
    write_atomically(folder / SCRIPT, script(plan, module).encode())
    _write_data(samples, plan, folder / DATA)
    _write_preprocessing(samples, folder / PREPROCESSING)
    return folder / SCRIPT, folder / DATA, folder / PREPROCESSING


def save_data(job: Job, path: Path) -> None:
    """Write the samples of a job as its script takes them, to be read by ``torch.load``.

    Raises ``Refusal`` where data, recipe and network do not fit.
    """
    samples = read_samples(job)
    _write_data(samples, plan_of(job, samples), path)


def save_preprocessing(job: Job, path: Path) -> None:
    """Write normalisation, encodings and class names as JSON; raises ``Refusal`` as above."""
    _write_preprocessing(read_samples(job), path)


def _write_data(samples: Samples, plan: Plan, path: Path) -> None:
    buffer = io.BytesIO()
    torch.save(dict(as_data(samples, plan)), buffer)
    write_atomically(path, buffer.getvalue())


def _write_preprocessing(samples: Samples, path: Path) -> None:
    text = json.dumps(samples.preprocessing.as_json(), ensure_ascii=False, indent=1)
    write_atomically(path, text.encode())
