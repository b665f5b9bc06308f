"""How to train a network: data, losses, optimizer, schedule and so on, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_model.values import Arguments


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry chosen from a catalogue, with the arguments that differ from its defaults."""

    kind: str
    arguments: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Objective:
    """What one Output is trained for: the array it is held against, by which loss.

    ``output`` is the id of the Output node; ``target`` names an array of the data.
    """

    output: str
    target: str
    loss: Choice
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    ``inputs`` maps the id of each Input node to an array of the data; an Input or Output that is
    not bound takes the data's own features and target. Fractions are of all samples.
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
