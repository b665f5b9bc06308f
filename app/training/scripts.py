"""The files by which a training goes on without this application: its scripts, and what they need.

A run keeps them in its folder, and the script folder of an export has the same.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

import torch

from app.data.splitting import split_json
from app.runs.folder import DATA, ENVIRONMENT, MODEL, PREDICT, PREPROCESSING, PROJECT, TRAIN
from app.runs.job import Job
from app.training.checkpoint import as_bytes
from app.training.predicting import predict_text
from app.training.samples import Samples, as_data, plan_of
from codegen.build import Built
from codegen.training.script import script
from graph_model.files.storage import dumps
from graph_model.recipe import Recipe

_SMALL: Final = 4_000_000
"""Bytes of data that every run may have a copy of."""


def scripts(job: Job, samples: Samples, module: str = "model") -> Mapping[str, bytes]:
    """Return the texts that train and predict beside the Python file ``module``, by name.

    There is none that predicts where no result is held against a target.
    """
    plan = plan_of(job, samples)
    texts = {TRAIN: script(plan, module), PREDICT: predict_text(samples, plan, module)}
    return {name: text.encode() for name, text in texts.items() if text}


def run_files(job: Job, samples: Samples, built: Built, data: str) -> Mapping[str, bytes]:
    """Return what the folder of a run holds from its beginning; ``data`` is their digest.

    Data go into it where they are small. Large ones lie where the project says, and
    ``layerweft export project.weft --to .`` brings them there.
    """
    files = {
        PROJECT: dumps(job.project).encode(),
        PREPROCESSING: preprocessing_file(job.recipe, samples),
        ENVIRONMENT: environment_file(job, data),
        MODEL: built.source.text.encode(),
        **scripts(job, samples),
    }
    if sum(array.nbytes for array in samples.prepared.inputs) <= _SMALL:
        files[DATA] = data_file(job, samples)
    return files


def data_file(job: Job, samples: Samples) -> bytes:
    """Return the samples in the form that ``train.py`` reads."""
    return as_bytes(as_data(samples, plan_of(job, samples)))


def preprocessing_file(recipe: Recipe, samples: Samples) -> bytes:
    """Return what was done to the data, and how they were split, for people and programs."""
    told = {**samples.preprocessing.as_json(), "split": split_json(recipe, samples.prepared.split)}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def environment_file(job: Job, data: str) -> bytes:
    """Return what a run was made with: versions, device, seed, and the digest of its ``data``."""
    found = {
        "layerweft": _version("layerweft"),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": _version("numpy"),
        "system": platform.platform(),
        "device": job.device,
        "device_name": _device_name(job.device),
        "threads": job.threads,
        "seed": job.recipe.seed,
        "data": {
            "kind": job.recipe.data.kind,
            "arguments": dict(job.recipe.data.arguments),
            "sha256": data,
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def is_of_others(folder: Path, data: str) -> bool:
    """Tell whether the run in a folder was made with other data than those of this digest."""
    try:
        made_with = json.loads((folder / ENVIRONMENT).read_bytes())["data"]["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # of an older version, or taken away: nothing tells
    return bool(made_with != data)


def _device_name(device: str) -> str:
    if device.startswith("cuda") and torch.cuda.is_available():  # else it is one of another host
        return torch.cuda.get_device_name(torch.device(device))
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
