"""How several players are written: each with a loss, weights and an optimizer of its own.

A player goes by the name of its method of the model, in ``self.weights``, ``self.optimizers`` and,
where there is a schedule, ``self.schedules``.
"""

from __future__ import annotations

from collections.abc import Sequence

from codegen.literals import call, literal, quoted
from codegen.training import optimizing
from codegen.training.objectives import loss_of, term
from codegen.training.options import Additions, within
from codegen.training.plan import Plan, Turn
from codegen.training.recipe_literals import literals
from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS


def optimizer(plan: Plan) -> list[str]:
    """Return the lines that make the optimizers and their schedules."""
    lines = [
        "self.weights: dict[str, list[nn.Parameter]] = {}",
        "self.optimizers: dict[str, torch.optim.Optimizer] = {}",
        "self.losses: dict[str, Tensor] = {}",
    ]
    for each in plan.turns:
        name = quoted(each.method)
        lines += [
            f"self.weights[{name}] = weights_of({', '.join(each.modules)})",
            f"self.optimizers[{name}] = {_optimizer(each)}",
        ]
    return [*lines, *_schedules(plan)]


def _optimizer(turn: Turn) -> str:
    kind = OPTIMIZERS[turn.optimizer.kind]
    arguments = literals(kind.torch_arguments(turn.optimizer.arguments))
    return call(f"torch.optim.{kind.name}", [f"self.weights[{quoted(turn.method)}]"], arguments)


def _schedules(plan: Plan) -> list[str]:
    if not optimizing.has_schedule(plan.recipe):
        return []
    lines = ["self.schedules: dict[str, Any] = {}"]
    written = [
        optimizing.schedule(plan, each.optimizer, "optimizer", "self.schedules[name]")
        for each in plan.turns
    ]
    if all(each == written[0] for each in written):
        return [*lines, "for name, optimizer in self.optimizers.items():", *_indented(written[0])]
    for each in plan.turns:  # a cycle leaves the momentum of those alone that have none
        name = quoted(each.method)
        optimizer, held = f"self.optimizers[{name}]", f"self.schedules[{name}]"
        lines += optimizing.schedule(plan, each.optimizer, optimizer, held)
    return lines


def do_step(plan: Plan, added: Additions) -> list[str]:
    """Return the lines in which each player takes its step on a batch, one after the other."""
    lines = [f'self.learning_rate = {_first(plan)}.param_groups[0]["lr"]']
    if any(each.every != 1 for each in plan.turns):
        lines.append("done = self.epoch * self.steps + self.step")
    for turn in plan.turns:
        taken = _taken(turn, plan, added.context)
        if turn.every != 1:
            taken = [f"if done % {literal(turn.every)} == 0:", *_indented(taken)]
        lines += taken
    counted = ["*self.losses.values()", *_judged(plan, detached=True)]
    return [
        *lines,
        *added.updated,
        *_each_schedule(optimizing.after_step(plan.recipe)),
        f"self.scores.unread.append((len({plan.inputs[0]}), {', '.join(counted)}))",
    ]


def _first(plan: Plan) -> str:
    return f"self.optimizers[{quoted(plan.turns[0].method)}]"


def _taken(turn: Turn, plan: Plan, contexts: Sequence[str]) -> list[str]:
    """Return the lines in which one player takes its step, its loss within some contexts."""
    computed = f"self.model.{turn.method}({', '.join(turn.inputs)})"
    name, forward = quoted(turn.method), list[str]()
    if len(turn.exits) == 1 and not turn.exits[0].is_judged:
        loss = term(turn.exits[0], plan, computed)
    else:
        results = ", ".join(each.name for each in turn.exits)
        forward, loss = [f"{results} = {computed}"], loss_of(turn.exits, plan)
    if not contexts:
        return [*forward, f"self.update({name}, {loss})"]
    return [*within(contexts, [*forward, f"loss = {loss}"]), f"self.update({name}, loss)"]


def _judged(plan: Plan, *, detached: bool) -> list[str]:
    end = ".detach()" if detached else ""
    return [word for each in plan.judged for word in (f"{each.name}{end}", each.target)]


def evaluate(plan: Plan, model: str, contexts: Sequence[str]) -> list[str]:
    """Return the lines that evaluate a batch within some contexts."""
    results = ", ".join(each.name if each.is_trained else "_" for each in plan.exits)
    losses = [loss_of(each.exits, plan) for each in plan.turns]
    counted = ", ".join([f"len({plan.inputs[0]})", *losses, *_judged(plan, detached=False)])
    lines = [
        f"{results} = {model}({', '.join(plan.inputs)})",
        f"scores.unread.append(({counted}))",
    ]
    return within(contexts, lines)


def methods(added: Additions) -> list[str]:
    """Return the method that takes a player's step."""
    return [
        "",
        "def update(self, name: str, loss: Tensor) -> None:",
        '    """Take a player\'s step down the gradient of its loss, by its own weights alone."""',
        "    weights, optimizer = self.weights[name], self.optimizers[name]",
        "    optimizer.zero_grad()",
        "    loss.backward(inputs=weights)",
        *_indented(added.clipped),
        "    optimizer.step()",
        "    self.losses[name] = loss.detach()",
    ]


def functions() -> list[str]:
    """Return what tells which weights a player moves."""
    loops = "for module in modules for weight in module.parameters()"
    return [
        "",
        "",
        "def weights_of(*modules: nn.Module) -> list[nn.Parameter]:",
        '    """Return the weights of modules that are to be trained."""',
        f"    return [weight {loops} if weight.requires_grad]",
    ]


def after_epoch(recipe: Recipe) -> list[str]:
    """Return what the schedules do after an epoch."""
    return _each_schedule(optimizing.after_epoch(recipe))


def _each_schedule(lines: Sequence[str]) -> list[str]:
    """Return what is done to ``self.schedule``, done to each one."""
    if not lines:
        return []
    each = [line.replace("self.schedule.", "schedule.") for line in lines]
    return ["for schedule in self.schedules.values():", *_indented(each)]


def state(recipe: Recipe) -> list[str]:
    """Return the lines that keep the state of optimizers, schedules and losses."""
    kept = [_states("optimizers"), '"losses": self.losses,']
    return [*kept, _states("schedules")] if optimizing.has_schedule(recipe) else kept


def _states(name: str) -> str:
    return f'"{name}": {{name: each.state_dict() for name, each in self.{name}.items()}},'


def resume(recipe: Recipe) -> list[str]:
    """Return the lines that take these states up again."""
    lines = [
        "for name, optimizer in self.optimizers.items():",
        '    optimizer.load_state_dict(state["optimizers"][name])',
        *_indented(optimizing.before_schedule(recipe, "optimizer")),
        'losses = state["losses"].items()',
        "self.losses = {name: loss.to(self.device) for name, loss in losses}",
    ]
    if optimizing.has_schedule(recipe):
        lines += [
            "for name, schedule in self.schedules.items():",
            '    schedule.load_state_dict(state["schedules"][name])',
        ]
    return lines


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
