"""Arrays of a file become a data set: which is what, of which type, and what of it was guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Final, cast

import numpy as np

from app.data.arrays.filling import Filling
from app.data.arrays.holes import LEAVE_OUT, Holes, filling_of, holes_of, note_of
from app.data.arrays.layouts import channels_first, has_channels_last, samples_first
from app.data.arrays.looks import (
    MOST_CLASSES,
    Look,
    class_axis,
    look_at,
    look_of_others,
    without_ones,
)
from app.data.arrays.naming import Roles, roles_of
from app.data.arrays.own_splits import Told, told_parts
from app.data.arrays.parts import Parts, put_together
from app.data.arrays.reading import place_of, read_arrays
from app.data.class_rows import ClassRows, counted, rows_of_nothing
from app.data.class_values import Scheme, scheme_of
from app.data.class_values import note_of as ignored_note
from app.data.dataset import (
    Array,
    Dataset,
    Fit,
    describe_arrays,
    need_memory,
    refuse,
    with_ignored,
)
from app.data.rows import LARGE, FilledRows, Rows
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.recipes.columns import decided
from graph_model.recipes.facts import ColumnFacts, Task
from graph_model.values import Arguments

_INDEXED: Final = ("category", "mask", "one_hot")
"""The types whose values become indices of classes."""
_MOST_OF_STEPS: Final = 256
"""So many whole numbers at the steps of series are classes."""
_INDEX: Final = 8
"""The bytes of an index."""


def load(arguments: Arguments) -> Dataset:
    """Read every array of the file or folder whose first dimension counts the samples."""
    path = place_of(arguments["path"])
    parts = put_together(read_arrays(path))
    named = (str(arguments["features"]), str(arguments["target"]))
    roles = roles_of(path, parts.arrays, decided(arguments, "roles"), *named)
    return _Reader(path, parts, roles, arguments).data()


class _Reader:
    """Makes a data set of the arrays of one file."""

    def __init__(self, path: Path, parts: Parts, roles: Roles, arguments: Arguments) -> None:
        self._path, self._parts, self._roles, self._arguments = path, parts, roles, arguments
        self._types, self._fillings = decided(arguments, "types"), decided(arguments, "fillings")
        self._layout = str(arguments["layout"])
        self._arrays: dict[str, Array] = dict(parts.arrays)
        self._last: list[str] = []
        if self._layout in ("auto", "samples_last"):
            self._arrays, self._last = samples_first(
                parts.arrays, roles.features, roles.target, is_sure=self._layout != "auto"
            )
        self._samples = len(self._arrays[roles.features])
        self._columns: list[ColumnFacts] = []
        self._words: dict[str, tuple[str, ...]] = {}
        self._left_out: list[str] = []
        self._turned: list[str] = []
        self._without_channels: list[str] = []
        self._is_kept = False
        self._holes: dict[str, Holes] = {}
        self._filled: dict[str, str] = {}
        self._told: Told | None = None
        self._scheme: Scheme | None = None
        self._counts: tuple[int, ...] = ()

    def data(self) -> Dataset:
        """Return the data set, refused where its arrays do not go together."""
        self._need_samples()
        self._look_for_holes()
        kept = self._complete()
        arrays, beside = {}, {}
        for name, raw in self._arrays.items():
            role = self._roles.roles[name]
            fits = len(raw) == self._samples
            rows = raw[kept] if fits and kept is not None else raw
            if role in ("features", "target") and fits:
                made = self._made(name, self._laid_out(name, rows), role)
                if made is not None:
                    arrays[name] = made
            elif role in ("group", "weight", "split") and fits:
                beside[role] = rows
                self._tell(name, role, look_at(rows, is_target=True))
            else:
                self._left_out += [name] * (role != "ignore")
                self._tell(name, "ignore", look_at(raw, is_target=False))
        own = self._parts.own_split
        if own is not None and kept is not None:
            own = own[kept]
        return self._dataset(arrays, beside, own)

    def _need_samples(self) -> None:
        target = self._arrays[self._roles.target]
        if len(target) != self._samples:
            refuse(
                "data_lengths_differ",
                path=self._path,
                array=self._roles.target,
                got=len(target),
                other=self._roles.features,
                expected=self._samples,
            )
        self._need_two(self._samples)

    def _need_two(self, count: int) -> None:
        if count < 2:
            what = phrase("samples")
            refuse("data_too_few", path=self._path, got=count, what=what, expected=2)

    def _look_for_holes(self) -> None:
        """Find what is no number, and decide what becomes of it."""
        for name, raw in self._arrays.items():
            role = self._roles.roles[name]
            if role in ("features", "target", "weight") and len(raw) == self._samples:
                holes = holes_of(raw)
                if holes is not None:
                    self._holes[name] = holes
                    self._filled[name] = filling_of(
                        name, role, self._fillings, self._arguments, self._path
                    )

    def _complete(self) -> Array | None:
        """Return which samples are left, ``None`` for all of them."""
        out = [self._holes[name].samples for name, how in self._filled.items() if how == LEAVE_OUT]
        out += self._of_nothing()
        if not out:
            return None
        kept = np.delete(np.arange(self._samples), np.unique(np.concatenate(out)))
        self._need_two(len(kept))
        return kept

    def _of_nothing(self) -> Iterator[Array]:
        """Find what the values of a mask to predict stand for; yield the samples of no class."""
        name = self._roles.target
        raw = self._arrays[name]
        if self._kind(name, raw) != "mask" or raw.dtype.kind not in "iu" or raw.ndim < 2:
            return
        values, counts = counted(raw)
        self._scheme = scheme_of(self._path, values, str(self._arguments["ignored"]))
        self._counts = tuple(self._scheme.counts(values, counts))
        if self._scheme.ignored:
            yield rows_of_nothing(raw, int(self._scheme.ignored))

    def _kind(self, name: str, raw: Array) -> str:
        """Return the type of an array to predict, chosen or by its looks."""
        return self._types.get(name) or self._look(raw, is_target=True).type

    def _look(self, raw: Array, *, is_target: bool) -> Look:
        """Say what an array holds; whole numbers at each step of the features are classes."""
        look = look_at(raw, is_target=is_target)
        features = self._arrays[self._roles.features]
        steps = raw.shape[1] if raw.ndim == 2 else 0
        along = steps > 1 and features.shape[1:2] == (steps,) and features is not raw
        are_steps = features.ndim == 3 or (features.ndim == 2 and features.dtype.kind in "iu")
        is_few = raw.dtype.kind in "iu" and look.distinct <= _MOST_OF_STEPS
        if not (is_target and look.type == "number" and along and are_steps and is_few):
            return look
        why = phrase("it has a whole number at each step, {count} in all", count=look.distinct)
        return replace(look, type="mask", why=why)

    def _dataset(
        self, arrays: Mapping[str, Array], beside: Mapping[str, Array], own: Array | None
    ) -> Dataset:
        features, target = self._roles.features, self._roles.target
        names = self._words.get(target, ())
        task: Task = "classification" if names else "regression"
        classes = {name: len(words) for name, words in self._words.items()}
        if "split" in beside and own is None:
            self._told = told_parts(beside["split"], decided(self._arguments, "parts"))
            order = np.argsort(self._told.parts, kind="stable")  # what tests comes last
            order = order[self._told.parts[order] >= 0]  # what is left out is marked by -1
            self._need_two(len(order))
            arrays = {name: array[order] for name, array in arrays.items()}
            beside = {name: array[order] for name, array in beside.items()}
            own = self._told.parts[order]
        facts = describe_arrays(
            arrays, task, names, features=features, target=target, classes=classes
        )
        counts: Iterable[int] = self._counts
        if task == "classification" and self._scheme is None:
            counts = np.bincount(arrays[target].ravel(), minlength=len(names))
        facts = with_ignored(facts, target, self._scheme.ignored if self._scheme else "")
        facts = replace(
            facts,
            own_test=int((own == 2).sum()) if own is not None else 0,
            left_out=self._samples - facts.samples,
            columns=tuple(self._columns),
            read_as=self._read_as(),
            notes=tuple(self._notes()),
            class_counts=tuple(map(int, counts)),
        )
        group, weight = beside.get("group"), beside.get("weight")
        return Dataset(
            arrays,
            facts,
            categories={name: words for name, words in self._words.items() if name != target},
            groups=None if group is None else np.unique(group, return_inverse=True)[1],
            weights=None if weight is None else weight.astype(np.float32),
            own_split=own,
            fit=self._fit(arrays),
            done=self._done(),
        )

    def _fit(self, arrays: Mapping[str, Array]) -> Fit | None:
        """Return what fills the arrays that lack values, where any does."""
        filled = {name: how for name, how in self._filled.items() if how != LEAVE_OUT}
        found = {name: arrays[name] for name in filled if name in arrays}
        return Filling(found, filled).fit if found else None

    def _done(self) -> dict[str, list[str]]:
        """Return how arrays lie in the file, for whoever reads others like them."""
        found = {
            "samples_last": self._last,
            "channels_last": self._turned,
            "no_channels": self._without_channels,
        }
        return {word: names for word, names in found.items() if names}

    def _laid_out(self, name: str, raw: Array) -> Array:
        """Return pictures with their channels first, as layers take them."""
        if self._types.get(name, "") in _INDEXED:
            return raw
        if raw.ndim == 4 and (
            self._layout == "channels_last"
            or (self._layout in ("auto", "samples_last") and has_channels_last(raw))
        ):
            self._turned.append(name)
            return channels_first(raw)
        if raw.ndim == 3 and self._layout == "no_channels" and name == self._roles.features:
            self._without_channels.append(name)
            return raw[:, None]
        return raw

    def _made(self, name: str, raw: Array, role: str) -> Array | None:
        """Return an array as its type is trained on; none for words that nothing can take."""
        if raw.dtype.kind not in "fiubSU" and role == "features" and name != self._roles.features:
            self._tell(name, "ignore", look_of_others())
            return None
        if raw.dtype.kind not in "fiubSU" or not raw.size:
            expected, got = phrase("numbers"), raw.dtype if raw.size else phrase("nothing")
            refuse("data_bad_array", path=self._path, array=name, got=got, expected=expected)
        look = self._look(raw, is_target=role == "target")
        kind = self._types.get(name, look.type)
        if raw.dtype.kind in "SU" and (role == "features" and name not in self._types):
            self._tell(name, "ignore", look)
            return None
        self._tell(name, role, look)
        if role == "features":
            return self._numbers(name, raw) if kind == "number" else self._indices(name, raw)
        if kind in _INDEXED:
            return self._classes(name, raw, kind)
        if raw.dtype.kind in "SU":
            expected = phrase("numbers")
            refuse("data_bad_array", path=self._path, array=name, got=raw.dtype, expected=expected)
        numbers = self._numbers(name, raw)
        return numbers.reshape(-1, 1) if numbers.ndim == 1 else numbers

    def _numbers(self, name: str, raw: Array) -> Array:
        """Return pixels and measurements as float32; large arrays only where they are read."""
        if raw.nbytes >= LARGE and raw.ndim > 1:
            self._is_kept |= name == self._roles.features
            made = FilledRows(raw) if self._are_filled() else Rows(raw)
            return cast(Array, made)
        need_memory(self._path, 4 * raw.size)
        with np.errstate(over="ignore"):  # what float32 cannot hold is missing
            held = np.ascontiguousarray(raw, np.float32)
        if name in self._holes:
            held = np.where(np.isfinite(held), held, np.float32("nan"))
        return held

    def _are_filled(self) -> bool:
        """Tell whether anything is filled: the text that trains holds large arrays in one way."""
        return any(how != LEAVE_OUT for how in self._filled.values())

    def _indices(self, name: str, raw: Array) -> Array:
        """Return whole numbers as indices, words as indices of their words."""
        if raw.dtype.kind in "SU":
            return self._classes(name, raw, "category")
        if raw.dtype.kind == "f":
            self._need_whole(name, raw)
        made = raw.astype(np.int64)
        if made.ndim == 1 and made.min() >= 0 and made.max() < MOST_CLASSES:
            self._words[name] = tuple(map(str, range(max(2, int(made.max()) + 1))))
        return made

    def _classes(self, name: str, raw: Array, kind: str) -> Array:
        """Return the index of the class of each sample, or at each place of a mask."""
        if kind == "one_hot" and raw.ndim > 1:
            raw = without_ones(raw)
            axis = class_axis(raw)
            self._words[name] = tuple(map(str, range(raw.shape[axis])))
            return raw.argmax(axis=axis).astype(np.int64)
        if raw.ndim > 1 and raw.shape[1] == 1 and (raw.ndim == 2 or kind == "mask"):
            raw = raw[:, 0]
        elif raw.ndim == 4 and raw.shape[-1] == 1 and kind == "mask":
            raw = raw[..., 0]
        if self._scheme is not None and name == self._roles.target:
            self._words[name] = self._scheme.names
            rows = ClassRows(raw, self._scheme)
            self._is_kept |= _INDEX * raw.size >= LARGE
            return cast(Array, rows) if _INDEX * raw.size >= LARGE else rows[:]
        if raw.dtype.kind == "f":
            self._need_whole(name, raw)
            raw = raw.astype(np.int64)
        found, indices = np.unique(raw, return_inverse=True)
        words = tuple(
            each.decode(errors="replace") if isinstance(each, bytes) else str(each)
            for each in (found.astype(np.int64) if raw.dtype.kind == "b" else found).tolist()
        )
        if len(found) < 2:
            what = phrase("classes")
            refuse("data_too_few", path=self._path, got=len(found), what=what, expected=2)
        if len(found) > MOST_CLASSES:
            expected = phrase("at most {largest} classes, or numbers", largest=MOST_CLASSES)
            refuse("data_bad_array", path=self._path, array=name, got=len(found), expected=expected)
        if raw.dtype.kind in "iu" and found[0] == 0 and 2 * len(found) > int(found[-1]):
            self._words[name] = tuple(map(str, range(int(found[-1]) + 1)))
            return raw.astype(np.int64)
        self._words[name] = words
        return indices.reshape(raw.shape).astype(np.int64)

    def _need_whole(self, name: str, raw: Array) -> None:
        if not (np.isfinite(raw).all() and (raw == np.floor(raw)).all()):
            expected = phrase("whole numbers")
            refuse("data_bad_array", path=self._path, array=name, got=raw.dtype, expected=expected)

    def _tell(self, name: str, role: str, look: Look) -> None:
        """Note what an array is taken for, and why."""
        told = [self._roles.why.get(name, ""), look.why if name not in self._types else ""]
        made_of = self._parts.made_of.get(name, ())
        if made_of:
            told.insert(0, ", ".join(made_of))
        holes = self._holes.get(name)
        self._columns.append(
            ColumnFacts(
                name,
                role,
                self._types.get(name, look.type),
                reduce(_together, filter(None, told), ""),
                proposed=look.type,
                examples=look.examples,
                missing=len(holes.samples) if holes else 0,
                distinct=look.distinct,
                filling=self._filled.get(name, ""),
                histogram=look.histogram,
            )
        )

    def _read_as(self) -> dict[str, str]:
        told = {"features": self._roles.features, "target": self._roles.target}
        if self._scheme is not None and self._scheme.ignored and not self._arguments["ignored"]:
            told["ignored"] = self._scheme.ignored
        if self._is_kept:
            told["keep"] = "files"
        if self._layout == "auto" and (self._last or self._turned):
            told["layout"] = "samples_last" if self._last else "channels_last"
        return told

    def _notes(self) -> Iterator[Problem]:
        path = str(self._path)
        if self._scheme is not None:
            yield from ignored_note(self._path, self._scheme)
        if self._left_out:
            names = ", ".join(self._left_out)
            yield Problem("data_arrays_left_out", {"path": path, "names": names})
        for name, holes in self._holes.items():
            yield note_of(path, name, holes, self._filled[name], self._arguments)
        if self._told is not None:
            yield from self._told.notes(path, self._arguments)


def _together(one: str, other: str) -> str:
    """Return two reasons as one, each in whatever language it will be told."""
    return phrase("{one}; {other}", one=one, other=other) if one else other
