"""Data in memory: named arrays with one entry for each sample, as they were read."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.data.bytes import format_bytes
from app.data.foreign import is_placeholder
from app.paths import is_folder
from graph_model.files.plain_file import need_plain_file
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, Problem, Refusal
from graph_model.recipes.facts import ArrayFacts, DataFacts, Task

Array = NDArray[Any]
Indices = NDArray[np.int64]

UNSEEN: Final = "\0"
"""What stands in the place of a word that none of the training samples has."""
LIMIT: Final = 4 * 2**30
"""The most bytes that the arrays of one data set may take."""


@frozen
class Fitted:
    """What was learned of the training samples: arrays of all samples that follow from it.

    ``done`` says how they were made, for ``preprocessing.json``; ``names`` those of the classes
    of arrays, where they were learned as well, ``words`` those of columns, as far as they are
    known. ``fills`` has what fills the gaps of each array that has any.
    """

    arrays: Mapping[str, Array]
    done: Mapping[str, Any]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fills: Mapping[str, Array] = field(default_factory=dict)


Fit: TypeAlias = Callable[[Indices, Collection[str]], Fitted]
"""Learns from the training samples, and makes those arrays anew that are used."""


@frozen
class Dataset:
    """The arrays of a source as they were read, not yet shifted or scaled.

    ``arrays`` has every name in ``facts.arrays``; float32 for measurements and pixels, int64 for
    classes, categories and indices. ``scaled`` names the arrays to be shifted and scaled by the
    figures of the training split. ``categories`` has the words of each column of words, in the
    order of their indices. ``columns`` names, for a table, what its features were made of.
    ``fit`` makes those arrays anew that depend on what is learned from the training samples, whose
    indices it is given: what is there before was learned from all, and is only to be looked at;
    what is missing there is NaN, or −1 among indices. ``done`` says for ``preprocessing.json`` how
    samples were read.

    Of a table, ``dates`` has the format and the parts of each column of dates, ``word_fillings``
    the word that stands for a missing one, and ``rules`` how its cells are read.

    Of each sample, where there are such: ``groups`` has the index of the group that a split must
    not part, ``times`` what samples are put in order by, ``weights`` what its loss counts, and
    ``own_split`` 0 where it trains, 1 where it validates and 2 where it tests.
    """

    arrays: Mapping[str, Array]
    facts: DataFacts
    scaled: frozenset[str] = frozenset()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    groups: Array | None = None
    times: Array | None = None
    weights: Array | None = None
    own_split: Array | None = None
    dates: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    word_fillings: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    fit: Fit | None = None
    done: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.facts.samples

    @property
    def features(self) -> Array:
        """What enters a network unless bound otherwise."""
        return self.arrays[self.facts.features]

    @property
    def target(self) -> Array:
        """What is to be predicted unless bound otherwise."""
        return self.arrays[self.facts.target]


def classified(
    features: Array, labels: Array, class_names: tuple[str, ...], *, own_test: int = 0
) -> Dataset:
    """Make a data set of features and class indices."""
    arrays: dict[str, Array] = {
        "features": features.astype(np.float32),
        "target": labels.astype(np.int64),
    }
    facts = describe_arrays(arrays, "classification", class_names)
    return Dataset(arrays, replace(facts, own_test=own_test))


def measured(features: Array, values: Array) -> Dataset:
    """Make a data set of features and one number for each sample."""
    target = values.astype(np.float32).reshape(-1, 1)
    arrays = {"features": features.astype(np.float32), "target": target}
    return Dataset(arrays, describe_arrays(arrays, "regression"))


def describe_arrays(
    arrays: Mapping[str, Array],
    task: Task,
    class_names: tuple[str, ...] = (),
    *,
    features: str = "features",
    target: str = "target",
    classes: Mapping[str, int] | None = None,
) -> DataFacts:
    """Return the facts of arrays; ``classes`` counts those of index arrays besides the target."""
    counts = {**(classes or {}), target: len(class_names)}
    described = {
        name: _described(name, array, counts.get(name, 0)) for name, array in arrays.items()
    }
    return DataFacts(len(arrays[features]), described, features, target, task, class_names)


def _described(name: str, array: Array, classes: int) -> ArrayFacts:
    are_indices = array.dtype.kind in "iu" and array.size > 0 and not classes
    highest = int(array.max()) if are_indices else None
    as_needed = not isinstance(array, np.ndarray)
    return ArrayFacts(
        name, array.shape[1:], str(array.dtype), classes, highest, as_needed=as_needed
    )


def with_ignored(facts: DataFacts, name: str, value: str) -> DataFacts:
    """Tell which value of an array counts for nothing, if any."""
    arrays = {**facts.arrays, name: replace(facts.arrays[name], ignored=value)}
    return replace(facts, arrays=arrays)


def with_columns(data: Dataset, columns: Mapping[str, Array]) -> Dataset:
    """Add one array for each column, so that an Input may take a single one.

    A column whose name an array has already is left out.
    """
    fresh = {name: column for name, column in columns.items() if name not in data.arrays}
    described = {
        name: _described(name, array, len(data.categories.get(name, ())))
        for name, array in fresh.items()
    }
    facts = replace(data.facts, arrays={**data.facts.arrays, **described})
    return replace(data, arrays={**data.arrays, **fresh}, facts=facts)


def with_sample_facts(data: Dataset) -> Dataset:
    """Tell in the facts what samples have beside their arrays."""
    own = () if data.own_split is None else np.bincount(data.own_split, minlength=3)
    facts = replace(
        data.facts,
        groups=0 if data.groups is None else len(np.unique(data.groups)),
        own_split=tuple(map(int, own)),
        has_times=data.times is not None,
        has_weights=data.weights is not None,
    )
    return replace(data, facts=facts)


def refuse(
    code: str, *, parameter: str = "data.path", fixes: tuple[Fix, ...] = (), **values: object
) -> NoReturn:
    """Refuse to read the data, with the values that the sentence of ``code`` names."""
    named = {name: str(value) for name, value in values.items()}
    if named.get("reason", "").endswith("."):  # as other libraries end theirs; the sentence has one
        named["reason"] = named["reason"].rstrip(".")
    raise Refusal(Problem(code, named, parameter=parameter, fixes=fixes))


def at_home(path: object) -> Path:
    """Return a path in which ``~`` stands for the home of a user, where there is such a user."""
    return Path(os.path.expanduser(str(path)))  # noqa: PTH111  # Path.expanduser raises


def existing(path: object, what: str) -> Path:
    """Return the path of an existing file or folder (``what``), refused otherwise."""
    if not path:
        refuse("data_no_path", what=phrase(what))
    found = at_home(path)
    try:
        if what == "file":
            need_plain_file(found)
            if is_placeholder(found):
                refuse("data_is_placeholder", path=found)
        elif not is_folder(found):
            raise NotADirectoryError
    except (FileNotFoundError, NotADirectoryError):
        refuse("data_not_found", path=found, what=phrase(what))
    except (OSError, ValueError) as error:
        refuse("data_unreadable", path=repr(str(path)), reason=getattr(error, "strerror", error))
    return found


@contextmanager
def vanishing_refused() -> Iterator[None]:
    """Refuse what is read within where a file of it cannot be read, as one that vanished since."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        refuse("data_unreadable", path=error.filename or phrase("data"), reason=reason)


def need_memory(path: Path, size: int) -> None:
    """Refuse data that would take more memory than ``LIMIT``."""
    if size > LIMIT:
        refuse("data_too_large", path=path, got=format_bytes(size), limit=format_bytes(LIMIT))
