"""From a recipe to the script that trains: in the application, and alone.

The script goes beside the generated ``model.py`` and ``data.pt``, a dict of ``samples`` (all of
them, as tensors by the names of the script), ``deviations`` and ``means`` (of scaled targets) and
of the indices ``train``, ``validation`` and ``test``.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from string import Template
from typing import Final

from codegen.line_breaks import wrapped
from codegen.literals import literal, plain
from codegen.training import objectives, optimizing, players, scores, step
from codegen.training.options import additions
from codegen.training.plan import Plan
from codegen.training.skeleton import SKELETON
from graph_model.problems import GraphError
from graph_model.recipe import Recipe

_STEP: Final = "Take one step down the gradient of the loss of a batch."
_STEPS: Final = "Let each player take its step on a batch, one after the other."


def script(plan: Plan, module: str = "model") -> str:
    """Return the training script of a plan.

    ``module`` is the name of the generated file beside it, without ``.py``. Raises ``GraphError``
    where that cannot be imported, ``KeyError`` for a loss, optimizer or schedule that no catalogue
    has.
    """
    if not module.isidentifier() or keyword.iskeyword(module):
        raise GraphError(f"{module!r} is no name of a module")
    recipe, added = plan.recipe, additions(plan)
    steps = players if plan.turns else optimizing
    words = {
        "title": plain(plan.title) or plan.class_name,
        "class_name": plan.class_name,
        "module": module,
        "seed": literal(int(recipe.seed)),
        "epochs": literal(int(recipe.epochs)),
        "batch_size": literal(int(recipe.batch_size)),
        **scores.words(plan),
        "judged": _judged(recipe),
        "step_told": _STEPS if plan.turns else _STEP,
        "over": " or ".join(("self.epoch >= EPOCHS", *added.over)),
    }
    return _filled(
        words,
        {
            **scores.places(plan),
            **{name: getattr(added, name) for name in ("imports", "constants", "first", "made")},
            "at_epoch": added.at_epoch,
            "before_evaluation": added.after_epoch,
            "setup": [
                *objectives.losses(plan),
                *(players.setup(plan) if plan.turns else optimizing.optimizer(recipe)),
                *(f'self.{name} = data["{name}"]' for name in scores.scalings(plan)),
                *added.setup,
            ],
            "do_step": step.do_step(plan, added),
            "evaluate": step.evaluate(plan, added, _judged(recipe)),
            "is_best": _is_best(plan),
            "after_epoch": steps.after_epoch(recipe),
            "methods": players.methods(added) if plan.turns else objectives.loss_method(plan),
            "state": [*steps.state(recipe), *added.state],
            "resume": [*steps.resume(recipe), *added.resume],
            "functions": players.functions() if plan.turns else [],
        },
    )


def _is_best(plan: Plan) -> list[str]:
    """Return the line that tells whether an epoch was the best so far."""
    if plan.has_best:
        return ['is_best = validation["loss"] < self.best_figures.get("loss", math.inf)']
    return ["is_best = True  # where losses work against each other, the last weights count"]


def _judged(recipe: Recipe) -> str:
    """Return the model whose figures are told, and whose weights are kept as the best."""
    is_averaged = recipe.option("ema") or recipe.option("swa")
    return "self.averaged.module" if is_averaged else "self.model"


def _filled(words: Mapping[str, str], blocks: Mapping[str, Sequence[str]]) -> str:
    """Put words into the outline, and lines in place of those that name a place."""
    lines: list[str] = []
    for line in SKELETON.splitlines():
        name = line.strip().removeprefix("$")
        if line.strip().startswith("$") and name in blocks:
            indent = line[: len(line) - len(line.lstrip())]
            for each in blocks[name]:
                lines += wrapped(indent + each) if each else [""]
        else:
            lines.append(Template(line).substitute(words))
    return "\n".join(lines) + "\n"
