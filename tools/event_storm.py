"""Random events for every widget, with edits in the midst of them, and the exceptions that follow.

``python -m tools.event_storm [ACTIONS] [--seed S] [--train]`` opens the window without a screen and sends
it mouse, keys, drags and edits as they come, mostly without letting it come to rest: so it paints,
hovers and drops what an edit has just taken away. A method of Qt that ours overrides must not
raise then: within another such method that ends in a segmentation fault. Each exception is printed
once; any ends with status 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LAYERWEFT_HOME", tempfile.mkdtemp())

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
    QFileDialog,
    QMessageBox,
    QWidget,
)

from app.actions.specs import SPECS
from app.canvas.view import CanvasView
from app.main_window import MainWindow
from app.opening import open_window
from app.panels.kind_mime import KIND_MIME
from app.project.examples import EXAMPLES
from app.project.files import new_project
from graph_model.files.storage import load
from graph_model.layers import LAYERS
from graph_model.network import Project, remove_nodes, set_arguments

_NEVER: Final = frozenset({"quit", "train_start", "train_step", "picture", "export"})
_EDITS: Final = """
    undo redo delete delete_reconnect duplicate cut copy paste select_all make_block ungroup
    repeat_block share_weights stop_sharing detach_block open_block leave_block arrange flow_right
    insert_layer rename add_layer
""".split()
_SHOWN: Final = """
    language_en language_zh_CN theme workspace_draw workspace_data workspace_train workspace_runs
    show_left show_bottom show_right show_problems show_code show_layers welcome
