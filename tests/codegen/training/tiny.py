"""The text of a training, driven to its end in milliseconds on a few made-up samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from codegen.build import build_network, build_training
from codegen.training.plan import plan
from codegen.training.script import script
from graph_model.blocks import Networks
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import DataFacts

TRAINED, VALIDATED = 8, 4
"""How many samples there are of each split."""


@dataclass
class Ran:
    """What a training told: the losses of its steps, the rates and figures of its epochs."""

    text: str
    training: Any
    losses: list[float] = field(default_factory=list)
    ends: list[dict[str, Any]] = field(default_factory=list)
    finished: dict[str, Any] = field(default_factory=dict)

    @property
    def rates(self) -> list[float]:
        """The learning rate at the end of each epoch."""
        return [each["learning_rate"] for each in self.ends]


def problems(recipe: Recipe, network: Network, facts: DataFacts) -> tuple[Problem, ...]:
    """Return what keeps a recipe from being run."""
    found = recipe_problems(recipe, infer(network), facts)
    return tuple(each for each in found if each.is_error)


def begun(
    recipe: Recipe,
    network: Network,
    facts: DataFacts,
    *samples: Tensor,
    blocks: Networks | None = None,
) -> Ran:
    """Return a training before its first step; ``samples`` are inputs, then targets."""
    built, inference = build_network(network, blocks), infer(network, blocks=blocks)
    planned = plan(inference, recipe, bind(recipe, inference, facts), facts)
    text = script(planned, built.module_name)
    training = build_training(text, built.module_name)
    return Ran(text, training(_data(planned.batch, samples), torch.device("cpu")))


def finished(ran: Ran) -> Ran:
    """Drive a training to its end."""
    for event in ran.training.events():
        kind = event["event"] if event else ""
        if kind == "steps":
            ran.losses += event["losses"]
        elif kind == "epoch_ended":
            ran.ends.append(event)
        elif kind == "finished":
            ran.finished = event
    return ran


def run(
    recipe: Recipe,
    network: Network,
    facts: DataFacts,
    *samples: Tensor,
    blocks: Networks | None = None,
) -> Ran:
    """Train, and return what was told."""
    return finished(begun(recipe, network, facts, *samples, blocks=blocks))


def _data(names: tuple[str, ...], samples: tuple[Tensor, ...]) -> Mapping[str, Any]:
    targets = names[1:]
    return {
        "samples": dict(zip(names, samples, strict=True)),
        "deviations": {name: torch.ones(()) for name in targets},
        "means": {name: torch.zeros(()) for name in targets},
        "train": torch.arange(TRAINED),
        "validation": torch.arange(TRAINED, TRAINED + VALIDATED),
        "test": torch.arange(0),
    }
