"""The context menus that pyqtgraph gives every plot."""

from __future__ import annotations

import pyqtgraph


def adopt_menus(plot: pyqtgraph.PlotWidget) -> None:
    """Do without pyqtgraph's context menus, and let them go when the plot goes.

    A plot makes them without a parent, so that they would outlive it as windows of their own.
    """
    item = plot.plotItem
    for menu in (item.ctrlMenu, item.vb.menu):
        for each in (menu, *(action.menu() for action in menu.actions())) if menu else ():
            if each is not None:
                each.setParent(plot, each.windowFlags())
    item.setMenuEnabled(False)
