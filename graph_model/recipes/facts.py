"""What is known of data before it is loaded for training: names, shapes, classes, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, TypeAlias

from graph_model.frozen import frozen

Task: TypeAlias = Literal["classification", "regression"]


@frozen
class ArrayFacts:
    """One named array of the data: the shape of one sample, the dtype, and the class count.

    ``classes`` is above 0 where the elements are indices of so many classes or categories;
    ``highest`` is the largest of other whole numbers, where it is known.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str = "float32"
    classes: int = 0
    highest: int | None = None


@frozen
class DataFacts:
    """What a data source offers.

    ``features`` and ``target`` name the arrays that inputs and outputs take unless bound to
    others. ``own_test`` is how many samples, the last ones, are a test split of the source's own.
    ``left_out`` counts the rows that are no samples, for they lack a value.
    """

    samples: int
    arrays: Mapping[str, ArrayFacts]
    features: str = "features"
    target: str = "target"
    task: Task = "classification"
    class_names: tuple[str, ...] = field(default_factory=tuple)
    own_test: int = 0
    left_out: int = 0


def classification(
    samples: int,
    shape: tuple[int, ...],
    class_names: tuple[str, ...],
    *,
    columns: tuple[str, ...] = (),
    own_test: int = 0,
) -> DataFacts:
    """Describe data with one class index as the target."""
    return DataFacts(
        samples,
        _arrays(
            ArrayFacts("features", shape),
            ArrayFacts("target", (), "int64", len(class_names)),
            columns,
        ),
        class_names=class_names,
        own_test=own_test,
    )


def regression(samples: int, shape: tuple[int, ...], *, columns: tuple[str, ...] = ()) -> DataFacts:
    """Describe data with one number as the target, of shape ``(N, 1)``."""
    return DataFacts(
        samples,
        _arrays(ArrayFacts("features", shape), ArrayFacts("target", (1,)), columns),
        task="regression",
    )


def _arrays(
    features: ArrayFacts, target: ArrayFacts, columns: tuple[str, ...]
) -> dict[str, ArrayFacts]:
    arrays = {"features": features, "target": target}
    arrays.update({name: ArrayFacts(name, (1,)) for name in columns})
    return arrays
