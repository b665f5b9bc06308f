"""How optimizers and schedules are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.literals import call, literal, quoted
from codegen.training import distributed, parting
from codegen.training.excerpts import excerpt
from codegen.training.plan import Plan
from codegen.training.recipe_literals import literals
from graph_model.frozen import frozen
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.judging import judged_by
from graph_model.recipes.optimizers import OPTIMIZERS, Takes
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.phases import (
    heeds_after_warm_up,
    is_by_step,
    pace,
    phases,
    warm_up_epochs,
    warm_up_steps,
)
from graph_model.recipes.schedules import AFTER_WARM_UP, COUNTED, SCHEDULES, Pace

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
    warm_up, time = _warm_up(recipe), _Time.of(recipe)
    told = _arguments(recipe.schedule, time, _whole_length(recipe, time))
    if kind.pace is Pace.VALIDATION and judged_by(recipe).larger_is_better:
        told["mode"] = quoted("max")
    if kind.name == "OneCycleLR":
        told["total_steps"] = f"EPOCHS * {time.steps}"
    if kind.pace is Pace.STEP:
        told.update(_by_group(plan, chosen, told))
    made = _scheduler(kind.name, optimizer, told) if kind.pace is not Pace.NEVER else ""
    if not warm_up:
        return [f"{name} = {made}"] if made else []
    if kind.pace is Pace.VALIDATION:
        rising = _scheduler("LinearLR", optimizer, warm_up)
        return [f"self.warm_up = {rising}", f"{name} = {made}"]
    if not made:
        return [f"{name} = {_scheduler('LinearLR', optimizer, warm_up)}"]
    return [
        f"warm_up = {_scheduler('LinearLR', optimizer, warm_up)}",
        f"schedule = {made}",
        f"{name} = torch.optim.lr_scheduler.SequentialLR("
        f"{optimizer}, [warm_up, schedule], milestones=[{warm_up['total_iters']}])",
    ]


@frozen
class _Time:
    """What schedules count: epochs, or steps, of which an epoch has so many."""

    steps: str
    is_by_step: bool

    @classmethod
    def of(cls, recipe: Recipe) -> _Time:
        """Return that of a recipe, whose steps are those of the optimizer."""
        is_whole = recipe.option("accumulate") is None
        return cls("self.steps" if is_whole else "-(-self.steps // ACCUMULATE)", is_by_step(recipe))

    def after(self, epochs: str) -> str:
        """Return the expression of so many epochs."""
        return f"{epochs} * {self.steps}" if self.is_by_step else epochs


def _arguments(chosen: Choice, time: _Time, length: str) -> dict[str, str]:
    """Return the arguments of a schedule; what has no length of its own takes this one."""
    kind = SCHEDULES[chosen.kind]
    complete = kind.complete(chosen.arguments)
    told = literals(kind.torch_arguments(chosen.arguments, 1, 1))
    for name in COUNTED & complete.keys():
        if complete[name] is None:
            told[name] = length
        elif isinstance(complete[name], int):
            told[name] = time.after(told[name])
        elif time.is_by_step:
            told[name] = f"[{time.after('each')} for each in {told[name]}]"
    if kind.name == "ExponentialLR" and time.is_by_step:
        told["gamma"] += f" ** (1 / {time.steps})"
    return told


def _whole_length(recipe: Recipe, time: _Time) -> str:
    """Return how long the one schedule lasts, or what follows a warm-up."""
    if warm_up_steps(recipe):
        return f"max(1, {time.after('EPOCHS')} - WARM_UP)"
    return time.after("max(1, EPOCHS - WARM_UP)" if warm_up_epochs(recipe) else "EPOCHS")


def _sequence(recipe: Recipe, optimizer: str, name: str) -> list[str]:
    """Return the lines that make schedules one after the other."""
    parts, time = phases(recipe), _Time.of(recipe)
    warm_up = _warm_up(recipe)
    made = []
    for place, part in enumerate(parts):
        is_last = place + 1 == len(parts)
        if is_last:
            length = time.after(f"max(1, EPOCHS - {part.start})")
        elif place == 1 and warm_up_steps(recipe):
            length = f"{time.after(str(parts[2].start))} - WARM_UP"
        else:
            length = time.after(str(parts[place + 1].start - part.start))
        told = warm_up if warm_up and not place else _arguments(part.schedule, time, length)
        is_constant = SCHEDULES[part.schedule.kind].pace is Pace.NEVER
        made.append(
            _scheduler("ConstantLR", optimizer, {"factor": "1.0"})
            if is_constant
            else _scheduler(part.schedule.kind, optimizer, told)
        )
    starts = [time.after(str(part.start)) for part in parts[1:]]
    if warm_up:
        starts[0] = warm_up["total_iters"]
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
    if chosen is None or SCHEDULES[recipe.schedule.kind].pace not in AFTER_WARM_UP:
        return {}
    factor = OPTIONS["warm_up"].complete(chosen.arguments)["start_factor"]
    length = "WARM_UP" if warm_up_steps(recipe) else _Time.of(recipe).after("WARM_UP")
    return {"start_factor": literal(factor), "total_iters": length}


def state(recipe: Recipe) -> list[str]:
    """Return the lines that keep the state of the optimizer, and of the schedule, if any."""
    names = _schedules(recipe)
    held = [f'"{name}": self.{name}.state_dict(),' for name in names]
    if distributed.is_sharded(recipe):
        return ['"optimizer": optimizer_state(self),', *held]
    return ['"optimizer": self.optimizer.state_dict(),', *held]


def resume(recipe: Recipe) -> list[str]:
    """Return the lines that take these states up again."""
    taken = [f'self.{name}.load_state_dict(state["{name}"])' for name in _schedules(recipe)]
    if distributed.is_sharded(recipe):
        told = 'self.model, self.optimizer, state["optimizer"], options=FROM_FIRST'
        put = ['if state["optimizer"]:', f"    set_optimizer_state_dict({told})"]
    else:
        put = ['self.optimizer.load_state_dict(state["optimizer"])']
    return [
        *put,
        *before_schedule(recipe, "self.optimizer"),
        *taken,
    ]


def _schedules(recipe: Recipe) -> list[str]:
    """Return the attributes that hold schedules."""
    if not has_schedule(recipe):
        return []
    return ["warm_up", "schedule"] if heeds_after_warm_up(recipe) else ["schedule"]


def before_schedule(recipe: Recipe, optimizer: str) -> list[str]:
    """Return what keeps torch from warning where a schedule is the first to move on."""
    closure = "lambda: torch.zeros(())" * OPTIMIZERS[recipe.optimizer.kind].of_passes
    step = f"{optimizer}.step({closure})  # without gradients: schedules want one before"
    return [step] if pace(recipe) in (Pace.EPOCH, Pace.VALIDATION) else []


def has_schedule(recipe: Recipe) -> bool:
    """Tell whether the learning rate changes."""
    return pace(recipe) is not Pace.NEVER


_RISING: Final = "if self.warm_up.last_epoch < WARM_UP:"
_RISEN: Final = "if self.warm_up.last_epoch >= WARM_UP:"
_RISE: Final = "    self.warm_up.step()"


def after_step(recipe: Recipe) -> list[str]:
    """Return what the schedule does after a step."""
    if heeds_after_warm_up(recipe) and warm_up_steps(recipe):
        return [_RISING, _RISE]
    return ["self.schedule.step()"] if pace(recipe) is Pace.STEP else []


def after_epoch(recipe: Recipe) -> list[str]:
    """Return what the schedule does after an epoch."""
    if pace(recipe) is not Pace.VALIDATION:
        return ["self.schedule.step()"] if pace(recipe) is Pace.EPOCH else []
    moved = f"self.schedule.step(validation[{quoted(judged_by(recipe).figure)}])"
    if not heeds_after_warm_up(recipe):
        return [moved]
    if warm_up_steps(recipe):
        return [_RISEN, f"    {moved}"]
    return [_RISING, _RISE, "else:", f"    {moved}"]
