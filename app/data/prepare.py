"""From data and recipe to what the loop takes: split, shifted, scaled, in the model's order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field, replace
from typing import Any, Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, Dataset, Fitted, Indices, refuse
from app.data.rows import Rows, is_lazy, standardised
from app.data.splitting import Split, split_samples
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.phrases import phrase
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.losses import IGNORED, LOSSES, Target
from graph_model.recipes.transforms import scaled_by

_LOOKED_AT: Final = 5000
"""So many samples of a large array tell what it is scaled by, where that is no mean."""


@frozen
class Scaling:
    """What shifts and scales an array: ``(x − mean) / deviation``; both broadcast to a sample.

    Where it is ``by_sample``, each has a mean and a deviation of its own instead.
    """

    mean: Array
    deviation: Array
    by_sample: bool = False

    def apply(self, array: Array) -> Array:
        """Shift and scale."""
        if self.by_sample:
            return cast(Array, array.standard()) if is_lazy(array) else standardised(array)
        if is_lazy(array):
            return cast(Array, array.scaled(self.mean, self.deviation))
        return ((array - self.mean) / self.deviation).astype(np.float32)

    def undo(self, array: Array) -> Array:
        """Return to the units of the data, as far as they are known."""
        return (array * self.deviation + self.mean).astype(np.float32)


@frozen
class Prepared:
    """All samples as the loop takes them.

    ``inputs`` are in the order of the arguments of ``forward``, ``targets`` in that of its
    results, as the loss of each wants it. ``scalings`` holds the scaling of each array by name,
    ``fitted`` what else was learned of the training samples.
    """

    inputs: tuple[Array, ...]
    targets: tuple[Array, ...]
    split: Split
    scalings: dict[str, Scaling]
    fitted: Fitted = field(default_factory=lambda: Fitted({}, {}))


def prepare(data: Dataset, recipe: Recipe, binding: Binding, inference: Inference) -> Prepared:
    """Split the samples; fill gaps and scale by the figures of the training split alone."""
    split = split_samples(data, recipe)
    _check_weights(data, split)
    used = {name for _, name in binding.inputs} | {each.target for each in binding.objectives}
    fitted, data = fit(data, split.train, used)
    by, features = scaled_by(recipe), data.facts.features
    wanted = (data.scaled | {features}) - ({features} if by == "nothing" else set())
    scalings = {
        name: scaling_of(
            data.arrays[name],
            by if name == features else "",
            split.train,
            time_last=data.facts.arrays[name].time_last,
        )
        for name in sorted(used & (wanted if by else data.scaled))
        if data.arrays[name].dtype.kind == "f"
    }

    def scaled(name: str) -> Array:
        array = data.arrays[name]
        return scalings[name].apply(array) if name in scalings else array

    inputs = tuple(scaled(name) for _, name in binding.inputs)
    targets = tuple(
        _for_loss(objective, scaled(objective.target), inference)
        for objective in binding.objectives
    )
    return Prepared(inputs, targets, split, scalings, fitted)


def fit(data: Dataset, train: Indices, used: Collection[str] = ()) -> tuple[Fitted, Dataset]:
    """Learn from the training samples what is to be learned, and return the data made by it."""
    if data.fit is None:
        return Fitted({}, {}), data
    fitted = data.fit(train, used)
    return fitted, replace(data, arrays={**data.arrays, **fitted.arrays})


def _check_weights(data: Dataset, split: Split) -> None:
    """Refuse weights of samples by which none of a split could count."""
    weights = data.weights
    if weights is None:
        return
    if not np.isfinite(weights).all() or weights.min() < 0:
        refuse("weights_wrong", parameter="data", least=weights.min(), most=weights.max())
    parts = {"training": split.train, "validation": split.validation, "test": split.test}
    for name, part in parts.items():
        if len(part) and not weights[part].any():
            refuse("weights_of_nothing", parameter="data", split=phrase(name))


def _for_loss(objective: Objective, target: Array, inference: Inference) -> Array:
    """Return a target in the dtype of its loss and, for numbers, in the rank of its output."""
    wanted = LOSSES[objective.loss.kind].target
    dtype = "int64" if wanted is Target.CLASSES and target.dtype.kind != "f" else "float32"
    if is_lazy(target):
        return cast(Array, target.as_target(dtype, signs=wanted is Target.SIGNS))
    if wanted is Target.CLASSES:
        return target.astype(dtype)
    rank = inference.nodes[objective.output].inputs["input"].rank
    if target.ndim == 1 and rank == 2:
        target = target[:, None]
    elif target.ndim == 2 and rank == 1:
        target = target[:, 0]
    if wanted is Target.SIGNS:
        signs = np.where(target > 0, 1, -1)
        target = np.where(target == IGNORED, IGNORED, signs) if target.dtype.kind == "i" else signs
    return target.astype(dtype)


def scaling_of(
    array: Array | Rows,
    by: str = "standard",
    index: Array | None = None,
    *,
    time_last: bool = False,
) -> Scaling:
    """Return what samples are shifted and scaled by: each channel of images, else each feature.

    That is mean and deviation, least value and range (``min-max``), or median and distance of the
    quartiles (``robust``); or what each ``sample`` has itself. Images are ``(N, C, H, W)``,
    waves ``(N, C, T)``, sequences ``(N, T, features)``, tables ``(N, features)``. What does not
    vary is only shifted. They are all samples, or those of an index; of large arrays, a part of
    them spread evenly tells all but mean and deviation.
    """
    axes: tuple[int, ...]
    by_channel = array.ndim > 3 or time_last
    axes = (0, *range(2, array.ndim)) if by_channel else tuple(range(max(1, array.ndim - 1)))
    chosen = np.arange(len(array)) if index is None else index
    if by == "sample":
        return Scaling(np.zeros((), np.float32), np.ones((), np.float32), by_sample=True)
    if not is_lazy(array):
        held = cast(Array, array)
        mean, deviation = _FIGURES.get(by, _standard)(held if index is None else held[index], axes)
    elif by in _FIGURES:
        mean, deviation = _FIGURES[by](array[chosen[:: max(1, len(chosen) // _LOOKED_AT)]], axes)
    else:
        mean, deviation = array.figures(chosen, axes)
    deviation = np.where(deviation < 1e-8 * np.maximum(1, np.abs(mean)), 1, deviation)
    # Of single numbers, mean[0] would be a number and no array.
    return Scaling(np.asarray(mean[0], np.float32), np.asarray(deviation[0], np.float32))


_Figures: TypeAlias = tuple[NDArray[Any], NDArray[Any]]


def _standard(array: Array, axes: tuple[int, ...]) -> _Figures:
    mean: NDArray[Any] = array.mean(axis=axes, keepdims=True, dtype=np.float64)
    return mean, array.std(axis=axes, keepdims=True, dtype=np.float64)


def _from_least_to_greatest(array: Array, axes: tuple[int, ...]) -> _Figures:
    least = array.min(axis=axes, keepdims=True).astype(np.float64)
    return least, array.max(axis=axes, keepdims=True) - least


def _robust(array: Array, axes: tuple[int, ...]) -> _Figures:
    first, median, third = np.quantile(array, (0.25, 0.5, 0.75), axis=axes, keepdims=True)
    return median, third - first


_FIGURES: Final[Mapping[str, Callable[[Array, tuple[int, ...]], _Figures]]] = {
    "min-max": _from_least_to_greatest,
    "robust": _robust,
}
