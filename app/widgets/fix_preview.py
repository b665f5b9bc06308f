"""What a fix would change, in a few lines: in the recipe, in the drawing, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.language.numbers import grouped
from app.language.sentences import fix_sentence, translate
from app.project.places import Found
from app.project.state import State
from graph_model.editing.differences import Change, differences
from graph_model.editing.project_edits import fix_project, may_fix
from graph_model.editing.recipe_differences import recipe_differences
from graph_model.inference.infer import Inference, infer
from graph_model.layers.card import format_value
from graph_model.network import Port, Project
from graph_model.problems import Fix

_MOST: Final = 6
"""Lines of one sort; more are only hinted at."""
_PROBLEMS: Final[Any] = QT_TRANSLATE_NOOP("FixPreview", "Problems: {0} → {1}")
_PARAMETERS: Final[Any] = QT_TRANSLATE_NOOP("FixPreview", "Parameters: {0} → {1}")


def preview_of(state: State, fix: Fix, found: Found) -> str:
    """Say what a fix would change.

    Qt may ask for it in the midst of an edit, of a card whose problem is gone with its node.
    """
    lines = [fix_sentence(fix)]
    if may_fix(state.project, found.network, fix):
        after = fix_project(state.project, found.network, fix)
        lines += _first(_in_recipe(state.project, after))
        lines += _first(_in_drawing(state.project, after))
        lines += _that_follow(state, after, found)
    return "\n".join(lines)


def _in_recipe(before: Project, after: Project) -> Iterator[str]:
    where = translate("FixPreview", "Recipe")
    for change in recipe_differences(before.recipe, after.recipe):
        yield f"{where} · {_changed(change)}"


def _in_drawing(before: Project, after: Project) -> Iterator[str]:
    found = differences(before, after)
    added, removed = translate("Comparison", "added"), translate("Comparison", "removed")
    yield from (f"{name}: {added}" for name in found.added)
    yield from (f"{name}: {removed}" for name in found.removed)
    yield from (f"{each.node} · {_changed(each)}" for each in found.changed)


def _changed(change: Change) -> str:
    default = translate("Comparison", "default")
    told = (change.before, change.after)
    was, now = (default if each is None else format_value(each) for each in told)
    return f"{change.what}: {was} → {now}"


def _that_follow(state: State, fixed: Project, found: Found) -> Iterator[str]:
    """Yield what is otherwise than before where one looks at the network from."""
    start = found.place.trail.network
    before = state.main if start == state.project.main else state.levels[0]
    after = infer(fixed.networks[start], before, fixed.networks)
    told = (
        (_PROBLEMS, len(before.problems), len(after.problems)),
        (_PARAMETERS, before.parameter_count, after.parameter_count),
    )
    for words, was, now in told:
        if was != now:
            yield translate("FixPreview", words).format(grouped(was), grouped(now))
    yield from _first(_changed_shapes(before, after))


def _changed_shapes(before: Inference, after: Inference) -> Iterator[str]:
    """Yield the outputs whose shapes differ."""
    for id in after.structure.order:
        for port, spec in after.nodes[id].outputs.items():
            old = before.spec(Port(id, port))
            if old != spec:
                was = f"{before.shown(old)} → " if old else ""
                yield f"{after.network.nodes[id].name}: {was}{after.shown(spec)}"


def _first(lines: Iterator[str]) -> list[str]:
    found = [*islice(lines, _MOST)]
    return [*found, "…"] if next(lines, None) is not None else found
