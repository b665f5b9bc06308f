"""What a list of runs can show of each: plain values by key, to be sorted, searched and compared.

Keys are those of :data:`FACTS`; ``best.accuracy``, ``last.accuracy`` and ``test.accuracy`` beside
``accuracy``, which is that of the best epoch; and the settings of a recipe, ``lr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.runs.summaries import Summary
from graph_model.values import Value

FACTS: Final[Mapping[str, Callable[[Summary], Value]]] = {
    "starred": lambda each: each.labels.is_starred,
    "name": lambda each: each.name,
    "network": lambda each: each.network,
    "experiment": lambda each: each.experiment or None,
    "began": lambda each: each.began,
    "outcome": lambda each: each.outcome,
    "epochs_done": lambda each: each.run.epochs,
    "duration": lambda each: each.run.seconds,
    "device": lambda each: each.run.device,
    "host": lambda each: each.run.host or None,
    "parameters": lambda each: each.run.parameters or None,
    "samples": lambda each: each.run.samples or None,
    "tags": lambda each: each.labels.tags or None,
    "note": lambda each: each.labels.note or None,
}
"""What there is of every run, whatever it trained."""

FIGURES: Final[Mapping[str, Callable[[Summary], Mapping[str, float]]]] = {
    "": lambda each: each.run.validation,
    "best": lambda each: each.run.best,
    "last": lambda each: each.run.last,
    "test": lambda each: each.run.test,
}
"""The sets of figures that are told of a run, by what stands before their names."""


def value_of(summary: Summary, key: str) -> Value:
    """Return what stands under a key, ``None`` where there is nothing of the kind."""
    if key in FACTS:
        return FACTS[key](summary)
    if key in summary.settings:
        return summary.settings[key]
    place, _, name = key.partition(".")
    if place in FIGURES and name:
        found = FIGURES[place](summary).get(name)
        if found is not None:
            return found
    return summary.run.validation.get(key)


def figure_keys(summaries: Iterable[Summary]) -> Iterator[str]:
    """Yield the keys of all figures that some run has told, those of the best epoch first."""
    runs = [*summaries]
    for place, figures in FIGURES.items():
        names = dict.fromkeys(name for each in runs for name in figures(each))
        yield from (f"{place}.{name}" if place else name for name in names)


def setting_keys(summaries: Iterable[Summary]) -> tuple[str, ...]:
    """Return the names of all settings that some run has."""
    return tuple(dict.fromkeys(name for each in summaries for name in each.settings))


def differing(summaries: Iterable[Summary]) -> tuple[str, ...]:
    """Return the names of the settings that are not the same in all of these runs."""
    runs = [*summaries]
    return tuple(
        name for name in setting_keys(runs) if len({each.settings.get(name) for each in runs}) > 1
    )
