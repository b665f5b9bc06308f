"""Reading data: from a choice of the recipe to arrays in memory, without torch."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from app.data import bundled, emoji, synthetic
from app.data.arrays import loading as arrays
from app.data.arrays.looks import are_shares
from app.data.dataset import Array, Dataset, at_home, vanishing_refused, with_sample_facts
from app.data.own import source as own
from app.data.pictures import idx
from app.data.pictures import loading as pictures
from app.data.rows import Rows, is_lazy
from app.data.series import source as series
from app.data.sounds import source as sounds
from app.data.tables import loading as tables
from app.data.texts import plays
from app.data.texts import sources as texts
from app.resources import RESOURCES
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import arguments_of, described
from graph_model.values import Arguments, Value

_LOADERS: Final[Mapping[str, Callable[[Arguments], Dataset]]] = {
    **bundled.LOADERS,
    **synthetic.LOADERS,
    "fashion_mnist_folder": idx.load,
    "csv": tables.load,
    "npz": arrays.load,
    "image_folder": pictures.load,
    "emoji": emoji.load,
    "audio_folder": sounds.load,
    "python": own.load,
    "text": texts.load,
    "text_folder": texts.load_folder,
    "series": series.load,
    "sunspots": series.bundled("sunspots", "SUNACTIVITY"),
    "co2": series.bundled("co2", "co2"),
    "shakespeare": plays.load_text,
    "shakespeare_kinds": plays.load_kinds,
}


_WATCHED: Final = 5000
"""So many files in a folder are watched; of more, the folder itself tells that one has gone."""


def load(choice: Choice) -> Dataset:
    """Read the data of a choice; the last ones read are kept in memory.

    Raises ``Refusal``, which carries the problem, where they cannot be read.
    """
    arguments = arguments_of(choice)
    return _load(choice.kind, tuple(arguments.items()), _stamp(arguments))


def forget() -> None:
    """Let go of the data read last, which are read again when they are asked for."""
    _load.cache_clear()


def describe(choice: Choice) -> DataFacts | Problem:
    """Say what the data of a choice are, or why they cannot be read.

    Files are read, once until they change: ask for them off the window's thread.
    """
    facts = described(choice)
    if facts is not None:
        return facts
    try:
        return load(choice).facts
    except Refusal as refusal:
        return refusal.problem


PENGUINS: Final = RESOURCES / "data" / "penguins.csv"


@lru_cache(maxsize=2)
def _load(kind: str, items: tuple[tuple[str, Value], ...], _: tuple[int, ...]) -> Dataset:
    arguments = dict(items)
    if kind == "penguins":
        table = {"path": str(PENGUINS), "target": "species", "missing": arguments["missing"]}
        kind, arguments = "csv", {**arguments_of(Choice("csv", table)), **arguments}
    with vanishing_refused():
        data = _LOADERS[kind](arguments)
    for array in data.arrays.values():
        if not is_lazy(array):
            array.flags.writeable = False
    return _with_labels(with_sample_facts(replace(data, scaled=_scaled(data, arguments))))


def _with_labels(data: Dataset) -> Dataset:
    """Tell in the facts that the target has yes or no for each of several labels."""
    name = data.facts.target
    array, told = data.arrays[name], data.facts.arrays[name]
    if is_lazy(array) or array.ndim != 2 or array.shape[1] < 2 or array.dtype != np.float32:
        return data
    if told.classes or not np.logical_or(array == 0, array == 1).all():
        return data
    labels = _label_names(data.facts, array.shape[1])
    arrays = {**data.facts.arrays, name: replace(told, labels=labels)}
    return replace(data, facts=replace(data.facts, arrays=arrays))


def _label_names(facts: DataFacts, count: int) -> tuple[str, ...]:
    """Return what labels are called: as the columns that hold them, else by their numbers."""
    names = [each.name for each in facts.columns if each.role == "target"]
    if len(names) != count:
        names = facts.read_as.get("labels in", "").split(", ")
    if len(names) != count:
        return tuple(map(str, range(count)))
    whole = {name.partition(".")[0] for name in names if "." in name}
    is_of_one = len(whole) == 1 and all("." in name for name in names)
    return tuple(name.partition(".")[2] if is_of_one else name for name in names)


def _scaled(data: Dataset, arguments: Arguments) -> frozenset[str]:
    """Return the names of the arrays that are to be shifted and scaled."""
    target = data.facts.target
    numbers = {
        name
        for name, array in data.arrays.items()
        if array.dtype == np.float32
        and not data.facts.arrays[name].has_shares
        and not _are_marks(array, is_target=name == target)
    }
    entering = numbers - {target} | {data.facts.features} & numbers
    chosen = entering if arguments.get("normalize") else set()
    if target in numbers - entering and arguments.get("normalize_target"):
        chosen = chosen | {target}
    return frozenset(chosen)


def _are_marks(array: Array | Rows, *, is_target: bool) -> bool:
    """Tell whether each sample is −1 or 1, or a target has labels, masks or shares from 0 to 1.

    Losses hold an output against these as they are.
    """
    if array.ndim == 1:
        return bool((np.abs(array[:]) == 1).all())
    if not is_target or array.shape[1:] == (1,) or is_lazy(array):
        return False
    held = np.asarray(array)
    return bool(np.logical_or(held == 0, held == 1).all()) or are_shares(held)


def _within(path: Path) -> list[Path]:
    """Return what lies in a folder, and folders in that: what comes or goes touches its own."""
    if not path.is_dir():
        return []
    near = [Path(each.path) for each in os.scandir(path)][:_WATCHED]
    folders = [each for each in near if each.is_dir()]
    far = [each for folder in folders for each in _folders(folder)]
    return sorted(each for each in (*near, *far) if each.exists())


def _folders(folder: Path) -> list[Path]:
    """Return the folders in one, none where a link in it leads nowhere that one may look."""
    try:
        with os.scandir(folder) as entries:
            return [Path(each.path) for each in entries if each.is_dir()]
    except OSError:
        return []


def _stamp(arguments: Arguments) -> tuple[int, ...]:
    """Return what differs once the file, or a folder within the folder, has been written to."""
    if not arguments.get("path"):
        return ()
    try:
        path = at_home(arguments["path"])
        touched = [path, *_within(path)]
        states = [each.stat() for each in touched]
    except (OSError, ValueError):
        return ()
    return tuple(number for state in states for number in (state.st_mtime_ns, state.st_size))
