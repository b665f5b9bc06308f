"""How it is written which epoch is the best."""

from __future__ import annotations

from codegen.literals import quoted
from codegen.training.plan import Plan
from graph_model.recipes.judging import judged_by


def is_best(plan: Plan) -> str:
    """Return the expression that tells whether the figures of an epoch are the best so far."""
    if not plan.has_best:
        return "True  # where losses work against each other, the last weights count"
    deciding = judged_by(plan.recipe)
    name = quoted(deciding.figure)
    sign, worst = (">", "-math.inf") if deciding.larger_is_better else ("<", "math.inf")
    return f"validation[{name}] {sign} self.best_figures.get({name}, {worst})"
