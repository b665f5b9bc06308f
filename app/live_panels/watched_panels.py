"""Panels of curves that are only told where somebody looks at the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.live_panels.curve_panels import WIDE, CurvesPanel, Line
from app.live_panels.steps import Steps
from app.runs.record import Record

_USUAL_UPDATE: Final = 1e-3
"""The rule of thumb for update over weight: A. Karpathy, CS231n, "Ratio of weights:updates"."""


class GradientsPanel(CurvesPanel):
    """The norm of all gradients, before clipping too, and how often that acts."""

    _kind = "gradients"
    _axis_width = WIDE
    _is_usually_log = True

    def lines(self) -> Iterable[Line]:
        watched = self.record.watched
        if self._is_clipped:
            yield Line(self.tr("before clipping"), watched.unclipped_norm, 1)
        yield Line(self.tr("as the optimizer takes it"), watched.gradient_norm, 3)

    @property
    def _is_clipped(self) -> bool:
        return bool(self.record.watched.clipped.y.any())

    def take_in(self) -> None:
        super().take_in()
        if self._is_clipped:
            self.plot.set_title(self.title())

    def title(self) -> str:
        if not self._is_clipped:
            return super().title()
        share = self.record.watched.clipped.y[-1]
        return self.tr("Gradient norm, clipped in {0} % of steps").format(f"{share:.0f}")

    def unit(self) -> str:
        return self.tr("L2 norm")


class UpdatesPanel(CurvesPanel):
    """How far a step moves the weights: the median of all, and where four fifths of them lie."""

    _kind = "updates"
    _axis_width = WIDE
    _is_usually_log = True

    def __init__(self, steps: Steps, choices: Sequence[str]) -> None:
        super().__init__(steps, choices)
        self.plot.show_guide(_USUAL_UPDATE)

    def lines(self) -> Iterable[Line]:
        watched = self.record.watched
        yield Line(self.tr("median"), watched.update_ratio, 5)
        yield Line(self.tr("10th percentile"), watched.update_low, 5, is_drawn=False)
        yield Line(self.tr("90th percentile"), watched.update_high, 5, is_drawn=False)

    def show_record(self, record: Record) -> None:
        super().show_record(record)
        self.plot.show_band(record.watched.update_low, record.watched.update_high, 5)

    def unit(self) -> str:
        return self.tr("ratio of norms")


class PhasesPanel(CurvesPanel):
    """How long the phases of a step take."""

    _kind = "phases"
    _unit = "ms"

    def lines(self) -> Iterable[Line]:
        names = {
            "data": self.tr("data"),
            "forward": self.tr("forward"),
            "backward": self.tr("backward"),
            "optimizer": self.tr("optimizer"),
        }
        colours = (2, 0, 1, 3)
        for (phase, name), colour in zip(names.items(), colours, strict=True):
            if phase in self.record.watched.milliseconds:
                yield Line(name, self.record.watched.milliseconds[phase], colour)


class MemoryPanel(CurvesPanel):
    """Main memory, and that of the device."""

    _kind = "memory"
    _unit = "GiB"
    _can_be_log = False

    def lines(self) -> Iterable[Line]:
        yield Line(self.tr("main memory"), self.record.watched.memory, 0)
        yield Line(self.tr("device"), self.record.watched.device_memory, 3)


class ProcessorsPanel(CurvesPanel):
    """How busy the processors are."""

    _kind = "processors"
    _unit = "%"
    _can_be_log = False

    def lines(self) -> Iterable[Line]:
        yield Line(self.tr("processors"), self.record.watched.processors, 4)
