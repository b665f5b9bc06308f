"""What is imported late: modules that the first picture of the window does not need.

With all of them it would take twice as long. Whoever needs one asks :func:`late` for it;
:mod:`app.torch_loader` imports them as soon as the window is painted: those without Qt in its
thread, the others in the window's own, one at a time.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

from app.garbage import without_collecting

WITHOUT_QT: Final = (
    "app.layout.arrange",
    "app.layout.direction",
    "app.runs.events",
    "app.runs.job",
    "app.runs.store",
    "graph_model.files.journal",  # filelock
    "app.runs.holding",
    "app.experiments.experiment",
    "app.experiments.record",
    "graph_model.explain",
    "codegen.custom_layers.prober",  # subprocess
    "app.panels.python_lines",  # pygments
    "app.panels.writing",  # code generation
    "app.panels.code_reading",  # reading of source
    "app.panels.cost_figures",
    "app.observing.nodes",
    "app.runs.weights",
    "app.training.estimate",
    "app.training.measuring",
    "app.data.reading",  # NumPy
    "app.data.class_weights",
    "app.data.preview",
)
PAGES: Final = (
    "app.canvas.offers",
    "app.explain.asking",
    "app.finder",
    "app.search.command_palette",
    "app.training_panel.leaving",
    "app.training_panel.questions",
    "app.canvas.quick_add",
    "app.canvas.flash",
    "app.canvas.proposal",
    "app.panels.palette",
    "app.panels.inspector",
    "app.panels.bottom",
    "app.panels.node_page",
    "app.panels.edge_page",
    "app.data_panel.panel",
    "app.training_panel.session",
    "app.training_panel.noticing",
    "app.training_panel.panel",
    "app.live_panels.plots",  # pyqtgraph
    "app.live_panels.board",
    "app.live_panels.curve_panels",
    "app.live_panels.metrics_panel",
    "app.results_panel.results",
    "app.experiments_panel.session",
    "app.experiments_panel.kept_dialog",
    "app.experiments_panel.dialog",
    "app.experiments_panel.bar",
    "app.experiments_panel.rate_finder",
    "app.pruning_panel.pruning",
    "app.pruning_panel.dialog",
    "app.runs_panel.panel",
    "app.runs_panel.run_view",
    "app.training_panel.offer",
    "app.training_panel.measuring",
    "app.panels.costs",
    "app.values_panel.panel",
    "app.panels.highlighting",
    "app.explain.popover",
    "app.panels.exporter",
    "app.canvas.save_picture",
    "app.reporting",
    "app.custom.editor",
    "app.custom.allowed",
    "app.source_import.dialog",
    "app.source_import.archive_dialog",
    "app.source_import.module_dialog",
)
LATE: Final = (*WITHOUT_QT, *PAGES)


def late(name: str) -> ModuleType:
    """Return one of these modules, imported where it has not been before."""
    assert name in LATE, name
    return importlib.import_module(name)


@contextmanager
def imports() -> Iterator[None]:
    """Keep the garbage collector away from what is imported within, then and for good.

    Modules stay to the end. To look them through for garbage, as Python does again and again while
    it imports many, would hold up the window, with PyTorch for a quarter of a second at a time.
    """
    with without_collecting():
        try:
            yield
        finally:
            gc.freeze()
