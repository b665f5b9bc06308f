"""What is imported late: modules that the first picture of the window does not need.

With all of them it would take twice as long. Whoever needs one asks :func:`late` for it;
:mod:`app.torch_loader` imports them beside the window as soon as that is painted.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Final

LATE: Final = (
    "app.panels.python_lines",  # pygments
    "app.training.data",  # NumPy
    "app.training_panel.session",
    "app.training_panel.panel",
    "app.training_panel.curves_view",  # pyqtgraph
    "app.training_panel.plots",
    "app.training_panel.results",
    "app.training_panel.runs",
    "app.panels.costs",
    "app.custom.editor",
    "app.custom.allowed",
)


def late(name: str) -> ModuleType:
    """Return one of these modules, imported where it has not been before."""
    assert name in LATE, name
    return importlib.import_module(name)


def load_all() -> None:
    """Import all of them; to be called in a thread, once the window is painted."""
    for name in LATE:
        late(name)
