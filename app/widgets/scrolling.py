"""The wheel scrolls the page; it changes a value only where that has the focus."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def unmoved_by_wheel(widget: AnyWidget) -> AnyWidget:
    """Return a widget that the wheel leaves as it is, and goes past, until it has the focus.

    For all that holds a value: menus, spin boxes, sliders, bars of tabs.
    """
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # which the wheel does not give
    widget.installEventFilter(_Guard(widget))
    return widget


class _Guard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or not isinstance(watched, QWidget):
            return False
        if watched.hasFocus():
            return False
        event.ignore()  # so that what lies around it scrolls
        return True
