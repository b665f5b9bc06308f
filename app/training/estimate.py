"""How much memory a run will take, worked out from the shapes before it starts. Without torch."""

from __future__ import annotations

from typing import Final

from app.data.bytes import format_bytes
from graph_model.costs.memory import Memory, biggest_batch, training_memory, usual_batch
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.problems import Problem
from graph_model.recipe import Recipe
from graph_model.recipes.binding import symbol_sizes
from graph_model.recipes.facts import DataFacts
from graph_model.tensors import BYTES

_MOST_OF_FREE: Final = 0.8


@frozen
class Estimate:
    """What a run takes in bytes, and the largest batch that would do with what is free."""

    step: Memory
    data: int
    biggest_batch: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.step.total + self.data


def estimate(recipe: Recipe, inference: Inference, facts: DataFacts, free: int) -> Estimate:
    """Estimate the memory of a run, of which ``free`` bytes are there.

    Data are counted twice: as read, and as prepared; not at all where they stay in their files.
    """
    known = symbol_sizes(recipe, inference, facts)
    data = 2 * _data_size(facts)
    return Estimate(
        training_memory(inference, recipe, recipe.batch_size, known),
        data,
        biggest_batch(inference, recipe, usable(free) - data, known),
    )


def memory_problem(needed: Estimate, free: int, device: str) -> Problem | None:
    """Return a warning where a run would take more than 80 % of what is free."""
    if needed.total <= usable(free):
        return None
    values = {
        "needed": format_bytes(needed.total),
        "free": format_bytes(free),
        "device": device,
        "batch": f"{usual_batch(needed.biggest_batch):,}",
    }
    return Problem("memory", values, parameter="batch_size")


def usable(free: int) -> int:
    """Return how many of the free bytes a run should take at most."""
    return int(_MOST_OF_FREE * free)


def _data_size(facts: DataFacts) -> int:
    total = 0
    for name in {facts.features, facts.target}:
        array = facts.arrays[name]
        if array.as_needed:
            continue
        count = facts.samples
        for size in array.shape:
            count *= size
        total += count * BYTES[array.dtype]
    return total
