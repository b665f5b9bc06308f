"""What observers saw of a run, as curves and columns that can be drawn."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from app.runs.columns_of_steps import (
    Columns,
    Histogram,
    LayerColumns,
    histogram_columns,
)
from app.runs.curves import Curve
from app.runs.events import Load, Observed

LAYERED: Final = (
    "gradient_norm",
    "update_ratio",
    "activation_mean",
    "activation_deviation",
    "activation_zeros",
)
"""What is known of each weight or layer by itself."""
_LOOKS: Final = 50
"""Over how many looks it is counted how often clipping acted."""
_ACTED: Final = 1e-3
"""By what share of it a gradient is smaller at least where clipping acted."""
_GIB: Final = 2**30
_TENTH, _MEDIAN, _LAST_TENTH = 0.1, 0.5, 0.9


class Newest(NamedTuple):
    """Numbers by weight or layer, and the step that they were seen at."""

    step: int
    seen: Mapping[str, float]


@dataclass(slots=True)
class Watched:
    """Abscissae are steps. Nothing of it is kept with the run."""

    gradient_norm: Curve = field(default_factory=Curve)
    """The norm of all gradients together, as the optimizer takes them."""
    unclipped_norm: Curve = field(default_factory=Curve)
    """The same before they are clipped."""
    clipped: Curve = field(default_factory=Curve)
    """At how many of 100 of the last looks clipping made them smaller."""
    update_ratio: Curve = field(default_factory=Curve)
    """How far a step moves a weight over its norm, the median of all weights."""
    update_low: Curve = field(default_factory=Curve)
    """The same, above which nine tenths of all weights are."""
    update_high: Curve = field(default_factory=Curve)
    """The same, below which nine tenths of all weights are."""
    milliseconds: dict[str, Curve] = field(default_factory=dict)
    """How long each phase of a step takes."""
    memory: Curve = field(default_factory=Curve)
    """GiB of main memory that the application and its processes take."""
    device_memory: Curve = field(default_factory=Curve)
    """GiB that the training holds on its device, where that has memory of its own."""
    processors: Curve = field(default_factory=Curve)
    """How many of 100 parts of this computer's processors they keep busy."""
    layers: dict[str, LayerColumns] = field(default_factory=dict)
    """What is in ``LAYERED``, by its name."""
    histograms: dict[str, dict[str, Columns[Histogram]]] = field(default_factory=dict)
    """How weights, gradients and outputs are spread, then by layer."""
    newest: dict[str, Newest] = field(default_factory=dict)
    """Of all that was seen as numbers, by what it is, what was seen last."""
    sizes: dict[str, float] = field(default_factory=dict)
    """The layers of which there can be histograms, and how many weights each has."""
    _acted: deque[bool] = field(default_factory=lambda: deque(maxlen=_LOOKS))

    def add(self, event: Observed) -> None:
        """Take in what observers saw of a step."""
        step, seen = event.step, event.seen
        self.newest.update({name: Newest(step, of) for name, of in seen.items()})
        for name in LAYERED:
            if seen.get(name):
                self.layers.setdefault(name, LayerColumns()).add(step, seen[name])
        self._add_norms(step, seen.get("gradient_norm", {}), seen.get("unclipped_norm", {}))
        if ratios := [*seen.get("update_ratio", {}).values()]:
            curves = (self.update_low, self.update_ratio, self.update_high)
            found = np.quantile(ratios, (_TENTH, _MEDIAN, _LAST_TENTH))
            for curve, value in zip(curves, found.tolist(), strict=True):
                curve.append(step, value)
        for phase, seconds in seen.get("seconds", {}).items():
            self.milliseconds.setdefault(phase, Curve()).append(step, 1000 * seconds)
        if held := seen.get("device_memory"):
            self.device_memory.append(step, held["held"] / _GIB)
        self.sizes.update(seen.get("sizes", {}))
        for what, of_layers in event.arrays.items():
            for layer, told in of_layers.items():
                columns = self.histograms.setdefault(what, {})
                columns.setdefault(layer, histogram_columns()).add(step, Histogram.of(told))

    def add_load(self, step: int, event: Load) -> None:
        """Take in what was measured of this computer."""
        self.memory.append(step, event.memory / _GIB)
        if event.processors is not None:
            self.processors.append(step, 100 * event.processors)

    def _add_norms(
        self, step: int, norms: Mapping[str, float], before: Mapping[str, float]
    ) -> None:
        if norms:
            self.gradient_norm.append(step, _norm(norms))
        if common := norms.keys() & before.keys():
            unclipped = _norm({name: before[name] for name in common})
            taken = _norm({name: norms[name] for name in common})
            self.unclipped_norm.append(step, unclipped)
            self._acted.append(taken < (1 - _ACTED) * unclipped)
            self.clipped.append(step, 100 * sum(self._acted) / len(self._acted))


def _norm(norms: Mapping[str, float]) -> float:
    """Return the norm of several gradients together."""
    return float(np.linalg.norm(np.array([*norms.values()])))
