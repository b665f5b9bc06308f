"""What a board asks of each of its panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.live_panels.kinds import Circumstances
from app.live_panels.step_plot import StepPlot
from app.live_panels.steps import Steps
from app.look.theme import SMALL, ui_font
from app.runs.record import Record

_HEIGHT: Final = 20
"""The height, in pixels, of what stands in the head of a panel."""
_LONGEST: Final = 18
"""So many letters of what was chosen are written there."""


class Chooser(QToolButton):
    """Says in the head of a panel what was chosen, and offers what else there is in its menu."""

    def __init__(self) -> None:
        super().__init__()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFont(ui_font(SMALL))
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.choices = QMenu(self)
        self.setMenu(self.choices)

    def say(self, chosen: str, what_for: str) -> None:
        """Write what was chosen, of long words their end, and in the tip what for."""
        short = chosen if len(chosen) <= _LONGEST else f"…{chosen[1 - _LONGEST :]}"
        self.setText(f"{short} ▾")
        self.setToolTip(f"{what_for}: {chosen}")
        self.setAccessibleName(self.toolTip())

    def offer(self, titles: Mapping[str, str], chosen: str, choose: Callable[[str], None]) -> None:
        """Offer choices by their titles, the one that holds checked."""
        self.choices.clear()
        for name, title in titles.items():
            action = self.choices.addAction(title, partial(choose, name))
            action.setCheckable(True)
            action.setChecked(name == chosen)


class Panel(QWidget):
    """Shows something of a run; what was chosen of it are words that are remembered.

    ``chosen`` says that other words hold, and perhaps something else is to be looked at.
    """

    chosen = Signal()

    def __init__(self, steps: Steps, choices: Sequence[str]) -> None:
        super().__init__()
        self.steps = steps
        self.record = Record()
        self._choices = dict(each.partition(":")[::2] for each in choices)

    @property
    def choices(self) -> tuple[str, ...]:
        """What was chosen, as words without a comma: ``layer:fc1``."""
        return tuple(f"{name}:{value}" for name, value in self._choices.items() if value)

    def choice(self, name: str, usual: str = "") -> str:
        """Return what was chosen under a name."""
        return self._choices.get(name) or usual

    def choose(self, name: str, value: str) -> None:
        """Choose something under a name; nothing stands for what is usual."""
        self._choices[name] = value
        self.adopt(name)
        self.retranslate()
        self.chosen.emit()

    def adopt(self, name: str) -> None:
        """Show what was chosen under a name."""
        self.show_record(self.record)
        self.refresh()

    @property
    def asks(self) -> tuple[str, ...]:
        """Who is to look at the run for it: observers of ``app.observing``, or ``LOAD``."""
        return ()

    @property
    def heading(self) -> QWidget:
        """What stands in its head: its title, and the names or values of what it shows."""
        raise NotImplementedError

    @property
    def tools(self) -> Sequence[QWidget]:
        """What is chosen with, to stand in its head beside that."""
        return ()

    @property
    def is_empty(self) -> bool:
        """Whether the run has told nothing yet that it could show."""
        raise NotImplementedError

    @property
    def is_pointless(self) -> bool:
        """Whether this run will tell nothing that it could show, as far as can be known."""
        return False

    @property
    def end(self) -> float:
        """The last step that it shows."""
        raise NotImplementedError

    @property
    def plots(self) -> Sequence[StepPlot]:
        """The plots within, which are drawn one after the other."""
        return ()

    def show_record(self, record: Record) -> None:
        """Show another run from now on."""
        self.record = record

    def take_in(self) -> None:
        """Begin with what the run tells by now."""

    def refresh(self) -> None:
        """Draw what the run has told since the last time."""
        raise NotImplementedError

    def follow(self, now: Circumstances) -> None:
        """Take on what is known of the run beside what it tells."""

    def set_smoothing(self, amount: float) -> None:
        """Smooth what can be smoothed, from 0 (not at all) to below 1."""

    def rows(self) -> Iterator[str]:
        """Yield all that it shows as rows of CSV: what, step, value."""
        raise NotImplementedError

    def fill_menu(self, menu: QMenu) -> None:
        """Add what can be chosen of it to the menu of its head."""

    def retranslate(self) -> None:
        """Take on the language in use."""
