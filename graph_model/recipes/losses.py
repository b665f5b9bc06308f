"""The losses, with torch's own names and defaults."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final

from graph_model.advice.losses import EXPECTED
from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.recipe import Choice
from graph_model.values import Arguments, boolean, number


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


@frozen
class LossKind(Entry):
    """One loss class of ``torch.nn``, or one that ``is_own``: its text is in a script.

    ``threshold`` is the output above which a loss of two classes means class 1, or below which
    where ``small_is_one``. ``expects`` says what the last layer should give. ``reduction`` is what
    the loss of a batch is made with where torch advises against its own default. ``weighs`` is the
    argument that has a weight for each class, which it can count among the samples; with them a
    batch ``is_weighed_mean`` where their sum is what it is divided by. One that ``can_ignore``
    takes a class of no account, ``ignore_index``.
    """

    target: Target = Target.REAL
    threshold: float = 0.0
    small_is_one: bool = False
    expects: str = ""
    reduction: str = ""
    weighs: str = ""
    is_weighed_mean: bool = False
    is_own: bool = False
    can_ignore: bool = False

    @property
    def takes_target(self) -> bool:
        """Whether it is a class of torch that holds the output against a target."""
        return self.target is not Target.NOTHING

    def is_balanced(self, arguments: Arguments) -> bool:
        """Whether classes are to be weighed by how many samples they have."""
        return bool(self.weighs) and self.complete(arguments)[BALANCED] is True

    def torch_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the torch class, without those at torch's default."""
        defaults = self.complete({})
        given: dict[str, object] = {
            name: value
            for name, value in self.complete(arguments).items()
            if value != defaults[name] and name != BALANCED
        }
        return given | ({"reduction": self.reduction} if self.reduction else {})


OUTPUT_ITSELF: Final = "Output"
IGNORED: Final = -100
"""The class of what counts for nothing in a target, as in losses of torch."""
BALANCED: Final = "balanced"
"""The parameter with which classes are weighed by how many samples they have."""
_BALANCED: Final = boolean(
    BALANCED,
    False,
    "Weigh each class by how rare it is among the training samples, as if all were as frequent.",
)
_GAMMA: Final = number(
    "gamma", 2.0, "How little counts what is right already; 0 for plain cross entropy.", minimum=0
)

_BY_CLASS: Final[dict[str, Any]] = {"weighs": "weight", "is_weighed_mean": True}

_OF_A_DRAWING: Final = frozenset({"reduction", "ignore_index", "weight", "pos_weight"})
"""What a recipe does not offer: a run needs one number, and every sample of its data counts."""


def _of_layer(name: str, shown: str, target: Target = Target.REAL, **facts: Any) -> LossKind:
    """Return the loss that the layer of this name is, which says what it does and takes."""
    layer = LAYERS[name]
    parameters = tuple(each for each in layer.parameters if each.name not in _OF_A_DRAWING)
    if facts.get("weighs"):
        parameters = (*parameters, _BALANCED)
    return LossKind(
        name,
        layer.help,
        parameters,
        shown,
        target,
        expects=EXPECTED.get(name, ""),
        can_ignore=any(each.name == "ignore_index" for each in layer.parameters),
        **facts,
    )


LOSSES: Final = catalogue(
    (
        _of_layer("CrossEntropyLoss", "Cross entropy", Target.CLASSES, **_BY_CLASS),
        _of_layer("NLLLoss", "Negative log likelihood", Target.CLASSES, **_BY_CLASS),
        _of_layer("MultiMarginLoss", "Multi-class margin", Target.CLASSES, weighs="weight"),
        LossKind(
            "FocalLoss",
            "Cross entropy for rare classes: what is right already counts little. Takes raw "
            "scores.",
            (_GAMMA, _BALANCED),
            "Focal",
            Target.CLASSES,
            expects=EXPECTED["CrossEntropyLoss"],
            is_own=True,
            **_BY_CLASS,
        ),
        _of_layer(
            "BCEWithLogitsLoss",
            "Binary cross entropy with logits",
            Target.BINARY,
            weighs="pos_weight",
        ),
        LossKind(
            "BinaryFocalLoss",
            "Binary cross entropy for a rare yes: what is right already counts little. Takes raw "
            "scores.",
            (
                _GAMMA,
                number(
                    "alpha",
                    0.25,
                    "What a yes counts, where a no counts the rest to 1.",
                    minimum=0,
                    maximum=1,
                ),
            ),
            "Binary focal",
            Target.BINARY,
            expects=EXPECTED["BCEWithLogitsLoss"],
            is_own=True,
        ),
        _of_layer(
            "BCELoss",
            "Binary cross entropy",
            Target.BINARY,
            threshold=0.5,
        ),
        _of_layer(
            "MultiLabelSoftMarginLoss",
            "Multi-label soft margin",
            Target.BINARY,
        ),
        _of_layer("SoftMarginLoss", "Soft margin", Target.SIGNS),
        _of_layer(
            "HingeEmbeddingLoss", "Hinge embedding", Target.SIGNS, threshold=0.5, small_is_one=True
        ),
        _of_layer("MSELoss", "Mean square"),
        _of_layer("L1Loss", "Mean absolute error"),
        _of_layer("SmoothL1Loss", "Smooth L1"),
        _of_layer("HuberLoss", "Huber"),
        _of_layer("PoissonNLLLoss", "Poisson"),
        _of_layer(
            "KLDivLoss",
            "Kullback–Leibler divergence",
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


def takes_shares(loss: Choice) -> bool:
    """Tell whether a loss of classes takes the probability of each class in place of one class."""
    kind = LOSSES[loss.kind]
    return kind.name == "CrossEntropyLoss" and not kind.is_balanced(loss.arguments)
