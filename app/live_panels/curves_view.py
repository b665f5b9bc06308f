"""The plots of a run, with their smoothing, scale and export."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import metric_title, reason_text
from app.live_panels.plots import LivePlot
from app.live_panels.rounds import Rounds
from app.live_panels.steps import Steps
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.curves import Curve
from app.runs.record import Record
from app.widgets.arrangement import HORIZONTAL, VERTICAL, Arrangement
from app.widgets.reasons import GuidedAction, MenuGuide, Reason
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.files.atomic import write_atomically

_NAMES = ("loss", "score", "rate", "throughput")
_WATCHED = "gradients"
"""The plot of what is only told where somebody looks at it."""
_FINEST = 99
_WIDE = 64
"""Room, in pixels, for numbers such as 0.0009975."""
_ABOVE, _BELOW = 420, 260
"""The heights, in pixels, of the two rows of plots at first."""
_NARROWEST = 220
"""The width, in pixels, of two plots side by side."""
_AHEAD = 1.1
"""How far the frame goes, in the steps so far, whenever curves have left it."""
_ROOM_FOR_WORDS = 270
"""The width, in pixels, from which the slider has its name beside it."""


class CurvesView(QWidget):
    """Loss, score, learning rate and throughput of a run, drawn as they grow.

    Under ``name`` is remembered how large each plot is, and which are shown. One that ``watches``
    offers the gradients too; ``watching_changed`` says that :attr:`is_watching` may differ.
    """

    watching_changed = Signal()

    def __init__(
        self,
        arrangement: Arrangement,
        name: str,
        parent: QWidget | None = None,
        *,
        watches: bool = False,
    ) -> None:
        super().__init__(parent)
        self._arrangement, self._name, self._watches = arrangement, name, watches
        self._steps = Steps(self)
        self._gradients: LivePlot | None = None
        self._record = Record()
        self._drawn: set[str] = set()
        self._rounds = Rounds(self._begin_round, self)
        steps = self._steps
        self.loss, self.score = LivePlot(steps=steps), LivePlot(steps=steps)
        self.rate, self.throughput = LivePlot(_WIDE, steps), LivePlot(_WIDE, steps)
        self._smoothing_label = QLabel()
        set_role(self._smoothing_label, "caption")
        self._smoothing = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        self._smoothing.setRange(0, _FINEST)
        self._smoothing.setMinimumWidth(48)
        self._smoothing.setMaximumWidth(120)
        self._smoothing.valueChanged.connect(self._smooth)
        self._log = QCheckBox()
        self._log.toggled.connect(self.loss.set_log_scale)
        self._export = QToolButton()
        self._export.setIcon(icon("download"))
        self._export.clicked.connect(self._save)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, 0)
        bar.setSpacing(SPACE)
        for widget in (self._smoothing_label, self._smoothing, self._log):
            bar.addWidget(widget)
        self._choice = QToolButton()
        self._choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar.addStretch()
        bar.addWidget(self._choice)
        bar.addWidget(self._export)
        self._area = self._lay_out(arrangement, name)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setMargin(SPACE)
        set_role(self._hint, "caption")
        self.setMinimumWidth(_NARROWEST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(bar)
        box.addWidget(self._area, 1)
        box.addWidget(self._hint, 1)
        self._retranslate()
        self.refresh()
        if self.is_watching:
            self._watch()

    def _lay_out(self, arrangement: Arrangement, name: str) -> QWidget:
        """Put the plots into two rows, with a menu of which are shown."""
        rows = [
            arrangement.split(f"{name}.{row}", HORIZONTAL, plots, (1, 1), 0)
            for row, plots in (
                ("above", (self.loss, self.score)),
                ("below", (self.rate, self.throughput)),
            )
        ]
        for row in rows:
            row.setStretchFactor(1, 1)
        self._rows = rows
        menu = QMenu(self._choice)
        self._shown: dict[str, GuidedAction] = {}
        for plot_name, plot in zip(_NAMES, self._plots(), strict=True):
            self._offer(menu, plot_name, usually=True)
            arrangement.add_panel(f"{name}.{plot_name}", plot)
        if self._watches:
            self._offer(menu, _WATCHED, usually=False).toggled.connect(self._watch)
            MenuGuide(menu)
        menu.setToolTipsVisible(True)
        self._choice.setMenu(menu)
        area = arrangement.split(f"{name}.rows", VERTICAL, rows, (_ABOVE, _BELOW), 0)
        area.setStretchFactor(1, 1)
        self._hide_empty()  # shown before they were in it, they would be windows
        return area

    def _offer(self, menu: QMenu, plot: str, *, usually: bool) -> GuidedAction:
        """Add the choice of a plot to the menu."""
        panel = f"{self._name}.{plot}"
        action = self._shown[plot] = GuidedAction(menu)
        menu.addAction(action)
        action.setCheckable(True)
        action.setChecked(self._arrangement.is_shown(panel, usually=usually))
        action.toggled.connect(partial(self._arrangement.set_shown, panel))
        action.toggled.connect(lambda _: self._leave_out_score())
        action.toggled.connect(lambda _: self._hide_empty())
        return action

    def _leave_out_score(self) -> None:
        """Give the room of the score to the loss where an epoch has told no score.

        As it was before the next run tells, so that nothing jumps at its beginning.
        """
        record = self._record
        if record.epochs:
            has_scores = bool(record.scores)
            is_wanted = has_scores and self._shown["score"].isChecked()
            if self.score.isHidden() is is_wanted:
                self.score.setVisible(is_wanted)
                self._hide_empty()

    def _hide_empty(self) -> None:
        """Leave no room for a row without plots."""
        for row in self._rows:
            row.setVisible(any(not plot.isHidden() for plot in row.findChildren(LivePlot)))

    @property
    def is_watching(self) -> bool:
        """Whether gradients are to be told."""
        return self._watches and self._shown[_WATCHED].isChecked()

    def bar_watching(self, reason: str) -> None:
        """Make the choice of gradients grey for a reason; with none it can be taken."""
        if self._watches:
            self._shown[_WATCHED].set_reason(Reason(reason) if reason else None)

    def _watch(self) -> None:
        """Make the plot of the gradients when it is first wanted, and ask for what it shows."""
        if self._gradients is None and self.is_watching:
            self._gradients = LivePlot(_WIDE, self._steps)
            self._gradients.set_log_scale(True)
            row = self._rows[1]
            row.addWidget(self._gradients)
            row.setSizes([_BELOW] * row.count())  # as wide as the others, which it would squeeze
            self._arrangement.add_panel(f"{self._name}.{_WATCHED}", self._gradients)
            self._retranslate()
            self._hide_empty()
            self.refresh()
        self.watching_changed.emit()

    @property
    def record(self) -> Record:
        """The run that is shown."""
        return self._record

    def show_record(self, record: Record) -> None:
        """Draw another run from now on."""
        self._record = record
        self._drawn.clear()
        for plot in self._plots():
            plot.forget_curves()
        self.refresh()

    def refresh(self) -> None:
        """Draw what the run has told since the last time."""
        self._take_in()
        self._steps.fit()
        self._rounds.forget()
        for plot in self._plots():
            plot.refresh()

    def follow(self) -> None:
        """Draw the same soon, where anybody can see it, at a pace that spares the training."""
        if self.isVisible():
            self._rounds.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was told while this was hidden."""
        super().showEvent(event)
        self.refresh()

    def _begin_round(self) -> list[LivePlot]:
        """Take in what was told, and return the plots that can be seen."""
        self._take_in()
        return [plot for plot in self._plots() if plot.isVisible()]

    def _take_in(self) -> None:
        """Begin with the curves that the run tells by now, and reach as far as all of them do."""
        record = self._record
        self._draw(self.loss, self.tr("step"), record.step_loss, 7)
        self._draw(self.loss, self.tr("training"), record.train_loss, 0, dots=True)
        self._draw(self.loss, self.tr("validation"), record.validation_loss, 1, dots=True)
        for place, name in enumerate(record.scores):
            if name in record.figures:
                title = self.tr("{0}, training").format(metric_title(name))
                self._draw(self.score, title, record.figures[name], 2 * place, dots=True)
            if name in record.validation_figures:
                title = self.tr("{0}, validation").format(metric_title(name))
                curve = record.validation_figures[name]
                self._draw(self.score, title, curve, 2 * place + 1, dots=True)
        self._draw(self.rate, self.tr("learning rate"), record.learning_rate, 2)
        self._draw(self.throughput, self.tr("samples/s"), record.throughput, 4)
        if self._gradients is not None:
            norm, ratio = record.watched.gradient_norm, record.watched.update_ratio
            self._draw(self._gradients, self.tr("norm of all gradients"), norm, 3)
            self._draw(self._gradients, self.tr("update over weight, median"), ratio, 5)
        self._leave_out_score()
        end = max(plot.end for plot in self._plots())
        self._steps.reach(end, min(_AHEAD * end, record.total_steps))
        self._area.setVisible(bool(self._drawn))
        self._hint.setVisible(not self._drawn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._smoothing_label.setVisible(self.width() >= _ROOM_FOR_WORDS)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.show_record(self._record)
        super().changeEvent(event)

    def save(self, path: Path) -> None:
        """Write the curves: ``.csv`` as a table, else a PNG picture of all plots.

        Raises ``OSError`` where the file cannot be written.
        """
        if path.suffix.lower() != ".csv":
            picture = QBuffer()
            self._area.grab().save(picture, "PNG")
            write_atomically(path, bytes(picture.data().data()))
            return
        rows: list[str] = ["plot,curve,step,value"]
        for name, plot in zip((*_NAMES, _WATCHED), self._plots(), strict=False):
            rows += [f"{name},{row}" for row in plot.rows()]
        write_atomically(path, ("\n".join(rows) + "\n").encode())

    def _draw(
        self, plot: LivePlot, name: str, curve: Curve, colour: int, *, dots: bool = False
    ) -> None:
        if name not in self._drawn and len(curve):
            self._drawn.add(name)
            plot.show_curve(name, curve, colour, dots=dots)

    def _plots(self) -> tuple[LivePlot, ...]:
        last = () if self._gradients is None else (self._gradients,)
        return self.loss, self.score, self.rate, self.throughput, *last

    def _smooth(self, amount: int) -> None:
        for plot in (self.loss, self.score):
            plot.set_smoothing(amount / (_FINEST + 1))

    def _save(self) -> None:
        name, used = QFileDialog.getSaveFileName(
            self,
            self.tr("Export curves"),
            "curves.png",
            self.tr("Picture (*.png);;Table (*.csv)"),
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in (".png", ".csv"):
            path = path.with_name(path.name + (".csv" if ".csv" in used else ".png"))
        try:
            self.save(path)
        except OSError as error:
            QMessageBox.warning(self, self.tr("Export curves"), reason_text(error))

    def _retranslate(self) -> None:
        self._smoothing_label.setText(self.tr("Smoothing"))
        self._smoothing.setAccessibleName(self.tr("Smoothing"))
        self._smoothing.setToolTip(self.tr("Smoothing"))
        self._log.setText(self.tr("Log scale"))
        self._export.setToolTip(self.tr("Export the curves as a picture or a table"))
        self._export.setAccessibleName(self._export.toolTip())
        self._hint.setText(self.tr("Loss, score and speed are drawn here while it trains."))
        for plot in self._plots():
            plot.set_unit(self.tr("steps"))
        titles = (
            self.tr("Loss"),
            self.tr("Score"),
            self.tr("Learning rate"),
            self.tr("Samples per second"),
            self.tr("Gradients"),
        )
        for name, title in zip((*_NAMES, _WATCHED), titles, strict=True):
            if name in self._shown:
                self._shown[name].setText(title)
        for plot, title in zip(self._plots(), titles, strict=False):
            plot.set_title(title)
        self._choice.setText(self.tr("Plots") + " ▾")
        self._choice.setToolTip(self.tr("Which plots are shown"))
