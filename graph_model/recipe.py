"""How to train a network: data, losses, optimizer, schedule and so on, as a frozen value.

The catalogues from which a :class:`Choice` chooses lie in ``graph_model.recipes``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, TypeAlias

from graph_model.frozen import frozen
from graph_model.values import Arguments, Parameter, integer, number

NodePath: TypeAlias = str
"""The id of a node of the main network, or those on the way to one within blocks."""
BETWEEN: Final = "/"
"""What stands between the ids of a path; no id has it."""


@frozen
class Choice:
    """One entry chosen from a catalogue, with the arguments that differ from its defaults."""

    kind: str
    arguments: Arguments = field(default_factory=dict)


@frozen
class Objective:
    """What one Output is trained for: the array it is held against, by which loss.

    ``output`` is the id of the Output node; ``target`` names an array of the data. An output of
    weight 0 is left out of training. ``metrics`` is what is told of it, where that is not what is
    usual for what it is.
    """

    output: str
    target: str
    loss: Choice
    weight: float = 1.0
    metrics: tuple[Choice, ...] = ()


@frozen
class Player:
    """Who trains for one Output alone: which nodes, by which optimizer, and how often.

    ``trains`` are ids of nodes of the network, blocks with all that is in them, or paths to nodes
    within blocks (``block/head``); where there are none, it is all that the gradient of the loss
    reaches. Without an ``optimizer`` it is one like the recipe's. A step is taken on the first of
    every so many batches.
    """

    output: str
    trains: tuple[NodePath, ...] = ()
    optimizer: Choice | None = None
    every: int = 1


@frozen
class Phase:
    """A schedule that takes over from the one before it; ``start`` is its first epoch, from 1."""

    start: int
    schedule: Choice


@frozen
class Recipe:
    """How to train.

    ``phases`` are the schedules that follow ``schedule``, each from an epoch on.

    ``inputs`` maps the id of each Input node to an array of the data; an Input or Output that is
    not bound takes the data's own features and target, and the usual loss for them. Fractions
    are of all samples; ``split`` says which of them go where. ``transforms`` are done to each
    sample of a batch, in this order. ``options`` hold what is done beyond that, each kind at most
    once. ``players`` take their steps in this order on each batch; what no player of its own
    trains for goes into one weighted sum.
    """

    data: Choice = field(default_factory=lambda: Choice("digits"))
    inputs: Mapping[str, str] = field(default_factory=dict)
    objectives: tuple[Objective, ...] = ()
    optimizer: Choice = field(default_factory=lambda: Choice("Adam"))
    schedule: Choice = field(default_factory=lambda: Choice("constant"))
    epochs: int = 10
    batch_size: int = 32
    validation_fraction: float = 0.15
    test_fraction: float = 0.15
    seed: int = 0
    options: tuple[Choice, ...] = ()
    players: tuple[Player, ...] = ()
    phases: tuple[Phase, ...] = ()
    split: Choice = field(default_factory=lambda: Choice("random"))
    transforms: tuple[Choice, ...] = ()

    def option(self, kind: str) -> Choice | None:
        """Return what was chosen under this name of ``graph_model.recipes.options``, if it was."""
        return next((each for each in self.options if each.kind == kind), None)


SETTINGS: Final[tuple[Parameter, ...]] = (
    integer("epochs", 10, "How many times all training samples are seen."),
    integer("batch_size", 32, "How many samples make one step."),
    number(
        "validation_fraction",
        0.15,
        "Share of the samples that is kept aside to watch the training.",
        above=0,
        maximum=0.9,
    ),
    number(
        "test_fraction",
        0.15,
        "Share of the samples that is not touched until the run has ended.",
        minimum=0,
        maximum=0.9,
    ),
    integer("seed", 0, "The same seed repeats the same run.", minimum=0),
)
"""The plain fields of a recipe, described as parameters."""

TURN: Final = integer("every", 1, "Takes a step on the first of every so many batches.")
"""How often a player takes a step, described as a parameter."""

WEIGHT: Final = number(
    "weight",
    1.0,
    "What the loss of this output counts in the sum of all; with 0 it is not trained.",
    minimum=0,
)
"""The weight of an objective, described as a parameter."""
