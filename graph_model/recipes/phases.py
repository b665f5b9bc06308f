"""The schedules of a run one after the other: a warm-up, the schedule itself, what follows it."""

from __future__ import annotations

from graph_model.frozen import frozen
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import AFTER_WARM_UP, COUNTED, SCHEDULES, WARMED, Pace
from graph_model.values import Value


@frozen
class Part:
    """A schedule, and the epoch or step, counted from 0, with which it begins."""

    start: int
    schedule: Choice


def phases(recipe: Recipe, steps_per_epoch: int = 1) -> tuple[Part, ...]:
    """Return the schedules of a run in their order; the first begins with the run.

    Where they move by step, so many steps are an epoch and steps are what is counted.
    """
    an_epoch = steps_per_epoch if is_by_step(recipe) else 1
    rise = warm_up_steps(recipe) or warm_up_epochs(recipe) * an_epoch
    found = [Part(rise, _counting(recipe.schedule, an_epoch))]
    if rise:
        rising = {"start_factor": _of_warm_up(recipe, "start_factor"), "total_iters": rise}
        found.insert(0, Part(0, Choice("LinearLR", rising)))
    found += [
        Part((each.start - 1) * an_epoch, _counting(each.schedule, an_epoch))
        for each in recipe.phases
    ]
    return tuple(found)


def _counting(chosen: Choice, an_epoch: int) -> Choice:
    """Return a schedule that counts what so many of are an epoch."""
    if an_epoch == 1 or chosen.kind not in SCHEDULES:
        return chosen
    arguments = dict(SCHEDULES[chosen.kind].complete(chosen.arguments))
    for name in COUNTED & arguments.keys():
        value = arguments[name]
        if isinstance(value, int):
            arguments[name] = value * an_epoch
        elif isinstance(value, tuple):
            arguments[name] = tuple(each * an_epoch for each in value)
    gamma = arguments.get("gamma")
    if chosen.kind == "ExponentialLR" and isinstance(gamma, float | int):
        arguments["gamma"] = gamma ** (1 / an_epoch)
    return Choice(chosen.kind, arguments)


def pace(recipe: Recipe) -> Pace:
    """Return after what the learning rate of a recipe moves on."""
    own = SCHEDULES[recipe.schedule.kind].pace
    if own not in WARMED:
        return own
    if own is Pace.NEVER and not recipe.phases and not _is_warmed(recipe):
        return Pace.NEVER
    return Pace.STEP if is_by_step(recipe) else Pace.EPOCH


def heeds_after_warm_up(recipe: Recipe) -> bool:
    """Tell whether a schedule that heeds the figures of epochs follows a warm-up."""
    return SCHEDULES[recipe.schedule.kind].pace is Pace.VALIDATION and _is_warmed(recipe)


def is_by_step(recipe: Recipe) -> bool:
    """Tell whether schedules that count epochs are to move on after each step."""
    return recipe.option("by_step") is not None or warm_up_steps(recipe) > 0


def warm_up_epochs(recipe: Recipe) -> int:
    """Return how many epochs the rate rises before the first schedule begins."""
    return 0 if warm_up_steps(recipe) else _count(_of_warm_up(recipe, "epochs"))


def warm_up_steps(recipe: Recipe) -> int:
    """Return how many steps it rises, 0 where that is said in epochs."""
    return _count(_of_warm_up(recipe, "steps"))


def _of_warm_up(recipe: Recipe, name: str) -> Value:
    """Return an argument of the warm-up, ``None`` where there is none."""
    if not _is_warmed(recipe):
        return None
    chosen = recipe.option("warm_up")
    return OPTIONS["warm_up"].complete(chosen.arguments)[name] if chosen else None


def _is_warmed(recipe: Recipe) -> bool:
    kind = SCHEDULES.get(recipe.schedule.kind)
    return recipe.option("warm_up") is not None and kind is not None and kind.pace in AFTER_WARM_UP


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0
