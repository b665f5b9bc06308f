"""The table of runs with what is sought in it, how it is grouped, and which columns it has."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import reason_text
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.columns import FACTS, differing, figure_keys, value_of
from app.runs.groups import BY_SEED
from app.runs.summaries import Summary
from app.runs_panel.columns_menu import ColumnsMenu
from app.runs_panel.labelling import Labelling
from app.runs_panel.model import RunsModel
from app.runs_panel.table import RunsTable
from app.widgets.arrangement import Arrangement
from app.widgets.search_field import search_field
from graph_model.files.atomic import write_atomically

_LIST: Final = "runs"
"""Under what name the columns are remembered."""
_BEFORE: Final = ("starred", "name", "outcome", "epochs_done")
_AFTER: Final = ("duration", "lr", "optimizer", "tags")
_MOST_GROUPINGS: Final = 24


class RunsList(QWidget):
    """Shows runs, those that are sought or all of them, by themselves or in groups."""

    def __init__(self, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrangement = arrangement
        self.runs: Sequence[Summary] = ()
        """All that there are, whatever is sought."""
        self.total = 0
        """How many there are, of which the rest may still be being read."""
        self.model = RunsModel()
        self.table = RunsTable(self.model)
        self.labelling = Labelling(self.table)
        """What is written beside the chosen runs."""
        self.model.labelled.connect(lambda run, new: self.labelling.written.emit([run], [new]))
        self.table.order_changed.connect(self._remember)
        self.search = search_field()
        self.search.textChanged.connect(self._search)
        self._count = QLabel()
        set_role(self._count, "caption")
        self.grouping = QToolButton()
        self.grouping.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.grouping.setMenu(QMenu(self.grouping))
        self.grouping.menu().aboutToShow.connect(self._offer_groupings)
        self.columns = ColumnsMenu()
        self.columns.chosen.connect(self._choose_column)
        self.add = QToolButton()
        """Asks for a run made elsewhere."""
        self.add.setIcon(icon("plus"))
        self.save = QToolButton()
        self.save.setIcon(icon("download"))
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self.search, 1)
        for widget in (self._count, self.grouping, self.columns, self.add, self.save):
            row.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row)
        box.addWidget(self.table, 1)
        self._retranslate()

    @property
    def is_whole(self) -> bool:
        """Whether it has all runs that there are."""
        return self.total <= len(self.runs)

    def show_runs(
        self, runs: Sequence[Summary], chosen: Sequence[Path], total: int | None = None
    ) -> None:
        """Show these runs, of so many, and choose those in these folders."""
        is_first = not self.runs
        self.runs, self.total = runs, len(runs) if total is None else total
        keys = self._arrangement.listed(_LIST) or usual_keys(runs, tuple(figure_keys(runs)))
        has_others = keys != self.model.keys
        self.model.show_runs(runs, keys)
        if has_others:
            self._put_in_order()
        if has_others or is_first:
            self.table.fit_columns()
        self._offer_columns()
        self._tell_count()
        self.table.expand_groups()
        self.table.choose(chosen)

    def _search(self, text: str) -> None:
        chosen = [each.run.folder for each in self.table.chosen()]
        self.model.search(text)
        self._tell_count()
        self.table.expand_groups()
        self.table.choose(chosen)

    def _tell_count(self) -> None:
        unknown = self.model.query.unknown
        if unknown:
            told = self.tr("No run has “{0}”").format("”, “".join(unknown))
        elif self.model.shown != self.total:
            told = self.tr("{0} of {1}").format(self.model.shown, self.total)
        else:
            told = self.tr("%n run(s)", "", len(self.runs))
        self._count.setText(told)

    def _offer_groupings(self) -> None:
        """Have the menu offer what these runs can have in common."""
        menu = self.grouping.menu()
        menu.clear()
        ways: list[tuple[str, tuple[str, ...]]] = [
            (self.tr("Not at all"), ()),
            (self.tr("Equal but for the seed"), (BY_SEED,)),
            (self.model.title("experiment"), ("experiment",)),
            (self.model.title("network"), ("network",)),
            (self.model.title("tags"), ("tags",)),
        ]
        settings = (each for each in differing(self.runs) if each != BY_SEED)
        ways += [(each, (each,)) for each in settings][:_MOST_GROUPINGS]
        for title, keys in ways:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(keys == self.model.grouped)
            action.triggered.connect(partial(self.group_by, keys))

    def group_by(self, keys: tuple[str, ...], *_: object) -> None:
        """Show groups of runs that have these in common; none for the runs themselves."""
        chosen = [each.run.folder for each in self.table.chosen()]
        self.model.group_by(keys)
        self.table.choose(chosen)

    def _offer_columns(self) -> None:
        parts: Mapping[str, Sequence[str]] = {
            self.tr("Run"): [*FACTS],
            self.tr("Figures"): self.model.figures,
            self.tr("Settings"): self.model.settings,
        }
        told = {
            title: [(key, self.model.title(key)) for key in keys] for title, keys in parts.items()
        }
        self.columns.offer(told, self.model.keys)

    def _choose_column(self, key: str, is_shown: bool) -> None:
        keys = [each for each in self.table.keys_in_order() if each != key]
        if is_shown:
            keys.append(key)
        self._show_columns(keys or ["name"])
        self._remember()

    def _show_columns(self, keys: Sequence[str]) -> None:
        chosen = [each.run.folder for each in self.table.chosen()]
        self.model.show_columns(keys)
        self._put_in_order()
        self.table.fit_columns()
        self.table.expand_groups()
        self.table.choose(chosen)

    def _put_in_order(self) -> None:
        """Have columns lie as the model has them: none was dragged."""
        header = self.table.header()
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)

    def _remember(self) -> None:
        self._arrangement.set_listed(_LIST, self.table.keys_in_order())

    def _save(self) -> None:
        """Write the runs that are shown as CSV, with the columns that are shown."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the table"), "runs.csv", self.tr("Tables (*.csv)")
        )
        if not path:
            return
        try:
            write_atomically(Path(path), self.as_csv().encode())
        except OSError as error:
            sentence = self.tr("The table could not be saved: {0}")
            QMessageBox.critical(self, self.tr("Runs"), sentence.format(reason_text(error)))

    def as_csv(self) -> str:
        """Return the runs that are shown as CSV, with their values in full."""
        keys = self.table.keys_in_order()
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(keys)
        for each in self.runs:
            if self.model.query.admits(each):
                rows.writerow([_plain(value_of(each, key)) for key in keys])
        return text.getvalue()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            chosen = [each.run.folder for each in self.table.chosen()]
            self.show_runs(self.runs, chosen, self.total)
            self.table.fit_columns()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(
            self.tr("Search: words, accuracy>0.9, optimizer=Adam, starred")
        )
        self.search.setToolTip(
            self.tr(
                "Words are sought in names, tags and notes. Conditions: accuracy>0.9, lr<=0.01, "
                "optimizer=Adam, tag=good, outcome=finished, starred. A minus before one turns it "
                "round."
            )
        )
        self.grouping.setText(self.tr("Group") + " ▾")
        self.grouping.setToolTip(self.tr("Put runs together that have something in common"))
        self.add.setToolTip(self.tr("Add a run made elsewhere, or logs of TensorBoard"))
        self.save.setToolTip(self.tr("Save the table as CSV"))
        self._tell_count()


def usual_keys(runs: Sequence[Summary], figures: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are shown until others are chosen: with the most frequent figures."""
    counts = Counter(name for each in runs for name in each.run.validation if name != "loss")
    first = [name for name, _ in counts.most_common(1)]
    told = ["loss", *first, *(f"test.{name}" for name in first)]
    return (*_BEFORE, *(each for each in told if each in figures), *_AFTER)


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value
