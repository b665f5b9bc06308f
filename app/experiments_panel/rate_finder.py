"""Finds a learning rate: a short training with a rising rate, drawn as it goes, and its advice."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.experiments.rate_range import STEPS, end_of, rates, rising, smoothed, suggested
from app.language.sentences import problem_sentence
from app.look import theme
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, ui_font
from app.runs.events import Failed
from app.runs.job import Job
from app.training_panel.session import TrainingSession, engine
from app.widgets.plot_menus import adopt_menus
from graph_model.custom_layers.known import Known
from graph_model.network import Project

_SIZE: Final = (640, 460)
_USUAL: Final = 1e-3
"""Where the mark lies if there was no step at all."""


class RateFinder(QDialog):
    """Trains a copy of a project in a process; ``rate_chosen`` carries the rate to be used.

    The rate can be dragged to another place of the curve.
    """

    rate_chosen = Signal(float)

    def __init__(
        self,
        project: Project,
        steps_per_epoch: int,
        device: str,
        known: Known,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find a learning rate"))
        self.resize(*_SIZE)
        self.session = TrainingSession(self)
        self.session.progressed.connect(self._draw)
        self.session.ended.connect(self._end)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self.plot = pyqtgraph.PlotWidget(enableMenu=False)
        self.mark = pyqtgraph.InfiniteLine(movable=True)
        self.mark.sigPositionChanged.connect(lambda _: self._tell_rate())
        self._set_up_plot()
        use = QDialogButtonBox.StandardButton.Ok
        self._buttons = QDialogButtonBox(use | QDialogButtonBox.StandardButton.Cancel)
        self.use = self._buttons.button(use)
        self.use.setEnabled(False)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        help = QLabel(
            self.tr(
                "A copy of the network is trained for {0} steps while the rate rises. Good rates "
                "lie where the loss falls fastest, well before it rises again."
            ).format(STEPS)
        )
        help.setWordWrap(True)
        set_role(help, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        for widget in (help, self.plot, self._told, self._buttons):
            box.addWidget(widget, 1 if widget is self.plot else 0)
        job = Job(rising(project, steps_per_epoch), device, known=known)
        self._told.setText(self.tr("Loading…"))
        self.session.start(partial(engine("process", "train_in_process"), job))

    def _set_up_plot(self) -> None:
        colours, item = theme.current(), self.plot.plotItem
        self.plot.setBackground(colours.surface)
        item.hideButtons()
        item.setLogMode(x=True)
        item.setMouseEnabled(x=False, y=False)
        adopt_menus(self.plot)
        for side, words in (("bottom", self.tr("learning rate")), ("left", self.tr("loss"))):
            axis = item.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setPen(colours.border_strong)
            axis.setTextPen(colours.text_muted)
            axis.setStyle(tickFont=ui_font(SMALL - 1))
            axis.setLabel(words, color=colours.text_muted)
        self._raw = item.plot(pen=pyqtgraph.mkPen(colours.border_strong, width=1))
        self._mean = item.plot(pen=pyqtgraph.mkPen(colours.curves[0], width=2))
        accent = pyqtgraph.mkPen(colours.curves[1], width=2, style=Qt.PenStyle.DashLine)
        self.mark.setPen(accent)
        self.mark.hide()
        item.addItem(self.mark, ignoreBounds=True)

    @property
    def rate(self) -> float:
        """The rate at the mark."""
        return float(f"{10 ** self.mark.value():.2g}")

    def accept(self) -> None:
        """Have the rate used."""
        self.rate_chosen.emit(self.rate)
        super().accept()

    def done(self, result: int) -> None:
        """End the training, if it goes on."""
        self.session.progressed.disconnect(self._draw)
        self.session.ended.disconnect(self._end)
        self.session.wait()
        super().done(result)

    def _losses(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array(self.session.record.step_loss.y[:STEPS], dtype=float)

    def _rates(self, count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        told = self.session.record.learning_rate
        return rates([*zip(told.x.tolist(), told.y.tolist(), strict=True)], count)

    def _draw(self) -> None:
        """Draw how far it is; end it where it has diverged or the rate is at its highest."""
        losses = self._losses()
        end = end_of(losses)
        mean = smoothed(losses[:end])
        x = self._rates(len(losses))
        shown = np.isfinite(losses[:end])
        self._raw.setData(x[:end][shown], losses[:end][shown])
        self._mean.setData(x[:end], mean)
        if end < len(losses) or len(losses) >= STEPS:
            self.session.stop()
        if len(losses):
            self._told.setText(self.tr("Step {0} of {1}").format(len(losses), STEPS))

    def _end(self, event: object) -> None:
        if isinstance(event, Failed):
            set_role(self._told, "error")
            self._told.setText(problem_sentence(event.problem))
            return
        losses = self._losses()
        of_steps = self._rates(len(losses))
        found = suggested(of_steps, losses)
        middle = of_steps[len(losses) // 2] if len(losses) else _USUAL
        self.mark.setValue(np.log10(found if found is not None else middle))
        self.mark.show()
        self.use.setEnabled(True)
        self._is_found = found is not None
        self._tell_rate()

    def _tell_rate(self) -> None:
        self.use.setText(self.tr("Use {0}").format(f"{self.rate:g}"))
        if not self._is_found:
            self._told.setText(
                self.tr(
                    "The loss does not fall at any rate, so none can be suggested. Is the loss "
                    "the right one, and are the inputs scaled?"
                )
            )
        else:
            words = self.tr("Rate {0}. Drag the line to choose another one.")
            self._told.setText(words.format(f"{self.rate:g}"))

    _is_found = False
