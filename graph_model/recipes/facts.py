"""What is known of data before it is loaded for training: names, shapes, classes, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, TypeAlias

from graph_model.frozen import frozen
from graph_model.problems import Problem
from graph_model.recipes.columns import OF_ITS_OWN

Task: TypeAlias = Literal["classification", "regression"]


@frozen
class ArrayFacts:
    """One named array of the data: the shape of one sample, the dtype, and the class count.

    ``classes`` is above 0 where the elements are indices of so many classes or categories, or
    where a row of numbers has a share of each; ``highest`` is the largest of other whole numbers,
    where it is known. Of waves, N×C×T, the time is last, and not before the variables as of other
    series, N×T×C. Of classes, ``ignored`` is the value that counts for nothing, as people read it;
    ``IGNORED`` stands in its place. What is read ``as_needed`` is not held in memory.
    Where there are ``labels``, a sample has yes or no for each of these.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str = "float32"
    classes: int = 0
    highest: int | None = None
    time_last: bool = False
    ignored: str = ""
    as_needed: bool = False
    labels: tuple[str, ...] = ()

    @property
    def has_shares(self) -> bool:
        """Whether a sample has the probability of each of the classes."""
        return self.classes > 0 and self.dtype == "float32"


@frozen
class ColumnFacts:
    """One column of a table, or one array of a file: what it holds, what it is for, and why.

    ``role`` and ``type`` are words of ``graph_model.recipes.columns``, those chosen or else those
    proposed; ``why`` is a phrase that says what of the values led to the proposal. ``filling`` is
    what becomes of missing values, empty where there are none. ``histogram`` counts numbers in
    bins of equal width, or the most frequent words. ``correlation`` is how far a feature goes with
    the target, from 0 to 1, where that was looked at.
    """

    name: str
    role: str
    type: str
    why: str = ""
    proposed: str = ""
    examples: tuple[str, ...] = ()
    missing: int = 0
    distinct: int = 0
    filling: str = ""
    histogram: tuple[int, ...] = ()
    correlation: float | None = None


@frozen
class DataFacts:
    """What a data source offers.

    ``features`` and ``target`` name the arrays that inputs and outputs take unless bound to
    others. ``own_test`` is how many samples, the last ones, are a test split of the source's own.
    ``left_out`` counts what is no sample, such as rows that lack a value and pictures that cannot
    be read. ``columns`` are those of a table, or the arrays of a file, as they were read.
    ``read_as`` says what each setting that was left open was taken for, ``notes`` what a person
    should know before training, and ``class_counts`` how many samples each class has. ``groups``
    is how many groups there are that a split must not part, ``own_split`` how many samples train,
    validate and test by the data's own split; ``has_times`` and ``has_weights`` tell whether each
    sample has a time, or a weight, and ``ordered_by`` which column of dates all rows follow, if
    any. ``reach`` is how many steps of time a sample has where samples
    overlap: windows over a series, else 0.
    """

    samples: int
    arrays: Mapping[str, ArrayFacts]
    features: str = "features"
    target: str = "target"
    task: Task = "classification"
    class_names: tuple[str, ...] = field(default_factory=tuple)
    own_test: int = 0
    left_out: int = 0
    columns: tuple[ColumnFacts, ...] = ()
    read_as: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
    class_counts: tuple[int, ...] = ()
    groups: int = 0
    own_split: tuple[int, ...] = ()
    has_times: bool = False
    has_weights: bool = False
    reach: int = 0
    ordered_by: str = ""

    @property
    def own_inputs(self) -> Mapping[str, str]:
        """The columns of a table that enter Inputs of their own, each with its role."""
        return {
            each.name: each.role
            for each in self.columns
            if each.role in OF_ITS_OWN and each.name in self.arrays
        }


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
