"""Arrays of a file become a data set: which is what, of which type, and what of it was guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

import numpy as np

from app.data.arrays.looks import MOST_CLASSES, Look, look_at
from app.data.arrays.naming import Roles, roles_of
from app.data.arrays.parts import Parts, put_together
from app.data.arrays.reading import read_arrays
from app.data.dataset import Array, Dataset, describe_arrays, existing, need_memory, refuse
from app.data.rows import LARGE, Rows, chunks
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.recipes.columns import decided
from graph_model.recipes.facts import ColumnFacts, Task
from graph_model.values import Arguments

_INDEXED: Final = ("category", "mask", "one_hot")
"""The types whose values become indices of classes."""


def load(arguments: Arguments) -> Dataset:
    """Read every array of the file whose first dimension counts the samples."""
    path = existing(arguments["path"], "file")
    parts = put_together(read_arrays(path))
    named = (str(arguments["features"]), str(arguments["target"]))
    roles = roles_of(path, parts.arrays, decided(arguments, "roles"), *named)
    return _Reader(path, parts, roles, arguments).data()


class _Reader:
    """Makes a data set of the arrays of one file."""

    def __init__(self, path: Path, parts: Parts, roles: Roles, arguments: Arguments) -> None:
        self._path, self._parts, self._roles = path, parts, roles
        self._types = decided(arguments, "types")
        self._layout = str(arguments["layout"])
        self._samples = len(parts.arrays[roles.features])
        self._columns: list[ColumnFacts] = []
        self._words: dict[str, tuple[str, ...]] = {}
        self._left_out: list[str] = []
        self._turned: list[str] = []
        self._is_kept = False

    def data(self) -> Dataset:
        """Return the data set, refused where its arrays do not go together."""
        self._need_samples()
        arrays, beside = {}, {}
        for name, raw in self._parts.arrays.items():
            role = self._roles.roles[name]
            if role in ("features", "target") and len(raw) == self._samples:
                made = self._made(name, self._laid_out(name, raw), role)
                if made is not None:
                    arrays[name] = made
            elif role in ("group", "weight", "split") and len(raw) == self._samples:
                beside[role] = raw
                self._tell(name, role, look_at(raw, is_target=True))
            else:
                self._left_out += [name] * (role != "ignore")
                self._tell(name, "ignore", look_at(raw, is_target=False))
        return self._dataset(arrays, beside)

    def _need_samples(self) -> None:
        target = self._parts.arrays[self._roles.target]
        if len(target) != self._samples:
            refuse(
                "data_lengths_differ",
                path=self._path,
                array=self._roles.target,
                got=len(target),
                other=self._roles.features,
                expected=self._samples,
            )
        if self._samples < 2:
            what = phrase("samples")
            refuse("data_too_few", path=self._path, got=self._samples, what=what, expected=2)

    def _dataset(self, arrays: Mapping[str, Array], beside: Mapping[str, Array]) -> Dataset:
        features, target = self._roles.features, self._roles.target
        names = self._words.get(target, ())
        task: Task = "classification" if names else "regression"
        classes = {name: len(words) for name, words in self._words.items()}
        facts = describe_arrays(
            arrays, task, names, features=features, target=target, classes=classes
        )
        own = self._own_split(beside.get("split"))
        if own is not None and self._parts.own_split is None:
            order = np.argsort(own, kind="stable")  # what tests comes last
            arrays = {name: array[order] for name, array in arrays.items()}
            beside = {name: array[order] for name, array in beside.items()}
            own = own[order]
        counts = (
            np.bincount(arrays[target].ravel(), minlength=len(names))
            if task == "classification"
            else ()
        )
        facts = replace(
            facts,
            own_test=int((own == 2).sum()) if own is not None else 0,
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
            done={"channels_last": self._turned} if self._turned else {},
        )

    def _own_split(self, told: Array | None) -> Array | None:
        """Return the part of each sample, from the names of arrays or from one that tells it."""
        if self._parts.own_split is not None or told is None:
            return self._parts.own_split
        known = {
            "train": 0,
            "0": 0,
            "val": 1,
            "validation": 1,
            "valid": 1,
            "1": 1,
            "test": 2,
            "2": 2,
        }
        words = [each.decode() if isinstance(each, bytes) else str(each) for each in told.tolist()]
        return np.array([known.get(word.lower(), 0) for word in words], np.int64)

    def _laid_out(self, name: str, raw: Array) -> Array:
        """Return pictures with their channels first, as layers take them."""
        if self._roles.roles[name] != "features" or raw.ndim not in (3, 4):
            return raw
        is_last = raw.ndim == 4 and raw.shape[3] in (1, 3, 4) and min(raw.shape[1:3]) > 4
        is_proposed = self._layout == "auto" and is_last and raw.dtype == np.uint8
        if raw.ndim == 4 and (is_proposed or self._layout == "channels_last"):
            self._turned.append(name)
            return raw.transpose(0, 3, 1, 2)
        if raw.ndim == 3 and self._layout == "no_channels":
            return raw[:, None]
        return raw

    def _made(self, name: str, raw: Array, role: str) -> Array | None:
        """Return an array as its type is trained on; none for words that nothing can take."""
        if raw.dtype.kind not in "fiubSU" or not raw.size:
            expected, got = phrase("numbers"), raw.dtype if raw.size else phrase("nothing")
            refuse("data_bad_array", path=self._path, array=name, got=got, expected=expected)
        look = look_at(raw, is_target=role == "target")
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
        rows = Rows(raw)
        start = 0
        with np.errstate(over="ignore"):  # what float32 cannot hold is refused below
            for some in chunks(rows) if raw.dtype.kind == "f" else ():
                bad = np.flatnonzero(~np.isfinite(some).reshape(len(some), -1).all(axis=1))
                if len(bad):
                    row = start + int(bad[0])
                    refuse("data_not_finite", path=self._path, array=name, row=row)
                start += len(some)
        if raw.nbytes >= LARGE and raw.ndim > 1:
            self._is_kept |= name == self._roles.features
            return cast(Array, rows)
        need_memory(self._path, 4 * raw.size)
        return np.ascontiguousarray(raw, np.float32)

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
        if kind == "one_hot" and raw.ndim == 2:
            self._words[name] = tuple(map(str, range(raw.shape[1])))
            return raw.argmax(axis=1).astype(np.int64)
        if raw.ndim > 1 and raw.shape[1] == 1 and (raw.ndim == 2 or kind == "mask"):
            raw = raw[:, 0]
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
        told = [str(self._roles.why.get(name, "")), look.why if name not in self._types else ""]
        made_of = self._parts.made_of.get(name, ())
        if made_of:
            told.insert(0, ", ".join(made_of))
        self._columns.append(
            ColumnFacts(
                name,
                role,
                self._types.get(name, look.type),
                "; ".join(filter(None, told)),
                proposed=look.type,
                examples=look.examples,
                distinct=look.distinct,
                histogram=look.histogram,
            )
        )

    def _read_as(self) -> dict[str, str]:
        told = {"features": self._roles.features, "target": self._roles.target}
        if self._is_kept:
            told["keep"] = "files"
        return told | (
            {"layout": "channels_last"} if self._turned and self._layout == "auto" else {}
        )

    def _notes(self) -> list[Problem]:
        values = {"path": str(self._path), "names": ", ".join(self._left_out)}
        return [Problem("data_arrays_left_out", values)] if self._left_out else []
