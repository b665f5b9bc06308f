"""The words for roles, types and fillings of columns, and for parts of a split, as people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.sentences import translate
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES

_WORDS: Final[Mapping[str, Any]] = {
    "number": QT_TRANSLATE_NOOP("ColumnWord", "number"),
    "category": QT_TRANSLATE_NOOP("ColumnWord", "category"),
    "date": QT_TRANSLATE_NOOP("ColumnWord", "date"),
    "text": QT_TRANSLATE_NOOP("ColumnWord", "text"),
    "picture": QT_TRANSLATE_NOOP("ColumnWord", "picture"),
    "path": QT_TRANSLATE_NOOP("ColumnWord", "path"),
    "features": QT_TRANSLATE_NOOP("ColumnWord", "features"),
    "split": QT_TRANSLATE_NOOP("ColumnWord", "split"),
    "time": QT_TRANSLATE_NOOP("ColumnWord", "days"),
    "one_hot": QT_TRANSLATE_NOOP("ColumnWord", "one-hot"),
    "shares": QT_TRANSLATE_NOOP("ColumnWord", "shares of classes"),
    "mask": QT_TRANSLATE_NOOP("ColumnWord", "mask"),
    "target": QT_TRANSLATE_NOOP("ColumnWord", "target"),
    "group": QT_TRANSLATE_NOOP("ColumnWord", "group"),
    "weight": QT_TRANSLATE_NOOP("ColumnWord", "weight"),
    "ignore": QT_TRANSLATE_NOOP("ColumnWord", "ignore"),
    "mean": QT_TRANSLATE_NOOP("ColumnWord", "mean"),
    "median": QT_TRANSLATE_NOOP("ColumnWord", "median"),
    "most_frequent": QT_TRANSLATE_NOOP("ColumnWord", "most frequent"),
    "value": QT_TRANSLATE_NOOP("ColumnWord", "own value"),
    "leave_out": QT_TRANSLATE_NOOP("ColumnWord", "leave out"),
    "skip": QT_TRANSLATE_NOOP("ColumnWord", "leave out"),
    "refuse": QT_TRANSLATE_NOOP("ColumnWord", "refuse"),
    "index": QT_TRANSLATE_NOOP("ColumnWord", "index"),
    "training": QT_TRANSLATE_NOOP("ColumnWord", "training"),
    "validation": QT_TRANSLATE_NOOP("ColumnWord", "validation"),
    "test": QT_TRANSLATE_NOOP("ColumnWord", "test"),
}


_FILLINGS: Final[Mapping[str, Any]] = {
    "category": QT_TRANSLATE_NOOP("ColumnWord", "a category of its own"),
    "refuse": QT_TRANSLATE_NOOP("ColumnWord", "nothing: refuse"),
}
"""Words that mean something else where they tell what becomes of gaps."""


def filling_word(name: str) -> str:
    """Return what becomes of gaps, in the language in use."""
    return translate("ColumnWord", _FILLINGS[name]) if name in _FILLINGS else word(name)


def word(name: str) -> str:
    """Return a word in the language in use; one that is not known as it is."""
    return translate("ColumnWord", _WORDS[name]) if name in _WORDS else name


_OURS: Final = frozenset({"features", "target", "text"})
"""What arrays are called where nothing in a file gives them names."""
_NAMELESS: Final = frozenset(
    {"fashion_mnist_folder", "image_folder", "audio_folder", "text", "text_folder"}
)
"""The sources whose files name no arrays."""


def is_own(data: Choice) -> bool:
    """Tell whether names in data are those of a file, which no language changes."""
    kind = SOURCES.get(data.kind)
    return kind is None or kind.origin is Origin.FILE


def class_names(data: Choice, facts: DataFacts) -> tuple[str, ...]:
    """Return the names of classes, those of bundled data in the language in use."""
    if is_own(data):
        return facts.class_names
    return tuple(translate("ClassName", name) for name in facts.class_names)


def column_name(data: Choice, name: str) -> str:
    """Return the name of a column or array, that of bundled data in the language in use."""
    is_ours = data.kind in _NAMELESS and name in _OURS
    return name if is_own(data) and not is_ours else translate("ArrayName", name)
