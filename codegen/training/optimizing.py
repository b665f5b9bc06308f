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
    if kind.pace is Pace.NEVER:
        return []
    told = literals(kind.torch_arguments(recipe.schedule.arguments, 1, 1))
    if kind.pace is Pace.STEP:
        steps = "self.steps"
        if recipe.option("accumulate"):
            steps = "-(-self.steps // ACCUMULATE)"
        told["total_steps"] = f"EPOCHS * {steps}"
    elif "T_max" in told and kind.complete(recipe.schedule.arguments)["T_max"] is None:
        told["T_max"] = "EPOCHS"
    return [
        f"self.schedule = {call(f'torch.optim.lr_scheduler.{kind.name}', ['self.optimizer'], told)}"
    ]


def state(recipe: Recipe) -> list[str]:
    """Return the line that keeps the state of the schedule, where there is one."""
    return ['"schedule": self.schedule.state_dict(),'] if _has_schedule(recipe) else []


def resume(recipe: Recipe) -> list[str]:
    """Return the line that takes the state of the schedule up again."""
    return ['self.schedule.load_state_dict(state["schedule"])'] if _has_schedule(recipe) else []


def _has_schedule(recipe: Recipe) -> bool:
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
