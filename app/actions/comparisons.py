"""The comparisons on offer as actions, each an experiment that is asked for with one click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

COMPARE: Final = "compare_"
"""What the ids of these actions begin with; the rest is the name of the offer."""
TITLES: Final[Mapping[str, Any]] = {
    "rates": QT_TRANSLATE_NOOP("Action", "Compare Learning Rates…"),
    "optimizers": QT_TRANSLATE_NOOP("Action", "Compare Optimizers…"),
    "schedules": QT_TRANSLATE_NOOP("Action", "Compare Schedules…"),
    "depth": QT_TRANSLATE_NOOP("Action", "Compare Depths…"),
    "seeds": QT_TRANSLATE_NOOP("Action", "Compare Five Seeds…"),
    "dropout": QT_TRANSLATE_NOOP("Action", "With and Without Dropout…"),
    "batch_norm": QT_TRANSLATE_NOOP("Action", "With and Without Batch Norm…"),
    "l1": QT_TRANSLATE_NOOP("Action", "With and Without L1 Penalty…"),
    "l2": QT_TRANSLATE_NOOP("Action", "With and Without L2 Penalty…"),
    "early_stopping": QT_TRANSLATE_NOOP("Action", "With and Without Early Stopping…"),
    "augmentation": QT_TRANSLATE_NOOP("Action", "With and Without Augmentation…"),
}
