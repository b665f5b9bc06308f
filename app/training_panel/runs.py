"""The runs so far: their figures side by side, and their curves laid over one another."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.numbers import duration
from app.language.sentences import figures_text, phrase_text, reason_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.runs.folder import BEST, LAST, runs_folder
from app.runs.job import Beginning
from app.runs.store import Run, delete_run, project_file, read_runs, trained_project
from app.training_panel.edited_note import EditedNote
from app.training_panel.run_view import RunView
from app.widgets.arrangement import VERTICAL, Arrangement
from app.widgets.button import Button
from app.widgets.folders import show_folder
from app.widgets.reasons import set_reason, unless
from graph_model.editing.differences import Differences, are_related, differences
from graph_model.network import Project
from graph_model.recipes.schedules import follows_epochs

_FIGURES: Final = (3, 4)
"""The columns of what was reached on the validation and the test split."""


class RunsPanel(QWidget):
    """Lists the runs; ``project_wanted`` asks to open the project as it was in one of them.

    ``export_wanted`` carries the folder of a run whose model is to be exported with its weights.

    ``go_on_wanted`` carries a run that is to go on, and how many epochs it is to have in all; 0
    for as many as it was meant for. ``weights_wanted`` carries weights to begin new runs with.
    """

    project_wanted = Signal(Path)
    export_wanted = Signal(Path)
    go_on_wanted = Signal(object, int)
    weights_wanted = Signal(object)

    def __init__(
        self, document: Document, arrangement: Arrangement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._runs: tuple[Run, ...] = ()
        self.edited = EditedNote()
        """How the network differs from the one of the run that is chosen."""
        self._trained: Project | None = None
        self._record = Latest(self)
        self._record.done.connect(self._show_edited)
        self._list = _list()
        self._list.itemSelectionChanged.connect(self._compare)
        self._list.itemDoubleClicked.connect(lambda *_: self._open_project())
        self.run_side = RunView(arrangement)
        """What the chosen runs show."""
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        self._open, self._folder, self._delete = Button(), Button(), Button()
        self._export = Button()
        self._export.clicked.connect(lambda: self.export_wanted.emit(self._chosen()[0].folder))
        self._go_on = Button()
        self._go_on.clicked.connect(self._ask_to_go_on)
        self._weights = Button()
        menu = QMenu(self)
        self._best, self._last = menu.addAction(""), menu.addAction("")
        self._best.triggered.connect(lambda: self._begin_with(BEST))
        self._last.triggered.connect(lambda: self._begin_with(LAST))
        self._weights.setMenu(menu)
        self._obstacle = ""
        self._open.clicked.connect(self._open_project)
        self._folder.clicked.connect(self._open_folder)
        self._delete.clicked.connect(self._ask_to_delete)
        sides = (self._list_side(), self.run_side)
        self._splitter = arrangement.split("runs", VERTICAL, sides, (280, 440), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._splitter, 1)
        self._reader = Latest(self)
        self._reader.done.connect(self._show)
        self._retranslate()
        self.refresh()

    def _list_side(self) -> QWidget:
        """Make the list above what can be done with the runs that are chosen."""
        buttons = _row(
            self._go_on, self._weights, self._export, self._open, self._folder, self._delete
        )
        buttons.addWidget(self.edited, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        return left

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
                    self._outcome(run.outcome).format(run.host),
                    str(run.epochs),
                    figures_text(run.validation),
                    figures_text(run.test),
                    duration(run.seconds, 1),
                ]
            )
            item.setToolTip(1, phrase_text(run.reason))
            for column in _FIGURES:
                item.setToolTip(column, item.text(column).replace(", ", "\n"))
            item.setData(0, Qt.ItemDataRole.UserRole, run)
            self._list.addTopLevelItem(item)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in _FIGURES:  # which share what is left, and are shortened where that is little
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
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
            "under way": self.tr("under way"),
            "elsewhere": self.tr("at {0}"),
            "unreadable": self.tr("unreadable"),
        }
        return words[outcome]

    def _chosen(self) -> list[Run]:
        role = Qt.ItemDataRole.UserRole
        return [item.data(0, role) for item in self._list.selectedItems()]

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was edited while this was hidden."""
        super().showEvent(event)
        self._show_edited(self._trained)

    def _show_edited(self, trained: Project | None) -> None:
        """Say how the network differs from the chosen run's; nothing of another network."""
        if len(self._chosen()) != 1:  # while it was read, other runs were chosen as well
            trained = None
        self._trained = trained
        self.run_side.show_project(trained)
        now = self._document.project
        is_same = trained is not None and are_related(trained, now)
        found = differences(trained, now) if trained and is_same else Differences()
        self.edited.show_differences(found)

    def _compare(self) -> None:
        """Lay the validation losses of the chosen runs over one another."""
        chosen = self._chosen()
        for button in (self._open, self._folder, self._weights, self._export):
            set_reason(button, unless(len(chosen) == 1, self.tr("Select a single run first.")))
        self._show_going_on()
        set_reason(self._delete, unless(bool(chosen), self.tr("Select runs first.")))
        self._trained = None
        self.edited.show_differences(Differences())
        if len(chosen) == 1:
            self._record.ask(trained_project, chosen[0].folder)
        self.run_side.show_runs(chosen)

    def show_obstacle(self, obstacle: str) -> None:
        """Say what keeps any run from going on; nothing where nothing does."""
        if obstacle != self._obstacle:
            self._obstacle = obstacle
            self._show_going_on()

    def _show_going_on(self) -> None:
        """Say whether the chosen run can go on, or further."""
        chosen = self._chosen()
        run = chosen[0] if len(chosen) == 1 else None
        is_over = run is not None and run.can_go_further
        self._go_on.setText(self.tr("Train further…") if is_over else self.tr("Go On"))
        self._go_on.setToolTip(
            self.tr("Train for more epochs, from the last step on")
            if is_over
            else self.tr("Go on where the run was interrupted, as if nothing had happened")
        )
        if run is not None and run.goes_on_elsewhere:
            self._go_on.setText(self.tr("Watch it"))
            tip = self.tr("Follow the run again that goes on at {0}, and fetch its weights")
            self._go_on.setToolTip(tip.format(run.host))
        reason = self._obstacle
        if run is None:
            reason = self.tr("Select a single run first.")
        elif not run.can_go_on and not is_over:
            reason = self._why_not(run)
        set_reason(self._go_on, unless(not reason, reason))

    def _why_not(self, run: Run) -> str:
        if run.outcome == "under way":
            return self.tr("This run is under way.")
        if not run.has_checkpoint:
            return self.tr("This run has kept no checkpoint to go on from.")
        return self.tr("This run cannot go on.")

    def _ask_to_go_on(self) -> None:
        """Go on with the chosen run; where it is over, ask for how many epochs."""
        run = self._chosen()[0]
        if run.can_go_on:
            self.go_on_wanted.emit(run, 0)
            return
        question = self.tr("Epochs in all:")
        if self._trained is not None and follows_epochs(self._trained.recipe):
            question = (
                self.tr(
                    "The learning rate followed a schedule made for {0} epochs. From here on it is "
                    "what it would be at this step of the new number, so it jumps."
                ).format(run.planned)
                + "\n\n"
                + question
            )
        proposed = 2 * run.epochs
        if run.has_stopped_early:
            proposed = run.planned
            ended = self.tr(
                "Early stopping ended this run after {0} epochs. It goes on without that; the "
                "weights of the best epoch are kept all the same."
            )
            question = ended.format(run.epochs) + "\n\n" + question
        epochs, is_given = QInputDialog.getInt(
            self, self.tr("Train further"), question, proposed, run.epochs + 1, 1_000_000
        )
        if is_given:
            self.go_on_wanted.emit(run, epochs)

    def _begin_with(self, which: str) -> None:
        (run,) = self._chosen()
        self.weights_wanted.emit(Beginning(run.folder / which))

    def _open_project(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.project_wanted.emit(project_file(chosen[0].folder))

    def _open_folder(self) -> None:
        for run in self._chosen():
            show_folder(self, run.folder)

    def _ask_to_delete(self) -> None:
        chosen = self._chosen()
        answer = QMessageBox.question(
            self,
            self.tr("Delete runs"),
            self.tr("Delete %n run(s) with their weights for good?", "", len(chosen)),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._remove(chosen)
            self.refresh()

    def _remove(self, runs: list[Run]) -> None:
        """Remove the folders of runs, and say of which that is not possible."""
        for run in runs:
            try:
                delete_run(run.folder)
            except OSError as error:
                sentence = self.tr("{0} could not be deleted: {1}").format(
                    run.folder.name, reason_text(error)
                )
                QMessageBox.critical(self, self.tr("Delete runs"), sentence)

    def _retranslate(self) -> None:
        self.edited.retranslate()
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
        self._show_going_on()
        self._weights.setText(self.tr("Start from these weights") + " ▾")
        self._best.setText(self.tr("The best"))
        self._last.setText(self.tr("The last"))
        self._export.setText(self.tr("Export…"))
        self._export.setToolTip(self.tr("Export its network, with its best weights or the last"))
        self._open.setText(self.tr("Open its project"))
        self._folder.setText(self.tr("Show its files"))
        self._delete.setText(self.tr("Delete…"))


def _list() -> QTreeWidget:
    """Return a list of which several rows can be chosen."""
    found = QTreeWidget()
    found.setObjectName("runs")
    found.setRootIsDecorated(False)
    found.setUniformRowHeights(True)
    found.setAlternatingRowColors(True)
    found.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    return found


def _row(*buttons: Button) -> QHBoxLayout:
    """Return buttons side by side."""
    row = QHBoxLayout()
    row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
    row.setSpacing(SPACE)
    for button in buttons:
        row.addWidget(button)
    return row
