"""The losses, with torch's own names and defaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from graph_model.recipes.entry import Entry, catalogue
from graph_model.values import Arguments, Parameter, Type, boolean, number


class Target(Enum):
    """What a loss holds the output against."""

    CLASSES = "classes"
    """Output ``(N, K, …)`` against class indices ``(N, …)`` from 0 to K − 1."""
    BINARY = "binary"
    """Output of any shape against 0 or 1 for each element."""
    REAL = "real"
    """Output of any shape against real numbers of the same shape."""


@dataclass(frozen=True, slots=True)
class LossKind(Entry):
    """One loss class of ``torch.nn``.

    ``threshold`` is the output from which on a binary loss means class 1.
    ``expects`` says what the last layer should give.
    """

    target: Target = Target.REAL
    threshold: float = 0.0
    expects: str = ""

    def torch_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the torch class, without those at torch's default."""
        defaults = self.complete({})
        return {
            name: value
            for name, value in self.complete(arguments).items()
            if value != defaults[name]
        }


LOSSES: Final = catalogue(
    (
        LossKind(
            "CrossEntropyLoss",
            "For one of several classes; takes raw scores and applies softmax itself.",
            (
                number(
                    "label_smoothing",
                    0.0,
                    "Share of certainty that is spread over the other classes.",
                    minimum=0,
                    maximum=1,
                ),
            ),
            shown="Cross entropy",
            target=Target.CLASSES,
            expects="raw scores",
        ),
        LossKind(
            "NLLLoss",
            "For one of several classes; takes log-probabilities, as from LogSoftmax.",
            shown="Negative log likelihood",
            target=Target.CLASSES,
            expects="log-probabilities",
        ),
        LossKind(
            "MultiMarginLoss",
            "For one of several classes; the right score must lead by a margin.",
            (
                Parameter(
                    "p", Type.INTEGER, 1, "Power of what the margin lacks.", minimum=1, maximum=2
                ),
                number("margin", 1.0, "By how much the right score must lead."),
            ),
            shown="Multi-class margin",
            target=Target.CLASSES,
            expects="raw scores",
        ),
        LossKind(
            "BCEWithLogitsLoss",
            "For yes or no; takes raw scores and applies sigmoid itself.",
            shown="Binary cross entropy with logits",
            target=Target.BINARY,
            expects="raw scores",
        ),
        LossKind(
            "BCELoss",
            "For yes or no; takes probabilities, as from Sigmoid.",
            shown="Binary cross entropy",
            target=Target.BINARY,
            threshold=0.5,
            expects="probabilities",
        ),
        LossKind("MSELoss", "Mean squared error, the usual one for numbers.", shown="Mean square"),
        LossKind(
            "L1Loss", "Mean absolute error: outliers weigh less.", shown="Mean absolute error"
        ),
        LossKind(
            "SmoothL1Loss",
            "Squared for small errors and absolute for large ones.",
            (number("beta", 1.0, "Error at which it changes over.", minimum=0),),
            shown="Smooth L1",
        ),
        LossKind(
            "HuberLoss",
            "Squared for small errors and straight for large ones.",
            (number("delta", 1.0, "Error at which it changes over.", above=0),),
            shown="Huber",
        ),
        LossKind(
            "PoissonNLLLoss",
            "For counts, taken to be Poisson-distributed.",
            (
                boolean("log_input", True, "Whether the output is the logarithm of the rate."),
                boolean("full", False, "Whether to add the Stirling term."),
                number("eps", 1e-8, "Keeps log(0) away without log_input.", above=0),
            ),
            shown="Poisson",
        ),
    )
)
