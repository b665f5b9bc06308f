"""What exported files are run on: samples of the project's data, or random numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from app.data.dataset import Array
from app.exporting.material import Material
from app.exporting.proving.report import Given
from app.training.samples import Samples, inputs_at, readable
from graph_model.dims import evaluate, symbols
from graph_model.frozen import frozen
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec

Batch: TypeAlias = tuple[Tensor, ...]

LARGE: Final = 7
"""The larger batch size: a prime, so that a size fixed by mistake does not divide it."""
MOST: Final = 64
"""How many samples files are run on at most."""
_FALSE_FROM: Final = 0.3


@frozen
class Batches:
    """The inputs of ``forward``, batch by batch, the smaller size first.

    Where they are of the data, ``places`` are those of the samples in ``samples``.
    """

    batches: tuple[Batch, ...]
    given: Given
    samples: Samples | None = None
    places: Array | None = None

    def first(self, count: int) -> Batches:
        """Return the same with no more batches than these."""
        batches = self.batches[:count]
        samples = sum(map(_size, batches))
        given = Given(samples, self.given.split, _sizes(batches), self.given.why)
        places = None if self.places is None else self.places[:samples]
        return Batches(batches, given, self.samples, places)


def batches_for(material: Material) -> Batches:
    """Return samples of the validation split, or random ones with the reason."""
    samples = material.samples
    if isinstance(samples, Problem):
        return _random(material, samples)
    return _of_data(material, samples) or _random(material, Problem("proof_no_data"))


def _of_data(material: Material, samples: Samples) -> Batches | None:
    split = samples.prepared.split
    name = "validation" if len(split.validation) else "train"
    chosen = np.asarray(getattr(split, name)[:MOST], np.int64)
    inputs_at(samples, chosen)  # pictures are found to be unreadable when they are read
    chosen = chosen[readable(samples, chosen)]
    starts = list(_spans(len(chosen), _batch_sizes(material)))
    if not starts:
        return None
    batches = tuple(inputs_at(samples, chosen[start:end]) for start, end in starts)
    places = chosen[: starts[-1][1]]
    return Batches(batches, Given(len(places), name, _sizes(batches)), samples, places)


def _random(material: Material, why: Problem) -> Batches:
    drawn = torch.Generator().manual_seed(0)
    bound = _words(material.module)
    batches = []
    for start, end in _spans(MOST, _batch_sizes(material)):
        known = {**material.sizes, "N": end - start}
        batches.append(tuple(_drawn(spec, known, bound, drawn) for spec in material.specs))
    count = sum(map(_size, batches))
    return Batches(tuple(batches), Given(count, "random", _sizes(batches), why))


def _batch_sizes(material: Material) -> tuple[int, int]:
    """Return the two sizes, which are the same where the drawing leaves no choice."""
    specs = material.specs
    names = {name for spec in specs for dim in spec.shape for name in symbols(dim)}
    if "N" in names:
        least = material.export.network.multiples.get("N", 1)
        return least, LARGE * least
    fixed = [evaluate(spec.shape[0], material.sizes) for spec in specs if spec.shape]
    return (fixed[0], fixed[0]) if fixed else (1, 1)


def _spans(count: int, sizes: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield where batches begin and end: one of the first size, then those of the second."""
    start, end = 0, sizes[0]
    while end <= count:
        yield start, end
        start, end = end, end + sizes[1]


def _drawn(
    spec: TensorSpec, sizes: Mapping[str, int], bound: int, drawn: torch.Generator
) -> Tensor:
    shape = [evaluate(dim, sizes) for dim in spec.shape]
    dtype = getattr(torch, spec.dtype)
    if dtype == torch.bool:
        masked = torch.rand(shape, generator=drawn) < _FALSE_FROM
        if shape:
            masked[..., 0] = False  # attention to nothing at all is not a number
        return masked
    if dtype.is_floating_point or dtype.is_complex:
        return torch.randn(shape, dtype=dtype, generator=drawn)
    return torch.randint(bound, shape, dtype=dtype, generator=drawn)


def _words(model: nn.Module) -> int:
    """Return below which number indices are known to every embedding."""
    found = [
        each.num_embeddings
        for each in model.modules()
        if isinstance(each, nn.Embedding | nn.EmbeddingBag)
    ]
    return min(found, default=2)


def _size(batch: Batch) -> int:
    return len(batch[0]) if batch and batch[0].ndim else 1


def _sizes(batches: Sequence[Batch]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(_size, batches)))
