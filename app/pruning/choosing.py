"""How many units go of each group, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app.pruning.importance import Scores
from graph_model.pruning.groups import Group, Prunable, Strand, Unit
from graph_model.recipe import NodePath

Counts: TypeAlias = Mapping[NodePath, int]
"""How many units go of each strand of a group, by the path of the group."""


def evenly(found: Prunable, share: float) -> Counts:
    """Return the same share of each group; at least one unit stays."""
    return {group.path: _at_most(group, round(group.count * share)) for group in found.groups}


def by_importance(found: Prunable, scores: Scores, share: float) -> Counts:
    """Return how many of each group are among the share of all units that matter least."""
    ranked = sorted(
        (worth, group.path)
        for group in found.groups
        for worth in _worths(group, scores)
        for _ in group.strands
    )
    least = [path for _, path in ranked[: round(len(ranked) * share)]]
    return {
        group.path: _at_most(group, least.count(group.path) // len(group.strands))
        for group in found.groups
    }


def _worths(group: Group, scores: Scores) -> Sequence[float]:
    """Return what the least unit matters, the next one and so on, as a mean over the strands."""
    each = [sorted(scores[unit] for unit in strand.units) for strand in group.strands]
    return [sum(rank) / len(rank) for rank in zip(*each, strict=True)]


def _at_most(group: Group, count: int) -> int:
    return max(0, min(count, group.count - 1))


def units_of(found: Prunable, scores: Scores, counts: Counts) -> set[Unit]:
    """Return the units that matter least, so many of each group."""
    return {
        unit
        for group in found.groups
        for strand in group.strands
        for unit in _least(strand, scores)[: counts.get(group.path, 0)]
    }


def _least(strand: Strand, scores: Scores) -> Sequence[Unit]:
    return sorted(strand.units, key=scores.__getitem__)
