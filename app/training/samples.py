"""The samples of a run: read, checked, split and scaled, in the form that its text takes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.data.dataset import Array, Dataset, vanishing_refused
from app.data.pictures.many import Pictures
from app.data.prepare import Prepared, prepare
from app.data.preprocessing import Preprocessing, preprocessing_of
from app.data.reading import load
from app.data.rows import FilledRows, Rows, is_lazy
from app.runs.job import Job
from codegen.training.plan import Plan, plan
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.problems import Refusal
from graph_model.recipes.binding import Binding, bind
from graph_model.recipes.check import recipe_problems


@frozen
class Samples:
    """The data of a run, read, split and scaled, in main memory."""

    data: Dataset
    binding: Binding
    prepared: Prepared
    preprocessing: Preprocessing
    inference: Inference


@vanishing_refused()
def read_samples(job: Job) -> Samples:
    """Read, check, split and scale the data of a job.

    Raises ``Refusal`` with the first error where network, recipe and data do not fit.
    """
    inference = infer_project(job.project, job.known)
    for problem in inference.problems:
        if problem.is_error:
            raise Refusal(problem)
    recipe = job.recipe
    for problem in recipe_problems(recipe, inference, load(recipe.data).facts):
        if problem.is_error:
            raise Refusal(problem)
    data = load(recipe.data)
    binding = bind(recipe, inference, data.facts)
    prepared = prepare(data, recipe, binding, inference)
    done = preprocessing_of(data, recipe.data, binding, prepared, inference)
    return Samples(data, binding, prepared, done, inference)


def plan_of(job: Job, samples: Samples) -> Plan:
    """Return what the text of a job's training is written from."""
    made = plan(samples.inference, job.recipe, samples.binding, samples.data.facts)
    parts = dict(zip(made.samples, _parts(samples, made), strict=True))
    lazy = {name: type(part).__name__ for name, part in parts.items() if is_lazy(part)}
    return replace(made, kept=lazy)


def _parts(samples: Samples, plan: Plan) -> list[Array]:
    """Return what makes up a sample, in the order of the text; lazy only where it is float32."""
    entrances = samples.preprocessing.entrances
    inputs = [
        array if not is_lazy(array) or entrance.dtype == "float32" else array[:]
        for array, entrance in zip(samples.prepared.inputs, entrances, strict=True)
    ]
    exits = zip(plan.exits, samples.prepared.targets, strict=True)
    return [*inputs, *(target for each, target in exits if each.is_judged)]


def _kept(rows: Rows) -> Mapping[str, Any]:
    """Return what the text takes of samples that stay as they were read."""
    held: dict[str, Any] = (
        {"folder": rows.folder, "paths": [*rows.paths], **rows.how}
        if isinstance(rows, Pictures)
        else {"rows": torch.from_numpy(rows.raw)}
    )
    held |= _told(rows)
    if isinstance(rows, FilledRows):
        held["fill"] = torch.zeros(()) if rows.fill is None else torch.from_numpy(rows.fill)
    return {
        **held,
        "mean": torch.zeros(()) if rows.mean is None else torch.from_numpy(rows.mean),
        "deviation": torch.ones(()) if rows.deviation is None else torch.from_numpy(rows.deviation),
    }


def _told(rows: Rows) -> Mapping[str, Any]:
    """Return what samples of a kind hold besides, as tensors where it is arrays."""
    return {
        name: torch.from_numpy(value) if isinstance(value, np.ndarray) else value
        for name, value in rows.kept().items()
    }


def as_data(samples: Samples, plan: Plan) -> Mapping[str, Any]:
    """Return the data as the text takes them, which is also what ``data.pt`` holds.

    ``samples`` has all inputs, targets and weights by their names in the text, ``deviations`` and
    ``means`` those of the targets, by which they were scaled, and ``train``, ``validation`` and
    ``test`` have indices.
    """
    entrances = samples.preprocessing.entrances
    dtypes = [getattr(torch, each.dtype) for each in entrances]
    split = samples.prepared.split
    judged = [index for index, each in enumerate(plan.exits) if each.is_judged]
    names = [plan.exits[index].target for index in judged]
    scalings = [samples.preprocessing.exits[index].scaling for index in judged]
    deviations = [torch.from_numpy(each.deviation) if each else torch.ones(()) for each in scalings]
    means = [torch.from_numpy(each.mean) if each else torch.zeros(()) for each in scalings]
    parts = _parts(samples, plan)
    tensors = [_kept(part) if is_lazy(part) else _tensor(part) for part in parts]
    for place, dtype in enumerate(dtypes):
        held = tensors[place]
        tensors[place] = held.to(dtype) if isinstance(held, Tensor) else held
    tensors += [_tensor(np.asarray(each, np.float32)) for each in _weights(samples)]
    return {
        "samples": dict(zip(plan.batch, tensors, strict=True)),
        "deviations": dict(zip(names, deviations, strict=True)),
        "means": dict(zip(names, means, strict=True)),
        "train": torch.from_numpy(split.train),
        "validation": torch.from_numpy(split.validation),
        "test": torch.from_numpy(split.test),
    }


def _weights(samples: Samples) -> tuple[Array, ...]:
    """Return what each sample counts in the losses, where samples have weights."""
    return () if samples.data.weights is None else (samples.data.weights,)


def digest(samples: Samples) -> str:
    """Return what tells these samples, as they are split and scaled, from all others."""
    split = samples.prepared.split
    arrays = (
        *samples.prepared.inputs,
        *samples.prepared.targets,
        *_weights(samples),
        split.train,
        split.validation,
    )
    found = hashlib.sha256()
    for array in arrays:
        found.update(f"{array.dtype} {array.shape}".encode())
        for part in array.marks() if is_lazy(array) else [array]:
            found.update(np.ascontiguousarray(part).reshape(-1).view(np.uint8).data)
    return found.hexdigest()


def as_tensors(samples: Samples) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Return all samples as tensors: the inputs in the dtypes of the Input nodes, the targets."""
    targets = samples.prepared.targets
    everything = np.arange(len(samples.data))
    return inputs_at(samples, everything), tuple(
        torch.from_numpy(each[:].copy()) for each in targets
    )


def tensors_at(samples: Samples, plan: Plan, chosen: Array) -> list[Tensor]:
    """Return what makes up some samples, in the order of the text."""
    judged = [index for index, each in enumerate(plan.exits) if each.is_judged]
    targets = (samples.prepared.targets[index] for index in judged)
    return [*inputs_at(samples, chosen), *(torch.from_numpy(each[chosen]) for each in targets)]


def inputs_at(samples: Samples, chosen: Array) -> tuple[Tensor, ...]:
    """Return what the model takes for some samples, in the dtypes of the Input nodes."""
    entrances = samples.preprocessing.entrances
    return tuple(
        torch.from_numpy(array[chosen]).to(getattr(torch, entrance.dtype))
        for array, entrance in zip(samples.prepared.inputs, entrances, strict=True)
    )


def readable(samples: Samples, chosen: Array) -> Array:
    """Return which of some samples, that were asked for before, have no unreadable picture."""
    kept = np.ones(len(chosen), bool)
    for each in (*samples.prepared.inputs, *samples.prepared.targets):
        if isinstance(each, Pictures):
            kept &= each.readable(chosen)
    return kept


def _tensor(array: Array) -> Tensor:
    """Return a tensor over an array, over a copy where the array is one that was read."""
    return torch.from_numpy(array if array.flags.writeable else array.copy())
