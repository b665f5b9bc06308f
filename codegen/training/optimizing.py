"""How optimizers and schedules are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.literals import call, literal, quoted
from codegen.training import distributed, parting
from codegen.training.excerpts import excerpt
from codegen.training.plan import Plan
from codegen.training.recipe_literals import literals
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.judging import judged_by
from graph_model.recipes.optimizers import OPTIMIZERS, Takes
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.phases import phases
from graph_model.recipes.schedules import LENGTHS, SCHEDULES, WARMED, Pace

_SPARSE: Final = (
    "tables = (nn.Embedding, nn.EmbeddingBag)",
    "found = [each for each in self.model.modules() if isinstance(each, tables) and each.sparse]",
    "sparse = {table.weight for table in found}",
)


def pieces(plan: Plan) -> list[str]:
    """Return the class that makes one optimizer of two, where there are two."""
    return [*excerpt("Both", ("step", "state_dict", "load_state_dict")), "", ""] * _is_of_two(plan)


def optimizer(plan: Plan) -> list[str]:
    """Return the lines that make the optimizer and its schedule."""
    recipe = plan.recipe
    kind = OPTIMIZERS[recipe.optimizer.kind]
    told = kind.torch_arguments(recipe.optimizer.arguments)
    name, arguments = f"torch.optim.{kind.name}", literals(told)
    if _is_of_two(plan):
        made = _two(plan, name, arguments)
    elif parting.is_by_layer(plan):
        decay = kind.complete(recipe.optimizer.arguments).get("weight_decay")
        weights = parting.groups(plan, "self.model.named_parameters()", told["lr"], decay)
        made = [f"self.optimizer = {call(name, [weights], arguments)}"]
    elif recipe.option("no_decay"):
        made = [*_no_decay(plan), f"self.optimizer = {call(name, ['groups'], arguments)}"]
    else:
        made = [f"self.optimizer = {call(name, ['self.model.parameters()'], arguments)}"]
    return [*made, *schedule(plan, recipe.optimizer, "self.optimizer", "self.schedule")]


def _no_decay(plan: Plan) -> list[str]:
    """Return the lines that part the weights that decay from norms and biases."""
    all_of_them = "weight for weight in self.model.parameters() if"
    return [
        *parting.norms(plan),
        f"decayed = [{all_of_them} {parting.is_decayed(plan)}]",
        f"others = [{all_of_them} {parting.is_left_out(plan)}]",
        'groups = [{"params": decayed}, {"params": others, "weight_decay": 0.0}]',
    ]


def _is_of_two(plan: Plan) -> bool:
    """Tell whether there are weights that the optimizer cannot change."""
    takes = OPTIMIZERS[plan.recipe.optimizer.kind].takes
    if takes is Takes.MATRICES:
        return plan.weights.others
    return takes is Takes.SPARSE and plan.weights.dense


def _two(plan: Plan, name: str, arguments: Mapping[str, str]) -> list[str]:
    """Return the lines that make an optimizer, and an AdamW for the weights that it cannot take."""
    chosen = plan.recipe.optimizer
    kind = OPTIMIZERS[chosen.kind]
    is_parted = parting.is_by_layer(plan)
    weight, source = ("each[1]", "named_parameters") if is_parted else ("each", "parameters")
    is_of_matrices = kind.takes is Takes.MATRICES
    taken = f"{weight}.ndim == 2" if is_of_matrices else f"{weight} in sparse"
    left = f"{weight}.ndim != 2" if is_of_matrices else f"{weight} not in sparse"
    lines = [
        *([] if is_of_matrices else _SPARSE),
        f"own = [each for each in self.model.{source}() if {taken}]",
        f"others = [each for each in self.model.{source}() if {left}]",
    ]
    own, others = "own", "others"
    rest = kind.rest_arguments(chosen.arguments)
    if is_parted:
        complete = kind.complete(chosen.arguments)
        own = parting.groups(plan, own, complete["lr"], complete.get("weight_decay"))
        others = parting.groups(plan, others, rest["lr"], complete["adamw_weight_decay"])
    return [
        *lines,
        "self.optimizer = Both(",
        f"    {call(name, [own], arguments)},",
        f"    {call('torch.optim.AdamW', [others], literals(rest))},",
        ")",
    ]


def schedule(plan: Plan, chosen: Choice, optimizer: str, name: str) -> list[str]:
    """Return the lines that make the schedule of a chosen optimizer, called so in the text."""
    recipe = plan.recipe
    kind = SCHEDULES[recipe.schedule.kind]
    if recipe.phases:
        return _sequence(recipe, optimizer, name)
    warm_up = _warm_up(recipe)
    told = literals(kind.torch_arguments(recipe.schedule.arguments, 1, 1))
    if kind.pace is Pace.VALIDATION and judged_by(recipe).larger_is_better:
        told["mode"] = quoted("max")
    if kind.name == "OneCycleLR":
        steps = "self.steps"
        if recipe.option("accumulate"):
            steps = "-(-self.steps // ACCUMULATE)"
        told["total_steps"] = f"EPOCHS * {steps}"
    if kind.pace is Pace.STEP:
        told.update(_by_group(plan, chosen, told))
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


def _sequence(recipe: Recipe, optimizer: str, name: str) -> list[str]:
    """Return the lines that make schedules one after the other."""
    parts = phases(recipe)
    warm_up = _warm_up(recipe)
    made = []
    for place, part in enumerate(parts):
        kind = SCHEDULES[part.schedule.kind]
        told = literals(kind.torch_arguments(part.schedule.arguments, 1, 1))
        complete = kind.complete(part.schedule.arguments)
        is_last = place + 1 == len(parts)
        length = f"EPOCHS - {part.start}" if is_last else str(parts[place + 1].start - part.start)
        for argument in LENGTHS & complete.keys():
            if complete[argument] is None:
                told[argument] = f"max(1, {length})" if is_last else length
        if warm_up and not place:
            told = warm_up
        is_constant = kind.pace is Pace.NEVER
        made.append(
            _scheduler("ConstantLR", optimizer, {"factor": "1.0"})
            if is_constant
            else _scheduler(kind.name, optimizer, told)
        )
    starts = [str(part.start) for part in parts[1:]]
    if warm_up:
        starts[0] = "WARM_UP"
    return [
        "phases: list[torch.optim.lr_scheduler.LRScheduler] = [",
        *(f"    {each}," for each in made),
        "]",
        f"{name} = torch.optim.lr_scheduler.SequentialLR("
        f"{optimizer}, phases, milestones=[{', '.join(starts)}])",
    ]


def _by_group(plan: Plan, chosen: Choice, told: Mapping[str, str]) -> dict[str, str]:
    """Return what a cycle is told where groups of weights differ, or have no momentum to turn."""
    found, kind = {}, OPTIMIZERS[chosen.kind]
    if not kind.has_momentum or _is_of_two(plan):
        found["cycle_momentum"] = "False"
    rate = kind.complete(chosen.arguments)["lr"]
    if rate and (parting.is_by_layer(plan) or _is_of_two(plan)):
        share = f'group["lr"] / {literal(rate)}'
        for name in ("base_lr", "max_lr"):
            if name in told:
                found[name] = f"[{share} * {told[name]} for group in self.optimizer.param_groups]"
    return found


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
    held = ['"schedule": self.schedule.state_dict(),'] if has_schedule(recipe) else []
    if distributed.is_sharded(recipe):
        return ['"optimizer": optimizer_state(self),', *held]
    return ['"optimizer": self.optimizer.state_dict(),', *held]


def resume(recipe: Recipe) -> list[str]:
    """Return the lines that take these states up again."""
    taken = 'self.schedule.load_state_dict(state["schedule"])'
    if distributed.is_sharded(recipe):
        told = 'self.model, self.optimizer, state["optimizer"], options=FROM_FIRST'
        put = ['if state["optimizer"]:', f"    set_optimizer_state_dict({told})"]
    else:
        put = ['self.optimizer.load_state_dict(state["optimizer"])']
    return [
        *put,
        *before_schedule(recipe, "self.optimizer"),
        *([taken] if has_schedule(recipe) else []),
    ]


def before_schedule(recipe: Recipe, optimizer: str) -> list[str]:
    """Return what keeps torch from warning where a schedule is the first to move on."""
    may_be_first = SCHEDULES[recipe.schedule.kind].pace is not Pace.STEP
    closure = "lambda: torch.zeros(())" * OPTIMIZERS[recipe.optimizer.kind].of_passes
    step = f"{optimizer}.step({closure})  # without gradients: schedules want one before"
    return [step] if may_be_first and has_schedule(recipe) else []


def has_schedule(recipe: Recipe) -> bool:
    """Tell whether the learning rate changes."""
    is_moving = SCHEDULES[recipe.schedule.kind].pace is not Pace.NEVER
    return is_moving or bool(recipe.phases) or bool(_warm_up(recipe))


def after_step(recipe: Recipe) -> list[str]:
    """Return what the schedule does after a step."""
    return ["self.schedule.step()"] if SCHEDULES[recipe.schedule.kind].pace is Pace.STEP else []


def after_epoch(recipe: Recipe) -> list[str]:
    """Return what the schedule does after an epoch."""
    pace = SCHEDULES[recipe.schedule.kind].pace
    if pace is Pace.VALIDATION:
        return [f"self.schedule.step(validation[{quoted(judged_by(recipe).figure)}])"]
    moves = pace is Pace.EPOCH or bool(recipe.phases) or bool(_warm_up(recipe))
    return ["self.schedule.step()"] if moves else []
