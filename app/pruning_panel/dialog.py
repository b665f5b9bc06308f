"""Makes a trained network smaller: what could go, what that costs, and how much is to go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.numbers import grouped
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.pruning.fitting import place_for_weights
from app.pruning_panel.asked import Choice, Opened, Preview, Pruner
from app.widgets.cells import Role, fill
from graph_model.custom_layers.known import Known
from graph_model.network import Project
from graph_model.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from app.pruning.trial import Sensitivity
    from app.runs.summaries import Summary
    from app.training.judging import Judged

_SIZE: Final = (760, 600)
_SHARES: Final = 3
_PERCENT: Final = 100
_PATIENCE: Final = 250
"""Milliseconds after the last change until it is worked out what that comes to."""


class PruningDialog(QDialog):
    """Prunes a run of a project; ``pruned`` carries the smaller project and its weights' file."""

    pruned = Signal(object, object)

    def __init__(self, project: Project, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Prune a Trained Network"))
        self.resize(*_SIZE)
        self._pruner = Pruner(project, known)
        self._name = project.network.name
        self._opened: Opened | None = None
        self._preview: Preview | None = None
        self._choice = Choice()
        self._next: Callable[[], object] | None = None
        self._place: Path | None = None
        self._has_more = False
        self.runs, self.criterion, self.way = QComboBox(), QComboBox(), QComboBox()
        self.share = QSpinBox(minimum=0, maximum=95, singleStep=5, value=50, suffix=" %")
        self.table = _table()
        self.counts: list[QSpinBox] = []
        self.told, self.whole, self.after = QLabel(), QLabel(), QLabel()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._look_ahead)
        self._worker = Latest(self)
        self._worker.done.connect(self._take)
        self.table.setHorizontalHeaderLabels(self._titles())
        self._lay_out()
        self._then: Callable[[Any], None] = self._show_runs
        self.told.setText(self.tr("Loading…"))
        self._worker.ask(self._pruner.runs)

    def _lay_out(self) -> None:
        help = QLabel(
            self.tr(
                "Channels, heads and neurons are taken away with all that makes and reads them: "
                "the drawing becomes smaller, keeps its blocks, and learns on from what stays."
            )
        )
        for label in (help, self.told, self.after, self.whole):
            label.setWordWrap(True)
        for label in (help, self.told):
            set_role(label, "caption")
        self.criterion.addItem(self.tr("Least L2 norm of the weights"), "l2")
        self.criterion.addItem(self.tr("Least L1 norm of the weights"), "l1")
        self.criterion.addItem(self.tr("At random, to compare with"), "random")
        self.way.addItem(self.tr("of each layer"), True)
        self.way.addItem(self.tr("of all, where least is lost"), False)
        self.runs.currentIndexChanged.connect(self._open)
        self.criterion.currentIndexChanged.connect(self._choose)
        self.way.currentIndexChanged.connect(self._choose)
        self.share.valueChanged.connect(self._choose)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        for widget in (QLabel(self.tr("Take away")), self.share, self.way, self.criterion):
            line.addWidget(widget)
        line.addStretch(1)
        run = QHBoxLayout()
        run.setSpacing(SPACE)
        run.addWidget(QLabel(self.tr("Trained in")))
        run.addWidget(self.runs, 1)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.prune = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.prune.setText(self.tr("Prune"))
        self.prune.setEnabled(False)
        self._buttons.accepted.connect(self._write)
        self._buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(help)
        box.addLayout(run)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        for label in (self.whole, self.after, self.told):
            box.addWidget(label)
        box.addWidget(self._buttons)

    def _ask(self, then: Callable[[Any], None], question: Callable[..., object]) -> None:
        """Ask the network; one question at a time, since they share the model."""
        if self._worker.is_busy:
            self._next = partial(self._ask, then, question)
            return
        self._then = then
        self._worker.ask(question)

    def _take(self, answer: Any) -> None:
        self._then(answer)
        if self._worker.is_busy:
            return
        waiting, self._next = self._next, None
        if waiting is not None:
            waiting()
        elif self._opened is not None and self._has_more:
            self._ask(self._show_sensitivity, self._pruner.next_sensitivity)

    def _show_runs(self, runs: tuple[Summary, ...]) -> None:
        with QSignalBlocker(self.runs):
            for each in runs:
                self.runs.addItem(each.name, each.run.folder)
        self.runs.setEnabled(len(runs) > 1)
        if runs:
            self._open()
        else:
            self.told.setText(
                self.tr("No run of this very network is kept: train it first, then prune it.")
            )

    def _open(self) -> None:
        self._opened = self._preview = None
        self._refresh()
        self.told.setText(self.tr("The run is being read …"))
        self._ask(self._show_groups, partial(self._pruner.open, self.runs.currentData()))

    def _show_groups(self, found: Opened | Problem) -> None:
        if isinstance(found, Problem):
            self.told.setText(problem_sentence(found))
            return
        self._opened, self._has_more = found, True
        self.told.clear()
        self.whole.setText(
            self.tr("Now: {0} parameters, {1} multiply-adds, {2} on {3} samples").format(
                grouped(found.size.parameters),
                grouped(found.size.multiply_adds),
                self._figure(found.trial.whole),
                grouped(found.trial.samples),
            )
        )
        self.table.setRowCount(len(found.groups))
        self.counts = []
        for row, group in enumerate(found.groups):
            title = found.titles.get(group.path, group.path)
            note = "" if group.is_exact else self.tr("A layer norm measures what is left.")
            fill(self.table.model(), row, 0, {Role.DisplayRole: title, Role.ToolTipRole: note})
            fill(self.table.model(), row, 1, {Role.DisplayRole: grouped(group.count)})
            count = QSpinBox(maximum=group.count - 1)
            count.valueChanged.connect(partial(self._choose_apart, group.path))
            self.table.setCellWidget(row, 2, count)
            self.counts.append(count)
        if not found.groups:
            self.told.setText(self.tr("Nothing can go: every layer is needed whole."))
            return
        self._look_ahead()

    def _show_sensitivity(self, found: Sensitivity | None) -> None:
        if found is None or self._opened is None:
            self._has_more = False
            return
        row = [group.path for group in self._opened.groups].index(found.path)
        for column, judged in enumerate(found.judged.values(), start=3):
            fill(self.table.model(), row, column, {Role.DisplayRole: self._figure(judged)})

    def _choose(self) -> None:
        """Take on what is said of all groups; what was said of single ones holds no longer."""
        self._choice = Choice(
            self.criterion.currentData(),
            self.share.value() / _PERCENT,
            bool(self.way.currentData()),
        )
        self._wait()

    def _choose_apart(self, path: str, count: int) -> None:
        self._choice = replace(self._choice, apart={**self._choice.apart, path: count})
        self._wait()

    def _wait(self) -> None:
        """Look ahead soon; until then there is nothing to be pruned by."""
        self._preview = None
        self._refresh()
        self._patience.start()

    def _look_ahead(self) -> None:
        if self._opened is not None and self._opened.groups:
            self._preview = None
            self._refresh()
            self.after.setText(self.tr("Working out what stays …"))
            self._ask(self._show_preview, partial(self._pruner.preview, self._choice))

    def _show_preview(self, found: Preview) -> None:
        if self._opened is None or self._patience.isActive():  # of what is no longer wanted
            return
        self._preview = found
        for count, group in zip(self.counts, self._opened.groups, strict=True):
            with QSignalBlocker(count):
                count.setValue(found.counts[group.path])
        before = self._opened.size
        self.after.setText(
            self.tr(
                "Then: {0} parameters ({1}), {2} multiply-adds ({3}), {4} before it learns on"
            ).format(
                grouped(found.size.parameters),
                _change(found.size.parameters, before.parameters),
                grouped(found.size.multiply_adds),
                _change(found.size.multiply_adds, before.multiply_adds),
                self._figure(found.judged),
            )
        )
        self._refresh()

    def _refresh(self) -> None:
        goes = self._preview is not None and any(self._preview.counts.values())
        self.prune.setEnabled(goes)

    def _write(self) -> None:
        """Keep the weights that stay; the drawing follows once that is done."""
        if self._preview is None:
            return
        self._place = place_for_weights(self._name)
        self.prune.setEnabled(False)
        self._has_more = False
        self._ask(self._end, partial(self._pruner.write, self._preview.smaller, self._place))

    def _end(self, wrong: str) -> None:
        if wrong or self._preview is None:
            self.told.setText(self.tr("The weights cannot be kept: {0}").format(wrong))
            self._refresh()
            return
        self.pruned.emit(self._preview.smaller.project, self._place)
        self.accept()

    def _figure(self, judged: Judged) -> str:
        if judged.accuracy is None:
            return self.tr("loss {0}").format(f"{judged.loss:.4g}")
        return self.tr("{0} right").format(f"{judged.accuracy:.1%}")

    def _titles(self) -> tuple[str, ...]:
        without = self.tr("without {0}")
        shares = (without.format(f"{each:.0%}") for each in (0.25, 0.5, 0.75))
        return (self.tr("Made by"), self.tr("Units"), self.tr("To go"), *shares)


def _change(after: int, before: int) -> str:
    return f"−{1 - after / before:.0%}" if before and after <= before else "+"


def _table() -> QTableWidget:
    table = QTableWidget(0, 3 + _SHARES)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    return table
