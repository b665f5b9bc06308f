"""From a recipe to the script that trains: in the application, and alone.

The script goes beside the generated ``model.py`` and ``data.pt``, a dict of ``samples`` (all of
them, as tensors by the names of the script), ``deviations`` and ``means`` (of scaled targets) and
of the indices ``train``, ``validation`` and ``test``.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from string import Template

from codegen.literals import literal, plain
from codegen.training import objectives, optimizing, scores
from codegen.training.plan import Plan
from codegen.training.skeleton import SKELETON
from codegen.wrapping import wrapped
from graph_model.problems import GraphError


def script(plan: Plan, module: str = "model") -> str:
    """Return the training script of a plan.

    ``module`` is the name of the generated file beside it, without ``.py``. Raises ``GraphError``
    where that cannot be imported, ``KeyError`` for a loss, optimizer or schedule that no catalogue
    has.
    """
    if not module.isidentifier() or keyword.iskeyword(module):
        raise GraphError(f"{module!r} is no name of a module")
    recipe = plan.recipe
    has_schedule = optimizing.has_schedule(recipe)
    words = {
        "title": plain(plan.title) or plan.class_name,
        "class_name": plan.class_name,
        "module": module,
        "seed": literal(int(recipe.seed)),
        "epochs": literal(int(recipe.epochs)),
        "batch_size": literal(int(recipe.batch_size)),
        **scores.words(plan),
    }
    return _filled(
        words,
        {
            **scores.places(plan),
            "setup": [
                *objectives.losses(plan),
                *optimizing.optimizer(recipe),
                *(f'self.{name} = data["{name}"]' for name in scores.scalings(plan)),
            ],
            "do_step": _do_step(plan),
            "evaluate": _evaluate(plan),
            "after_epoch": optimizing.after_epoch(recipe),
            "methods": objectives.loss_method(plan),
            "state": ['"schedule": self.schedule.state_dict(),'] if has_schedule else [],
            "resume": (
                ['self.schedule.load_state_dict(state["schedule"])'] if has_schedule else []
            ),
        },
    )


def _do_step(plan: Plan) -> list[str]:
    return [
        f"{_targets(plan.samples)} = (each.index_select(0, index) for each in self.train)",
        'self.learning_rate = self.optimizer.param_groups[0]["lr"]',
        "self.optimizer.zero_grad()",
        *_forward(plan),
        "loss.backward()",
        "self.optimizer.step()",
        *optimizing.after_step(plan.recipe),
        f"self.scores.unread.append({scores.added(plan, detached=True)})",
    ]


def _evaluate(plan: Plan) -> list[str]:
    return [
        f"{_targets(plan.samples)} = (each[start : start + size] for each in samples)",
        *_forward(plan),
        f"scores.unread.append({scores.added(plan, detached=False)})",
    ]


def _forward(plan: Plan) -> list[str]:
    names = ", ".join(each.name if each.is_trained else "_" for each in plan.exits)
    return [
        f"{names} = self.model({', '.join(plan.inputs)})",
        f"loss = {objectives.loss(plan)}",
    ]


def _targets(names: Sequence[str]) -> str:
    """Return what several values are assigned to."""
    return ", ".join(names) if len(names) > 1 else f"({names[0]},)"


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
