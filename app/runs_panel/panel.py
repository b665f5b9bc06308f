"""The runs so far, and what can be done with them: go on, begin with, export, open, delete."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.sentences import reason_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.runs.comparison import Comparison
from app.runs.deleting import remove_old, set_aside
from app.runs.folder import BEST, LAST, runs_folder
from app.runs.groups import Group
from app.runs.index import Newest, read_newest, read_summaries
from app.runs.job import Beginning
from app.runs.labels import Labels, keep_labels
from app.runs.store import Run, project_file, trained_project
from app.runs.summaries import Summary
from app.runs_panel.deleted_bar import DeletedBar
from app.runs_panel.exchange import RunExchange
from app.runs_panel.run_view import RunView
from app.runs_panel.runs_list import RunsList
from app.training_panel.edited_note import EditedNote
from app.widgets.arrangement import VERTICAL, Arrangement
from app.widgets.button import Button
from app.widgets.folders import show_folder
from app.widgets.reasons import set_reason, unless
from graph_model.editing.differences import Differences, are_related, differences
from graph_model.network import Project
from graph_model.recipes.schedules import follows_epochs


class RunsPanel(QWidget):
    """Lists the runs; ``project_wanted`` asks to open the project as it was in one of them.

    ``export_wanted`` carries the folder of a run whose model is to be exported with its weights.

    ``go_on_wanted`` carries a run that is to go on, and how many epochs it is to have in all; 0
    for as many as it was meant for. ``weights_wanted`` carries weights to begin new runs with.
    ``comparison_wanted`` carries a project to open, and what is to be shown of it on the canvas,
    ``report_wanted`` runs of which a report is to be written.
    """

    project_wanted = Signal(Path)
    export_wanted = Signal(Path)
    go_on_wanted = Signal(object, int)
    weights_wanted = Signal(object)
    comparison_wanted = Signal(Path, object)
    report_wanted = Signal(object)

    def __init__(
        self, document: Document, arrangement: Arrangement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.edited = EditedNote()
        """How the network differs from the one of the run that is chosen."""
        self._trained: Project | None = None
        self._record = Latest(self)
        self._record.done.connect(self._show_edited)
        self.list = RunsList(arrangement)
        """The runs, and what is sought among them."""
        self.list.table.chosen_changed.connect(self._compare)
        self.list.table.doubleClicked.connect(lambda *_: self._open_project())
        self.list.table.delete_wanted.connect(self.delete_chosen)
        self.list.table.customContextMenuRequested.connect(self._show_menu)
        self.list.labelling.written.connect(self._write_labels)
        self.run_side = RunView(arrangement)
        """What the chosen runs show."""
        self.run_side.comparison.canvas_wanted.connect(self._show_on_canvas)
        self.run_side.parallel.pointed.connect(
            lambda summary: self.list.table.choose([summary.run.folder])
        )
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        self._open, self._folder, self._delete = Button(), Button(), Button()
        self._export = Button()
        self._export.clicked.connect(lambda: self.export_wanted.emit(self._folder_of_one()))
        self._go_on = Button()
        self._go_on.clicked.connect(self._ask_to_go_on)
        self._weights = Button()
        menu = QMenu(self)
        self._best, self._last = menu.addAction(""), menu.addAction("")
        self._best.triggered.connect(lambda: self._begin_with(BEST))
        self._last.triggered.connect(lambda: self._begin_with(LAST))
        self._weights.setMenu(menu)
        self._obstacle = ""
        self._report = Button()
        self._report.clicked.connect(lambda: self.report_wanted.emit(self.list.table.chosen()))
        self._open.clicked.connect(self._open_project)
        self._folder.clicked.connect(self._open_folder)
        self._delete.clicked.connect(self.delete_chosen)
        self.exchange = RunExchange(self)
        """Runs that go to other programs, and come from elsewhere."""
        self.exchange.added.connect(lambda folder: self.refresh([folder]))
        self.list.add.clicked.connect(self.exchange.ask_for_folder)
        self.deleted = DeletedBar()
        """Says what was deleted, and brings it back."""
        self.deleted.brought_back.connect(self.refresh)
        sides = (self._list_side(), self.run_side)
        self._splitter = arrangement.split("runs", VERTICAL, sides, (320, 400), 1)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._empty, 1)
        outer.addWidget(self._splitter, 1)
        outer.addWidget(self.deleted)
        self._wanted: list[Path] | None = None
        self._reader = Latest(self)
        self._reader.done.connect(self._show)
        self._retranslate()
        self._reader.ask(remove_old, runs_folder())
        self._reader.ask(read_newest, runs_folder())

    def _list_side(self) -> QWidget:
        """Make the list above what can be done with the runs that are chosen."""
        buttons = _row(
            *(self._go_on, self._weights, self._export, self._report),
            *(self._open, self._folder, self._delete),
        )
        buttons.addWidget(self.edited, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        return left

    def show_above(self, widget: QWidget) -> None:
        """Have a line above all of it."""
        self._outer.insertWidget(0, widget)

    def show_experiment(self, name: str) -> None:
        """Leave only the runs of an experiment in view, and compare them."""
        quoted = f'"{name}"' if " " in name else name
        self.list.search.setText(f"experiment={quoted}")
        self.list.table.selectAll()

    def refresh(self, chosen: Sequence[Path] | None = None) -> None:
        """Look at the folder of the runs again, and choose those in these folders."""
        self._wanted = [*chosen] if chosen else self._wanted
        self._reader.ask(read_summaries, runs_folder())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show(self, runs: object) -> None:
        if isinstance(runs, Newest):
            self._show_newest(runs)
            return
        if not isinstance(runs, tuple):  # what removing gave, of which there is nothing to show
            return
        before = [each.run.folder for each in self.list.table.chosen()]
        newer = [each.run.folder for each in runs[:1] if each not in self.list.runs]
        is_newer = bool(newer and self.list.runs) and self.list.is_whole
        chosen = self._wanted or (newer if is_newer else before)
        self._wanted = None
        self._empty.setVisible(not runs)
        self._splitter.setVisible(bool(runs))
        self.list.show_runs(runs, chosen)

    def _show_newest(self, newest: Newest) -> None:
        """Show the first of many runs, to be worked with while the others are read."""
        if newest.runs:
            self._empty.hide()
            self._splitter.show()
            self.list.show_runs(newest.runs, self._wanted or (), newest.total)
        self.refresh()

    def _chosen(self) -> list[Run]:
        return [each.run for each in self.list.table.chosen()]

    def _folder_of_one(self) -> Path:
        (run,) = self._chosen()
        return run.folder

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was edited while this was hidden."""
        super().showEvent(event)
        self._show_edited(self._trained)

    def _show_edited(self, trained: Project | None) -> None:
        """Say how the network differs from the chosen run's; nothing of another network."""
        if len(self._chosen()) != 1:  # while it was read, other runs were chosen as well
            trained = None
        self._trained = trained
        self.run_side.show_project(trained, self._document.known)
        now = self._document.project
        is_same = trained is not None and are_related(trained, now)
        found = differences(trained, now) if trained and is_same else Differences()
        self.edited.show_differences(found)

    def _compare(self) -> None:
        """Show the chosen runs, and what can be done with them."""
        summaries = self.list.table.chosen()
        chosen = [each.run for each in summaries]
        for button in (self._open, self._folder, self._weights, self._export):
            set_reason(button, unless(len(chosen) == 1, self.tr("Select a single run first.")))
        self._show_going_on()
        for button in (self._report, self._delete):
            set_reason(button, unless(bool(chosen), self.tr("Select runs first.")))
        self._trained = None
        self.edited.show_differences(Differences())
        if len(chosen) == 1:
            self._record.ask(trained_project, chosen[0].folder)
        groups = [each for each in self.list.table.rows() if isinstance(each, Group)]
        self.run_side.show_runs(summaries, groups)

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
        self._go_on.setText(self.tr("Train further…") if is_over else self.tr("Go on"))
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

    def delete_chosen(self) -> None:
        """Take the chosen runs out of the list; they can be brought back for some days."""
        aside: list[Path] = []
        for run in self._chosen():
            if run.outcome == "under way":
                self._say_kept(run, self.tr("it is under way"))
                continue
            try:
                aside.append(set_aside(run.folder))
            except OSError as error:
                self._say_kept(run, reason_text(error))
        self.deleted.show_deleted(aside)
        self.refresh()

    def _say_kept(self, run: Run, reason: str) -> None:
        sentence = self.tr("{0} could not be deleted: {1}").format(run.folder.name, reason)
        QMessageBox.critical(self, self.tr("Delete runs"), sentence)

    def _write_labels(self, summaries: Sequence[Summary], labels: Sequence[Labels]) -> None:
        """Write labels beside runs, and show them."""
        try:
            for summary, each in zip(summaries, labels, strict=True):
                keep_labels(summary.run.folder, each)
        except OSError as error:
            sentence = self.tr("That could not be written beside the run: {0}")
            QMessageBox.critical(self, self.tr("Runs"), sentence.format(reason_text(error)))
        self.refresh()

    def _show_on_canvas(self) -> None:
        """Open the project of the second of two runs, with what differs from the first."""
        found = self.run_side.comparison.comparison
        if isinstance(found, Comparison) and found.drawing is not None:
            self.comparison_wanted.emit(project_file(found.runs[1].folder), found.drawing)

    def _show_menu(self, at: QPoint) -> None:
        """Offer what can be done with the chosen runs where one clicked."""
        table = self.list.table
        if not self._chosen():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list.labelling.add_to(menu)
        menu.addSeparator()
        for button in (self._go_on, self._export, self._report, self._open, self._delete):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.addSeparator()
        self.exchange.add_to(menu, self.list.table.chosen())
        menu.popup(table.viewport().mapToGlobal(at))

    def _retranslate(self) -> None:
        self.edited.retranslate()
        self._empty.setText(self.tr("Every run is kept and listed here, to be compared."))
        self._show_going_on()
        self._weights.setText(self.tr("Start from these weights") + " ▾")
        self._best.setText(self.tr("The best"))
        self._last.setText(self.tr("The last"))
        self._export.setText(self.tr("Export…"))
        self._export.setToolTip(self.tr("Export its network, with its best weights or the last"))
        self._report.setText(self.tr("Report…"))
        self._report.setToolTip(
            self.tr("Write an HTML file with curves, figures and settings, for any browser")
        )
        self._open.setText(self.tr("Open its project"))
        self._folder.setText(self.tr("Show its files"))
        self._delete.setText(self.tr("Delete"))


def _row(*buttons: Button) -> QHBoxLayout:
    """Return buttons side by side."""
    row = QHBoxLayout()
    row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
    row.setSpacing(SPACE)
    for button in buttons:
        row.addWidget(button)
    return row
