"""What shape two tensors have together, where each is repeated along dimensions of size 1."""

from __future__ import annotations

from graph_model.dims import Dim, Expression, Shape
from graph_model.layers.use import Use
from graph_model.problems import Fix, InsertBefore
from graph_model.tensors import TensorSpec


def broadcast(use: Use, left: TensorSpec, right: TensorSpec, port: str = "") -> Shape:
    """Return the shape that two tensors broadcast to, by the rules of numpy and torch.

    ``port`` is where the right one arrives.
    """
    rank = max(left.rank, right.rank)
    a = (1,) * (rank - left.rank) + left.shape
    b = (1,) * (rank - right.rank) + right.shape
    sizes: list[Dim] = []
    for index, (mine, other) in enumerate(zip(a, b, strict=True)):
        agreed = mine if other == 1 else other if mine == 1 else use.same(mine, other)
        if agreed is None:
            use.refuse(
                "cannot_broadcast",
                port=port,
                left=left,
                right=right,
                dim=index - rank,
                a=mine,
                b=other,
            )
        sizes.append(agreed)
    shape = tuple(sizes)
    for dim in shape if left.rank != right.rank else ():
        if isinstance(dim, Expression) and shape.count(dim) > max(a.count(dim), b.count(dim)):
            result = left.with_shape(*shape)
            smaller, larger = (left, right) if left.rank < right.rank else (right, left)
            at = port if smaller is right else next(iter(use.inputs))
            unsqueeze = InsertBefore(at, "Unsqueeze", {"dim": -1})
            fixes = [Fix("insert_layer", unsqueeze, {"kind": "Unsqueeze"})]
            use.warn(
                "broadcasts_batch",
                *(fixes if at and larger.shape[-1] == 1 else []),
                left=left,
                right=right,
                dim=dim,
                result=result,
            )
            break
    return shape
