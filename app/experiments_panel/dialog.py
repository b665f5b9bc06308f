"""Asks what an experiment varies: settings with their values, how many trials, how many at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.experiments.experiment import Experiment, Search
from app.experiments.presets import presets
from app.experiments.trials import MOST, Settings, combinations, name_of, number_of
from app.experiments_panel.setting_row import SettingRow
from app.experiments_panel.way_row import NUMBER, WayRow
from app.experiments_panel.words import LACKS, TITLES
from app.language.sentences import problem_sentence, translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from app.widgets.reasons import Reason, set_reason
from app.widgets.scrolling import unmoved_by_wheel
from app.widgets.staying_menu import StayingMenu
from graph_model.frozen import frozen
from graph_model.problems import Problem, Refusal
from graph_model.recipes.setting_names import setting_names

_WIDTH: Final = 620


@frozen
class Plan:
    """What was asked for: trials of an experiment, so many at once, and more to be proposed."""

    experiment: Experiment
    trials: tuple[Settings, ...]
    at_once: int
    proposed: int = 0
    """How many trials are to be proposed by what those before have reached."""


class ExperimentDialog(QDialog):
    """Varies settings of a project; :attr:`plan` is what was asked for once it is accepted.

    ``experiment`` has the project; trials are added to it where ``is_added``, in the way in which
    its others were found.
    """

    def __init__(
        self, experiment: Experiment, *, is_added: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._experiment, self._is_added = experiment, is_added
        self._names = setting_names(experiment.project)
        self.rows: list[SettingRow] = []
        self.plan: Plan | None = None
        self._lacking = ""
        """Why what was asked for is not to be had, until something else is varied."""
        more = self.tr("Add runs to the experiment")
        self.setWindowTitle(more if is_added else self.tr("Experiment"))
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(experiment.name or self.tr("Experiment"))
        self.name.setReadOnly(is_added)
        self.offers = QToolButton()
        self.offers.setText(self.tr("Often made") + " ▾")
        self.offers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.offers.setMenu(self._offers())
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE)
        self._add = Button(self.tr("Vary another setting"))
        self._add.clicked.connect(lambda: self.add_row())
        self.way = WayRow()
        self.way.changed.connect(self.refresh)
        self.at_once = unmoved_by_wheel(QSpinBox())
        self.at_once.setRange(1, max(1, os.cpu_count() or 1))
        self.at_once.setFixedWidth(NUMBER)
        self.at_once.setValue(min(2, self.at_once.maximum()))
        self._told = QLabel()
        self._told.setWordWrap(True)
        ok, cancel = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
        self._buttons = QDialogButtonBox(ok | cancel)
        self._ok = self._buttons.button(ok)
        self._ok.setText(self.tr("Start"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self.at_once.valueChanged.connect(lambda _: self.refresh())
        self.name.textChanged.connect(lambda _: self.refresh())
        self._fill()

    def _fill(self) -> None:
        """Begin with a learning rate, or with what the experiment varies."""
        search = self._experiment.search
        self.way.show_experiment(self._experiment, is_added=self._is_added)
        if search is None:
            self.add_row("lr")
            return
        for name, values in search.values.items():
            self.add_row(name, values)
        stays = Reason(self.tr("What an experiment varies by TPE stays as it began."))
        for widget in (*self.rows, self._add, self.offers):
            set_reason(widget, stays)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.offers)
        add = QHBoxLayout()
        add.addWidget(self._add)
        add.addStretch(1)
        help = QLabel(
            self.tr(
                "Values: 0.1, 0.01 · 1e-5..1e-1 log 5 · 0..4 · with, without · "
                "SGD momentum=0.9, Adam. TPE takes ranges, too: 1e-5..1e-1 log · 0..0.5 · 16..256."
            )
        )
        help.setWordWrap(True)
        set_role(help, "caption")
        form = QFormLayout()
        form.addRow(self.tr("Name"), head)
        form.addRow(self.tr("At once"), self.at_once)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addLayout(form)
        box.addLayout(self._column)
        box.addLayout(add)
        for widget in (self.way, help, self._told):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self._buttons)

    def _offers(self) -> StayingMenu:
        menu, there = StayingMenu(self), presets(self._experiment.project)
        for key, title in TITLES.items():
            words = translate("Experiment", title)
            action = menu.addAction(words)
            action.setEnabled(key in there)
            if key in there:
                action.triggered.connect(partial(self.show_settings, words, there[key]))
            else:
                action.setToolTip(translate("Experiment", LACKS[key]))
        return menu

    def show_offer(self, key: str) -> None:
        """Have one of the experiments on offer; where it is not to be had, say why."""
        found = presets(self._experiment.project).get(key)
        self._lacking = translate("Experiment", LACKS[key]) if found is None else ""
        self.show_settings(translate("Experiment", TITLES[key]), found or {})
        self._ok.setFocus()

    def show_settings(self, name: str, settings: Mapping[str, str], *_: object) -> None:
        """Have these settings varied, in an experiment of this name."""
        for row in [*self.rows]:
            self._drop(row)
        if not self.name.isReadOnly():
            self.name.setText(name)
        for setting, values in settings.items():
            self.add_row(setting, values)
        self.refresh()

    def add_row(self, setting: str = "", values: str = "") -> None:
        """Vary another setting."""
        row = SettingRow(self._names)
        row.show_setting(setting, values)
        row.changed.connect(self.refresh)
        row.removed.connect(self._drop)
        self.rows.append(row)
        self._column.addWidget(row)
        (row.values if setting else row.name).setFocus()
        self.refresh()

    def _drop(self, row: object) -> None:
        assert isinstance(row, SettingRow)
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.refresh()

    def refresh(self) -> None:
        """Say how many trials there are, or what is wrong with what was written."""
        found = self._planned()
        self.plan = found if isinstance(found, Plan) else None
        self._ok.setEnabled(self.plan is not None)
        if isinstance(found, str):
            self._told.setText(found)
        elif found.proposed:
            self._told.setText(self.tr("%n run(s), as TPE proposes them.", "", found.proposed))
        else:
            first = name_of(found.trials[0])
            words = self.tr("%n run(s), the first with {0}.", "", len(found.trials))
            self._told.setText(words.format(first))
        set_role(self._told, "caption" if self.plan is not None else "error")

    def _planned(self) -> Plan | str:
        """Return what is asked for, or why that cannot be done."""
        written = [row for row in self.rows if not row.is_empty]
        if not written:
            return self._lacking or self.tr("Choose a setting to vary.")
        names = [row.setting for row in written]
        twice = next((each for each in names if names.count(each) > 1), None)
        if twice is not None:
            return self.tr("“{0}” is varied twice.").format(twice)
        try:
            return self._plan(written)
        except Refusal as refused:
            return problem_sentence(refused.problem)

    def _plan(self, rows: Sequence[SettingRow]) -> Plan:
        """Return what is asked for; raises ``Refusal`` where that cannot be done."""
        name = self.name.text().strip() or self.tr("Experiment")
        experiment = replace(self._experiment, name=name, prunes=self.way.prunes)
        at_once = self.at_once.value()
        if self.way.proposes:
            search = Search({row.setting: row.values.text() for row in rows}, self.way.seed)
            experiment = replace(experiment, search=search)
            for settings in search.ends:
                experiment.project_of(settings)
            return Plan(experiment, (), at_once, self.way.count)
        values = {row.setting: row.found() for row in rows}
        count, some = number_of(values), self.way.some
        if min(count, some or count) > MOST:
            raise Refusal(Problem("too_many_values", {"count": f"{count:,}", "most": f"{MOST:,}"}))
        trials = tuple(combinations(values, some, self.way.seed))
        for settings in trials:
            experiment.project_of(settings)
        return Plan(experiment, trials, at_once)
