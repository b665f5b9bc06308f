"""What the values of ``graph_model`` say, in the language in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from graph_model.layers.kind import LayerKind
from graph_model.problems import FIXES, KINDS, Fix, Problem
from graph_model.values import Complaint, Parameter

translate = QCoreApplication.translate

_FAMILIES: Final[Mapping[str, Any]] = {
    "input_output": QT_TRANSLATE_NOOP("Family", "Input and output"),
    "linear": QT_TRANSLATE_NOOP("Family", "Linear"),
    "convolution": QT_TRANSLATE_NOOP("Family", "Convolution"),
    "pooling": QT_TRANSLATE_NOOP("Family", "Pooling"),
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
    "constant": QT_TRANSLATE_NOOP("Family", "Parameters and constants"),
}


def problem_sentence(problem: Problem) -> str:
    """Return what is wrong."""
    return translate("Problem", KINDS[problem.code].template).format_map(problem.values)


def complaint_sentence(complaint: Complaint) -> str:
    """Return why a value does not suit its parameter."""
    return translate("Problem", KINDS[complaint.code].template).format_map(complaint.values)


def fix_sentence(fix: Fix) -> str:
    """Return what the fix does."""
    return translate("Fix", FIXES[fix.code]).format_map(fix.values)


def family_title(family: str) -> str:
    """Return the heading of a layer family."""
    return translate("Family", _FAMILIES.get(family, family))


def layer_help(kind: LayerKind) -> str:
    """Return the sentence that explains a layer kind."""
    return translate("Layer", kind.help)


def parameter_help(parameter: Parameter) -> str:
    """Return the sentence that explains a parameter."""
    return translate("Parameter", parameter.help) if parameter.help else ""
