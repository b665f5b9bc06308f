"""What is to be seen: the node or wire that is selected, in one pass of the blocks around it."""

from __future__ import annotations

from app.project.document import Document, Selection
from graph_model.frozen import frozen
from graph_model.recipe import NodePath
from graph_model.recipes.within import join


@frozen
class Chosen:
    """A node by its path, at all its ports or at one, and what it is called.

    ``turns`` says for each block around which of its repeats is meant; the innermost has
    ``repeats`` of them, 0 where there is no block around.
    """

    title: str
    path: NodePath
    port: str
    turns: tuple[int, ...]
    repeats: int


def chosen(document: Document, selection: Selection) -> Chosen | None:
    """Return what is selected, ``None`` where nothing can be seen of it.

    That is so of several, and of a block that is shown by itself.
    """
    state = document.state
    if state.trail.network != state.project.main:
        return None
    node, port = selection.single, ""
    if (edge := selection.single_edge) is not None:
        node, port = edge.source.node, edge.source.name
    if not node or node not in state.network.nodes:
        return None
    name = state.network.nodes[node].name
    steps = state.trail.steps
    repeats = state.levels[-2].nodes[steps[-1].node].repeat if steps else 0
    return Chosen(
        f"{name} · {port}" if port else name,
        join(*(step.node for step in steps), node),
        port,
        tuple(step.turn for step in steps),
        repeats,
    )
