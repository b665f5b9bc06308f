"""How a step is written: the forward pass, the gradient, and the update of the weights."""

from __future__ import annotations

from collections.abc import Sequence

from codegen.training import distributed, objectives, optimizing, scores
from codegen.training.options import Additions
from codegen.training.plan import Plan


def do_step(plan: Plan, added: Additions) -> list[str]:
    """Return the lines of a step down the gradient of a batch."""
    is_accumulated = plan.recipe.option("accumulate") is not None
    is_scaled = bool(added.unscaled)
    loss = "(loss / ACCUMULATE)" if is_accumulated else "loss"
    update = [
        *(added.unscaled if added.clipped else ()),
        *added.clipped,
        *(["self.scaler.step(self.optimizer)", "self.scaler.update()"] if is_scaled else []),
        *([] if is_scaled else ["self.optimizer.step()"]),
        *added.updated,
        *optimizing.after_step(plan.recipe),
    ]
    if is_accumulated:
        due = "if (self.step + 1) % ACCUMULATE == 0 or self.step + 1 == self.steps:"
        update = [due, *_indented([*update, "self.optimizer.zero_grad()"])]
    model = "self.parallel" if distributed.is_chosen(plan.recipe) else "self.model"
    return [
        *distributed.seeding(plan.recipe),
        f"{_targets(plan.samples)} = (each.index_select(0, index) for each in self.train)",
        *added.inputs,
        'self.learning_rate = self.optimizer.param_groups[0]["lr"]',
        *([] if is_accumulated else ["self.optimizer.zero_grad()"]),
        *_within(added.context, _forward(plan, model)),
        *added.penalty,
        f"self.scaler.scale({loss}).backward()" if is_scaled else f"{loss}.backward()",
        *update,
        f"self.scores.unread.append({scores.added(plan, detached=True)})",
    ]


def evaluate(plan: Plan, added: Additions, model: str) -> list[str]:
    """Return the lines that evaluate a batch."""
    return [
        f"{_targets(plan.samples)} = (each[start : start + size] for each in samples)",
        *added.inputs,
        *_within(added.context, _forward(plan, model)),
        f"scores.unread.append({scores.added(plan, detached=False)})",
    ]


def _forward(plan: Plan, model: str) -> list[str]:
    names = ", ".join(each.name if each.is_trained else "_" for each in plan.exits)
    called = [f"{names} = {model}({', '.join(plan.inputs)})"]
    if distributed.is_chosen(plan.recipe):
        called = distributed.forward(plan, model)
    return [*called, f"loss = {objectives.loss(plan)}"]


def _within(contexts: Sequence[str], lines: Sequence[str]) -> list[str]:
    return [f"with {', '.join(contexts)}:", *_indented(lines)] if contexts else [*lines]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _targets(names: Sequence[str]) -> str:
    """Return what several values are assigned to."""
    return ", ".join(names) if len(names) > 1 else f"({names[0]},)"
