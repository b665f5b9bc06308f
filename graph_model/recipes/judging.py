"""Which figure says how good an epoch is: the validation loss, unless the recipe names another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.metrics import METRICS, figure, metric_of, metrics_of
from graph_model.recipes.options import OPTIONS

LOSS: Final = "loss"


@frozen
class Deciding:
    """The figure that decides, by the name it is told by."""

    figure: str
    larger_is_better: bool


def judged_by(recipe: Recipe) -> Deciding:
    """Return the figure that says which epoch of a run is the best."""
    chosen = recipe.option("best_by")
    if chosen is None:
        return Deciding(LOSS, larger_is_better=False)
    name = str(OPTIONS["best_by"].complete(chosen.arguments)["figure"])
    metric = metric_of(name.rpartition(".")[2])
    return Deciding(name, metric is not None and metric[0].larger_is_better)


def figures(objectives: Sequence[Objective], inference: Inference) -> Iterator[str]:
    """Yield the figures that can decide: those that are one number for the validation split.

    They are called as in the events of a run, after their output where there are several.
    """
    yield LOSS
    judged = [each for each in objectives if each.weight and LOSSES[each.loss.kind].takes_target]
    for each in judged:
        spec = inference.nodes[each.output].inputs.get("input")
        name = inference.network.nodes[each.output].name
        for chosen in metrics_of(each, spec):
            if chosen.kind in METRICS and is_one_number(chosen):
                yield f"{name}.{figure(chosen)}" if len(judged) > 1 else figure(chosen)


def is_one_number(chosen: Choice) -> bool:
    """Tell whether a metric gives one number, unlike a list of those of each class."""
    average = METRICS[chosen.kind].complete(chosen.arguments).get("average")
    return chosen.kind != "confusion" and average != "per class"
