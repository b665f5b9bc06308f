"""The drawing without some of its units, and which places of its weights stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.pruning.channels import Line
from graph_model.pruning.groups import Prunable, Unit
from graph_model.pruning.sheet import WeightKey
from graph_model.pruning.variants import Wanted, with_sizes
from graph_model.recipe import BETWEEN


@frozen
class Smaller:
    """A smaller project, and for each weight the places that stay along each of its axes.

    ``None`` stands for an axis of which all stay; a weight that is not named stays whole.
    """

    project: Project
    kept: Mapping[WeightKey, tuple[Line | None, ...]]


def without_units(
    project: Project, inference: Inference, found: Prunable, units: Collection[Unit]
) -> Smaller:
    """Return a project without these units, of which each strand of a group loses as many.

    Its blocks keep their formulas where these give the new sizes; where a block would have to be
    two things at once, it becomes two.
    """
    gone = frozenset(units)
    wanted: dict[tuple[str, ...], Wanted] = {}
    for key, line in found.sizes.items():
        left = len(line) - sum(unit in gone for unit in line)
        if left != len(line):
            sizes = wanted.setdefault(tuple(key.path.split(BETWEEN)), {})
            sizes.setdefault(key.argument, {})[key.at] = left
    kept = {
        key: axes
        for key, held in found.weights.items()
        if any(axes := tuple(_left(line, gone) for line in held.axes))
    }
    return Smaller(with_sizes(project, inference, wanted), kept)


def _left(line: Line | None, gone: Collection[Unit]) -> Line | None:
    """Return the places of a line that stay, ``None`` where all do."""
    if line is None or not any(unit in gone for unit in line):
        return None
    return tuple(place for place, unit in enumerate(line) if unit not in gone)
