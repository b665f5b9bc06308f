"""What repeats of a block that lie side by side give together."""

from __future__ import annotations

from collections.abc import Sequence

from graph_model.arrangement import Arrangement
from graph_model.dims import Dim
from graph_model.network import Node
from graph_model.problems import Problem, Refusal
from graph_model.tensors import TensorSpec


def joined(
    node: Node, arrangement: Arrangement, given: Sequence[tuple[TensorSpec, int]]
) -> TensorSpec:
    """Return what parallel repeats give together, each of them so many times.

    Raises ``Refusal`` where that does not go together.
    """
    first, count = given[0][0], sum(times for _, times in given)
    along = _along(node, arrangement, first) if arrangement.has_dimension else 0
    is_longer = arrangement is Arrangement.CONCATENATED
    for turn, (spec, _) in enumerate(given):
        same = spec.rank == first.rank and all(
            mine == other or (is_longer and index == along)
            for index, (mine, other) in enumerate(zip(spec.shape, first.shape, strict=False))
        )
        if not same:
            values = {"got": str(spec), "expected": str(first), "turn": str(turn + 1)}
            raise Refusal(Problem("repeats_differ", values, node=node.id, parameter="repeat"))
    if arrangement is Arrangement.SUMMED and first.dtype == "bool":
        values = {"kind": node.name, "port": "output", "got": first.dtype}
        raise Refusal(Problem("needs_numbers", values, node=node.id, parameter="repeat"))
    if arrangement is Arrangement.SUMMED:
        return first
    if arrangement is Arrangement.STACKED:
        return first.with_shape(*first.shape[:along], count, *first.shape[along:])
    total: Dim = 0
    for spec, times in given:
        total = total + spec.shape[along] * times
    return first.with_shape(*first.shape[:along], total, *first.shape[along + 1 :])


def _along(node: Node, arrangement: Arrangement, first: TensorSpec) -> int:
    """Return the dimension along which repeats are joined; a new one may stand behind all."""
    rank = first.rank + (arrangement is Arrangement.STACKED)
    if not -rank <= node.along < rank:
        values = {
            "parameter": "along",
            "got": str(node.along),
            "shape": str(first),
            "first": str(-rank),
            "last": str(rank - 1),
        }
        raise Refusal(Problem("dim_out_of_range", values, node=node.id, parameter="along"))
    return node.along % rank
