"""The script that trains, the samples of a run and what was done to them, for torch alone."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import torch

from app.exporting.material import Material
from app.runs.job import Job
from app.training.samples import as_data, plan_of, read_samples
from codegen.training.script import script


def files(material: Material) -> Sequence[bytes]:
    """Return ``train.py``, ``data.pt`` and ``preprocessing.json``.

    Beside the model they repeat the losses of the recipe from its seed. Raises ``Refusal`` where
    data, recipe and network do not fit.
    """
    export = material.export
    return training_files(Job(export.project, known=export.known), export.path.stem)


def training_files(job: Job, module: str = "model") -> tuple[bytes, bytes, bytes]:
    """Return the same for a job, whose model is imported from the Python file ``module``."""
    samples = read_samples(job)
    plan = plan_of(job, samples)
    buffer = io.BytesIO()
    torch.save(dict(as_data(samples, plan)), buffer)
    preprocessing = json.dumps(samples.preprocessing.as_json(), ensure_ascii=False, indent=1)
    return script(plan, module).encode(), buffer.getvalue(), preprocessing.encode()
