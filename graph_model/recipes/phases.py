"""The schedules of a run one after the other: a warm-up, the schedule itself, what follows it."""

from __future__ import annotations

from graph_model.frozen import frozen
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import SCHEDULES, WARMED


@frozen
class Part:
    """A schedule and the epoch, counted from 0, with which it begins."""

    start: int
    schedule: Choice


def phases(recipe: Recipe) -> tuple[Part, ...]:
    """Return the schedules of a run in their order; the first begins with the run."""
    rise = warm_up_epochs(recipe)
    found = [Part(rise, recipe.schedule)]
    if rise:
        chosen = recipe.option("warm_up")
        assert chosen is not None
        factor = OPTIONS["warm_up"].complete(chosen.arguments)["start_factor"]
        rising = Choice("LinearLR", {"start_factor": factor, "total_iters": rise})
        found.insert(0, Part(0, rising))
    found += [Part(each.start - 1, each.schedule) for each in recipe.phases]
    return tuple(found)


def warm_up_epochs(recipe: Recipe) -> int:
    """Return how many epochs the rate rises before the first schedule begins."""
    chosen = recipe.option("warm_up")
    kind = SCHEDULES.get(recipe.schedule.kind)
    if chosen is None or kind is None or kind.pace not in WARMED:
        return 0
    epochs = OPTIONS["warm_up"].complete(chosen.arguments)["epochs"]
    return epochs if isinstance(epochs, int) else 0
