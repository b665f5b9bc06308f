"""What was done to the data before they entered a model: kept with its weights, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import numpy as np

from app.data.dataset import UNSEEN, Array, Dataset
from app.data.prepare import Prepared, Scaling
from codegen.pictures import USUAL
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
    fill: Array | None = None
    """What fills the gaps of each column or channel of the array, where any of them had gaps."""


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
    dates: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    word_fillings: Mapping[str, str] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    """The columns that had gaps: a new row may have one there as well."""
    rules: Mapping[str, Any] = field(default_factory=dict)
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
                    **({} if each.fill is None else {"fill": each.fill.tolist()}),
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
            "categories": {
                name: [None if word == UNSEEN else word for word in words]
                for name, words in self.categories.items()
            },
            **self._table_json(),
            **self.done,
        }

    def _table_json(self) -> dict[str, Any]:
        """Return how the cells of a table are read, nothing of other data."""
        if not self.rules:
            return {}
        dates = {
            name: {"formats": form.split("|"), "parts": list(parts)}
            for name, (form, parts) in self.dates.items()
        }
        return {
            "rules": dict(self.rules),
            "dates": dates,
            "fillings": dict(self.word_fillings),
            "gaps": list(self.gaps),
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
            _fill_of(prepared, array),
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
    return Preprocessing(
        choice,
        features,
        entrances,
        exits,
        data.columns,
        {**data.categories, **prepared.fitted.words},
        data.dates,
        {**data.word_fillings, **_usual_words(data, prepared)},
        tuple(name for name in prepared.fitted.fills if name != features),
        data.rules,
        {
            **({} if "pictures_of" in data.done else _of_pictures(entrances)),
            **prepared.fitted.done,
            **data.done,
        },
    )


def _usual_words(data: Dataset, prepared: Prepared) -> dict[str, str]:
    """Return the most frequent word of the training samples of columns that are filled with it."""
    return {
        name: data.categories[name][int(fill)]
        for name, fill in prepared.fitted.fills.items()
        if name in data.categories
    }


def _fill_of(prepared: Prepared, array: str) -> Array | None:
    """Return what fills gaps of numbers; 0 stands where nothing has to be filled."""
    fills = prepared.fitted.fills.get(array)
    return None if fills is None or fills.dtype.kind != "f" else np.nan_to_num(fills)


def _of_pictures(entrances: tuple[Entrance, ...]) -> dict[str, Any]:
    """Return how pictures are read for a network that takes such, whatever it was trained on."""
    shape = entrances[0].shape if len(entrances) == 1 else ()
    if len(shape) != 3 or shape[0] not in (1, 3):
        return {}
    size = dict(zip(("channels", "height", "width"), shape, strict=True))
    return {"pictures": {**size, **USUAL}}


def class_names_of(data: Dataset, array: str) -> tuple[str, ...]:
    """Return the names of the classes or labels that an array holds, none for numbers."""
    if data.facts.arrays[array].labels:
        return data.facts.arrays[array].labels
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
    if scaling.by_sample:
        return {"scaled_by": "sample"}
    return {"mean": np.asarray(scaling.mean).tolist(), "deviation": scaling.deviation.tolist()}
