"""What the classes of each output weigh where its loss counts how rare they are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.data.class_rows import ClassRows
from app.data.dataset import Array
from app.data.pictures.masks import Masks
from app.data.prepare import prepare
from app.data.reading import load
from app.data.rows import chunks
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.problems import Refusal
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.losses import IGNORED, LOSSES, Target

Weights = Mapping[NodeId, tuple[float, ...]]


def class_weights(
    recipe: Recipe, inference: Inference, objectives: tuple[Objective, ...]
) -> Weights:
    """Return the weights of the classes of outputs, or what a yes weighs for each of their labels.

    They are worked out from the training split, as ``train.py`` does it. There are none of data
    that cannot be read, which is told where these are chosen.
    """
    try:
        data = load(recipe.data)
    except Refusal:
        return {}
    prepared = prepare(data, recipe, Binding((), objectives), inference)
    return {
        each.output: tuple(_weights(each, target, prepared.split.train, inference).tolist())
        for each, target in zip(objectives, prepared.targets, strict=True)
    }


def _weights(objective: Objective, target: Array, train: Array, inference: Inference) -> Array:
    spec = inference.nodes[objective.output].inputs["input"]
    is_of_classes = LOSSES[objective.loss.kind].target is Target.CLASSES
    if isinstance(target, Masks | ClassRows):
        size = len(target.scheme.names)
        counts = np.zeros(size, np.int64)
        for rows in chunks(target, train):
            counts += np.bincount(rows[rows >= 0].astype(np.int64), minlength=size)
        return _by_class(counts) if is_of_classes else counts[:1] / counts[1:2].clip(min=1)
    rows = target[train]
    kept = rows[rows != IGNORED] if (rows == IGNORED).any() else rows
    if is_of_classes:
        size = spec.shape[1]
        return _by_class(np.bincount(kept.ravel(), minlength=size if isinstance(size, int) else 0))
    means = np.asarray(kept.mean(axis=0 if spec.rank <= 2 else None))
    yes = means.clip(min=1 / len(rows))
    return ((1 - yes) / yes).reshape(-1)


def _by_class(counts: Array) -> Array:
    return counts.sum() / (np.count_nonzero(counts) * counts.clip(min=1))
