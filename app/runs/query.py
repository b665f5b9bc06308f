"""What a line typed above the list of runs means: which of them it leaves in view.

``resnet accuracy>0.9 optimizer=Adam tag=good -note=tried starred`` leaves the runs of which all
of that holds: plain words are sought in names, tags and notes; a minus turns a condition round.
"""

from __future__ import annotations

import operator
import re
import shlex
from collections.abc import Callable, Collection, Mapping
from typing import Final

from app.runs.columns import value_of
from app.runs.summaries import Summary
from graph_model.frozen import frozen
from graph_model.values import Value

_CONDITION: Final = re.compile(r"(?P<key>[\w.]+)(?P<how>>=|<=|!=|>|<|=|:)(?P<value>.*)", re.DOTALL)
_ORDER: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_STARRED: Final = "starred"
_SHORT: Final = {"tag": "tags", "time": "duration", "is": "outcome"}
_Test = Callable[[Summary], bool]


@frozen
class Query:
    """Conditions that hold together; ``unknown`` are the keys that no run has."""

    tests: tuple[_Test, ...] = ()
    unknown: tuple[str, ...] = ()

    def admits(self, summary: Summary) -> bool:
        """Tell whether all conditions hold for a run."""
        return all(test(summary) for test in self.tests)


def read_query(text: str, keys: Collection[str]) -> Query:
    """Return what a line means; ``keys`` are those that conditions can be about."""
    tests: list[_Test] = []
    unknown: list[str] = []
    for word in _words(text):
        sought, is_not = (word[1:], True) if word[:1] == "-" and word[1:] else (word, False)
        found = _CONDITION.fullmatch(sought)
        if found is None:
            test = _starred if sought == _STARRED else _has_word(sought)
        else:
            key = _SHORT.get(found["key"], found["key"])
            if key not in keys:
                unknown.append(found["key"])
                continue
            if not found["value"]:  # it is still being typed
                continue
            test = _condition(key, found["how"], found["value"])
        tests.append(_turned(test) if is_not else test)
    return Query(tuple(tests), tuple(unknown))


def _words(text: str) -> list[str]:
    """Return the words of a line; what is in quotes is one, also where the last is not closed."""
    for closing in ("", '"', "'"):
        try:
            return shlex.split(text + closing)
        except ValueError:
            continue
    return text.split()


def _turned(test: _Test) -> _Test:
    return lambda summary: not test(summary)


def _starred(summary: Summary) -> bool:
    return summary.labels.is_starred


def _has_word(word: str) -> _Test:
    sought = word.casefold()

    def test(summary: Summary) -> bool:
        labels, run = summary.labels, summary.run
        told = (
            summary.name,
            run.folder.name,
            summary.network,
            labels.note,
            run.host,
            summary.outcome,
        )
        return any(sought in each.casefold() for each in (*told, *labels.tags))

    return test


def _condition(key: str, how: str, wanted: str) -> _Test:
    def test(summary: Summary) -> bool:
        value = value_of(summary, key)
        if how in _ORDER:
            number = _as_number(wanted)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return number is not None and is_number and _ORDER[how](value, number)  # type: ignore[arg-type]
        return _is(value, wanted, whole=how != ":") is (how != "!=")

    return test


def _is(value: Value, wanted: str, *, whole: bool) -> bool:
    """Tell whether a value is what was written, or with ``whole`` false has it within."""
    if isinstance(value, tuple):
        return any(_is(each, wanted, whole=whole) for each in value)
    number = _as_number(wanted)
    if isinstance(value, int | float) and not isinstance(value, bool) and number is not None:
        return value == number
    told, sought = str("none" if value is None else value).casefold(), wanted.casefold()
    return told == sought if whole else sought in told


def _as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
