"""All observers that can be asked for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.observing.device_memory import DeviceMemory
from app.observing.histograms import Histograms
from app.observing.layer_costs import LayerCosts
from app.observing.observers import Activations, Gradients, Observer
from app.observing.phases import Phases
from app.observing.shares import DeadUnits, Saturation
from app.observing.unclipped import Unclipped

OBSERVERS: Final[Mapping[str, Callable[[], Observer]]] = {
    "gradients": Gradients,
    "unclipped": Unclipped,
    "activations": Activations,
    "saturation": Saturation,
    "dead_units": DeadUnits,
    "phases": Phases,
    "histograms": Histograms,
    "layer_costs": LayerCosts,
    "device_memory": DeviceMemory,
}
OF_ONE_LAYER: Final[Mapping[str, Callable[[str], Observer]]] = {"histograms": Histograms}
"""Those that can be told which layer to look at: its name follows theirs after a colon."""
ALONE: Final = ("phases", "layer_costs")
"""Those that look at a step that no others look at, for these take time."""


def observer_of(name: str) -> Observer | None:
    """Return a new observer, such as that of ``gradients`` or ``histograms:fc1``, if it is one."""
    kind, _, layer = name.partition(":")
    if layer:
        is_name = layer.replace(".", "").replace("_", "").isalnum()  # it may go to a shell
        return OF_ONE_LAYER[kind](layer) if kind in OF_ONE_LAYER and is_name else None
    return OBSERVERS[name]() if name in OBSERVERS else None
