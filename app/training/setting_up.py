"""From a job to all that its loop needs: data on the device, model, loss, optimizer, schedule."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn, optim

from app.data.dataset import Array, Dataset
from app.data.prepare import Prepared, prepare
from app.data.preprocessing import Preprocessing, preprocessing_of
from app.data.reading import load
from app.runs.job import Job
from app.training.checkpoint import load_weights
from app.training.devices import device_called
from app.training.metrics import Scorer
from app.training.parts import Schedule, TotalLoss, make_optimizer
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.problems import Refusal
from graph_model.recipe import Recipe
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


@frozen
class Tensors:
    """The samples of one split on the device, in the order of the model's arguments and results."""

    inputs: tuple[Tensor, ...]
    targets: tuple[Tensor, ...]

    def __len__(self) -> int:
        return len(self.inputs[0])

    def batch(self, index: Tensor) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """Return the inputs and targets of the samples of these indices.

        ``index_select`` copies whole samples: four times as fast as ``each[index]``.
        """
        return tuple([each.index_select(0, index) for each in self.inputs]), tuple(
            [each.index_select(0, index) for each in self.targets]
        )

    def part(self, samples: slice) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """Return the inputs and targets of consecutive samples, without a copy."""
        return tuple([each[samples] for each in self.inputs]), tuple(
            [each[samples] for each in self.targets]
        )


@frozen
class Setup:
    """A run that is ready to begin."""

    recipe: Recipe
    device: torch.device
    model: nn.Module
    total_loss: TotalLoss
    optimizer: optim.Optimizer
    schedule: Schedule
    scorer: Scorer
    train: Tensors
    validation: Tensors
    test: Tensors
    steps_per_epoch: int
    left_out: int


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


def set_up(job: Job, samples: Samples, make_model: Callable[[], nn.Module]) -> Setup:
    """Make the model from the seed, and all that trains it.

    Raises ``Refusal`` for a device that is not there and for weights that do not fit.
    """
    recipe = job.recipe
    device = device_called(job.device)
    torch.manual_seed(recipe.seed)
    model = make_model()
    if job.weights is not None:
        load_weights(job.weights, model)
    model.to(device)
    inputs, targets = as_tensors(samples)
    split = samples.prepared.split

    def part(index: object) -> Tensors:
        chosen = torch.as_tensor(index)
        return Tensors(
            tuple(each[chosen].to(device) for each in inputs),
            tuple(each[chosen].to(device) for each in targets),
        )

    train = part(split.train)
    steps = steps_in_epoch(len(train), recipe.batch_size)
    optimizer = make_optimizer(recipe.optimizer, model.parameters())
    exits = samples.preprocessing.exits
    return Setup(
        recipe,
        device,
        model,
        TotalLoss.of(samples.binding.objectives),
        optimizer,
        Schedule(recipe, optimizer, steps),
        Scorer(
            samples.binding.objectives,
            [each.name for each in exits],
            [
                torch.ones(()) if each.scaling is None else torch.from_numpy(each.scaling.deviation)
                for each in exits
            ],
        ),
        train,
        part(split.validation),
        part(split.test),
        steps,
        samples.data.facts.left_out,
    )


def as_tensors(samples: Samples) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Return all samples as tensors: the inputs in the dtypes of the Input nodes, the targets."""
    entrances = samples.preprocessing.entrances
    inputs = tuple(
        _tensor(array).to(getattr(torch, entrance.dtype))
        for array, entrance in zip(samples.prepared.inputs, entrances, strict=True)
    )
    return inputs, tuple(map(_tensor, samples.prepared.targets))


def _tensor(array: Array) -> Tensor:
    """Return a tensor over an array, over a copy where the array is one that was read."""
    return torch.from_numpy(array if array.flags.writeable else array.copy())


def steps_in_epoch(samples: int, batch_size: int) -> int:
    """Return the number of batches; a last one of a single sample is left out.

    Normalisation over a batch is not defined for one sample.
    """
    full, rest = divmod(samples, batch_size)
    return full + (rest > 1) or 1
