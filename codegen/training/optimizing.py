"""How optimizers and schedules are written."""

from __future__ import annotations

from collections.abc import Mapping

from codegen.literals import call, literal
from codegen.training.recipe_literals import literals
from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.schedules import LENGTHS, SCHEDULES, WARMED, Pace


def optimizer(recipe: Recipe) -> list[str]:
    """Return the lines that make the optimizer and its schedule."""
    kind = OPTIMIZERS[recipe.optimizer.kind]
    arguments = literals(kind.torch_arguments(recipe.optimizer.arguments))
    groups = _groups(recipe)
    weights = "groups" if groups else "self.model.parameters()"
    made = call(f"torch.optim.{kind.name}", [weights], arguments)
    return [*groups, f"self.optimizer = {made}", *_schedule(recipe)]


def _groups(recipe: Recipe) -> list[str]:
    """Return the lines that part the weights in groups, none where all are treated alike."""
    if recipe.option("no_decay") is None:
        return []
    return [
        "decayed = [weight for weight in self.model.parameters() if weight.ndim > 1]",
        "others = [weight for weight in self.model.parameters() if weight.ndim <= 1]",
        'groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]',
    ]


def _schedule(recipe: Recipe) -> list[str]:
    kind = SCHEDULES[recipe.schedule.kind]
    warm_up = _warm_up(recipe)
    told = literals(kind.torch_arguments(recipe.schedule.arguments, 1, 1))
    if kind.pace is Pace.STEP:
        steps = "self.steps"
        if recipe.option("accumulate"):
            steps = "-(-self.steps // ACCUMULATE)"
        told["total_steps"] = f"EPOCHS * {steps}"
    complete = kind.complete(recipe.schedule.arguments)
    for name in LENGTHS & complete.keys():
        if complete[name] is None:
            told[name] = "max(1, EPOCHS - WARM_UP)" if warm_up else "EPOCHS"
    made = _scheduler(kind.name, told) if kind.pace is not Pace.NEVER else ""
    if not warm_up:
        return [f"self.schedule = {made}"] if made else []
    if not made:
        return [f"self.schedule = {_scheduler('LinearLR', warm_up)}"]
    return [
        f"warm_up = {_scheduler('LinearLR', warm_up)}",
        f"schedule = {made}",
        "self.schedule = torch.optim.lr_scheduler.SequentialLR("
        "self.optimizer, [warm_up, schedule], milestones=[WARM_UP])",
    ]


def _scheduler(name: str, arguments: Mapping[str, str]) -> str:
    return call(f"torch.optim.lr_scheduler.{name}", ["self.optimizer"], arguments)


def _warm_up(recipe: Recipe) -> dict[str, str]:
    """Return the arguments of the schedule that comes before the other, none without one."""
    chosen = recipe.option("warm_up")
    if chosen is None or SCHEDULES[recipe.schedule.kind].pace not in WARMED:
        return {}
    factor = OPTIONS["warm_up"].complete(chosen.arguments)["start_factor"]
    return {"start_factor": literal(factor), "total_iters": "WARM_UP"}


def state(recipe: Recipe) -> list[str]:
    """Return the line that keeps the state of the schedule, where there is one."""
    return ['"schedule": self.schedule.state_dict(),'] if _has_schedule(recipe) else []


def resume(recipe: Recipe) -> list[str]:
    """Return the line that takes the state of the schedule up again."""
    return ['self.schedule.load_state_dict(state["schedule"])'] if _has_schedule(recipe) else []


def _has_schedule(recipe: Recipe) -> bool:
    return bool(_schedule(recipe))


def after_step(recipe: Recipe) -> list[str]:
    """Return what the schedule does after a step."""
    return ["self.schedule.step()"] if SCHEDULES[recipe.schedule.kind].pace is Pace.STEP else []


def after_epoch(recipe: Recipe) -> list[str]:
    """Return what the schedule does after an epoch."""
    pace = SCHEDULES[recipe.schedule.kind].pace
    if pace is Pace.VALIDATION:
        return ['self.schedule.step(validation["loss"])']
    moves = pace is Pace.EPOCH or bool(_warm_up(recipe))
    return ["self.schedule.step()"] if moves else []
