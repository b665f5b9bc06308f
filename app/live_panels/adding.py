"""The menu of all panels that a board can have."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.live_panels.kinds import KINDS, Circumstances, PanelKind
from app.live_panels.places import Places
from app.live_panels.words import obstacle, panel_help, panel_title
from app.widgets.reasons import GuidedAction, MenuGuide, Reason


class AddingMenu(QMenu):
    """Offers each kind of panel; of what there is only one, it takes that away again.

    ``wanted`` carries a kind, ``unwanted`` the name of a panel; ``usual_wanted`` asks for what
    there was at first.
    """

    wanted = Signal(str)
    unwanted = Signal(str)
    usual_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.entries: dict[str, GuidedAction] = {}
        """The entries by the kind that they offer."""
        for kind in KINDS.values():
            entry = self.entries[kind.name] = GuidedAction(self)
            entry.setCheckable(not kind.several)
            entry.triggered.connect(partial(self._choose, kind))
            self.addAction(entry)
        self.addSeparator()
        self._usual = QAction(self)
        self._usual.triggered.connect(self.usual_wanted)
        self.addAction(self._usual)
        MenuGuide(self)
        self._retranslate()

    def follow(self, places: Places, now: Circumstances) -> None:
        """Check what is there, and say of what cannot be had why not."""
        for name, entry in self.entries.items():
            entry.setChecked(entry.isCheckable() and name in places.panels)
            reason = obstacle(KINDS[name], now)
            is_bound = bool(reason) and not entry.isChecked()  # what is there can be taken away
            entry.set_reason(Reason(reason) if is_bound else None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self, kind: PanelKind) -> None:
        if kind.several or self.entries[kind.name].isChecked():
            self.wanted.emit(kind.name)
        else:
            self.unwanted.emit(kind.name)

    def _retranslate(self) -> None:
        for name, entry in self.entries.items():
            entry.setText(panel_title(name))
            entry.setToolTip(panel_help(name))
        self._usual.setText(self.tr("The usual panels"))
