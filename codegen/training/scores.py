"""How the figures of a run are counted: the classes that count, and what is told of them."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from codegen.literals import quoted
from codegen.training.objectives import predicted_and_true
from codegen.training.plan import Exit, Plan
from graph_model.recipes.losses import Target

_PIECES = Path(__file__).parent / "pieces"


def pieces(plan: Plan) -> list[str]:
    """Return the classes that count, each followed by two empty lines."""
    names = dict.fromkeys(_piece(each) for each in plan.judged)
    return [line for name in names for line in (*piece(name), "", "")]


@cache
def piece(name: str) -> tuple[str, ...]:
    """Return the lines of a class in the module of its name, as they stand there."""
    text = (_PIECES / f"{name.lower()}.py").read_text(encoding="utf-8")
    (found,) = (
        each
        for each in ast.parse(text).body
        if isinstance(each, ast.ClassDef) and each.name == name
    )
    return tuple(text.splitlines()[found.lineno - 1 : found.end_lineno])


def places(plan: Plan) -> Mapping[str, Sequence[str]]:
    """Return the lines of the class of scores, for the places of the outline."""
    columns = ["sizes", "losses", *(name for each in plan.judged for name in _pair(each))]
    metrics = [f"self.{_attribute(each, plan)}" for each in plan.judged]
    pairs = list(zip(plan.judged, metrics, strict=True))
    return {
        "pieces": pieces(plan),
        "make_metrics": [f"{metric} = {_made(each)}" for each, metric in pairs],
        "columns": [f"{', '.join(columns)} = zip(*batches, strict=True)"],
        "update_metrics": [
            f"{metric}.update({', '.join(predicted_and_true(each))})" for each, metric in pairs
        ],
        "figures": _figures(plan, metrics),
        "scores_state": _state(metrics),
    }


def uses_deviations(plan: Plan) -> bool:
    """Tell whether any figure is in the units of the data."""
    return any(each.loss.target is Target.REAL for each in plan.judged)


def new_scores(plan: Plan) -> str:
    """Return the expression that makes scores."""
    return "Scores(self.deviations)" if uses_deviations(plan) else "Scores()"


def added(plan: Plan, *, detached: bool) -> str:
    """Return what a batch adds to the scores."""
    end = ".detach()" if detached else ""
    parts = [f"len({plan.inputs[0]})", f"loss{end}"]
    for each in plan.judged:
        parts += [f"{each.name}{end}", each.target]
    return f"({', '.join(parts)})"


def _piece(each: Exit) -> str:
    return "Errors" if each.loss.target is Target.REAL else "Accuracy"


def _made(each: Exit) -> str:
    arguments = f"deviations[{quoted(each.target)}]" if _piece(each) == "Errors" else ""
    return f"{_piece(each)}({arguments})"


def _attribute(each: Exit, plan: Plan) -> str:
    name = _piece(each).lower()
    return name if len(plan.judged) == 1 else f"{each.name}_{name}"


def _pair(each: Exit) -> tuple[str, str]:
    return each.name, each.target


def _figures(plan: Plan, metrics: Sequence[str]) -> list[str]:
    mean = '"loss": self.loss / self.samples'
    if not metrics:
        return [f"return {{{mean}}}"]
    if len(metrics) == 1:
        return [f"return {{{mean}, **{metrics[0]}.figures()}}"]
    told = [
        (quoted(f"{each.title}."), metric)
        for each, metric in zip(plan.judged, metrics, strict=True)
    ]
    return [
        f"figures = {{{mean}}}",
        "for prefix, metric in (",
        *(f"    ({prefix}, {metric})," for prefix, metric in told),
        "):",
        "    figures.update((prefix + name, value) for name, value in metric.figures().items())",
        "return figures",
    ]


def _state(metrics: Sequence[str]) -> list[str]:
    listed = f"[{', '.join(f'vars({metric})' for metric in metrics)}]"
    restored = [
        f'    for counted, before in zip({listed}, state["metrics"], strict=True):',
        "        counted.update(before)",
    ]
    if len(metrics) == 1:
        restored = [f'    vars({metrics[0]}).update(state["metrics"][0])']
    return [
        "",
        "def state(self) -> dict[str, Any]:",
        '    """Return what has been counted."""',
        f"    metrics = {listed}",
        '    return {"loss": self.loss, "samples": self.samples, "metrics": metrics}',
        "",
        "def resume(self, state: dict[str, Any]) -> None:",
        '    """Count on from there."""',
        '    self.loss, self.samples = state["loss"], state["samples"]',
        *(restored if metrics else []),
    ]
