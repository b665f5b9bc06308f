"""Which panels there are for a board, and what each of them asks to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.live_panels.places import Cell, Places, Row
from app.runs.events import LOAD
from graph_model.frozen import frozen


@frozen
class PanelKind:
    """What can be added to a board. Its title and its line of help stand in ``words``.

    ``asks`` are observers of ``app.observing``, or ``LOAD``; those of one panel may be fewer, as
    it was chosen. Of some kinds there can be ``several``, which show different things.
    """

    name: str
    place: str
    """The module of this package that it is in, and its class."""
    asks: tuple[str, ...] = ()
    several: bool = False


KINDS: Final[Mapping[str, PanelKind]] = {
    kind.name: kind
    for kind in (
        PanelKind("loss", "curve_panels:LossPanel"),
        PanelKind("metrics", "metrics_panel:MetricsPanel", several=True),
        PanelKind("rate", "curve_panels:RatePanel"),
        PanelKind("throughput", "curve_panels:ThroughputPanel"),
        PanelKind("gradients", "watched_panels:GradientsPanel", ("gradients", "unclipped")),
        PanelKind("updates", "watched_panels:UpdatesPanel", ("gradients",)),
        PanelKind("layers", "layers_panel:LayersPanel", ("gradients", "activations"), several=True),
        PanelKind("histograms", "histograms_panel:HistogramsPanel", ("histograms",), several=True),
        PanelKind("phases", "watched_panels:PhasesPanel", ("phases",)),
        PanelKind("memory", "watched_panels:MemoryPanel", (LOAD, "device_memory")),
        PanelKind("processors", "watched_panels:ProcessorsPanel", (LOAD,)),
    )
}
"""In the order of the menu."""
USUAL: Final = Places(
    (
        Row((Cell("loss"), Cell("metrics")), 420),
        Row((Cell("rate"), Cell("throughput")), 260),
    )
)
"""What is shown until something else is chosen."""


@frozen
class Circumstances:
    """What a board can be shown: of a run under way what it tells, of others what was kept."""

    is_live: bool = False
    barred: str = ""
    """Why nobody can look at the steps of the run: a sentence; nothing where one can."""
    is_elsewhere: bool = False
    """Whether the run is done on another computer."""
    is_compiled: bool = False
    """Whether torch.compile has made one program of the network, into which nobody can look."""
    class_names: tuple[str, ...] = ()
    """The classes of the data, as they are called, where there are any."""
