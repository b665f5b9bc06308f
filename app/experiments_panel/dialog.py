"""Asks what an experiment varies: settings with their values, how many trials, how many at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
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

from app.experiments.experiment import Experiment
from app.experiments.presets import presets
from app.experiments.trials import MOST, Settings, combinations, name_of, number_of
from app.experiments_panel.setting_row import SettingRow
from app.experiments_panel.words import LACKS, TITLES
from app.language.sentences import problem_sentence, translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel
from app.widgets.staying_menu import StayingMenu
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Objective
from graph_model.recipes.setting_names import setting_names

_WIDTH: Final = 620
_NUMBER: Final = 96
"""The width, in pixels, of a field for a number."""


@frozen
class Plan:
    """What was asked for: trials of an experiment, so many at once."""

    experiment: Experiment
    trials: tuple[Settings, ...]
    at_once: int


class ExperimentDialog(QDialog):
    """Varies settings of a project; :attr:`plan` is what was asked for once it is accepted.

    ``usual`` is what Outputs are trained for where the recipe does not say, ``added_to`` the name
    of the experiment to which more is added, if it is to one.
    """

    def __init__(
        self,
        project: Project,
        usual: Sequence[Objective],
        added_to: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project, self._usual = project, usual
        self._names = setting_names(project)
        self.rows: list[SettingRow] = []
        self.plan: Plan | None = None
        more = self.tr("Add runs to the experiment")
        self.setWindowTitle(more if added_to else self.tr("Experiment"))
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(added_to or self.tr("Experiment"))
        self.name.setReadOnly(bool(added_to))
        self.offers = QToolButton()
        self.offers.setText(self.tr("Often made") + " ▾")
        self.offers.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.offers.setMenu(self._offers())
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE)
        self._add = Button(self.tr("Vary another setting"))
        self._add.clicked.connect(lambda: self.add_row())
        self.some = QCheckBox(self.tr("Only some of the combinations, by chance:"))
        self.count, self.at_once = (unmoved_by_wheel(QSpinBox()) for _ in range(2))
        self.count.setRange(1, MOST)
        self.count.setValue(10)
        self.at_once.setRange(1, max(1, os.cpu_count() or 1))
        for number in (self.count, self.at_once):
            number.setFixedWidth(_NUMBER)
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
        for changed in (self.some.toggled, self.count.valueChanged, self.at_once.valueChanged):
            changed.connect(lambda *_: self.refresh())
        self.name.textChanged.connect(lambda _: self.refresh())
        self.add_row("lr")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.offers)
        some = QHBoxLayout()
        some.addWidget(self.some)
        some.addWidget(self.count)
        some.addStretch(1)
        add = QHBoxLayout()
        add.addWidget(self._add)
        add.addStretch(1)
        help = QLabel(
            self.tr(
                "Values: 0.1, 0.01 · 1e-5..1e-1 log 5 · 0..4 · with, without · "
                "SGD momentum=0.9, Adam. Every combination is one run."
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
        for part in (add, some):
            box.addLayout(part)
        for widget in (help, self._told):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self._buttons)

    def _offers(self) -> StayingMenu:
        menu, there = StayingMenu(self), presets(self._project)
        for key, title in TITLES.items():
            words = translate("Experiment", title)
            action = menu.addAction(words)
            action.setEnabled(key in there)
            if key in there:
                action.triggered.connect(partial(self.show_settings, words, there[key]))
            else:
                action.setToolTip(translate("Experiment", LACKS[key]))
        return menu

    def show_settings(self, name: str, settings: Mapping[str, str], *_: object) -> None:
        """Have these settings varied, in an experiment of this name."""
        for row in [*self.rows]:
            self._drop(row)
        if not self.name.isReadOnly():
            self.name.setText(name)
        for setting, values in settings.items():
            self.add_row(setting, values)

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
        if isinstance(found, Plan):
            first = name_of(found.trials[0])
            words = self.tr("%n run(s), the first with {0}.", "", len(found.trials))
            self._told.setText(words.format(first))
        else:
            self._told.setText(found)
        set_role(self._told, "caption" if self.plan is not None else "error")

    def _planned(self) -> Plan | str:
        """Return what is asked for, or why that cannot be done."""
        written = [row for row in self.rows if not row.is_empty]
        if not written:
            return self.tr("Choose a setting to vary.")
        names = [row.setting for row in written]
        twice = next((each for each in names if names.count(each) > 1), None)
        if twice is not None:
            return self.tr("“{0}” is varied twice.").format(twice)
        try:
            values = {row.setting: row.found() for row in written}
            count, some = number_of(values), self.count.value() if self.some.isChecked() else 0
            if min(count, some or count) > MOST:
                most = {"count": f"{count:,}", "most": f"{MOST:,}"}
                raise Refusal(Problem("too_many_values", most))
            found = tuple(combinations(values, some))
            name = self.name.text().strip() or self.tr("Experiment")
            experiment = Experiment(name, self._project, self._usual)
            for each in found:
                experiment.project_of(each)
        except Refusal as refused:
            return problem_sentence(refused.problem)
        return Plan(experiment, found, self.at_once.value())
