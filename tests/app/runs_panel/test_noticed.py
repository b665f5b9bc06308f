"""A run of the past tells what was noticed of it."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.runs.events import Noticed, as_json
from app.runs.folder import log_of
from app.runs.summaries import summary_of
from app.runs_panel.run_view import RunView
from app.widgets.arrangement import Arrangement
from graph_model.problems import Problem
from tests.app.runs.kept import keep_run


def test_a_run_of_the_past_tells_what_was_noticed_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "2026-01-01 00.00.00 Net"
    keep_run(folder, (1.0, 0.5), {})
    values = {"first": "1.1", "now": "90", "moved": "300 %", "rate": "1"}
    told = Noticed(1, Problem("rate_too_high", values), "", "main")
    lines = log_of(folder).read_text().splitlines()
    lines.insert(1, json.dumps(as_json(told), ensure_ascii=False))
    log_of(folder).write_text("\n".join(lines) + "\n")
    view = RunView(Arrangement())
    qtbot.addWidget(view)
    view.show_runs([summary_of(folder)])

    def words() -> list[str]:
        return [each.text() for each in view.findChildren(QLabel)]

    qtbot.waitUntil(lambda: told.problem.message in words())
