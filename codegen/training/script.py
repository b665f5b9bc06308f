"""From a recipe to the script that trains: in the application, and alone.

The script goes beside the generated ``model.py`` and ``data.pt``, a dict of ``samples`` (all of
them, as tensors by the names of the script), ``deviations`` and ``means`` (of scaled targets) and
of the indices ``train``, ``validation`` and ``test``.
"""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from typing import Final

from codegen.literals import literal, plain
from codegen.outline import filled
from codegen.training import (
    accumulating,
    averaging,
    distributed,
    judging,
    keeping,
    layers,
    objectives,
    optimizing,
    parting,
    players,
    recomputing,
    scores,
    step,
    transforms,
)
from codegen.training.options import additions
from codegen.training.plan import Plan
from codegen.training.skeleton import SKELETON
from graph_model.problems import GraphError
from graph_model.recipe import Recipe


def script(plan: Plan, module: str = "model") -> str:
    """Return the training script of a plan.

    ``module`` is the name of the generated file beside it, without ``.py``. Raises ``GraphError``
    where that cannot be imported, ``KeyError`` for a loss, optimizer or schedule that no catalogue
    has.
    """
    if not module.isidentifier() or keyword.iskeyword(module):
        raise GraphError(f"{module!r} is no name of a module")
    recipe, added = plan.recipe, additions(plan)
    pieces = [
        *keeping.pieces(plan),
        *transforms.pieces(plan),
        *optimizing.pieces(plan),
        *recomputing.pieces(plan),
        *objectives.pieces(plan),
        *scores.pieces(plan),
    ]
    steps = players if plan.turns else optimizing
    summing = players.methods(added) if plan.turns else objectives.loss_method(plan)
    measuring = averaging.method(plan, added.inputs, added.context)
    methods = [*parting.method(plan), *measuring, *accumulating.method(plan), *summing]
    called = plan.called
    words = {
        "title": plain(plan.title) or plan.class_name,
        "class_name": called,
        "imported": plan.class_name
        if called == plan.class_name
        else f"{plan.class_name} as {called}",
        "module": module,
        "seed": literal(int(recipe.seed)),
        "epochs": literal(int(recipe.epochs)),
        "batch_size": literal(int(recipe.batch_size)),
        **scores.words(plan),
        **distributed.words(recipe, _judged(recipe)),
        "judged": _judged(recipe),
        **keeping.words(plan),
        "step_told": _STEPS if plan.turns else _STEP,
        "abc": ", ".join(_abstract([*pieces, *methods])),
        "over": " or ".join(("self.epoch >= EPOCHS", *added.over)),
    }
    lines = filled(
        SKELETON,
        words,
        {
            **scores.places(plan),
            **distributed.places(plan),
            **{name: getattr(added, name) for name in _PLACES},
            "standard_imports": [
                *keeping.standard_imports(plan),
                *transforms.imports(plan),
                *added.standard_imports,
            ],
            "constants": [
                *parting.constants(plan),
                *objectives.constants(plan),
                *added.constants,
            ],
            "pictures": keeping.imports(plan),
            "told": keeping.told(plan),
            "pieces": pieces,
            "at_epoch": [
                *transforms.at_epoch(plan),
                *added.at_epoch,
                *layers.at_epoch(plan.holds_still, recipe.option("thaw") is not None),
            ],
            "ordered": accumulating.ordered(plan),
            "before_evaluation": added.after_epoch,
            "setup": [
                *transforms.setup(plan),
                *objectives.losses(plan),
                *steps.optimizer(plan),
                *(f'self.{name} = data["{name}"]' for name in scores.scalings(plan)),
                *layers.held_still(plan.holds_still),
                *accumulating.setup(plan),
                *added.setup,
            ],
            "do_step": step.do_step(plan, added),
            "evaluate": step.evaluate(plan, added, _judged(recipe)),
            "keep_best": [*judging.keep_best(plan, _judged(recipe)), *added.judged],
            "after_epoch": steps.after_epoch(recipe),
            "methods": methods,
            "state": [*steps.state(recipe), *added.state],
            "resume": [*steps.resume(recipe), *added.resume],
            "functions": [
                *distributed.functions(plan),
                *(players.functions() if plan.turns else []),
            ],
        },
    )
    return "\n".join(lines) + "\n"


_STEP: Final = "Take one step down the gradient of the loss of a batch."
_STEPS: Final = "Let each player take its step on a batch, one after the other."
_PLACES: Final = ("imports", "first", "made")
"""The places that hold what options add, and nothing else."""


def _abstract(lines: Sequence[str]) -> list[str]:
    """Return what the text needs of collections.abc, where these lines may need more."""
    text = "\n".join(lines)
    names = ("Callable", "Generator", "Iterable", "Iterator")
    return [each for each in names if each in ("Generator", "Iterator") or f"{each}[" in text]


def _judged(recipe: Recipe) -> str:
    """Return the model whose figures are told, and whose weights are kept as the best."""
    is_averaged = recipe.option("ema") or recipe.option("swa")
    return "self.averaged.module" if is_averaged else "self.model"
