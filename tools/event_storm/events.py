"""Events of mouse, keys and drags for any widget of a window, as they come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QMessageBox,
    QWidget,
)
from shiboken6 import isValid

from app.canvas.view import CanvasView
from app.main_window import MainWindow
from app.panels.kind_mime import KIND_MIME
from graph_model.layers import LAYERS
from tools.event_storm.edits import Edits

_SIZES: Final = ((1280, 800), (960, 500), (2000, 1200))
_TEXTS: Final = ("conv2d 64", "0", "-1", "x * 2", "", "名", "9" * 40, "softmax", "None")
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.SizeHintRole,
    Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_LEFT, _RIGHT, _MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
_HELD: Final = (
    *[Qt.KeyboardModifier.NoModifier] * 5,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_KEYS: Final = tuple(
    Qt.Key[f"Key_{name}"]
    for name in """Escape Return Tab Backtab Delete Backspace Up Down Left Right Home End PageDown
    Space F2 Menu A N X 1""".split()
)
_ODD: Final = (
    *(b"", b"\xff\xfe\x00", b"library:gone", b"use:nowhere", b"Nothing", b"ready:x"),
    *(kind.encode() for kind in list(LAYERS)[:20]),
)
"""What a drag may carry in place of a kind."""
_URLS: Final = (QUrl("file:///nowhere/x.weft"), QUrl("http://x.example/a.csv"), QUrl())
_NONE: Final = Qt.KeyboardModifier.NoModifier


class Events:
    """Sends events to one window."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self._window, self.chance = window, chance
        self._edits = Edits(window, chance)
        self._stale: list[Any] = []
        self._ways: Final[list[tuple[int, Callable[[], object]]]] = [
            (14, self._hover), (10, self._click), (3, self._double_click), (3, self._menu),
            (3, self._wheel), (10, self._key), (5, self._edits.act), (12, self._edits.edit),
            (4, self._drop), (2, self._resize), (4, self._models), (3, self._focus),
            (1, self._edits.open), (2, self._later), (4, self._tip), (4, self._drag_on_canvas),
        ]  # fmt: skip
        self._closing = QTimer(interval=40)
        self._closing.timeout.connect(self._close_what_blocks)
        self._closing.start()

    def stop(self) -> None:
        """Close nothing more that blocks."""
        self._closing.stop()

    def act(self) -> str:
        """Do something, mostly leave what follows of it for later, and return what it was."""
        ((_, way),) = self.chance.choices(self._ways, [weight for weight, _ in self._ways])
        way()
        if self.chance.random() < 0.3:
            QApplication.processEvents()
        return way.__name__

    # Where

    def _widgets(self) -> list[QWidget]:
        return [each for each in QApplication.allWidgets() if each.isVisible()]

    def _widget(self) -> QWidget:
        if self.chance.random() < 0.3:
            return self._canvas.viewport()
        return self.chance.choice(self._widgets() or [self._window])

    @property
    def _canvas(self) -> CanvasView:
        return self._window.canvas

    def _at(self, widget: QWidget) -> QPointF:
        cards = list(self._canvas.canvas.cards.values())
        if widget is self._canvas.viewport() and cards and self.chance.random() < 0.6:
            near = QPoint(self.chance.randint(-90, 90), self.chance.randint(-40, 40))
            return QPointF(self._canvas.mapFromScene(self.chance.choice(cards).pos()) + near)
        return QPointF(
            self.chance.uniform(0, max(1, widget.width())),
            self.chance.uniform(0, max(1, widget.height())),
        )

    # Mouse and keys

    def _send_mouse(
        self, kind: QEvent.Type, widget: QWidget, at: QPointF, button: Qt.MouseButton, held: bool
    ) -> None:
        buttons = button if held else Qt.MouseButton.NoButton
        keys = self.chance.choice(_HELD)
        globally = QPointF(widget.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(widget, QMouseEvent(kind, at, globally, button, buttons, keys))

    def _hover(self) -> None:
        widget = self._widget()
        at = self._at(widget)
        globally = QPointF(widget.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(widget, QEnterEvent(at, at, globally))
        self._edits.now_and_then()
        if _is_there(widget):
            self._send_mouse(QEvent.Type.MouseMove, widget, at, Qt.MouseButton.NoButton, False)
        if _is_there(widget) and self.chance.random() < 0.5:
            QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    def _click(self, kind: QEvent.Type = QEvent.Type.MouseButtonPress) -> None:
        widget = self._widget()
        at = self._at(widget)
        button = self.chance.choice([_LEFT] * 6 + [_RIGHT, _MIDDLE])
        self._send_mouse(kind, widget, at, button, True)
        self._edits.now_and_then()
        if _is_there(widget):
            self._send_mouse(QEvent.Type.MouseButtonRelease, widget, at, button, False)

    def _double_click(self) -> None:
        self._click(QEvent.Type.MouseButtonDblClick)

    def _drag_on_canvas(self) -> None:
        viewport = self._canvas.viewport()
        left = self.chance.choice([_LEFT] * 4 + [_MIDDLE])
        self._send_mouse(QEvent.Type.MouseButtonPress, viewport, self._at(viewport), left, True)
        for _ in range(self.chance.randint(1, 5)):
            self._send_mouse(QEvent.Type.MouseMove, viewport, self._at(viewport), left, True)
            self._edits.now_and_then()
            if self.chance.random() < 0.3:
                QApplication.processEvents()
        if self.chance.random() < 0.85:
            self._send_mouse(
                QEvent.Type.MouseButtonRelease, viewport, self._at(viewport), left, False
            )

    def _menu(self) -> None:
        widget = self._widget()
        at = self._at(widget).toPoint()
        reason = self.chance.choice(list(QContextMenuEvent.Reason))
        QTimer.singleShot(0, self._edits.now_and_then)
        QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))

    def _tip(self) -> None:
        widget = self._widget()
        at = self._at(widget).toPoint()
        self._edits.now_and_then()
        if _is_there(widget):
            QApplication.sendEvent(
                widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
            )

    def _wheel(self) -> None:
        widget = self._widget()
        at = self._at(widget)
        event = QWheelEvent(
            at, QPointF(widget.mapToGlobal(at.toPoint())), QPoint(0, 0),
            QPoint(0, self.chance.choice([-120, 120, 480, -480])), Qt.MouseButton.NoButton,
            self.chance.choice([_NONE, Qt.KeyboardModifier.ControlModifier]),
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _key(self) -> None:
        widget = QApplication.focusWidget() or self._widget()
        key = self.chance.choice(_KEYS)
        keys = self.chance.choice(_HELD)
        text = self.chance.choice(_TEXTS) if key == Qt.Key.Key_X else ""
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, keys, text))
        self._edits.now_and_then()
        if _is_there(widget):
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, keys, text))

    def _focus(self) -> None:
        widget = self._widget()
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._edits.now_and_then()
        if _is_there(widget):
            QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut))

    # What is dropped

    def _drop(self) -> None:
        widget = self.chance.choice(
            [self._canvas.viewport(), self._canvas, self._window, self._widget()]
        )
        data, at = self._mime(), self._at(widget)
        action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(widget, QDragEnterEvent(at.toPoint(), action, data, left, _NONE))
        for _ in range(self.chance.randint(0, 3)):
            self._edits.now_and_then()
            if not _is_there(widget):
                return
            QApplication.sendEvent(
                widget, QDragMoveEvent(self._at(widget).toPoint(), action, data, left, _NONE)
            )
        last = (
            QDropEvent(at, action, data, left, _NONE)
            if self.chance.random() < 0.6
            else QDragLeaveEvent()
        )
        if _is_there(widget):
            QApplication.sendEvent(widget, last)

    def _mime(self) -> QMimeData:
        data = QMimeData()
        odd = self.chance.choice(_ODD)
        choice = self.chance.randrange(6)
        if choice <= 2:
            data.setData(KIND_MIME, odd)
        elif choice == 3:
            data.setUrls(list(_URLS[: self.chance.randint(0, 3)]))
        elif choice == 4:
            data.setText(self.chance.choice(_TEXTS))
        else:
            data.setData("application/x-qabstractitemmodeldatalist", odd)
        return data

    # What else happens

    def _later(self) -> None:
        QTimer.singleShot(self.chance.choice([0, 1, 5, 12, 30]), self._edits.edit)

    def _resize(self) -> None:
        self._window.resize(*self.chance.choice(_SIZES))

    def _models(self) -> None:
        """Ask models of ours for what they had once: a view may, while they change."""
        for model in self._our_models():
            self._stale.append((model, model.index(self.chance.randint(0, 3), 0)))
        self._stale = self._stale[-60:]
        for model, index in self.chance.sample(self._stale, min(8, len(self._stale))):
            if _is_there(model):
                for role in _ROLES:
                    model.data(index, role)
                model.flags(index)
                model.headerData(99, Qt.Orientation.Horizontal)

    def _our_models(self) -> Iterator[QAbstractItemModel]:
        for each in self._widgets():
            model = each.model() if isinstance(each, QAbstractItemView) else None
            if type(model).__module__.startswith("app."):
                yield model

    def _close_what_blocks(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        self._edits.now_and_then()
        if popup is not None:
            popup.close()
        elif isinstance(modal, QMessageBox):
            answers = QMessageBox.StandardButton
            modal.done(self.chance.choice([0, answers.Cancel.value, answers.Discard.value]))
        elif isinstance(modal, QDialog):
            modal.reject()
        elif modal is not None:
            modal.close()


def _is_there(thing: Any) -> bool:
    return bool(isValid(thing))
