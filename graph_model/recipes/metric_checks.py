"""What is wrong with the metrics of an output, before a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod
from typing import Final

from graph_model.problems import Problem
from graph_model.recipe import Choice, Objective
from graph_model.recipes.facts import ArrayFacts
from graph_model.recipes.losses import LOSSES, Target
from graph_model.recipes.metrics import METRICS, metrics_of, suiting
from graph_model.tensors import TensorSpec

_LARGEST_CONFUSION: Final = 256
"""The most classes of which a confusion matrix is told."""
_MOST_SCORES: Final = 2**28
"""How many scores fill a gigabyte."""
_KEEPING_ALL: Final = frozenset({"roc_auc", "average_precision"})


def metric_problems(
    objective: Objective, array: ArrayFacts, spec: TensorSpec, samples: int
) -> Iterator[Problem]:
    """Find metrics that do not suit an output; ``samples`` is the larger evaluated split."""
    suited = suiting(objective)
    is_of_classes = LOSSES[objective.loss.kind].target is Target.CLASSES
    if is_of_classes and not array.classes:
        return  # the loss is wrong first of all
    classes = array.classes if is_of_classes else 2
    for chosen in metrics_of(objective, spec):
        kind = METRICS[chosen.kind]
        values = {"metric": kind.title, "classes": str(classes)}
        found = None
        if chosen.kind not in suited:
            loss = LOSSES[objective.loss.kind].title
            found = Problem("metric_unsuited", {"metric": kind.title, "loss": loss})
        elif chosen.kind == "top" and _number(chosen, "k") > classes:
            found = Problem("metric_of_fewer", {"k": str(_number(chosen, "k")), **values})
        elif chosen.kind == "confusion" and classes > _LARGEST_CONFUSION:
            found = Problem("metric_of_many", {"most": str(_LARGEST_CONFUSION), **values})
        elif chosen.kind in _KEEPING_ALL and (kept := _scores(spec, samples)) > _MOST_SCORES:
            found = Problem(
                "metric_of_all_scores", {"size": f"{kept / _MOST_SCORES:.1f}", **values}
            )
        if found is not None:
            yield replace(found, node=objective.output, parameter="metrics")


def _number(chosen: Choice, name: str) -> int:
    value = METRICS[chosen.kind].complete(chosen.arguments)[name]
    return value if isinstance(value, int) else 0


def _scores(spec: TensorSpec, samples: int) -> int:
    return samples * prod(dim for dim in spec.shape[1:] if isinstance(dim, int))
