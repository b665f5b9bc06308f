"""The data that come with the application or with scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.dataset import Dataset, classified, measured, refuse, with_columns
from app.data.pictures import idx
from app.resources import RESOURCES
from graph_model.phrases import phrase
from graph_model.recipes.source_kinds.bundled import FASHION_CLASSES
from graph_model.recipes.sources import SOURCES
from graph_model.values import Arguments

FASHION_FOLDER: Final = Path("/usr/share/datasets/fashion-mnist")
"""Where the Debian package dataset-fashion-mnist puts the whole set."""


def _digits(_: Arguments) -> Dataset:
    bunch = _scikit("load_digits")
    return classified(bunch.images[:, None] / 16.0, bunch.target, tuple("0123456789"))


def _table(name: str, loader: str) -> Callable[[Arguments], Dataset]:
    def load(_: Arguments) -> Dataset:
        facts = SOURCES[name].facts
        assert facts is not None
        known = facts({})
        assert known is not None
        bunch = _scikit(loader)
        if known.task == "classification":
            data = classified(bunch.data, bunch.target, known.class_names)
        else:
            data = measured(bunch.data, bunch.target)
        columns = tuple(each for each in known.arrays if each not in data.arrays)
        single = {each: data.features[:, [index]] for index, each in enumerate(columns)}
        return with_columns(replace(data, columns=columns), single)

    return load


def _fashion_mnist(arguments: Arguments) -> Dataset:
    """Read the subset, or the whole set from where its Debian package puts it."""
    extent = arguments["extent"]
    if extent == "whole" and not FASHION_FOLDER.is_dir():
        what = phrase("folder")
        refuse("data_not_found", parameter="data.extent", path=FASHION_FOLDER, what=what)
    if extent != "subset" and FASHION_FOLDER.is_dir():
        data = idx.load({"path": str(FASHION_FOLDER)})
        facts = replace(data.facts, class_names=FASHION_CLASSES)
        return _read_as("whole", replace(data, facts=facts))
    data = _fashion_subset()
    return _read_as("subset", data) if extent == "auto" else data


def _read_as(extent: str, data: Dataset) -> Dataset:
    """Say which of the sets it is, and where the whole one lies."""
    read_as = {"extent": extent}
    if extent == "whole":
        read_as[phrase("read from")] = str(FASHION_FOLDER)
    return replace(data, facts=replace(data.facts, read_as=read_as))


def _fashion_subset() -> Dataset:
    with np.load(RESOURCES / "data" / "fashion_mnist.npz", allow_pickle=False) as archive:
        images, labels = archive["images"], archive["labels"]
    return classified(images[:, None] / np.float32(255), labels, FASHION_CLASSES, own_test=1000)


def _scikit(loader: str) -> Any:
    """Return a data set that comes with scikit-learn, which takes a second to import."""
    from sklearn import datasets

    return getattr(datasets, loader)()


LOADERS: Final[Mapping[str, Callable[[Arguments], Dataset]]] = {
    "digits": _digits,
    "iris": _table("iris", "load_iris"),
    "wine": _table("wine", "load_wine"),
    "breast_cancer": _table("breast_cancer", "load_breast_cancer"),
    "diabetes": _table("diabetes", "load_diabetes"),
    "fashion_mnist": _fashion_mnist,
}
