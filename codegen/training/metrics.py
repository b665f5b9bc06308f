"""How metrics are written: what counts for them, and how their figures are asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from codegen.literals import call, literal, quoted
from codegen.training.plan import Exit
from graph_model.frozen import frozen
from graph_model.recipe import Choice
from graph_model.recipes.losses import Target
from graph_model.recipes.metrics import METRICS, average_of, figure


@frozen
class Counter:
    """What counts batches for one or several metrics of an output.

    ``piece`` is its class, ``update`` the call that takes a batch in, where words in braces are
    those of :mod:`codegen.training.values`.
    """

    piece: str
    update: str
    name: str = ""
    arguments: tuple[str, ...] = ()
    in_evaluation: bool = False

    @property
    def attribute(self) -> str:
        """What it is called in the text."""
        return self.name or self.piece.lower()

    @property
    def made(self) -> str:
        """The expression that makes it."""
        return call(self.piece, list(self.arguments), {})

    @property
    def method(self) -> str:
        """The method that takes a batch in."""
        return self.update.partition("(")[0]


@frozen
class Form:
    """How one metric is written: ``asked`` is the call that its counter answers with its figure.

    ``functions`` are those of the counter's module that this names.
    """

    name: str
    counter: Counter
    asked: str
    functions: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        """Whether it gives many numbers instead of one."""
        return self.method in ("per_class", "rows")

    @property
    def method(self) -> str:
        """The method that answers."""
        return self.asked.partition("(")[0]


_Writer: TypeAlias = Callable[[Exit, Choice], tuple[Counter, str]]

_PAIR: Final = "update({predicted}, {true})"


def form(each: Exit, chosen: Choice) -> Form:
    """Return how a metric of an output is written; raises ``KeyError`` for one that is unknown."""
    counter, asked = FORMS[chosen.kind](each, chosen)
    inner = asked.partition("(")[2].removesuffix(")")
    return Form(figure(chosen), counter, asked, (inner,) if inner else ())


def _accuracy(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    return Counter("Accuracy", _PAIR), "share()"


def _top(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    k = literal(int(_argument(chosen, "k")))
    return Counter("Top", "update({output}, {target})", f"top_{k}", (k,)), "share()"


def _share_of_counts(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    return _counts(each), _averaged(chosen)


def _balanced_accuracy(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    name = "" if _is_of_classes(each) else "both_classes"
    return Counter("Counts", "add_classes({indices})", name), "balanced_accuracy()"


def _counts(each: Exit) -> Counter:
    if _is_of_classes(each):
        return Counter("Counts", "add_classes({indices})")
    return Counter("Counts", "add_labels({predicted_rows}, {true_rows})")


def _area(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    counter = Counter("Ranking", "update({score_rows}, {true_rows})", in_evaluation=True)
    return counter, _averaged(chosen)


def _confusion(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    return Counter("Confusion", "update({indices})", in_evaluation=True), "rows()"


def _calibration_error(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    bins = literal(int(_argument(chosen, "bins")))
    update, name = "update({confidence}, {right})", f"calibration_{bins}"
    return Counter("Calibration", update, name, (bins,), in_evaluation=True), "error()"


def _perplexity(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    return Counter("Perplexity", "update({surprise})"), "value()"


def _error(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    deviation = f"deviations[{quoted(each.target)}]"
    return Counter("Errors", _PAIR, arguments=(deviation,)), f"{chosen.kind}()"


def _percentage_error(each: Exit, chosen: Choice) -> tuple[Counter, str]:
    scaling = tuple(f"{name}[{quoted(each.target)}]" for name in ("deviations", "means"))
    return Counter("PercentageError", _PAIR, "percentage", scaling), "average()"


FORMS: Final[Mapping[str, _Writer]] = {
    "accuracy": _accuracy,
    "balanced_accuracy": _balanced_accuracy,
    "top": _top,
    **dict.fromkeys(("precision", "recall", "f1", "iou", "dice"), _share_of_counts),
    **dict.fromkeys(("roc_auc", "average_precision"), _area),
    "confusion": _confusion,
    "calibration_error": _calibration_error,
    "perplexity": _perplexity,
    **dict.fromkeys(("r2", "mae", "rmse"), _error),
    "mape": _percentage_error,
}
"""How each metric of the catalogue is written."""


def _averaged(chosen: Choice) -> str:
    """Return the call that averages a function over classes; both are called as the metric is."""
    return f"{average_of(chosen).replace(' ', '_')}({chosen.kind})"


def _argument(chosen: Choice, name: str) -> int:
    value = METRICS[chosen.kind].complete(chosen.arguments)[name]
    assert isinstance(value, int)
    return value


def _is_of_classes(each: Exit) -> bool:
    return each.loss.target is Target.CLASSES
