"""Data looked at before training: columns, classes, splits, and samples as they enter a network."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Final

import numpy as np

from app.data.dataset import Array, Dataset, vanishing_refused
from app.data.prepare import prepare
from app.data.reading import load
from app.data.rows import is_lazy
from app.data.splitting import split_samples
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Recipe
from graph_model.recipes.binding import Binding, bind
from graph_model.recipes.facts import ArrayFacts, ColumnFacts, DataFacts

BATCH: Final = 24
"""How many samples are shown of a batch."""
_BINS: Final = 16
_LOOKED_AT: Final = 100_000
"""How many elements of an array its histogram and its examples are made from."""
_EXAMPLES: Final = 4
_MOST_PICTURES: Final = 200
"""Of how many classes a picture is kept."""
_LARGEST_COPIED: Final = 2**28
"""Bytes of features from which they are not prepared just to be looked at."""


@frozen
class Part:
    """One part of a split: how many samples it has, in all and of each class."""

    name: str
    samples: int
    class_counts: tuple[int, ...] = ()


@frozen
class Batch:
    """Some samples of the training split, as they enter the network.

    ``inputs`` and ``targets`` have what each Input and each Output is given, by its name; under an
    empty name stand the features and the target of data that nothing takes yet. ``names`` are
    those of the features, where there is one for each. The batch is the first of an ``epoch``,
    which counts from 1; with 0 it is of samples that are as in all epochs.
    ``words`` are those that indices in a text stand for.
    """

    samples: tuple[int, ...]
    inputs: Mapping[str, Array]
    targets: Mapping[str, Array]
    names: tuple[str, ...] = ()
    epoch: int = 0
    words: tuple[str, ...] = ()


@frozen
class Preview:
    """What data look like: their columns, their classes, their split, and a batch of them.

    ``ranges`` has the lowest and the highest number of each array, ``pictures`` one of each class.
    """

    columns: tuple[ColumnFacts, ...]
    class_counts: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    pictures: Mapping[int, Array] = field(default_factory=dict)
    batch: Batch | None = None


def preview(recipe: Recipe, inference: Inference, facts: DataFacts) -> Preview | Problem:
    """Look at the data of a recipe, which suits its network or not; reads files."""
    try:
        with vanishing_refused():
            return _preview(load(recipe.data), recipe, bind(recipe, inference, facts), inference)
    except Refusal as refusal:
        return refusal.problem


def completed(data: Dataset) -> DataFacts:
    """Return the facts of data with what is only known once they are there: columns and counts."""
    facts = data.facts
    return replace(
        facts,
        columns=facts.columns or tuple(_columns(data)),
        class_counts=facts.class_counts or _counts(data, np.arange(len(data))),
    )


def _preview(data: Dataset, recipe: Recipe, binding: Binding, inference: Inference) -> Preview:
    split = split_samples(data, recipe)
    parts = (("training", split.train), ("validation", split.validation), ("test", split.test))
    whole = completed(data)
    return Preview(
        whole.columns,
        whole.class_counts,
        tuple(Part(name, len(which), _counts(data, which)) for name, which in parts),
        {
            name: _range(array)
            for name, array in data.arrays.items()
            if 0 < array.nbytes <= _LARGEST_COPIED
        },
        _pictures(data),
        _batch(data, recipe, split.train, binding, inference),
    )


def _counts(data: Dataset, which: Array) -> tuple[int, ...]:
    """Return how many of these samples each class has; nothing where there are no classes."""
    classes, target = len(data.facts.class_names), data.target
    if not classes or target.ndim != 1 or target.dtype.kind not in "iu":
        return ()
    return tuple(np.bincount(target[which], minlength=classes).tolist())


def _columns(data: Dataset) -> Iterator[ColumnFacts]:
    """Describe the arrays of data that tell nothing of their columns.

    Where single columns are arrays of their own, they stand for all the features.
    """
    arrays = dict(data.facts.arrays)
    single = [name for name, each in arrays.items() if _is_column(each)]
    if len(single) > 1 and len(arrays[data.facts.features].shape) == 1:
        arrays.pop(data.facts.features)
    for name, facts in arrays.items():
        yield _column(name, data.arrays[name], facts, is_target=name == data.facts.target)


def _is_column(array: ArrayFacts) -> bool:
    return math.prod(array.shape) == 1


def _column(name: str, array: Array, facts: ArrayFacts, *, is_target: bool) -> ColumnFacts:
    some = array[: max(1, _LOOKED_AT // max(1, math.prod(array.shape[1:])))].ravel()
    finite = some[np.isfinite(some)] if some.dtype.kind == "f" else some
    distinct, counts = np.unique(finite, return_counts=True)
    of_kind = "category" if facts.classes else "number"
    spread = counts if facts.classes else np.histogram(finite, _BINS)[0] if len(finite) else ()
    return ColumnFacts(
        name,
        "target" if is_target else of_kind,
        of_kind,
        examples=tuple(f"{value:.6g}" for value in some[:_EXAMPLES]) if _is_column(facts) else (),
        missing=len(some) - len(finite),
        distinct=len(distinct),
        histogram=tuple(map(int, spread[:_BINS])),
    )


def _range(array: Array) -> tuple[float, float]:
    if is_lazy(array) or array.dtype.kind != "f":
        return float(array.min()), float(array.max())
    return float(np.fmin.reduce(array, None)), float(np.fmax.reduce(array, None))  # gaps are NaN


def _pictures(data: Dataset) -> dict[int, Array]:
    """Return the first picture of each class, where the samples are pictures.

    Each is a copy: a part of the array would keep all of it in memory.
    """
    if not is_picture(data.features.shape[1:]) or not _counts(data, np.arange(0)):
        return {}
    _, first = np.unique(data.target, return_index=True)
    return {int(data.target[at]): np.array(data.features[at]) for at in first[:_MOST_PICTURES]}


def is_picture(shape: tuple[int, ...]) -> bool:
    """Tell whether samples of a shape can be looked at as pictures."""
    return len(shape) == 3 and shape[0] in (1, 3)


def _batch(
    data: Dataset, recipe: Recipe, train: Array, binding: Binding, inference: Inference
) -> Batch | None:
    """Return samples from all over the training split, as they enter the network.

    They are prepared as in training, whether or not the network takes them; ``None`` where that
    would take much memory just to be looked at.
    """
    if data.features.nbytes > _LARGEST_COPIED and not is_lazy(data.features):
        return None
    samples = train[np.linspace(0, len(train) - 1, min(BATCH, len(train))).astype(int)]
    inputs = tuple((id, name) for id, name in binding.inputs if name in data.arrays)
    inputs = inputs or (("", data.facts.features),)
    prepared = prepare(data, recipe, Binding(inputs, ()), inference)
    targets = {each.output: each.target for each in binding.objectives} or {"": data.facts.target}
    nodes = inference.network.nodes

    def called(id: NodeId) -> str:
        return nodes[id].name if id in nodes else ""

    return Batch(
        tuple(map(int, samples)),
        {called(id): each[samples] for (id, _), each in zip(inputs, prepared.inputs, strict=True)},
        {
            called(id): data.arrays[each][samples]
            for id, each in targets.items()
            if each in data.arrays
        },
        _names(data),
        words=tuple(prepared.fitted.done.get("text", {}).get("words", ())),
    )


def _names(data: Dataset) -> tuple[str, ...]:
    """Return a name for each feature of a table: its column, and the word that it stands for."""
    names: list[str] = []
    for column in data.columns:
        words = data.categories.get(column)
        if column in data.dates:
            names += [f"{column}: {part}" for part in data.dates[column][1]]
        else:
            names += [f"{column} = {word}" for word in words] if words else [column]
    return tuple(names) if len(names) == math.prod(data.features.shape[1:]) else ()
