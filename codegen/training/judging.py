"""How it is written which epoch is the best."""

from __future__ import annotations

from codegen.literals import quoted
from graph_model.recipe import Recipe
from graph_model.recipes.judging import judged_by


def is_best(recipe: Recipe) -> str:
    """Return the expression that tells whether the figures of an epoch are the best so far."""
    deciding = judged_by(recipe)
    name = quoted(deciding.figure)
    sign, worst = (">", "-math.inf") if deciding.larger_is_better else ("<", "math.inf")
    return f"validation[{name}] {sign} self.best_figures.get({name}, {worst})"
