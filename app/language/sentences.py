"""What the values of ``graph_model`` say, in the language in use."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from graph_model.complaints import Complaint
from graph_model.findings.results import Inference
from graph_model.findings.unfinished import lacking, timely
from graph_model.layers.kind import LayerKind
from graph_model.phrases import REASONS, Figures, Phrase, Title, phrase, shortened
from graph_model.problems import FIXES, KINDS, Fix, Problem
from graph_model.recipes.metrics import metric_of
from graph_model.values import Parameter

translate = QCoreApplication.translate

_FAMILIES: Final[Mapping[str, Any]] = {
    "input_output": QT_TRANSLATE_NOOP("Family", "Input and output"),
    "linear": QT_TRANSLATE_NOOP("Family", "Linear"),
    "convolution": QT_TRANSLATE_NOOP("Family", "Convolution"),
    "pooling": QT_TRANSLATE_NOOP("Family", "Pooling"),
    "padding": QT_TRANSLATE_NOOP("Family", "Padding"),
    "normalisation": QT_TRANSLATE_NOOP("Family", "Normalisation"),
    "dropout": QT_TRANSLATE_NOOP("Family", "Dropout"),
    "activation": QT_TRANSLATE_NOOP("Family", "Activation"),
    "recurrent": QT_TRANSLATE_NOOP("Family", "Recurrent"),
    "attention": QT_TRANSLATE_NOOP("Family", "Attention"),
    "embedding": QT_TRANSLATE_NOOP("Family", "Embedding"),
    "shape": QT_TRANSLATE_NOOP("Family", "Shape"),
    "arithmetic": QT_TRANSLATE_NOOP("Family", "Arithmetic"),
    "comparison": QT_TRANSLATE_NOOP("Family", "Comparison"),
    "reduction": QT_TRANSLATE_NOOP("Family", "Reduction"),
    "distance": QT_TRANSLATE_NOOP("Family", "Distance"),
    "loss": QT_TRANSLATE_NOOP("Family", "Loss"),
    "constant": QT_TRANSLATE_NOOP("Family", "Parameters and constants"),
    "block": QT_TRANSLATE_NOOP("Family", "Blocks"),
    "custom": QT_TRANSLATE_NOOP("Family", "Custom layers"),
}


_METRICS: Final[Mapping[str, Any]] = {
    "loss": QT_TRANSLATE_NOOP("Metric", "loss"),
    "accuracy": QT_TRANSLATE_NOOP("Metric", "accuracy"),
    "balanced_accuracy": QT_TRANSLATE_NOOP("Metric", "balanced accuracy"),
    "top": QT_TRANSLATE_NOOP("Metric", "top-{0} accuracy"),
    "precision": QT_TRANSLATE_NOOP("Metric", "precision"),
    "recall": QT_TRANSLATE_NOOP("Metric", "recall"),
    "f1": QT_TRANSLATE_NOOP("Metric", "F1"),
    "iou": QT_TRANSLATE_NOOP("Metric", "IoU"),
    "dice": QT_TRANSLATE_NOOP("Metric", "Dice"),
    "roc_auc": QT_TRANSLATE_NOOP("Metric", "ROC-AUC"),
    "average_precision": QT_TRANSLATE_NOOP("Metric", "average precision"),
    "confusion": QT_TRANSLATE_NOOP("Metric", "confusion"),
    "calibration_error": QT_TRANSLATE_NOOP("Metric", "calibration error"),
    "perplexity": QT_TRANSLATE_NOOP("Metric", "perplexity"),
    "r2": QT_TRANSLATE_NOOP("Metric", "R²"),
    "mae": QT_TRANSLATE_NOOP("Metric", "mean absolute error"),
    "rmse": QT_TRANSLATE_NOOP("Metric", "root mean square error"),
    "mape": QT_TRANSLATE_NOOP("Metric", "mean percentage error"),
}
_DETAILS: Final[Mapping[str, Any]] = {
    "micro": QT_TRANSLATE_NOOP("Metric", "micro"),
    "per class": QT_TRANSLATE_NOOP("Metric", "per class"),
}


_MOST_SHARES: Final = 12


def metric_title(name: str) -> str:
    """Return the name of a figure, after that of its output where there are several.

    That of an output which is called a loss already says that it is one.
    """
    output, dot, told = name.rpartition(".")
    if told == "loss" and output.endswith("loss"):
        return output
    metric = metric_of(told)
    kind, detail = (metric[0].name, metric[1]) if metric else (told, "")
    title = translate("Metric", _METRICS.get(kind, kind))
    if "{0}" in title:
        return output + dot + title.format(detail)
    if detail:
        told = translate("Metric", _DETAILS.get(detail, detail))
        title = f"{title} ({told})"
    return output + dot + title


def figures_text(metrics: Mapping[str, object]) -> str:
    """Return the figures of a run that are one number each in one line."""
    return ", ".join(
        f"{metric_title(name)} {value:.4g}"
        for name, value in metrics.items()
        if isinstance(value, int | float) and math.isfinite(value)
    )


def shares_texts(metrics: Mapping[str, object], class_names: Sequence[str]) -> Iterator[str]:
    """Yield a line for each figure of every class by itself: ``F1 (per class): cat 0.9``.

    Of many classes the lowest figures are told.
    """
    for name, value in metrics.items():
        if isinstance(value, Sequence) and len(value) and isinstance(value[0], int | float):
            names = class_names if len(class_names) == len(value) else range(len(value))
            shares = list(zip(names, value, strict=True))
            if len(shares) > _MOST_SHARES:
                shares = sorted(shares, key=lambda share: share[1])[:_MOST_SHARES]
            told = ", ".join(f"{each} {share:.3g}" for each, share in shares)
            yield f"{metric_title(name)}: {told}" + " …" * (len(shares) < len(value))


def what_is_wrong(inference: Inference) -> str:
    """Say what a network lacks, or how many errors it has; nothing of one that is right."""
    if not inference.has_errors:
        return ""
    lacks = lacking(inference)
    count = sum(each not in lacks for each in timely(inference, inference.errors))
    if lacks and not count:
        return problem_sentence(lacks[0])
    if count == 1:  # lupdate finds no numbers of %n in what is no tr()
        return translate("Problems", "The network has an error.")
    return translate("Problems", "The network has {0} errors.").format(count)


def problem_sentence(problem: Problem) -> str:
    """Return what is wrong."""
    if problem.cause is None:
        return _sentence(problem.code, problem.values)
    return _sentence(problem.code, {**problem.values, "reason": problem_sentence(problem.cause)})


def complaint_sentence(complaint: Complaint) -> str:
    """Return why a value does not suit its parameter."""
    return _sentence(complaint.code, complaint.values)


def _sentence(code: str, values: Mapping[str, str]) -> str:
    named = {name: phrase_text(value) for name, value in values.items()}
    return translate("Problem", KINDS[code].template).format_map(named)


def multiples_text(stated: Mapping[str, int]) -> str:
    """Say what sizes are multiples of: ``H divisible by 32, W divisible by 32``."""
    template = "{symbol} divisible by {divisor}"
    each = (phrase(template, symbol=name, divisor=number) for name, number in stated.items())
    return ", ".join(map(phrase_text, each))


def phrase_text(value: str) -> str:
    """Return a phrase in the language in use, all phrases within it too; other text shortened.

    What the system says comes as its plain words.
    """
    if not isinstance(value, Phrase):
        return translate("Phrase", value) if value in REASONS else shortened(value)
    if isinstance(value, Figures):
        return ", ".join(map(metric_title, value.values))
    if isinstance(value, Title):
        return translate("Recipe", value.template)
    named = {name: phrase_text(each) for name, each in value.values.items()}
    return translate("Phrase", value.template).format_map(named)


def reason_text(error: OSError) -> str:
    """Return what kept the system from doing something with a file."""
    return phrase_text(error.strerror or str(error))


def fix_sentence(fix: Fix) -> str:
    """Return what the fix does."""
    return fix_words(fix.code, fix.values)


def fix_words(code: str, values: Mapping[str, str]) -> str:
    """Return what a fix of this code does, or would have done."""
    named = {name: phrase_text(value) for name, value in values.items()}
    return translate("Fix", FIXES[code]).format_map(named)


def family_title(family: str) -> str:
    """Return the heading of a layer family."""
    return translate("Family", _FAMILIES.get(family, family))


def layer_help(kind: LayerKind) -> str:
    """Return the sentence that explains a layer kind."""
    return translate("Layer", kind.help)


def parameter_help(parameter: Parameter) -> str:
    """Return the sentence that explains a parameter."""
    return translate("Parameter", parameter.help) if parameter.help else ""


def in_one_line(words: str) -> str:
    """Return words that no line ends within, in whichever script.

    Qt heeds ``white-space: nowrap`` for whole paragraphs alone, and Chinese may break anywhere.
    """
    return "\N{WORD JOINER}".join(words.replace(" ", "\N{NO-BREAK SPACE}"))
