"""The optimizers, with torch's own names and defaults.

Of ``torch.optim`` three are left out: LBFGS takes several passes for a step, SparseAdam sparse
gradients alone, and Muon matrices alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.values import Arguments, Parameter, boolean, number


@frozen
class OptimizerKind(Entry):
    """One class of ``torch.optim``.

    ``tuples`` names torch arguments that are made of several parameters of ours.
    ``state_tensors`` is how many tensors of a weight's size are kept for each weight; ``momentum``
    in use adds one more.
    """

    tuples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_tensors: int = 0

    def torch_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the torch class, without those at torch's default."""
        complete = self.complete(arguments)
        defaults = self.complete({})
        parts = {name for names in self.tuples.values() for name in names}
        result: dict[str, object] = {
            name: value
            for name, value in complete.items()
            if name == "lr" or (name not in parts and value != defaults[name])
        }
        for name, names in self.tuples.items():
            if any(complete[each] != defaults[each] for each in names):
                result[name] = tuple(complete[each] for each in names)
        return result

    def tensors_per_weight(self, arguments: Arguments) -> int:
        """Return how many tensors of a weight's size are kept for each weight."""
        complete = self.complete(arguments)
        extra = sum(bool(complete.get(name)) for name in ("momentum", "amsgrad", "centered"))
        return self.state_tensors + extra


def _lr(default: float) -> Parameter:
    return number("lr", default, "Learning rate: how large the steps are.", minimum=0)


def _decay(default: float = 0.0) -> Parameter:
    return number("weight_decay", default, "Pulls weights towards zero.", minimum=0)


def _eps(default: float = 1e-8) -> Parameter:
    return number("eps", default, "Added to the denominator, so that it is never 0.", minimum=0)


_BETAS: Final = (
    number("beta1", 0.9, "How long gradients are averaged.", minimum=0, maximum=0.999999),
    number("beta2", 0.999, "How long squared gradients are averaged.", minimum=0, maximum=0.999999),
)
_BETAS_TUPLE: Final = {"betas": ("beta1", "beta2")}
_AMSGRAD: Final = boolean("amsgrad", False, "Use the largest average of squares so far.")
_MOMENTUM: Final = number("momentum", 0.0, "How much of the last step is kept.", minimum=0)

OPTIMIZERS: Final = catalogue(
    (
        OptimizerKind(
            "SGD",
            "Stochastic gradient descent: steps along the gradient, with momentum if wanted.",
            (
                _lr(1e-3),
                _MOMENTUM,
                number("dampening", 0.0, "How much of the gradient momentum leaves out."),
                _decay(),
                boolean("nesterov", False, "Look ahead along the momentum."),
            ),
        ),
        OptimizerKind(
            "Adam",
            "Gives each weight a step size of its own; a good first choice.",
            (_lr(1e-3), *_BETAS, _eps(), _decay(), _AMSGRAD),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
        ),
        OptimizerKind(
            "AdamW",
            "Adam with weight decay apart from the gradient, as used for transformers.",
            (_lr(1e-3), *_BETAS, _eps(), _decay(0.01), _AMSGRAD),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
        ),
        OptimizerKind(
            "NAdam",
            "Adam with Nesterov momentum.",
            (
                _lr(2e-3),
                *_BETAS,
                _eps(),
                _decay(),
                number("momentum_decay", 4e-3, "How fast the momentum grows.", minimum=0),
            ),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
        ),
        OptimizerKind(
            "RAdam",
            "Adam that warms up by itself.",
            (_lr(1e-3), *_BETAS, _eps(), _decay()),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
        ),
        OptimizerKind(
            "Adamax",
            "Adam with the largest instead of the mean square gradient.",
            (_lr(2e-3), *_BETAS, _eps(), _decay()),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
        ),
        OptimizerKind(
            "RMSprop",
            "Divides steps by the recent size of the gradient.",
            (
                _lr(1e-2),
                number("alpha", 0.99, "How long squared gradients are averaged.", minimum=0),
                _eps(),
                _decay(),
                _MOMENTUM,
                boolean("centered", False, "Divide by the variance instead of the mean square."),
            ),
            state_tensors=1,
        ),
        OptimizerKind(
            "Adagrad",
            "Divides steps by the size of all gradients so far.",
            (
                _lr(1e-2),
                number("lr_decay", 0.0, "How fast the learning rate falls.", minimum=0),
                _decay(),
                number("initial_accumulator_value", 0.0, "What the sum begins with.", minimum=0),
                _eps(1e-10),
            ),
            state_tensors=1,
        ),
        OptimizerKind(
            "Adadelta",
            "Finds the size of its steps by itself.",
            (
                _lr(1.0),
                number("rho", 0.9, "How long squares are averaged.", minimum=0, maximum=1),
                _eps(1e-6),
                _decay(),
            ),
            state_tensors=2,
        ),
        OptimizerKind(
            "Adafactor",
            "Keeps sums over rows and columns instead of a square for each weight: little memory.",
            (
                _lr(1e-2),
                number("beta2_decay", -0.8, "How fast squares are forgotten.", maximum=0),
                number("d", 1.0, "The longest that a step may be.", above=0),
                _decay(),
            ),
            state_tensors=1,
        ),
        OptimizerKind(
            "ASGD",
            "Stochastic gradient descent that keeps an average of the weights.",
            (
                _lr(1e-2),
                number("lambd", 1e-4, "Pulls weights towards zero.", minimum=0),
                number("alpha", 0.75, "How fast the learning rate falls.", minimum=0),
                number("t0", 1e6, "The step from which weights are averaged.", minimum=0),
                _decay(),
            ),
            state_tensors=1,
        ),
        OptimizerKind(
            "Rprop",
            "Goes by the sign of the gradient alone: for all samples in one batch.",
            (
                _lr(1e-2),
                number("eta_minus", 0.5, "How steps shrink.", above=0, maximum=0.999),
                number("eta_plus", 1.2, "How steps grow.", minimum=1.001),
                number("smallest_step", 1e-6, "The smallest step of a weight.", above=0),
                number("largest_step", 50.0, "The largest step of a weight.", above=0),
            ),
            tuples={
                "etas": ("eta_minus", "eta_plus"),
                "step_sizes": ("smallest_step", "largest_step"),
            },
            state_tensors=2,
        ),
    )
)
