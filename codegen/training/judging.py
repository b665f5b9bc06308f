"""How it is written which epoch is the best."""

from __future__ import annotations

from codegen.literals import quoted
from codegen.training.plan import Plan
from graph_model.recipes.judging import judged_by


def keep_best(plan: Plan, model: str) -> list[str]:
    """Return the lines that keep the weights of a model where an epoch is the best so far."""
    kept = [
        "self.best_epoch, self.best_figures = self.epoch, validation",
        f"self.best = copy_of_weights({model})",
    ]
    if not plan.has_best:
        return [
            "is_best = True  # where losses work against each other, the last weights count",
            *kept,
        ]
    return [*_is_best(plan), "if is_best:", *(f"    {line}" for line in kept)]


def _is_best(plan: Plan) -> list[str]:
    """Return the lines that tell whether the figures of an epoch are the best so far.

    As long as the figure is no number, such as an area of one class, the newest epoch counts.
    """
    deciding = judged_by(plan.recipe)
    name, sign = quoted(deciding.figure), ">" if deciding.larger_is_better else "<"
    return [
        f"best = self.best_figures.get({name}, math.nan)",
        f"is_best = validation[{name}] {sign} best or math.isnan(best)",
    ]


def progress(plan: Plan) -> tuple[str, ...]:
    """Return the lines that tell which epoch was progress, where that has to be more than none."""
    deciding = judged_by(plan.recipe)
    figure = f"validation[{quoted(deciding.figure)}]"
    more = "> self.progress[1] + MIN_DELTA" if deciding.larger_is_better else ""
    less = "< self.progress[1] - MIN_DELTA"
    return (
        f"if {figure} {more or less}:",
        f"    self.progress = (self.epoch, {figure})",
    )
