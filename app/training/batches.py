"""What a network is given: batches as the text that trains makes them, to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from app.data.dataset import Array
from app.runs.job import Job
from app.training.samples import Samples, plan_of, read_samples, tensors_at
from codegen.build import build_project, build_transforms
from codegen.training.plan import Plan
from codegen.training.script import script
from graph_model.frozen import frozen


@frozen
class Batch:
    """Some training samples as they are, and as they enter the network.

    ``samples`` are their places in the data. ``raw`` has what was read of them, by the names of the
    arrays of the data. ``inputs`` and ``targets`` have what the network is given, and what its
    results are held against, by the names of the text: ``before`` with scaling alone, ``after``
    with all that is done at random in the ``epoch``. ``arrays`` tells which array of the data each
    of these is. Where samples are mixed, ``mixtures`` has by the name of a target what its loss is
    given instead: a share of each class, or numbers in between.
    """

    epoch: int
    samples: Array
    raw: Mapping[str, Array]
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    before: Mapping[str, Array]
    after: Mapping[str, Array]
    arrays: Mapping[str, str]
    mixtures: Mapping[str, Array]


def first_batch(job: Job, count: int | None = None, epoch: int = 0) -> Batch:
    """Return the first batch of an epoch, which counts from 0, in the order of ``train.py``.

    ``count`` samples of it are shown, all without it. Reads the data and executes the text of the
    training, so it is called off the window's thread. Raises ``Refusal`` as a training does.
    """
    return batch_of(job, read_samples(job), None, count, epoch)


def some_samples(job: Job, places: Sequence[int], epoch: int = 0) -> Batch:
    """Return some samples of the training split, by their places in it, as an epoch changes them.

    What mixes samples mixes these with each other.
    """
    return batch_of(job, read_samples(job), places, None, epoch)


def batch_of(
    job: Job,
    samples: Samples,
    places: Sequence[int] | None = None,
    count: int | None = None,
    epoch: int = 0,
) -> Batch:
    """Return a batch of samples that were read before: the first of an epoch, or these places."""
    plan = plan_of(job, samples)
    train = torch.from_numpy(samples.prepared.split.train)
    index = _first(job, len(train), epoch) if places is None else torch.tensor([*places])
    before = tensors_at(samples, plan, train[index].numpy())
    after = _transformed(job, plan, len(train), index, before, epoch)
    chosen = train[index][:count].numpy()
    return Batch(
        epoch,
        chosen,
        {name: array[chosen] for name, array in samples.data.arrays.items()},
        plan.inputs,
        tuple(each.target for each in plan.judged),
        _shown(plan.samples, before, count),
        _shown(plan.samples, after, count),
        _arrays(samples, plan),
        _shown([each.target for each in plan.judged], after[len(plan.samples) :], count),
    )


def _first(job: Job, trained: int, epoch: int) -> Tensor:
    """Return the places of the first batch of an epoch, as the text shuffles them."""
    shuffling = torch.Generator().manual_seed(job.recipe.seed + epoch)
    order = torch.randperm(trained, generator=shuffling)
    return order[: job.recipe.batch_size]


def _transformed(
    job: Job,
    plan: Plan,
    trained: int,
    index: Tensor,
    batch: Sequence[Tensor],
    epoch: int,
) -> Sequence[Tensor]:
    """Return a batch as the text of the training changes it, which is not at all without any."""
    if not job.recipe.transforms:
        return batch
    built = build_project(job.project, job.known)
    made = build_transforms(script(plan, built.module_name), built.module_name)
    if made is None:
        return batch
    transforms = made(trained, torch.device("cpu"))
    transforms.begin(epoch)
    changed: Sequence[Tensor] = transforms(index, *batch)
    return changed


def _shown(names: Sequence[str], batch: Sequence[Tensor], count: int | None) -> dict[str, Array]:
    """Return tensors by their names, of which there may be fewer."""
    return {name: each[:count].numpy() for name, each in zip(names, batch, strict=False)}


def _arrays(samples: Samples, plan: Plan) -> dict[str, str]:
    """Return the array of the data that each tensor of the text is."""
    inputs = (array for _, array in samples.binding.inputs)
    targets = (each.objective.target for each in plan.judged)
    return dict(zip(plan.samples, (*inputs, *targets), strict=True))
