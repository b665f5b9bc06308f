"""Which columns of a table are most likely to be predicted, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from app.data.tables.shares import MOST as MOST_SHARES
from app.data.tables.shares import add_up, are_marks
from app.data.tables.table import Table
from app.data.tables.understanding import MOST_NUMBERED_CLASSES, Column
from graph_model.phrases import Phrase, phrase

_TARGETS: Final = (
    "target",
    "label",
    "class",
    "y",
    "outcome",
    "survived",
    "species",
    "diagnosis",
    "churn",
    "saleprice",
    "price",
    "quality",
    "default",
    "result",
    "response",
    *("sentiment", "attrition", "exited", "churned", "loan_status", "is_fraud", "isfraud", "fraud"),
    *("stroke", "heartdisease", "cardio", "deposit", "booking_status", "is_canceled"),
    *("raintomorrow", "medv", "median_house_value", "selling_price", "sale_price", "charges"),
    *("salary", "income", "g3", "cnt"),
    "labels",
    "目标",
    "标签",
    "类别",
)
_LEAST_STEPS: Final = 12
_OF_SEVERAL: Final = ("tags", "classes")
_NO_TARGETS: Final = frozenset({"ignore", "text", "picture", "split"})
_SEVERAL: Final = re.compile(r"(y|target|label|output)[ _]?\d+", re.IGNORECASE)


def propose_targets(columns: Mapping[str, Column], table: Table) -> tuple[tuple[str, ...], Phrase]:
    """Return the columns that are most likely to be predicted, and why.

    Numbers of a list are not; words of one are only together.
    """
    labels = _labels(columns, table)
    if labels:
        return labels, phrase("each sample may have several of these words")
    usable = [name for name, each in columns.items() if each.role not in _NO_TARGETS]
    usable = [name for name in usable if name not in table.part_of] or usable
    last = usable[-1] if len(usable) > 1 else _last_of_few(columns, usable)
    several = tuple(name for name in usable if _SEVERAL.fullmatch(name.strip()))
    if len(several) > 1 and last in several and len(several) < len(columns):
        return several, phrase("they are called like targets")
    by_small = {name.lower().strip(): name for name in usable}
    found = next((by_small[name] for name in _TARGETS if name in by_small), "")
    if found and last.lower().strip() not in _TARGETS:
        return (found,), phrase("it is called like a target")
    first = _first_of_series(columns, usable)
    if first:
        return (first,), phrase("it alone is of few whole numbers")
    shares = _shares_at_the_end(columns, usable)
    if shares:
        return shares, phrase("they add up to 1 in every row, as probabilities of classes do")
    if last != list(columns)[-1] and len(usable) == 1:
        return (last,), phrase("it is the only column that can be predicted")
    if last != list(columns)[-1]:
        return (last,), phrase("it is the last column that can be predicted")
    return (last,), phrase("it is the last column")


def _first_of_series(columns: Mapping[str, Column], usable: Sequence[str]) -> str:
    """Return the first of many columns without names if it alone is of few whole numbers.

    So are series posted that have a class each: the class, then the values.
    """
    if len(usable) < _LEAST_STEPS or usable[0] != "column 1" or len(usable) < len(columns):
        return ""
    if any(columns[name].type != "number" for name in usable):
        return ""
    whole = [name for name in usable if _is_whole(columns[name])]
    few = whole == ["column 1"] and 2 <= columns["column 1"].distinct <= MOST_NUMBERED_CLASSES
    return "column 1" if few else ""


def _is_whole(column: Column) -> bool:
    numbers = column.numbers[np.isfinite(column.numbers)]
    return bool((numbers == np.round(numbers)).all())


def _labels(columns: Mapping[str, Column], table: Table) -> tuple[str, ...]:
    """Return the words of one column if that is called like a target, or the last one."""
    found: dict[str, list[str]] = {}
    for name in columns:
        whole = table.part_of.get(name, "")
        if whole and "words" in table.apart[whole]:
            found.setdefault(whole, []).append(name)
    is_named = any(name.lower().strip() in _TARGETS for name in columns)
    called = _TARGETS if is_named else (*_TARGETS, *_OF_SEVERAL)
    named = [whole for whole in found if whole.strip().lower() in called]
    at_end = table.part_of.get([*columns][-1], "")
    whole = named[0] if named else at_end if at_end in found and not is_named else ""
    return tuple(found[whole]) if whole and len(found[whole]) < len(columns) else ()


def _shares_at_the_end(columns: Mapping[str, Column], usable: Sequence[str]) -> tuple[str, ...]:
    """Return the last columns where their numbers add up to 1.

    Zeros and a one may be any word, unless all columns are called alike, as of a class.
    """
    found: list[str] = []
    total: Any = 0.0
    for name in reversed(usable[-MOST_SHARES:]):
        column = columns[name]
        if column.type != "number" or column.missing or not (column.numbers >= 0).all():
            break
        found.insert(0, name)
        total = total + column.numbers
        if (total > 1.5).any():
            break
        numbers = [columns[each].numbers for each in found]
        if len(found) < len(usable) and add_up(numbers):
            is_whole = len({name.rpartition("_")[0] for name in found}) == 1 and "_" in found[0]
            return () if are_marks(numbers) and not is_whole else tuple(found)
    return ()


def _last_of_few(columns: Mapping[str, Column], usable: list[str]) -> str:
    """Return the last column that holds anything, rather the only usable one than a text."""
    filled = [name for name, each in columns.items() if each.distinct] or list(columns)
    return usable[0] if usable and columns[filled[-1]].distinct > 1 else filled[-1]
