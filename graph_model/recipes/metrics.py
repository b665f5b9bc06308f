"""What can be told of how good an output is, with scikit-learn's meanings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.recipe import Choice, Objective
from graph_model.recipes.losses import LOSSES, Target
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Parameter, choice, integer


@frozen
class MetricKind(Entry):
    """One way to tell how good an output is.

    ``suits`` are the targets that it can be worked out for. ``is_share`` tells that it lies on the
    scale that ends at 1, on which several can be drawn together. ``in_evaluation`` marks what is
    worked out on the validation and the test split alone, for it would slow down every step.
    """

    suits: frozenset[Target] = frozenset()
    larger_is_better: bool = True
    is_share: bool = True
    in_evaluation: bool = False


_CLASSES: Final = frozenset({Target.CLASSES})
_TWO: Final = frozenset({Target.BINARY, Target.SIGNS})
_ANY_CLASSES: Final = _CLASSES | _TWO
_NUMBERS: Final = frozenset({Target.REAL})

_K: Final = integer("k", 5, "How many of the highest scores count.")
_OFTEN_ASKED: Final = (2, 3, 5, 10)
_AVERAGE: Final = choice(
    "average",
    ("macro", "micro", "per class"),
    "macro",
    "The mean over the classes, all elements counted together, or each class for itself.",
)


def _of_classes(name: str, shown: str, help: str, *, in_evaluation: bool = False) -> MetricKind:
    """Return a metric that there is of each class."""
    return MetricKind(
        name, help, (_AVERAGE,), shown, suits=_ANY_CLASSES, in_evaluation=in_evaluation
    )


def _of_numbers(name: str, shown: str, help: str) -> MetricKind:
    """Return an error in numbers."""
    return MetricKind(
        name, help, shown=shown, suits=_NUMBERS, larger_is_better=False, is_share=False
    )


METRICS: Final = catalogue(
    (
        MetricKind(
            "accuracy",
            "The share of elements whose class is predicted right.",
            shown="Accuracy",
            suits=_ANY_CLASSES,
        ),
        MetricKind(
            "balanced_accuracy",
            "The mean over the classes of the share that is found: rare ones count as much.",
            shown="Balanced accuracy",
            suits=_ANY_CLASSES,
        ),
        MetricKind(
            "top",
            "The share of elements whose class is among the k highest scores.",
            (_K,),
            shown="Top-k accuracy",
            suits=_CLASSES,
        ),
        _of_classes("precision", "Precision", "The share of what is taken for a class that is it."),
        _of_classes("recall", "Recall", "The share of a class that is found."),
        _of_classes("f1", "F1", "The harmonic mean of precision and recall."),
        _of_classes(
            "iou",
            "IoU",
            "What is a class and is taken for it, over what is either: the overlap of masks.",
        ),
        _of_classes("dice", "Dice", "Twice the overlap of two masks over the sum of their sizes."),
        _of_classes(
            "roc_auc",
            "ROC-AUC",
            "How often something of a class has a higher score than something else. It keeps all "
            "scores of a split.",
            in_evaluation=True,
        ),
        _of_classes(
            "average_precision",
            "PR-AUC (average precision)",
            "The mean precision over all thresholds of the score. It keeps all scores of a split.",
            in_evaluation=True,
        ),
        MetricKind(
            "confusion",
            "How often each class is taken for each: true classes in rows.",
            shown="Confusion matrix",
            suits=_ANY_CLASSES,
            is_share=False,
            in_evaluation=True,
        ),
        MetricKind(
            "calibration_error",
            "How far confidence is from the share that is right, in bins of equal width (ECE).",
            (integer("bins", 15, "How many bins there are from 0 to 1.", maximum=1000),),
            shown="Calibration error",
            suits=_ANY_CLASSES,
            larger_is_better=False,
            in_evaluation=True,
        ),
        MetricKind(
            "perplexity",
            "e to the cross entropy: among how many equal choices it is as unsure.",
            shown="Perplexity",
            suits=_CLASSES,
            larger_is_better=False,
            is_share=False,
        ),
        MetricKind(
            "r2",
            "The share of the variance of the numbers that is explained.",
            shown="R²",
            suits=_NUMBERS,
        ),
        _of_numbers("mae", "Mean absolute error", "In the units of the data."),
        _of_numbers("rmse", "Root mean square error", "In the units of the data."),
        _of_numbers(
            "mape",
            "Mean absolute percentage error",
            "The mean error over the size of the true number, as a share; enormous near 0.",
        ),
    )
)


def figure(chosen: Choice) -> str:
    """Return the name by which a metric is told: ``f1``, ``f1_micro``, ``top_5``."""
    kind = METRICS[chosen.kind]
    parts = [kind.name]
    for parameter in kind.parameters:
        value = chosen.arguments.get(parameter.name, parameter.default)
        if parameter.name == "k" or value != parameter.default:
            parts.append(str(value).replace(" ", "_"))
    return "_".join(parts)


def metric_of(figure: str) -> tuple[MetricKind, str] | None:
    """Return the metric that a figure is of, and what its name says beyond that."""
    for name, kind in METRICS.items():
        if figure == name or figure.startswith(f"{name}_"):
            return kind, figure.removeprefix(name).removeprefix("_").replace("_", " ")
    return None


def average_of(chosen: Choice) -> str:
    """Return how a metric of classes makes one figure of many."""
    return str(METRICS[chosen.kind].complete(chosen.arguments)["average"])


def suiting(objective: Objective) -> dict[str, MetricKind]:
    """Return the metrics that there are for an output held by this loss."""
    target = LOSSES[objective.loss.kind].target
    return {name: kind for name, kind in METRICS.items() if target in kind.suits}


def with_loss(objective: Objective, loss: Choice) -> Objective:
    """Return an objective with another loss, without the metrics that do not suit it."""
    changed = replace(objective, loss=loss)
    suited = suiting(changed)
    return replace(changed, metrics=tuple(each for each in changed.metrics if each.kind in suited))


def metrics_of(objective: Objective, spec: TensorSpec | None) -> tuple[Choice, ...]:
    """Return what is told of an output: what was chosen, or what is usual for what it is.

    No figure is told twice.
    """
    chosen = objective.metrics or tuple(map(Choice, _usual(objective, spec)))
    return tuple({figure(each): each for each in chosen}.values())


def _usual(objective: Objective, spec: TensorSpec | None) -> tuple[str, ...]:
    target = LOSSES[objective.loss.kind].target
    rank = spec.rank if spec is not None else 0
    if target is Target.NOTHING:
        return ()
    if target is Target.REAL:
        return ("r2", "mae")
    if rank > 3:  # a class for each pixel
        return ("accuracy", "iou")
    if target is Target.CLASSES and rank == 3:  # a class for each place of a sequence
        return ("accuracy", "perplexity")
    return ("accuracy",)


def classes_of(objective: Objective, spec: TensorSpec | None, classes: int) -> int:
    """Return how many classes or labels an output has, where a target of classes has so many."""
    if LOSSES[objective.loss.kind].target is Target.CLASSES:
        return classes
    labels = spec.shape[1] if spec is not None and spec.rank > 1 and spec.rank != 3 else 1
    return labels if isinstance(labels, int) else 1


def variants(kind: MetricKind, classes: int, chosen: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return what of a metric to offer for so many classes, with what was chosen already."""
    found = [Choice(kind.name)]
    if _AVERAGE in kind.parameters and classes > 1:
        found = [Choice(kind.name, _argument(_AVERAGE, value)) for value in _AVERAGE.choices]
    elif kind.name == "top":
        found = [Choice(kind.name, _argument(_K, k)) for k in _OFTEN_ASKED if k < classes]
    found += [each for each in chosen if each.kind == kind.name]
    return tuple({figure(each): each for each in found}.values())


def _argument(parameter: Parameter, value: int | str) -> Arguments:
    return {} if value == parameter.default else {parameter.name: value}
