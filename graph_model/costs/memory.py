"""How much memory training takes, and the largest batch for which it suffices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from graph_model.costs.cost import cost
from graph_model.costs.sizes import sizes_for
from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.recipe import Recipe
from graph_model.recipes.optimizers import OPTIMIZERS


@frozen
class Memory:
    """Bytes by what they are for.

    ``activations`` are kept from the forward pass for the gradients; ``passing`` is the most that
    gradients of activations take at once.
    """

    weights: int
    gradients: int
    optimizer: int
    activations: int
    passing: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.weights + self.gradients + self.optimizer + self.activations + self.passing


def training_memory(
    inference: Inference, recipe: Recipe, batch: int, known: Mapping[str, int] | None = None
) -> Memory:
    """Return the memory of one step of training on a batch of so many samples.

    ``known`` tells the sizes of other symbols than the batch. Workspace that the device's
    libraries take for themselves is not counted.
    """
    found = cost(inference, sizes_for(inference, batch, known))
    state = OPTIMIZERS[recipe.optimizer.kind].tensors_per_weight(recipe.optimizer.arguments)
    trained = found.total.trained
    return Memory(
        found.total.weights, trained, trained * state, found.total.activations, found.backward
    )


def biggest_batch(
    inference: Inference, recipe: Recipe, free: int, known: Mapping[str, int] | None = None
) -> int:
    """Return how many samples a batch may have for one step to fit into ``free`` bytes.

    What a batch takes grows evenly with it, so that few batches tell of all, unless samples are
    compared with one another.
    """

    def total(batch: int) -> int:
        return training_memory(inference, recipe, batch, known).total

    one, two, three = map(total, (1, 2, 3))
    if three - two == two - one:
        return max(0, 1 + (free - one) // max(1, two - one))
    too_large = 1
    while total(too_large) <= free:
        too_large *= 2
    return bisect_right(range(too_large), free, lo=1, key=total) - 1


def usual_batch(biggest: int) -> int:
    """Return the largest power of two up to a batch, as people choose them.

    The free memory from which ``biggest`` follows wavers from second to second; this does not.
    """
    return 1 << (biggest.bit_length() - 1) if biggest > 0 else 0
