"""A panel of figures after each epoch, of which one chooses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QMenu

from app.language.sentences import metric_title
from app.live_panels.curve_panels import CurvesPanel, Line
from app.live_panels.kinds import Circumstances

_BETWEEN = ";"


class MetricsPanel(CurvesPanel):
    """Any figures of any outputs, on training and validation data; of each class on the latter.

    Until some are chosen they are those on the scale that ends at 1, or all where there are none.
    """

    _kind = "metrics"
    _is_smoothed = True
    _is_pointless = False
    _class_names: tuple[str, ...] = ()

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the figures that are shown."""
        chosen = tuple(filter(None, self.choice("metrics").split(_BETWEEN)))
        return chosen or self.record.scores

    def lines(self) -> Iterable[Line]:
        record = self.record
        for place, name in enumerate(self.metrics):
            title = metric_title(name)
            if name in record.figures:
                words = self.tr("{0}, training").format(title)
                yield Line(words, record.figures[name], 2 * place, dots=True)
            if name in record.validation_figures:
                words = self.tr("{0}, validation").format(title)
                yield Line(words, record.validation_figures[name], 2 * place + 1, dots=True)
            curves = record.class_figures.get(name, [])
            are_named = len(self._class_names) == len(curves)
            for number, curve in enumerate(curves):
                words = self._class_names[number] if are_named else f"{title} {number}"
                yield Line(words, curve, number, dots=True)

    def follow(self, now: Circumstances) -> None:
        if now.class_names != self._class_names:
            self._class_names = now.class_names
            if self.record.class_figures:
                self.show_record(self.record)

    def title(self) -> str:
        chosen = self.choice("metrics").split(_BETWEEN)
        return metric_title(chosen[0]) if len(chosen) == 1 and chosen[0] else super().title()

    @property
    def is_pointless(self) -> bool:
        """As it was before the next run tells, so that nothing jumps at its beginning."""
        record = self.record
        if record.epochs:
            self._is_pointless = not (record.figures or record.validation_figures)
        return self._is_pointless

    def fill_menu(self, menu: QMenu) -> None:
        super().fill_menu(menu)
        record = self.record
        told = dict.fromkeys(
            (*record.figures, *record.validation_figures, *record.class_figures, *self.metrics)
        )
        if not told:
            return
        within = menu.addMenu(self.tr("Which metrics"))
        usual = within.addAction(self.tr("The usual ones"))
        usual.setCheckable(True)
        usual.setChecked(not self.choice("metrics"))
        usual.triggered.connect(lambda: self.choose("metrics", ""))
        within.addSeparator()
        for name in told:
            action = within.addAction(metric_title(name))
            action.setCheckable(True)
            action.setChecked(name in self.metrics)
            action.triggered.connect(partial(self._toggle, name))

    def _toggle(self, name: str) -> None:
        """Show a figure too, or no longer."""
        before = self.metrics
        after = tuple(each for each in before if each != name)
        self.choose(
            "metrics", _BETWEEN.join(after if len(after) < len(before) else (*before, name))
        )
