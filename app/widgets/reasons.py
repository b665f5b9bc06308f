"""Why a control is grey: its tip says so, and a click on it leads to where that can be mended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from app.language.sentences import translate
from graph_model.frozen import frozen


@frozen
class Reason:
    """Why something cannot be done now: a sentence, and what leads to where it can be mended."""

    text: str
    mend: Callable[[], object] | None = None

    @property
    def tip(self) -> str:
        """The sentence, with a word about the click where one leads further."""
        if self.mend is None:
            return self.text
        return translate("Reason", "{0} Click to go there.").format(self.text)

    def give(self, at: QPoint, widget: QWidget) -> None:
        """Say it at a point of the screen, and lead to where it can be mended."""
        QToolTip.showText(at, self.text, widget)
        if self.mend is not None:
            self.mend()


def unless(holds: bool, text: str, mend: Callable[[], object] | None = None) -> Reason | None:
    """Return ``None`` where a condition holds, else the reason that it does not."""
    return None if holds else Reason(text, mend)


class GuidedAction(QAction):
    """An action that knows why it cannot be done; grey as long as it has a reason."""

    reason: Reason | None = None

    def set_reason(self, reason: Reason | None) -> None:
        """Make it grey for a reason, or with ``None`` ready for use."""
        self.reason = reason
        self.setEnabled(reason is None)


def reason_of(action: QAction | None) -> Reason | None:
    """Return why an action is grey, if it is and that was said."""
    if not isinstance(action, GuidedAction) or action.isEnabled():
        return None
    return action.reason


def set_reason(widget: QWidget, reason: Reason | None) -> None:
    """Make a widget grey for a reason, or with ``None`` ready for use, with the tip it had."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    guide = widget.findChild(Guide, options=direct) or Guide(widget)
    guide.reason = reason
    widget.setEnabled(reason is None)


class Guide(QObject):
    """Answers clicks on a grey widget, and adds its reason to its tip.

    With an ``action`` that the widget stands for, the reason is that of the action.
    """

    def __init__(self, widget: QWidget, action: QAction | None = None) -> None:
        super().__init__(widget)
        self._widget, self._action = widget, action
        self.reason: Reason | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the reason to whoever rests on a grey widget or clicks on it."""
        if not isinstance(event, QHelpEvent | QMouseEvent) or self._widget.isEnabled():
            return False
        reason = reason_of(self._action) if self._action is not None else self.reason
        if reason is None:
            return False
        if isinstance(event, QHelpEvent):
            lines = (self._widget.toolTip(), reason.tip)
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, lines)), self._widget)
        elif event.type() == QEvent.Type.MouseButtonPress:
            reason.give(event.globalPosition().toPoint(), self._widget)
        return True


def add_guided(menu: QMenu, text: str, reason: Reason | None) -> GuidedAction:
    """Add an entry to a menu that has a guide, grey where there is a reason."""
    action = GuidedAction(text, menu)
    action.set_reason(reason)
    menu.addAction(action)
    return action


class MenuGuide(QObject):
    """Answers clicks on the grey entries of a menu, and says why the one below the mouse is."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the reason to whoever rests on a grey entry or clicks on it."""
        if isinstance(event, QHelpEvent):
            reason = reason_of(self._menu.actionAt(event.pos()))
            if reason is not None:
                QToolTip.showText(event.globalPos(), reason.tip, self._menu)
            return reason is not None
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        reason = reason_of(self._menu.actionAt(event.position().toPoint()))
        if reason is not None:
            if reason.mend is not None:
                self._menu.close()
            reason.give(event.globalPosition().toPoint(), self._menu)
        return reason is not None
