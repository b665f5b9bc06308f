"""The optimizers of ``torch.optim``, with torch's own names and defaults.

Muon takes matrices alone and SparseAdam sparse gradients alone: the other weights of a network are
left to an AdamW beside them, at a learning rate of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.values import Arguments, Parameter, Value, boolean, choice, integer, number

REST: Final = "adamw_"
"""What the parameters of the AdamW begin with that takes what an optimizer cannot."""


class Takes(Enum):
    """Which weights an optimizer can change."""

    ALL = "all"
    MATRICES = "matrices"
    """Those of two dimensions."""
    SPARSE = "sparse"
    """Those of embeddings whose gradients are sparse."""


@frozen
class OptimizerKind(Entry):
    """One class of ``torch.optim``.

    ``tuples`` names torch arguments that are made of several parameters of ours.
    ``state_tensors`` is how many tensors of a weight's size are kept for each weight; ``momentum``
    in use adds one more. What is ``of_passes`` computes loss and gradient several times for a step,
    of all weights as one vector. What ``takes_sparse`` can change weights by sparse gradients too.
    """

    tuples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_tensors: int = 0
    takes: Takes = Takes.ALL
    of_passes: bool = False
    takes_sparse: bool = False

    @property
    def decays(self) -> bool:
        """Whether it has a weight decay."""
        return "weight_decay" in {each.name for each in self.parameters}

    @property
    def has_momentum(self) -> bool:
        """Whether it has a momentum, which a cycle can turn."""
        return bool({"momentum", "beta1"} & {each.name for each in self.parameters})

    def torch_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the torch class, without those at torch's default."""
        complete = self.complete(arguments)
        defaults = self.complete({})
        parts = {name for names in self.tuples.values() for name in names}
        result: dict[str, object] = {
            name: value
            for name, value in complete.items()
            if name == "lr" or (name not in parts and value != defaults[name])
            if not name.startswith(REST)
        }
        for name, names in self.tuples.items():
            if any(complete[each] != defaults[each] for each in names):
                result[name] = tuple(map(_real, (complete[each] for each in names)))
        return result

    def rest_arguments(self, arguments: Arguments) -> dict[str, object]:
        """Return the keyword arguments of the AdamW that takes what this one cannot."""
        complete = self.complete(arguments)
        rest = {
            name.removeprefix(REST): complete[name] for name in complete if name.startswith(REST)
        }
        return OPTIMIZERS["AdamW"].torch_arguments(rest)

    def tensors_per_weight(self, arguments: Arguments) -> int:
        """Return how many tensors of a weight's size are kept for each weight, at most."""
        complete = self.complete(arguments)
        if self.of_passes:  # steps, differences of gradients, and the last of both
            history = complete["history_size"]
            return 2 * history + 2 if isinstance(history, int) else 0
        extra = sum(bool(complete.get(name)) for name in ("momentum", "amsgrad", "centered"))
        return self.state_tensors + extra


def _real(value: Value) -> Value:
    """Return a whole number as a real one: torch takes no tuple of both."""
    return float(value) if isinstance(value, int) else value


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
_OF_THE_REST: Final = (
    number("adamw_lr", 1e-3, "Learning rate of the AdamW that takes all other weights.", minimum=0),
    number("adamw_weight_decay", 0.01, "Weight decay of that AdamW.", minimum=0),
)

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
            takes_sparse=True,
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
            takes_sparse=True,
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
                number("d", 1.0, "The longest that a step may be.", minimum=1),
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
        OptimizerKind(
            "Muon",
            "Turns the momentum of each matrix into a step of equal size in all directions. All "
            "other weights, such as biases, norms and convolutions, are left to an AdamW.",
            (
                _lr(1e-3),
                number("momentum", 0.95, "How much of the last step is kept.", minimum=0),
                _decay(0.1),
                boolean("nesterov", True, "Look ahead along the momentum."),
                integer("ns_steps", 5, "Steps of Newton and Schulz.", maximum=99),
                choice(
                    "adjust_lr_fn",
                    ("original", "match_rms_adamw"),
                    "original",
                    "How the rate follows the shape of a matrix; the second suits the rates of "
                    "AdamW.",
                ),
                *_OF_THE_REST,
            ),
            takes=Takes.MATRICES,
        ),
        OptimizerKind(
            "SparseAdam",
            "Adam for embeddings with sparse gradients: only the rows that a batch reads are "
            "changed. All other weights are left to an AdamW.",
            (
                number("lr", 1e-3, "Learning rate: how large the steps are.", above=0),
                *_BETAS,
                number("eps", 1e-8, "Added to the denominator, so that it is never 0.", above=0),
                *_OF_THE_REST,
            ),
            tuples=_BETAS_TUPLE,
            state_tensors=2,
            takes=Takes.SPARSE,
            takes_sparse=True,
        ),
        OptimizerKind(
            "LBFGS",
            "Learns the curvature from its last steps, and looks at the loss several times for "
            "each: for small networks, and all samples in one batch.",
            (
                _lr(1.0),
                integer("max_iter", 20, "Steps of its own that it takes for each batch."),
                integer("history_size", 100, "How many of its last steps it remembers."),
                choice(
                    "line_search_fn",
                    ("none", "strong_wolfe"),
                    "none",
                    "With the second it finds out how long each step may be.",
                ),
                number("tolerance_grad", 1e-7, "A gradient below this ends it.", minimum=0),
                number("tolerance_change", 1e-9, "A change below this ends it.", minimum=0),
            ),
            of_passes=True,
        ),
    )
)
