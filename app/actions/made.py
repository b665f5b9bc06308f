"""What Qt is given of the actions: a ``QAction`` for each, and the menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from app.actions.comparisons import COMPARE, TITLES
from app.actions.specs import (
    COLOUR,
    COLOURS,
    COMPARISONS,
    MENUS,
    RECENT,
    SEPARATOR,
    SPECS,
    ActionSpec,
)
from app.look.icons import icon
from app.widgets.reasons import GuidedAction, MenuGuide, reason_of


class Actions(QObject):
    """The ``QAction`` of each entry of :data:`SPECS`.

    ``refused`` says why nothing came of a key that was pressed.
    """

    refused = Signal(str)

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        self._actions = {spec.id: self._make(spec) for spec in SPECS.values()}
        self._on_canvas = [
            self._key(spec, keys) for spec in SPECS.values() for keys in spec.canvas_keys
        ]
        self.retranslate()

    def __getitem__(self, id: str) -> GuidedAction:
        return self._actions[id]

    def __iter__(self) -> Iterator[GuidedAction]:
        return iter(self._actions.values())

    @property
    def on_canvas(self) -> list[QAction]:
        """What is to be added to the canvas, for the keys that work there alone."""
        return [self._actions[id] for id, spec in SPECS.items() if spec.on_canvas] + self._on_canvas

    @property
    def colours(self) -> list[QAction]:
        """What cards can be coloured by."""
        return [action for id, action in self._actions.items() if id.startswith(COLOUR)]

    @property
    def comparisons(self) -> list[QAction]:
        """The comparisons on offer."""
        return [self._actions[COMPARE + name] for name in TITLES]

    def connect_all(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connect each action to the slot of its id.

        Raises ``KeyError`` where an action has no slot.
        """
        for id, action in self._actions.items():
            action.triggered.connect(_without_checked(slots[id]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why the action of a key is grey: Qt hands such keys on, at last to the window."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        pressed, focused = QKeySequence(event.keyCombination()), QApplication.focusWidget()
        for id, action in self._actions.items():
            is_here = not SPECS[id].on_canvas or focused in action.associatedObjects()
            if is_here and reason_of(action) and pressed in action.shortcuts():
                self._take(id)
                return True
        return False

    def retranslate(self) -> None:
        """Put every text in the language in use."""
        for id, action in self._actions.items():
            action.setText(QCoreApplication.translate("Action", SPECS[id].text))
            action.setToolTip(_tool_tip(action))

    def _make(self, spec: ActionSpec) -> GuidedAction:
        action = GuidedAction(self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setIconVisibleInMenu(False)
        if spec.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        return action

    def _key(self, spec: ActionSpec, keys: str) -> QAction:
        """Return an action that does the same by further keys, on the canvas alone."""
        key = QAction(self)
        key.setShortcut(QKeySequence(keys))
        key.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        key.triggered.connect(lambda: self._take(spec.id))
        return key

    def _take(self, id: str) -> None:
        """Do what an action stands for, or say why that cannot be done."""
        action = self._actions[id]
        reason = reason_of(action)
        if reason is None:
            action.trigger()
        else:
            self.refused.emit(f"{action.text().removesuffix('…')}: {reason.text}")


def keys_of(id: str) -> str:
    """Write the shortcuts of an action as the system does, the first two of them."""
    spec = SPECS[id]
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(
        QKeySequence(keys).toString(native) for keys in (spec.keys + spec.canvas_keys)[:2]
    )


class _BarMenu(QMenu):
    """A menu of the bar, which is made anew with the language."""


def fill_menu_bar(bar: QMenuBar, actions: Actions, recent: QMenu) -> None:
    """Make the menus of :data:`MENUS`, anew when the language changes."""
    bar.clear()
    for before in bar.findChildren(_BarMenu):
        before.deleteLater()  # clearing does not
    for title, ids in MENUS:
        menu = _BarMenu(QCoreApplication.translate("Menu", title), bar)
        bar.addMenu(menu)
        MenuGuide(menu)
        for id in ids:
            if id == SEPARATOR:
                menu.addSeparator()
            elif id == RECENT:
                menu.addMenu(recent)
            elif id == COLOURS:
                colours = QCoreApplication.translate("Menu", "Colour &By")
                _add_submenu(menu, colours, actions.colours)
            elif id == COMPARISONS:
                compare = QCoreApplication.translate("Menu", "&Compare")
                _add_submenu(menu, compare, actions.comparisons)
            else:
                menu.addAction(actions[id])


def _add_submenu(menu: QMenu, title: str, actions: Sequence[QAction]) -> None:
    below = menu.addMenu(title)
    below.addActions(actions)
    MenuGuide(below)


def fill_with(menu: QMenu, actions: Actions, groups: tuple[tuple[str, ...], ...]) -> None:
    """Put what can be done now of groups such as :data:`CANVAS_MENU` into a menu."""
    for ids in groups:
        menu.addSeparator()
        menu.addActions([actions[id] for id in ids if actions[id].isEnabled()])


def _tool_tip(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = action.text().removesuffix("…")
    return f"{text}  ({keys})" if keys else text


def _without_checked(slot: Callable[[], object]) -> Callable[[bool], None]:
    def call(_: bool) -> None:
        slot()

    return call
