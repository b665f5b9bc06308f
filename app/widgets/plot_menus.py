"""The context menus that pyqtgraph gives every plot."""

from __future__ import annotations

import pyqtgraph


def adopt_menus(plot: pyqtgraph.PlotWidget) -> None:
    """Let pyqtgraph's context menu, which is never shown, go when the plot goes.

    A plot makes it without a parent, so that it would outlive it as a window of its own.
    """
    item = plot.plotItem
    assert item.vb.menu is None, "made with enableMenu=False, which spares half of the widgets"
    for each in (item.ctrlMenu, *(action.menu() for action in item.ctrlMenu.actions())):
        if each is not None:
            each.setParent(plot, each.windowFlags())
