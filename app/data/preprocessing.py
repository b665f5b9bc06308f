"""What was done to the data before they entered a model: kept with its weights, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import numpy as np

from app.data.dataset import Array, Dataset
from app.data.prepare import Prepared, Scaling
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.recipe import Choice
from graph_model.recipes.binding import Binding

VERSION: Final = 1


@frozen
class Entrance:
    """How one argument of ``forward`` is made: the array, its shape and dtype, its scaling."""

    name: str
    array: str
    shape: tuple[int, ...]
    dtype: str
    scaling: Scaling | None


@frozen
class Exit:
    """What one result of ``forward`` means: its loss, its classes, the scaling of its target."""

    name: str
    array: str
    loss: str
    class_names: tuple[str, ...]
    scaling: Scaling | None


@frozen
class Preprocessing:
    """The way from raw data into a model and from its results back.

    ``columns`` are those of a table that make up its features, in order; ``categories`` holds the
    words of each column of words. ``done`` is what else is to be done to samples as they were read,
    by what was learned in training, such as a vocabulary.
    """

    data: Choice
    features: str
    entrances: tuple[Entrance, ...]
    exits: tuple[Exit, ...]
    columns: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]]
    done: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values, for people and programs to read."""
        return {
            "version": VERSION,
            "data": {"kind": self.data.kind, "arguments": dict(self.data.arguments)},
            "inputs": [
                {
                    "name": each.name,
                    "array": each.array,
                    "shape": list(each.shape),
                    "dtype": each.dtype,
                    **_scaling_json(each.scaling),
                }
                for each in self.entrances
            ],
            "outputs": [
                {
                    "name": each.name,
                    "array": each.array,
                    "loss": each.loss,
                    "class_names": list(each.class_names),
                    **_scaling_json(each.scaling),
                }
                for each in self.exits
            ],
            "features": self.features,
            "columns": list(self.columns),
            "categories": {name: list(words) for name, words in self.categories.items()},
            **self.done,
        }


def preprocessing_of(
    data: Dataset, choice: Choice, binding: Binding, prepared: Prepared, inference: Inference
) -> Preprocessing:
    """Return what was done to make ``prepared`` from ``data``."""
    network = inference.network
    entrances = tuple(
        Entrance(
            network.nodes[node].name,
            array,
            data.facts.arrays[array].shape,
            inference.nodes[node].outputs["output"].dtype,
            prepared.scalings.get(array),
        )
        for node, array in binding.inputs
    )
    exits = tuple(
        Exit(
            network.nodes[objective.output].name,
            objective.target,
            objective.loss.kind,
            prepared.fitted.names.get(objective.target) or class_names_of(data, objective.target),
            prepared.scalings.get(objective.target),
        )
        for objective in binding.objectives
    )
    features = data.facts.features
    done = {**data.done, **prepared.fitted.done}
    return Preprocessing(choice, features, entrances, exits, data.columns, data.categories, done)


def class_names_of(data: Dataset, array: str) -> tuple[str, ...]:
    """Return the names of the classes that an array holds indices of, none for numbers."""
    if array == data.facts.target:
        return data.facts.class_names
    classes = data.facts.arrays[array].classes
    return data.categories.get(array) or tuple(map(str, range(classes)))


def unscaled(array: Array, scaling: Scaling | None) -> Array:
    """Return values in the units of the data."""
    return array if scaling is None else scaling.undo(array)


def _scaling_json(scaling: Scaling | None) -> dict[str, Any]:
    if scaling is None:
        return {}
    return {"mean": np.asarray(scaling.mean).tolist(), "deviation": scaling.deviation.tolist()}
