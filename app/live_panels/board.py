"""A board of panels that show a run: added, removed, moved, made larger, and remembered."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from app.live_panels import files
from app.live_panels.adding import AddingMenu
from app.live_panels.frame import Frame
from app.live_panels.kinds import KINDS, USUAL, Circumstances
from app.live_panels.panel import Panel
from app.live_panels.panel_rows import PanelRows
from app.live_panels.places import Places, Side, as_words, from_words, kind_of
from app.live_panels.rounds import Rounds
from app.live_panels.steps import Steps
from app.live_panels.words import obstacle
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.record import Record
from app.widgets.arrangement import Arrangement
from app.widgets.page_parts import discard
from app.widgets.scrolling import unmoved_by_wheel

_FINEST: Final = 99
_NARROWEST: Final = 220
"""The width, in pixels, of two panels side by side."""
_AHEAD: Final = 1.1
"""How far the frame goes beyond the last step while it trains, so that it need not follow each."""
_ROOM_FOR_WORDS: Final = 270
"""The width, in pixels, from which the slider has its name beside it."""
_COLUMNS: Final = "panel,what,step,value"


class Board(QWidget):
    """Shows a run in panels; what is on it is remembered under ``name``.

    ``asked_changed`` says that :attr:`asked` may differ.
    """

    asked_changed = Signal()

    def __init__(self, arrangement: Arrangement, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrangement, self._name = arrangement, name
        self._steps = Steps(self)
        self._now = Circumstances()
        self._record = Record()
        remembered = from_words(arrangement.listed(name), KINDS)
        self._places = remembered if remembered.rows else USUAL
        self._large = ""
        self._frames: dict[str, Frame] = {}
        self._rounds = Rounds(self.begin_round, self)
        self._rows = PanelRows(self)
        self._rows.sized.connect(self._keep)
        self._rows.dropped.connect(
            lambda panel, other, side: self._put(self._places.beside(panel, other, side))
        )
        self.setMinimumWidth(_NARROWEST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._make_bar())
        box.addWidget(self._rows, 1)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        set_role(self._hint, "caption")
        box.addWidget(self._hint, 1)
        self._lay_out()
        self._retranslate()

    def _make_bar(self) -> QHBoxLayout:
        """Return what stands above the panels: smoothing, adding and exporting."""
        self._smoothing_label = QLabel()
        set_role(self._smoothing_label, "caption")
        self._smoothing = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        self._smoothing.setRange(0, _FINEST)
        self._smoothing.setMinimumWidth(48)
        self._smoothing.setMaximumWidth(120)
        self._smoothing.valueChanged.connect(self._smooth_panels)
        self._export = QToolButton()
        self._export.setIcon(icon("download"))
        self._export.clicked.connect(self._ask_and_save)
        self._add = QToolButton()
        self._add.setIcon(icon("plus"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.adding = AddingMenu(self._add)
        """What can be added."""
        self.adding.wanted.connect(self.add)
        self.adding.unwanted.connect(self.remove)
        self.adding.usual_wanted.connect(self.show_usual)
        self._add.setMenu(self.adding)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        bar.setSpacing(SPACE)
        bar.addWidget(self._smoothing_label)
        bar.addWidget(self._smoothing)
        bar.addStretch()
        bar.addWidget(self._add)
        bar.addWidget(self._export)
        return bar

    @property
    def asked(self) -> tuple[str, ...]:
        """Who is to look at the run for the panels, where anybody can see them."""
        if not self.isVisible():
            return ()
        frames = (each for each in self._frames.values() if not obstacle(each.kind, self._now))
        return tuple(dict.fromkeys(name for each in frames for name in each.panel.asks))

    @property
    def places(self) -> Places:
        """Where the panels lie."""
        return self._places

    def panel(self, name: str) -> Panel:
        """Return one of the panels."""
        return self._frames[name].panel

    def frame(self, name: str) -> Frame:
        """Return the frame of one of the panels."""
        return self._frames[name]

    def add(self, kind: str) -> None:
        """Add a panel of a kind."""
        name = self._places.new_name(kind)
        self._large = ""
        self._put(self._places.with_new(name))
        self._rows.ensureWidgetVisible(self._frames[name], 0, 0)

    def remove(self, name: str) -> None:
        """Take a panel away."""
        self._put(self._places.without(name))

    def move_panel(self, name: str, side: Side) -> None:
        """Move a panel one further to a side."""
        self._put(self._places.moved(name, side))

    def show_usual(self) -> None:
        """Show the panels that there were at first as they were, and no others."""
        self._put(Places())
        self._put(USUAL)

    def enlarge(self, name: str) -> None:
        """Give all the room to a panel, or give it back where it has it."""
        self._large = "" if self._large == name else name
        self._show_frames()

    def _put(self, places: Places) -> None:
        """Have the panels lie elsewhere, make those that are new, and remember it."""
        self._keep(places)
        self._lay_out()

    def _keep(self, places: Places) -> None:
        self._places = places
        self._arrangement.set_listed(self._name, as_words(places))

    def _lay_out(self) -> None:
        """Have a frame for each panel, where it is to lie."""
        for name in self._places.panels:
            if name not in self._frames:
                self._frames[name] = self._framed(name)
        gone = [name for name in self._frames if name not in self._places.panels]
        left = {name: self._frames.pop(name) for name in gone}
        self._rows.show_places(self._places, self._frames)
        for name, frame in left.items():
            self._arrangement.set_listed(f"{self._name}.{name}", ())
            discard(frame)
        if left:  # some of them may be due in the round under way
            self._rounds.forget()
            self.follow()
        for name, frame in self._frames.items():
            frame.ways = {each for each in Side if self._places.moved(name, each) != self._places}
        self._show_frames()
        self._rows.setVisible(bool(self._frames))
        self._hint.setVisible(not self._frames)
        self.adding.follow(self._places, self._now)
        self.asked_changed.emit()

    def _framed(self, name: str) -> Frame:
        """Return a new panel in its frame, showing what it showed the last time."""
        remembered = f"{self._name}.{name}"
        module, _, class_name = KINDS[kind_of(name)].place.partition(":")
        made = getattr(importlib.import_module(f"app.live_panels.{module}"), class_name)
        panel: Panel = made(self._steps, self._arrangement.listed(remembered))
        panel.set_smoothing(self._smoothing.value() / (_FINEST + 1))
        frame = Frame(name, panel, self)
        frame.hide()  # until it lies where it is to
        frame.moved.connect(lambda side: self.move_panel(name, side))
        frame.removed.connect(lambda: self.remove(name))
        frame.enlarged.connect(lambda: self.enlarge(name))
        frame.head.dragged.connect(lambda at: self._rows.drag(name, at))
        frame.head.dropped.connect(lambda at: self._rows.drop(name, at))
        frame.chosen.connect(lambda: self._arrangement.set_listed(remembered, panel.choices))
        frame.chosen.connect(self.asked_changed)
        frame.follow(self._now)
        frame.show_record(self._record)
        return frame

    def _show_frames(self) -> None:
        """Show all panels or the large one, but none that has no point."""
        if self._large not in self._frames:
            self._large = ""
        for name, frame in self._frames.items():
            frame.is_large = name == self._large
        shown = {self._large} if self._large else {*self._frames}
        self._rows.hide_all_but(
            {name for name in shown if not self._frames[name].panel.is_pointless}
        )

    def follow_circumstances(self, now: Circumstances) -> None:
        """Offer what can be had as things are."""
        if now != self._now:
            self._now = now
            for each in self._frames.values():
                each.follow(now)
            self.adding.follow(self._places, now)
            self.asked_changed.emit()

    @property
    def record(self) -> Record:
        """The run that is shown."""
        return self._record

    def show_record(self, record: Record) -> None:
        """Show another run from now on."""
        self._record = record
        self._steps.begin()
        for each in self._frames.values():
            each.show_record(record)
        self.refresh()

    def refresh(self) -> None:
        """Draw what the run has told since the last time."""
        self._take_in()
        self._steps.fit()
        self._rounds.forget()
        for each in self._frames.values():
            each.panel.refresh()

    def follow(self) -> None:
        """Draw the same soon, where anybody can see it, at a pace that spares the training."""
        if self.isVisible():
            self._rounds.ask()

    def begin_round(self) -> list[Panel]:
        """Take in what was told, and return the panels that can be seen."""
        self._take_in()
        return [each.panel for each in self._frames.values() if each.panel.isVisible()]

    def _take_in(self) -> None:
        """Begin with what the run tells by now, and reach as far as all of it does."""
        for each in self._frames.values():
            each.take_in()
        self._show_frames()
        end = max((each.panel.end for each in self._frames.values()), default=0.0)
        self._steps.reach(end, min(_AHEAD * end, self._record.total_steps))

    def save(self, path: Path) -> None:
        """Write all panels as one picture, ``.png`` or ``.svg``, or ``.csv`` as a table.

        Raises ``OSError`` where the file cannot be written.
        """
        with ExitStack() as stack:
            for each in self._frames.values():
                stack.enter_context(each.without_buttons())
            files.save(self._rows.content, self._table(), path, _COLUMNS)

    def _ask_and_save(self) -> None:
        files.ask_and_save(self, "curves", self.save)

    def _table(self) -> Iterator[str]:
        for name, frame in self._frames.items():
            for row in frame.panel.rows():
                yield f"{name},{row}"

    def smooth(self, amount: float) -> None:
        """Smooth losses and metrics by a moving average, from 0 (not at all) to below 1."""
        self._smoothing.setValue(round(amount * (_FINEST + 1)))

    def _smooth_panels(self, amount: int) -> None:
        for each in self._frames.values():
            each.panel.set_smoothing(amount / (_FINEST + 1))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was told while this was hidden, and have the run looked at again."""
        super().showEvent(event)
        self.refresh()
        self.asked_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Have it looked at no longer."""
        super().hideEvent(event)
        self.asked_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._smoothing_label.setVisible(self.width() >= _ROOM_FOR_WORDS)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._smoothing_label.setText(self.tr("Smoothing"))
        self._smoothing.setAccessibleName(self.tr("Smoothing"))
        self._smoothing.setToolTip(
            self.tr("Smooths losses and metrics; their values as they are stay faintly in view.")
        )
        self._hint.setText(self.tr("There are no panels here; + Panel adds one."))
        self._add.setText(self.tr("Panel"))
        self._add.setToolTip(self.tr("Add a panel, or take one away"))
        self._export.setToolTip(self.tr("Export all panels as a picture or a table"))
        self._export.setAccessibleName(self._export.toolTip())
