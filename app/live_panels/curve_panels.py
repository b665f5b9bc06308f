"""Panels of curves: what a run tells of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final, NamedTuple

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.live_panels.kinds import KINDS
from app.live_panels.panel import Panel
from app.live_panels.plots import LivePlot
from app.live_panels.steps import Steps
from app.live_panels.words import panel_title
from app.runs.curves import Curve
from app.runs.record import Record

WIDE: Final = 64
"""Room, in pixels, for numbers such as 0.0009975."""


class Line(NamedTuple):
    """A curve, what it is called, the number of its colour, and how it is drawn, if it is."""

    name: str
    curve: Curve
    colour: int
    dots: bool = False
    is_drawn: bool = True


class CurvesPanel(Panel):
    """Draws the lines that :meth:`lines` gives as soon as there is something in them."""

    _kind: ClassVar[str]
    """The name of its kind."""
    _unit: ClassVar[str] = ""
    """The unit of its values, which is the same in every language."""
    _axis_width: ClassVar[int] = 50
    _is_usually_log: ClassVar[bool] = False
    _can_be_log: ClassVar[bool] = True
    _is_smoothed: ClassVar[bool] = False

    def __init__(self, steps: Steps, choices: Sequence[str]) -> None:
        super().__init__(steps, choices)
        self.plot = LivePlot(self._axis_width, steps)
        self._heading = self.plot.give_legend()
        self._drawn: set[str] = set()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot)
        self.plot.set_log_scale(self.is_log)
        self.retranslate()

    def lines(self) -> Iterable[Line]:
        """Return the curves that the run has, those without a point too."""
        raise NotImplementedError

    def title(self) -> str:
        """Return what stands above it."""
        title = panel_title(self._kind)
        return self.tr("{0}, {1}").format(title, self._unit) if self._unit else title

    def unit(self) -> str:
        """Return what its values are."""
        return self._unit

    @property
    def asks(self) -> tuple[str, ...]:
        return KINDS[self._kind].asks

    @property
    def is_log(self) -> bool:
        """Whether the scale of its values is logarithmic."""
        usual = "log" if self._is_usually_log else "linear"
        return self.choice("scale", usual) == "log"

    @property
    def heading(self) -> QWidget:
        return self._heading

    @property
    def plots(self) -> Sequence[LivePlot]:
        return (self.plot,)

    @property
    def is_empty(self) -> bool:
        return not self._drawn

    @property
    def end(self) -> float:
        return self.plot.end

    def show_record(self, record: Record) -> None:
        super().show_record(record)
        self._drawn.clear()
        self.plot.forget_curves()
        self.take_in()

    def take_in(self) -> None:
        for line in self.lines():
            if line.name not in self._drawn and len(line.curve):
                self._drawn.add(line.name)
                self.plot.show_curve(*line[:3], dots=line.dots, is_drawn=line.is_drawn)

    def refresh(self) -> None:
        self.plot.refresh()

    def set_smoothing(self, amount: float) -> None:
        if self._is_smoothed:
            self.plot.set_smoothing(amount)

    def rows(self) -> Iterator[str]:
        return self.plot.rows()

    def fill_menu(self, menu: QMenu) -> None:
        if self._can_be_log:
            action = menu.addAction(self.tr("Log scale"))
            action.setCheckable(True)
            action.setChecked(self.is_log)
            action.toggled.connect(self._set_log)

    def adopt(self, name: str) -> None:
        if name == "scale":
            self.plot.set_log_scale(self.is_log)
        else:
            super().adopt(name)

    def _set_log(self, on: bool) -> None:
        self.choose("scale", "" if on is self._is_usually_log else "log" if on else "linear")

    def retranslate(self) -> None:
        self.plot.set_title(self.title())
        self.plot.set_unit(self.tr("steps"), self.unit())


class LossPanel(CurvesPanel):
    """The loss of steps and epochs."""

    _kind = "loss"
    _is_smoothed = True

    def lines(self) -> Iterable[Line]:
        record = self.record
        yield Line(self.tr("step"), record.step_loss, 7)
        yield Line(self.tr("training"), record.train_loss, 0, dots=True)
        yield Line(self.tr("validation"), record.validation_loss, 1, dots=True)


class RatePanel(CurvesPanel):
    """The learning rate."""

    _kind = "rate"
    _axis_width = WIDE

    def lines(self) -> Iterable[Line]:
        yield Line(self.tr("learning rate"), self.record.learning_rate, 2)


class ThroughputPanel(CurvesPanel):
    """Samples per second."""

    _kind = "throughput"
    _axis_width = WIDE

    def lines(self) -> Iterable[Line]:
        yield Line(self.tr("samples/s"), self.record.throughput, 4)

    def unit(self) -> str:
        return self.tr("samples/s")
