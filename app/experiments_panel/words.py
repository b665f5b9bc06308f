"""What the experiments on offer are called, and why one of them cannot be made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

TITLES: Final[Mapping[str, Any]] = {
    "rates": QT_TRANSLATE_NOOP("Experiment", "Learning rates"),
    "optimizers": QT_TRANSLATE_NOOP("Experiment", "Optimizers"),
    "schedules": QT_TRANSLATE_NOOP("Experiment", "Schedules"),
    "seeds": QT_TRANSLATE_NOOP("Experiment", "Five seeds"),
    "depth": QT_TRANSLATE_NOOP("Experiment", "Depths"),
    "dropout": QT_TRANSLATE_NOOP("Experiment", "With and without dropout"),
    "batch_norm": QT_TRANSLATE_NOOP("Experiment", "With and without batch norm"),
    "l1": QT_TRANSLATE_NOOP("Experiment", "With and without L1 penalty"),
    "l2": QT_TRANSLATE_NOOP("Experiment", "With and without L2 penalty"),
    "early_stopping": QT_TRANSLATE_NOOP("Experiment", "With and without early stopping"),
    "augmentation": QT_TRANSLATE_NOOP("Experiment", "With and without augmentation"),
}
"""In the order in which they are offered."""
LACKS: Final[Mapping[str, Any]] = {
    "depth": QT_TRANSLATE_NOOP(
        "Experiment",
        "No block of the network can be repeated: make one of the layers that are to be.",
    ),
    "dropout": QT_TRANSLATE_NOOP("Experiment", "The network has no dropout."),
    "batch_norm": QT_TRANSLATE_NOOP("Experiment", "The network has no batch norm."),
    "augmentation": QT_TRANSLATE_NOOP("Experiment", "The recipe transforms no samples."),
}
"""Why one is not to be had."""
