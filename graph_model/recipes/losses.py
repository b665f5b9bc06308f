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
    SIGNS = "signs"
    """Output of any shape against −1 or 1 for each element, which classes 0 and 1 become."""
    REAL = "real"
    """Output of any shape against real numbers of the same shape."""
    NOTHING = "nothing"
    """The output is a loss already, held against nothing."""


@dataclass(frozen=True, slots=True)
class LossKind(Entry):
    """One loss class of ``torch.nn``.

    ``threshold`` is the output above which a loss of two classes means class 1, or below which
    where ``small_is_one``. ``expects`` says what the last layer should give. ``reduction`` is what
    the loss of a batch is made with where torch advises against its own default.
    """

    target: Target = Target.REAL
    threshold: float = 0.0
    small_is_one: bool = False
    expects: str = ""
    reduction: str = ""

    @property
    def takes_target(self) -> bool:
        """Whether it is a class of torch that holds the output against a target."""
        return self.target is not Target.NOTHING

    def torch_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the torch class, without those at torch's default."""
        defaults = self.complete({})
        given: dict[str, object] = {
            name: value
            for name, value in self.complete(arguments).items()
            if value != defaults[name]
        }
        return given | ({"reduction": self.reduction} if self.reduction else {})


OUTPUT_ITSELF: Final = "Output"

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
        LossKind(
            "MultiLabelSoftMarginLoss",
            "For yes or no of several labels at once; takes raw scores, one for each label.",
            shown="Multi-label soft margin",
            target=Target.BINARY,
            expects="raw scores",
        ),
        LossKind(
            "SoftMarginLoss",
            "For yes or no; takes raw scores, which a logistic curve holds against the sign.",
            shown="Soft margin",
            target=Target.SIGNS,
            expects="raw scores",
        ),
        LossKind(
            "HingeEmbeddingLoss",
            "For alike or not; takes distances, which are to be small for class 1, else large.",
            (number("margin", 1.0, "The distance beyond which unlike things may be."),),
            shown="Hinge embedding",
            target=Target.SIGNS,
            threshold=0.5,
            small_is_one=True,
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
        LossKind(
            "KLDivLoss",
            "For whole distributions; holds log-probabilities against probabilities.",
            (boolean("log_target", False, "Whether the target holds logarithms as well."),),
            shown="Kullback–Leibler divergence",
            expects="log-probabilities",
            reduction="batchmean",
        ),
        LossKind(
            OUTPUT_ITSELF,
            "For an output that is to be small: that of a loss layer, which may take several "
            "tensors, or of one's own formula. Its mean is minimised.",
            shown="The output itself",
            target=Target.NOTHING,
        ),
    )
)
