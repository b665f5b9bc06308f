"""How optimizers and schedules are written."""

from __future__ import annotations

from codegen.literals import call
from codegen.training.recipe_literals import literals
from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES, Pace


def optimizer(recipe: Recipe) -> list[str]:
    """Return the lines that make the optimizer and its schedule."""
    kind = OPTIMIZERS[recipe.optimizer.kind]
    arguments = literals(kind.torch_arguments(recipe.optimizer.arguments))
    made = call(f"torch.optim.{kind.name}", ["self.model.parameters()"], arguments)
    return [f"self.optimizer = {made}", *_schedule(recipe)]


def _schedule(recipe: Recipe) -> list[str]:
    kind = SCHEDULES[recipe.schedule.kind]
    if kind.pace is Pace.NEVER:
        return []
    told = literals(kind.torch_arguments(recipe.schedule.arguments, 1, 1))
    if kind.pace is Pace.STEP:
        told["total_steps"] = "EPOCHS * self.steps"
    elif "T_max" in told and kind.complete(recipe.schedule.arguments)["T_max"] is None:
        told["T_max"] = "EPOCHS"
    return [
        f"self.schedule = {call(f'torch.optim.lr_scheduler.{kind.name}', ['self.optimizer'], told)}"
    ]


def has_schedule(recipe: Recipe) -> bool:
    """Tell whether the learning rate changes."""
    return SCHEDULES[recipe.schedule.kind].pace is not Pace.NEVER


def after_step(recipe: Recipe) -> list[str]:
    """Return what the schedule does after a step."""
    return ["self.schedule.step()"] if SCHEDULES[recipe.schedule.kind].pace is Pace.STEP else []


def after_epoch(recipe: Recipe) -> list[str]:
    """Return what the schedule does after an epoch."""
    pace = SCHEDULES[recipe.schedule.kind].pace
    if pace is Pace.VALIDATION:
        return ['self.schedule.step(validation["loss"])']
    return ["self.schedule.step()"] if pace is Pace.EPOCH else []
