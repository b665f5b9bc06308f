"""The runs so far: their figures side by side, and their curves laid over one another."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.sentences import figures_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.folder import METRICS, PROJECT, runs_folder
from app.training.history import Curve
from app.training_panel.plots import LivePlot

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One run as its folder tells of it."""

    folder: Path
    epochs: int
    validation: dict[str, float]
    test: dict[str, float]
    seconds: float
    outcome: str
    losses: tuple[tuple[float, float], ...]


class RunsPanel(QWidget):
    """Lists the runs; ``project_wanted`` asks to open the project as it was in one of them."""

    project_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._list = QTreeWidget()
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAlternatingRowColors(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.itemSelectionChanged.connect(self._compare)
        self._list.itemDoubleClicked.connect(lambda *_: self._open_project())
        self._plot = LivePlot()
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        self._open, self._folder, self._delete = QPushButton(), QPushButton(), QPushButton()
        self._open.clicked.connect(self._open_project)
        self._folder.clicked.connect(self._open_folder)
        self._delete.clicked.connect(self._ask_to_delete)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        for button in (self._open, self._folder, self._delete):
            buttons.addWidget(button)
        buttons.addStretch()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self._splitter = QSplitter()
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._plot)
        self._splitter.setSizes([560, 440])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._splitter, 1)
        self._reader = Latest(self)
        self._reader.done.connect(self._show)
        self._retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Look at the folder of the runs again."""
        self._reader.ask(read_runs, runs_folder())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show(self._runs)
        super().changeEvent(event)

    def _show(self, runs: tuple[Run, ...]) -> None:
        self._runs = runs
        self._empty.setVisible(not runs)
        self._splitter.setVisible(bool(runs))
        self._list.clear()
        for run in runs:
            item = QTreeWidgetItem(
                [
                    run.folder.name,
                    self._outcome(run.outcome),
                    str(run.epochs),
                    figures_text(run.validation),
                    figures_text(run.test),
                    f"{run.seconds:.1f} s",
                ]
            )
            item.setData(0, Qt.ItemDataRole.UserRole, run)
            self._list.addTopLevelItem(item)
        header = self._list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        newest = self._list.topLevelItem(0)
        if newest is not None:
            newest.setSelected(True)
        self._compare()

    def _outcome(self, outcome: str) -> str:
        words = {
            "finished": self.tr("finished"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
            "cut off": self.tr("cut off"),
        }
        return words[outcome]

    def _chosen(self) -> list[Run]:
        role = Qt.ItemDataRole.UserRole
        return [item.data(0, role) for item in self._list.selectedItems()]

    def _compare(self) -> None:
        """Lay the validation losses of the chosen runs over one another."""
        chosen = self._chosen()
        for button in (self._open, self._folder):
            button.setEnabled(len(chosen) == 1)
        self._delete.setEnabled(bool(chosen))
        self._plot.forget_curves()
        for number, run in enumerate(chosen):
            if run.losses:
                curve = Curve()
                steps, losses = np.array(run.losses).T
                curve.extend(steps, losses)
                self._plot.show_curve(run.folder.name, curve, number, dots=True)
        self._plot.refresh()

    def _open_project(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.project_wanted.emit(chosen[0].folder / PROJECT)

    def _open_folder(self) -> None:
        for run in self._chosen():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder)))

    def _ask_to_delete(self) -> None:
        chosen = self._chosen()
        answer = QMessageBox.question(
            self,
            self.tr("Delete runs"),
            self.tr("Delete %n run(s) with their weights for good?", "", len(chosen)),
        )
        if answer == QMessageBox.StandardButton.Yes:
            for run in chosen:
                shutil.rmtree(run.folder)
            self.refresh()

    def _retranslate(self) -> None:
        self._empty.setText(self.tr("Every run is kept and listed here, to be compared."))
        self._list.setHeaderLabels(
            [
                self.tr("Run"),
                self.tr("Outcome"),
                self.tr("Epochs"),
                self.tr("Validation"),
                self.tr("Test"),
                self.tr("Time"),
            ]
        )
        self._open.setText(self.tr("Open its project"))
        self._folder.setText(self.tr("Show its files"))
        self._delete.setText(self.tr("Delete…"))
        self._plot.set_title(self.tr("Validation loss"))


def read_runs(folder: Path) -> tuple[Run, ...]:
    """Return the runs kept in a folder, the newest first; what is no run is left out."""
    if not folder.is_dir():
        return ()
    kept = sorted((each for each in folder.iterdir() if (each / METRICS).is_file()), reverse=True)
    return tuple(read_run(each) for each in kept[:_MOST])


def read_run(folder: Path) -> Run:
    """Return what the log of one run tells; lines cut off by a crash are passed over."""
    epochs: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    for line in (folder / METRICS).read_text(encoding="utf-8").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get("event") == "epoch_ended":
            epochs.append(event)
        last = event
    outcome = {"finished": "finished", "failed": "failed"}.get(last.get("event", ""), "cut off")
    if last.get("stopped"):
        outcome = "stopped"
    best = min(epochs, key=_validation_loss, default={})
    return Run(
        folder,
        len(epochs),
        last.get("validation") or best.get("validation") or {},
        last.get("test") or {},
        float(last.get("seconds") or sum(epoch["seconds"] for epoch in epochs)),
        outcome,
        tuple(
            (epoch["step"], epoch["validation"]["loss"])
            for epoch in epochs
            if epoch["validation"].get("loss") is not None
        ),
    )


def _validation_loss(epoch: dict[str, Any]) -> float:
    loss = epoch["validation"].get("loss")
    return float("inf") if loss is None else float(loss)
