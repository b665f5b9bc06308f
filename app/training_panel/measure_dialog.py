"""Measured before one trains: what a step takes, layer by layer, and the largest batch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.data.bytes import format_bytes
from app.language.numbers import duration, grouped
from app.language.sentences import problem_sentence
from app.late import late
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from app.widgets.cells import Role, fill
from graph_model.problems import Problem

if TYPE_CHECKING:
    from app.runs.job import Job
    from app.training.measuring import Measured

_SIZE: Final = (620, 560)
_MOST_LAYERS: Final = 8
_MODULE: Final = "app.training.measuring"


class MeasureDialog(QDialog):
    """Does some steps of a job that nobody keeps; ``batch_chosen`` carries a size to be used.

    ``estimated`` is how many bytes a step was estimated to take, ``most`` how many are free for it.
    """

    batch_chosen = Signal(int)

    def __init__(
        self,
        job: Job,
        estimated: int,
        most: int,
        samples: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Measure a Step"))
        self.resize(*_SIZE)
        self._job, self._estimated, self._most, self._samples = job, estimated, most, samples
        self._left = threading.Event()
        self._tried: Iterator[Measured | Problem] | None = None
        self._largest = 0
        self.figures = QGridLayout()
        self.figures.setHorizontalSpacing(3 * SPACE)
        self.told = QLabel(self.tr("Some steps are being done …"))
        self.told.setWordWrap(True)
        set_role(self.told, "caption")
        self.layers = _table()
        self.find_button, self.use_button = Button(), Button()
        self.find_button.setText(self.tr("Find the Largest Batch"))
        self.find_button.setEnabled(False)
        self.find_button.clicked.connect(self._find_largest)
        self.use_button.clicked.connect(self._use_largest)
        self._worker, self._finder = Latest(self), Latest(self)
        self._worker.done.connect(self._show)
        self._finder.done.connect(self._show_tried)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.find_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.use_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.use_button.hide()  # which a box of buttons would show
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(2 * SPACE)
        box.addLayout(self.figures)
        box.addWidget(self.layers, 1)
        box.addWidget(self.told)
        box.addWidget(buttons)
        self._worker.ask(late(_MODULE).measure, job, most, self._goes_on())

    def _goes_on(self) -> Callable[[], bool]:
        """Return what tells a thread whether anybody waits, and knows nothing of the dialog."""
        left = self._left
        return lambda: not left.is_set()

    def done(self, result: int) -> None:
        """Let what is being measured end."""
        self._left.set()
        super().done(result)

    def _show(self, found: Measured | Problem) -> None:
        if isinstance(found, Problem):
            self.told.setText(problem_sentence(found))
            return
        self.told.clear()
        whole = duration(found.whole)
        phases = "   ".join(
            f"{self._phase(name)} {_share(seconds, sum(found.phases.values()))}"
            for name, seconds in found.phases.items()
        )
        rows = (
            (self.tr("A step of {0} samples").format(found.batch_size), _milliseconds(found.step)),
            (self.tr("Samples per second"), grouped(round(found.samples_per_second))),
            (self.tr("All epochs, without validation"), whole),
            (self.tr("Where the time goes"), phases),
            (
                self.tr("Memory"),
                self.tr("{0} measured, {1} estimated").format(
                    format_bytes(found.memory), format_bytes(self._estimated)
                ),
            ),
        )
        for row, (name, value) in enumerate(rows):
            label = QLabel(name)
            set_role(label, "muted")
            self.figures.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            told = QLabel(value)
            told.setWordWrap(True)
            self.figures.addWidget(told, row, 1)
        self.figures.setColumnStretch(1, 1)
        self._show_layers(found)
        self.find_button.setEnabled(found.batch_size < self._samples)

    def _show_layers(self, found: Measured) -> None:
        whole = sum(found.layers.values()) or 1.0
        slowest = sorted(found.layers.items(), key=lambda each: -each[1])[:_MOST_LAYERS]
        titles = (self.tr("Layer"), self.tr("Forward"), self.tr("Share"))
        self.layers.setHorizontalHeaderLabels(titles)
        self.layers.setRowCount(len(slowest))
        for row, (name, seconds) in enumerate(slowest):
            texts = (name, _milliseconds(seconds), _share(seconds, whole))
            for column, text in enumerate(texts):
                fill(self.layers.model(), row, column, {Role.DisplayRole: text})

    def _find_largest(self) -> None:
        """Try batches, each twice as large as the one before."""
        self.find_button.setEnabled(False)
        self._largest = 0
        self.layers.setRowCount(0)
        titles = (self.tr("Batch"), self.tr("A step"), self.tr("Memory"))
        self.layers.setHorizontalHeaderLabels(titles)
        self.told.setText(
            self.tr("Batches are tried in a process of their own, up to {0} of memory.").format(
                format_bytes(self._most)
            )
        )
        measuring = late(_MODULE)
        self._tried = measuring.batches(self._job, self._most, self._samples, self._goes_on())
        self._finder.ask(_next, self._tried)

    def _show_tried(self, found: Any) -> None:
        if found is None or isinstance(found, Problem):
            end = problem_sentence(found) if isinstance(found, Problem) else ""
            if self._largest:
                fits = self.tr("A batch of {0} fits.").format(grouped(self._largest))
                end = f"{fits} {end}"
                self.use_button.setText(self.tr("Use {0}").format(grouped(self._largest)))
                self.use_button.show()
            self.told.setText(end.strip())
            return
        row = self.layers.rowCount()
        self.layers.insertRow(row)
        size = grouped(found.batch_size)
        for column, text in enumerate(
            (size, _milliseconds(found.step), format_bytes(found.memory))
        ):
            fill(self.layers.model(), row, column, {Role.DisplayRole: text})
        self.layers.scrollToBottom()
        self._largest = found.batch_size
        assert self._tried is not None
        self._finder.ask(_next, self._tried)

    def _use_largest(self) -> None:
        self.batch_chosen.emit(self._largest)
        self.accept()

    def _phase(self, name: str) -> str:
        names = {
            "data": self.tr("data"),
            "forward": self.tr("forward"),
            "backward": self.tr("backward"),
            "optimizer": self.tr("optimizer"),
        }
        return names.get(name, name)


def _next(tried: Iterator[Any]) -> Any:
    return next(tried, None)


def _table() -> QTableWidget:
    table = QTableWidget(0, 3)
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.3g} ms"


def _share(part: float, whole: float) -> str:
    return f"{100 * part / (whole or 1):.0f} %"