""".split()
_LOOKS: Final = 0.3
"""How often one of these is done where it could be, for each takes long."""
_SMALL: Final = 30
"""Up to how many nodes the networks have that are opened."""
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
_NONE: Final = Qt.KeyboardModifier.NoModifier


class Exceptions:
    """What was raised where nobody catches it, each kind once."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.last_action = ""

    def note(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take note of one, and print it where it is new."""
        frames = traceback.extract_tb(trace)
        ours = [
            each for each in frames if "/app/" in each.filename or "/graph_model/" in each.filename
        ]
        key = f"{kind.__name__} {[(e.filename[-40:], e.name) for e in ours[-2:]]}"
        if key not in self.kinds:
            told = "".join(traceback.format_exception(kind, error, trace))
            self.kinds[key] = told
            print(f"--- {self.last_action}\n{told}", flush=True)


class Storm:
    """Sends events to one window."""

    def __init__(self, window: MainWindow, chance: random.Random, told: Exceptions) -> None:
        self._window, self.chance, self._told = window, chance, told
        self._stale: list[Any] = []
        self._ways: Final[list[tuple[int, Callable[[], object]]]] = [
            (14, self._hover), (10, self._click), (3, self._double_click), (3, self._menu),
            (3, self._wheel), (10, self._key), (5, self._action), (12, self._edit),
            (4, self._drop), (2, self._resize), (4, self._models), (3, self._focus),
            (1, self._open), (2, self._later), (4, self._tip), (4, self._drag_on_canvas),
        ]  # fmt: skip
        self._closing = QTimer(interval=40)
        self._closing.timeout.connect(self._close_what_blocks)
        self._closing.start()

    def act(self) -> None:
        """Do something, and mostly leave what follows of it for later."""
        ((_, way),) = self.chance.choices(self._ways, [weight for weight, _ in self._ways])
        self._told.last_action = way.__name__
        way()
        if self.chance.random() < 0.3:
            QApplication.processEvents()

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
        keys = self.chance.choice(
            [_NONE] * 5
            + [
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.ControlModifier,
                Qt.KeyboardModifier.AltModifier,
            ]
        )
        globally = QPointF(widget.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(widget, QMouseEvent(kind, at, globally, button, buttons, keys))

    def _hover(self) -> None:
        widget = self._widget()
        at = self._at(widget)
        globally = QPointF(widget.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(widget, QEnterEvent(at, at, globally))
        self._maybe_edit()
        if _is_there(widget):
            self._send_mouse(QEvent.Type.MouseMove, widget, at, Qt.MouseButton.NoButton, False)
        if _is_there(widget) and self.chance.random() < 0.5:
            QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    def _click(self, kind: QEvent.Type = QEvent.Type.MouseButtonPress) -> None:
        widget = self._widget()
        at = self._at(widget)
        button = self.chance.choice(
            [Qt.MouseButton.LeftButton] * 6
            + [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]
        )
        self._send_mouse(kind, widget, at, button, True)
        self._maybe_edit()
        if _is_there(widget):
            self._send_mouse(QEvent.Type.MouseButtonRelease, widget, at, button, False)

    def _double_click(self) -> None:
        self._click(QEvent.Type.MouseButtonDblClick)

    def _drag_on_canvas(self) -> None:
        viewport = self._canvas.viewport()
        left = self.chance.choice([Qt.MouseButton.LeftButton] * 4 + [Qt.MouseButton.MiddleButton])
        self._send_mouse(QEvent.Type.MouseButtonPress, viewport, self._at(viewport), left, True)
        for _ in range(self.chance.randint(1, 5)):
            self._send_mouse(QEvent.Type.MouseMove, viewport, self._at(viewport), left, True)
            self._maybe_edit()
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
        QTimer.singleShot(0, self._maybe_edit)
        QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))

    def _tip(self) -> None:
        widget = self._widget()
        at = self._at(widget).toPoint()
        self._maybe_edit()
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
        key = self.chance.choice([
            Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete,
            Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
            Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_F2,
            Qt.Key.Key_Menu, Qt.Key.Key_A, Qt.Key.Key_N, Qt.Key.Key_X, Qt.Key.Key_1,
        ])  # fmt: skip
        keys = self.chance.choice(
            [_NONE] * 5
            + [
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.ControlModifier,
                Qt.KeyboardModifier.AltModifier,
            ]
        )
        text = self.chance.choice(_TEXTS) if key == Qt.Key.Key_X else ""
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, keys, text))
        self._maybe_edit()
        if _is_there(widget):
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, keys, text))

    def _focus(self) -> None:
        widget = self._widget()
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._maybe_edit()
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
            self._maybe_edit()
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
        odd = self.chance.choice(
            [
                b"",
                b"\xff\xfe\x00",
                b"Conv2d",
                b"library:gone",
                b"use:nowhere",
                b"Nothing",
                "名".encode(),
                b"ready:x",
                *[k.encode() for k in list(LAYERS)[:20]],
            ]
        )
        choice = self.chance.randrange(6)
        if choice <= 2:
            data.setData(KIND_MIME, odd)
        elif choice == 3:
            data.setUrls(
                [QUrl("file:///nowhere/x.weft"), QUrl("http://x.example/a.csv"), QUrl()][
                    : self.chance.randint(0, 3)
                ]
            )
        elif choice == 4:
            data.setText(self.chance.choice(_TEXTS))
        else:
            data.setData("application/x-qabstractitemmodeldatalist", odd)
        return data

    # What is done

    def _maybe_edit(self) -> None:
        if self.chance.random() < 0.35:
            self._edit()

    def _later(self) -> None:
        QTimer.singleShot(self.chance.choice([0, 1, 5, 12, 30]), self._edit)

    def _edit(self) -> None:
        document = self._window.document
        nodes = list(document.network.nodes)
        some = self.chance.sample(nodes, min(len(nodes), self.chance.randint(1, 4)))
        choice = self.chance.randrange(10)
        if choice <= 1 and nodes:
            document.edit_network(remove_nodes(document.network, set(some)), "Delete")
        elif choice == 2:
            document.history.undo()
        elif choice == 3:
            document.history.redo()
        elif choice == 4 and nodes:
            arguments = dict(document.network.nodes[some[0]].arguments)
            for name in arguments:
                arguments[name] = self.chance.choice([1, 64, True, "x", None, arguments[name]])
            document.edit_network(set_arguments(document.network, some[0], arguments), "Set")
        elif choice == 5:
            self._window.selection.set(some)
        elif choice == 6:
            self._window.canvas.add_kind(self.chance.choice(list(LAYERS)))
        elif choice == 7:
            self._go_somewhere()
        elif choice == 8:
            self._do(self.chance.choice(_EDITS))
        elif self.chance.random() < _LOOKS:
            self._do(self.chance.choice(_SHOWN))

    def _go_somewhere(self) -> None:
        document = self._window.document
        blocks = [id for id, node in document.network.nodes.items() if node.kind.startswith("use:")]
        if blocks and self.chance.random() < 0.6:
            document.enter(self.chance.choice(blocks))
        elif len(document.state.levels) > 1:
            document.leave()

    def _do(self, name: str) -> None:
        if name in SPECS and name not in _NEVER:
            self._window.actions_by_id[name].trigger()

    def _action(self) -> None:
        self._do(self.chance.choice(list(SPECS)))

    def _open(self) -> None:
        document = self._window.document
        document.history.setClean()
        document.open(new_project() if self.chance.random() < 0.2 else _small(self.chance))

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
        self._maybe_edit()
        if popup is not None:
            popup.close()
        elif isinstance(modal, QMessageBox):
            modal.done(
                self.chance.choice(
                    [
                        0,
                        QMessageBox.StandardButton.Cancel.value,
                        QMessageBox.StandardButton.Discard.value,
                    ]
                )
            )
        elif isinstance(modal, QDialog):
            modal.reject()
        elif modal is not None:
            modal.close()


def _small(chance: random.Random) -> Project:
    """Return an example that is not large."""
    while True:
        project = load(Path(chance.choice(EXAMPLES).path))
        if len(project.network.nodes) <= _SMALL:
            return project


def _is_there(thing: Any) -> bool:
    from shiboken6 import isValid

    return bool(isValid(thing))


def storm(actions: int, seed: int, told: Exceptions) -> None:
    """Open a window and do so many things to it."""
    chance = random.Random(seed)
    application = QApplication.instance() or QApplication(["layerweft"])
    assert isinstance(application, QApplication)
    folder = tempfile.mkdtemp()

    def name(*_: object, **__: object) -> tuple[str, str]:
        return chance.choice(["", str(Path(folder) / f"{chance.randint(1, 3)}.weft")]), ""

    QFileDialog.getOpenFileName = QFileDialog.getSaveFileName = name  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = lambda *_, **__: chance.choice(["", folder])  # type: ignore[method-assign]
    window = open_window(application, None)
    window.resize(1280, 800)
    QApplication.processEvents()
    window.begin()
    window.document.open(_small(chance))
    work = Storm(window, chance, told)
    for number in range(actions):
        try:
            work.act()
        except Exception as error:  # raised in what the event was sent to, handed on by PySide
            told.note(type(error), error, error.__traceback__)
        if number % 500 == 499:
            print(f"{number + 1} actions", flush=True)
        if number % 100 == 99:
            QApplication.processEvents()
            faulthandler.dump_traceback_later(400, exit=True)
    work._closing.stop()
    window.document.history.setClean()
    window.close()
    for _ in range(20):
        QApplication.processEvents()


def main() -> int:
    """Do it; return 1 where something was raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("actions", nargs="?", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    faulthandler.enable()
    told = Exceptions()
    sys.excepthook = told.note
    threading.excepthook = lambda of: told.note(
        of.exc_type, of.exc_value or RuntimeError(), of.exc_traceback
    )
    storm(chosen.actions, chosen.seed, told)
    print(f"{len(told.kinds)} kinds of exceptions, seed {chosen.seed}", flush=True)
    sys.stdout.flush()
    os._exit(int(bool(told.kinds)))


if __name__ == "__main__":
    sys.exit(main())
