"""How it is written that several batches make one step of the weights, as if they were one batch.

Each batch counts by its share of all that makes the step: of the samples, or of what these weigh
where a loss is a mean by weights. Of several losses each has a share of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from codegen.literals import literal
from codegen.training import objectives, transforms
from codegen.training.plan import WEIGHTS, Plan
from graph_model.values import Value

_OPTION: Final = "accumulate"
_OF_SAMPLES: Final = (
    "begun = self.step // ACCUMULATE * ACCUMULATE * BATCH_SIZE",
    "end = min(begun + ACCUMULATE * BATCH_SIZE, self.steps * BATCH_SIZE, len(self.train[0]))",
    "part = len(index) / (end - begun)  # of the samples that make one step",
)
"""What a batch counts among those of its step, of which the last has fewer samples, or batches."""
_COUNTED: Final = (
    "if self.step % ACCUMULATE == 0 or self.whole is None:",
    "    self.whole = self.weigh_step()",
)


def is_chosen(plan: Plan) -> bool:
    """Tell whether several batches make one step."""
    return plan.recipe.option(_OPTION) is not None


def is_weighed(plan: Plan) -> bool:
    """Tell whether batches count by weights, of samples or of classes."""
    is_by_weight = bool(objectives.weighed(plan)) or objectives.weighed_apart(plan)
    return is_chosen(plan) and is_by_weight


def places(arguments: Mapping[str, Value]) -> Mapping[str, Sequence[str]]:
    """Return the lines that the option adds whatever the losses are."""
    return {
        "constants": (f"ACCUMULATE = {literal(arguments['batches'])}  # batches for a step",),
        "state": ('"gradients": [weight.grad for weight in self.model.parameters()],',),
        "resume": (
            'gradients = zip(self.model.parameters(), state["gradients"], strict=True)',
            "for weight, gradient in gradients:",
            "    weight.grad = None if gradient is None else gradient.to(self.device)",
        ),
    }


def setup(plan: Plan) -> list[str]:
    """Return the line that begins to keep what all batches of a step weigh."""
    return ["self.whole: Tensor | None = None  # what all batches of a step weigh"] * is_weighed(
        plan
    )


def ordered(plan: Plan) -> list[str]:
    """Return the line that keeps the order of an epoch, which tells what makes a step."""
    return ["self.order = order"] * is_weighed(plan)


def parted(plan: Plan, *, is_penalised: bool) -> tuple[list[str], str]:
    """Return lines, and after these the expression of what a batch adds to the loss of its step.

    A penalty, where there is one, is in the loss but not among the losses of outputs.
    """
    if not is_weighed(plan):
        return [*_OF_SAMPLES], "(loss * part)"
    if not objectives.weighed_apart(plan):
        counted = objectives.weighed(plan)
        return [*_COUNTED, f"part = {counted} / self.whole"], "(loss * part)"
    lines = [
        *_COUNTED,
        f"parts = {objectives.shares(plan)} / self.whole  # of what makes one step, by output",
    ]
    total = "(torch.stack(losses) * parts).sum()"
    if not is_penalised:
        return lines, total
    return [*lines, *_OF_SAMPLES], f"({total} + (loss - sum(losses)) * part)"


def method(plan: Plan) -> list[str]:
    """Return the method that weighs all batches of a step, nothing where they do not weigh."""
    if not is_weighed(plan):
        return []
    weighs = (
        objectives.shares(plan, "index")
        if objectives.weighed_apart(plan)
        else objectives.weighed(plan)
    )
    lines = [
        "first = self.step // ACCUMULATE * ACCUMULATE",
        "last = min(first + ACCUMULATE, self.steps)",
        "index = self.order[first * BATCH_SIZE : last * BATCH_SIZE].to(self.device)",
        *_taken(plan),
        f"return {weighs}{'.clamp(min=1e-12)' * plan.is_weighed}",
    ]
    return [
        "",
        "def weigh_step(self) -> Tensor:",
        '    """Return what all samples weigh that make one step of the weights."""',
        *(f"    {line}" for line in lines),
    ]


def _taken(plan: Plan) -> list[str]:
    """Return the lines that take of the samples of a step what they are weighed by."""
    if plan.is_weighed:
        return [f"{WEIGHTS} = self.train[{plan.batch.index(WEIGHTS)}].index_select(0, index)"]
    if transforms.moves_masks(plan):
        names = ", ".join(plan.batch)
        taken = f"{names} = (each.index_select(0, index) for each in self.train)"
        return [taken, *transforms.of_batch(plan)]
    return [
        f"{each.target} = self.train[{plan.batch.index(each.target)}].index_select(0, index)"
        for each in plan.trained
        if objectives.is_weighed_mean(each)
    ]
