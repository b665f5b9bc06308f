"""Which Outputs give pictures: as their shapes tell, and the picture each one follows from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph_model.dims import product
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.recipe import Objective
from graph_model.recipes.losses import LOSSES, Target

_CHANNELS: Final = (1, 3)
_LIKE: Final = frozenset({"ZerosLike", "OnesLike", "FullLike", "RandnLike", "RandLike"})
"""The kinds that take no more than the sizes of what they are given."""
_LEAST: Final = 4
"""How high and wide at least what is looked at as a picture is."""

Sizes = tuple[int, int, int]


@frozen
class PictureOutput:
    """An Output whose samples are pictures of these sizes: channels, height and width.

    ``original`` is the Input with pictures of the same sizes that it follows from, such as that
    of an autoencoder; what is generated from noise has none.
    """

    output: NodeId
    sizes: Sizes
    original: NodeId = ""


def picture_outputs(
    objectives: Sequence[Objective], inference: Inference
) -> tuple[PictureOutput, ...]:
    """Return the Outputs that give pictures, those that are only shown before those that count.

    A row of numbers is a picture, too, where it has as many as the picture it follows from. What
    is held against classes has a score for each in place of colours.
    """
    found = [each for objective in objectives for each in _picture(objective, inference)]
    weights = {each.output: each.weight for each in objectives}
    return tuple(sorted(found, key=lambda each: bool(weights[each.output])))


def _picture(objective: Objective, inference: Inference) -> Iterator[PictureOutput]:
    spec = inference.nodes[objective.output].inputs.get("input")
    of_classes = objective.weight and LOSSES[objective.loss.kind].target is Target.CLASSES
    if spec is None or of_classes or not spec.is_floating:
        return
    entered = {
        id: inference.nodes[id].outputs["output"] for id in _origins(objective.output, inference)
    }
    originals = {id: sizes for id, each in entered.items() if (sizes := _sizes(each.shape[1:]))}
    sample = spec.shape[1:]
    if own := _sizes(sample):
        alike = (id for id, sizes in originals.items() if sizes == own)
        yield PictureOutput(objective.output, own, next(alike, ""))
        return
    flat = (id for id, sizes in originals.items() if sample == (product(sizes),))
    if id := next(flat, ""):
        yield PictureOutput(objective.output, originals[id], id)


def _sizes(sample: Sequence[object]) -> Sizes | None:
    """Return the sizes of a sample as those of a picture, ``None`` where it is none."""
    match sample:
        case (int(channels), int(height), int(width)) if channels in _CHANNELS:
            return (channels, height, width) if min(height, width) >= _LEAST else None
        case _:
            return None


def _origins(output: NodeId, inference: Inference) -> list[NodeId]:
    """Return the Inputs from which an Output follows, not only by their sizes."""
    nodes = inference.network.nodes
    seen, waiting = {output}, [output]
    while waiting:
        for edge in inference.structure.feeders[waiting.pop()]:
            is_of_sizes = edge.target.name == "like" or nodes[edge.target.node].kind in _LIKE
            if edge.source.node not in seen and not is_of_sizes:
                seen.add(edge.source.node)
                waiting.append(edge.source.node)
    return [node.id for node in inference.of_kind("Input") if node.id in seen]
