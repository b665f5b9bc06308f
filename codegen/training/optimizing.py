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
    return [*groups, f"self.optimizer = {made}", *schedule(recipe)]


def _groups(recipe: Recipe) -> list[str]:
    """Return the lines that part the weights in groups, none where all are treated alike."""
    if recipe.option("no_decay") is None:
        return []
    return [
        "decayed = [weight for weight in self.model.parameters() if weight.ndim > 1]",
        "others = [weight for weight in self.model.parameters() if weight.ndim <= 1]",
        'groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]',
    ]


def schedule(
    recipe: Recipe, optimizer: str = "self.optimizer", name: str = "self.schedule"
) -> list[str]:
    """Return the lines that make the schedule of an optimizer, under this name."""
    kind = SCHEDULES[recipe.schedule.kind]
    warm_up = _warm_up(recipe)
    told = literals(kind.torch_arguments(recipe.schedule.arguments, 1, 1))
    if kind.pace is Pace.STEP:
        steps = "self.steps"
        if recipe.option("accumulate"):
            steps = "-(-self.steps // ACCUMULATE)"
        told["total_steps"] = f"EPOCHS * {steps}"
    complete = kind.complete(recipe.schedule.arguments)
    for length in LENGTHS & complete.keys():
        if complete[length] is None:
            told[length] = "max(1, EPOCHS - WARM_UP)" if warm_up else "EPOCHS"
    made = _scheduler(kind.name, optimizer, told) if kind.pace is not Pace.NEVER else ""
    if not warm_up:
        return [f"{name} = {made}"] if made else []
    if not made:
        return [f"{name} = {_scheduler('LinearLR', optimizer, warm_up)}"]
    return [
        f"warm_up = {_scheduler('LinearLR', optimizer, warm_up)}",
        f"schedule = {made}",
        f"{name} = torch.optim.lr_scheduler.SequentialLR("
        f"{optimizer}, [warm_up, schedule], milestones=[WARM_UP])",
    ]


def _scheduler(name: str, optimizer: str, arguments: Mapping[str, str]) -> str:
    return call(f"torch.optim.lr_scheduler.{name}", [optimizer], arguments)


def _warm_up(recipe: Recipe) -> dict[str, str]:
    """Return the arguments of the schedule that comes before the other, none without one."""
    chosen = recipe.option("warm_up")
    if chosen is None or SCHEDULES[recipe.schedule.kind].pace not in WARMED:
        return {}
    factor = OPTIONS["warm_up"].complete(chosen.arguments)["start_factor"]
    return {"start_factor": literal(factor), "total_iters": "WARM_UP"}


def state(recipe: Recipe) -> list[str]:
    """Return the lines that keep the state of the optimizer, and of the schedule, if any."""
    kept = '"optimizer": self.optimizer.state_dict(),'
    held = ['"schedule": self.schedule.state_dict(),'] if has_schedule(recipe) else []
    return [kept, *held]


def resume(recipe: Recipe) -> list[str]:
    """Return the lines that take these states up again."""
    taken = 'self.schedule.load_state_dict(state["schedule"])'
    return [
        'self.optimizer.load_state_dict(state["optimizer"])',
        *before_schedule(recipe, "self.optimizer"),
        *([taken] if has_schedule(recipe) else []),
    ]


def before_schedule(recipe: Recipe, optimizer: str) -> list[str]:
    """Return what keeps torch from warning where a schedule is the first to move on."""
    may_be_first = SCHEDULES[recipe.schedule.kind].pace is not Pace.STEP
    step = f"{optimizer}.step()  # without gradients: schedules want one before"
    return [step] if may_be_first and has_schedule(recipe) else []


def has_schedule(recipe: Recipe) -> bool:
    """Tell whether the learning rate changes."""
    return bool(schedule(recipe))


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
