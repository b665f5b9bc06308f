"""Works out what nodes cost, for the inspector; beside the window, and without Qt."""

from __future__ import annotations

from app.project.state import State
from app.training.estimate import usable
from app.training.free_memory import free_on
from graph_model.costs.cost import NodeCost, cost
from graph_model.costs.memory import Memory, biggest_batch, training_memory, usual_batch
from graph_model.costs.receptive_field import receptive_fields
from graph_model.costs.sizes import Sizes, batch_symbol, sizes_for
from graph_model.frozen import frozen
from graph_model.network import NodeId


@frozen
class Figures:
    """What some nodes cost; of a whole network also what training it takes.

    ``sizes`` tells what symbols other than the batch are taken for: ``T = 8``.
    """

    batch: int
    sizes: str
    total: NodeCost
    kept: int
    share: float | None = None
    memory: Memory | None = None
    biggest_batch: int | None = None
    seen: str = ""


def work_out(state: State, chosen: tuple[NodeId, ...] | None, device: str) -> Figures:
    """Return what some nodes on the canvas cost, or all, and what there is room for on a device."""
    inference, recipe = state.inference, state.project.recipe
    nodes = tuple(inference.network.nodes) if chosen is None else chosen
    batch = recipe.batch_size
    one, many = (cost(inference, _sizes(state, number)) for number in (1, batch))
    others = (each for each in _sizes(state, 1) if each[0] != batch_symbol(inference))
    sizes = ", ".join(f"{name} = {size}" for name, size in others)
    total = sum((one.nodes[id] for id in nodes if id in one.nodes), NodeCost())
    kept = sum(many.nodes[id].activations for id in nodes if id in many.nodes)
    if chosen is None:
        memory = training_memory(inference, recipe, batch)
        is_main = inference is state.main and total.trained > 0
        free = usable(free_on(device))
        biggest = usual_batch(biggest_batch(inference, recipe, free)) if is_main else None
        return Figures(batch, sizes, total, kept, memory=memory, biggest_batch=biggest)
    every = one.total.multiply_adds
    is_known = every and not one.total.more_multiply_adds
    share = 100 * total.multiply_adds / every if is_known else None
    field = receptive_fields(inference).get(nodes[0]) if len(nodes) == 1 else None
    seen = "×".join(str(axis.size) for axis in field or ())
    return Figures(batch, sizes, total, kept, share, seen=seen)


def _sizes(state: State, batch: int) -> Sizes:
    """Return numbers for the symbols on the canvas; those of the main network go before."""
    sizes = dict(sizes_for(state.inference, batch)) | dict(sizes_for(state.main, batch))
    return tuple(sorted(sizes.items()))
