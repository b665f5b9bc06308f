"""How a step is written: the forward pass, the gradient, and the update of the weights."""

from __future__ import annotations

from collections.abc import Sequence

from codegen.training import (
    accumulating,
    distributed,
    keeping,
    objectives,
    optimizing,
    players,
    scores,
    transforms,
)
from codegen.training.options import Additions, within
from codegen.training.plan import Plan
from graph_model.recipes.optimizers import OPTIMIZERS


def do_step(plan: Plan, added: Additions) -> list[str]:
    """Return the lines of a step down the gradient of a batch."""
    taken = players.do_step(plan, added) if plan.turns else _taken(plan, added)
    batch = keeping.batch(plan, _targets(plan.batch))
    changed = transforms.of_batch(plan)
    scaled = keeping.scaled(plan)
    return [*distributed.seeding(plan.recipe), batch, *scaled, *changed, *added.inputs, *taken]


def _taken(plan: Plan, added: Additions) -> list[str]:
    """Return the lines in which one optimizer takes its step."""
    is_accumulated = accumulating.is_chosen(plan)
    is_scaled = bool(added.unscaled)
    if OPTIMIZERS[plan.recipe.optimizer.kind].of_passes:
        return _of_passes(plan, added)
    parting, loss = list[str](), "loss"
    if is_accumulated:
        parting, loss = accumulating.parted(plan, is_penalised=bool(added.penalty))
    scheduled = optimizing.after_step(plan.recipe)
    update = [
        *(added.unscaled if added.clipped else ()),
        *added.clipped,
        *(_scaled(scheduled) if is_scaled else ["self.optimizer.step()"]),
        *added.updated,
        *([] if is_scaled else scheduled),
    ]
    if is_accumulated:
        due = "if (self.step + 1) % ACCUMULATE == 0 or self.step + 1 == self.steps:"
        update = [due, *_indented([*update, "self.optimizer.zero_grad()"])]
    return [
        'self.learning_rate = self.optimizer.param_groups[0]["lr"]',
        *([] if is_accumulated else ["self.optimizer.zero_grad()"]),
        *within(added.context, _forward(plan, _trained(plan), transforms.of_losses(plan))),
        *added.penalty,
        *parting,
        f"self.scaler.scale({loss}).backward()" if is_scaled else f"{loss}.backward()",
        *update,
        f"self.scores.unread.append({scores.added(plan, detached=True)})",
    ]


def _scaled(scheduled: Sequence[str]) -> list[str]:
    """Return the lines of a scaled step, which moves the schedule only where it is taken."""
    taken = ["self.scaler.step(self.optimizer)", "self.scaler.update()"]
    if not scheduled:
        return taken
    return [
        "scale = self.scaler.get_scale()",
        *taken,
        "if self.scaler.get_scale() >= scale:  # else a gradient was not finite: no step",
        *_indented(scheduled),
    ]


def _of_passes(plan: Plan, added: Additions) -> list[str]:
    """Return the lines of a step for which the optimizer asks for the loss several times."""
    return [
        'self.learning_rate = self.optimizer.param_groups[0]["lr"]',
        "passes: list[tuple[Any, ...]] = []",
        "",
        "def closure() -> Tensor:",
        *_indented(
            [
                "self.optimizer.zero_grad()",
                *within(added.context, _forward(plan, _trained(plan), transforms.of_losses(plan))),
                *added.penalty,
                "loss.backward()",
                f"passes.append({scores.added(plan, detached=True)})",
                "return loss",
            ]
        ),
        "",
        "self.optimizer.step(closure)",
        *added.updated,
        *optimizing.after_step(plan.recipe),
        "self.scores.unread.append(passes[0])  # as it was before the step",
    ]


def evaluate(plan: Plan, added: Additions, model: str) -> list[str]:
    """Return the lines that evaluate a batch."""
    batch = keeping.evaluated(plan, _targets(plan.batch))
    scaled = keeping.scaled(plan)
    if plan.turns:
        return [*batch, *scaled, *added.inputs, *players.evaluate(plan, model, added.context)]
    return [
        *batch,
        *scaled,
        *added.inputs,
        *within(added.context, _forward(plan, model, plan)),
        f"scores.unread.append({scores.added(plan, detached=False)})",
    ]


def _trained(plan: Plan) -> str:
    """Return the model as it is called where gradients follow."""
    shared, sharded = distributed.is_chosen(plan.recipe), distributed.is_sharded(plan.recipe)
    return "self.parallel" if shared and not sharded else "self.model"


def _forward(plan: Plan, model: str, judging: Plan) -> list[str]:
    """Return the lines from a batch to its loss; ``judging`` names the targets that losses take."""
    names = ", ".join(each.name if each.is_trained else "_" for each in plan.exits)
    called = [f"{names} = {model}({', '.join(plan.inputs)})"]
    if distributed.is_chosen(plan.recipe):
        called = distributed.forward(plan, model)
    return [*called, *objectives.loss(judging)]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _targets(names: Sequence[str]) -> str:
    """Return what several values are assigned to."""
    return ", ".join(names) if len(names) > 1 else f"({names[0]},)"
