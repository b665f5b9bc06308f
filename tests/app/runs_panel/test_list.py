"""The list of runs: searched, sorted, grouped, with columns of one's choice, written in."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs import index
from app.runs.folder import runs_folder
from app.runs.groups import BY_SEED
from app.runs.labels import Labels, read_labels
from app.runs_panel.model import ROW
from app.runs_panel.panel import RunsPanel
from app.runs_panel.runs_list import RunsList
from app.runs_panel.words import told_apart
from app.settings import SettingsStore
from app.widgets.arrangement import Arrangement
from graph_model.network import empty_project
from tests.app.runs.kept import keep_run

NUMBER = 4
"""How many runs there are: the later they began, the lower their loss."""


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def panel(qtbot: QtBot, look: None, store: SettingsStore) -> RunsPanel:
    for number in range(NUMBER):
        losses = (1.0, 0.5 / 2**number)
        settings = {"seed": str(number), "lr": "0.1" if number < 3 else "0.01"}
        keep_run(runs_folder() / f"2026-01-01 00.00.0{number} Net", losses, settings)
    return shown(qtbot, store)


def shown(qtbot: QtBot, store: SettingsStore) -> RunsPanel:
    panel = RunsPanel(Document(empty_project()), Arrangement(store))
    qtbot.addWidget(panel)
    panel.resize(1200, 800)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.list.runs) == NUMBER)
    return panel


def column(panel: RunsPanel, key: str) -> list[str]:
    model = panel.list.model
    at = model.keys.index(key)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def last_letters(panel: RunsPanel) -> str:
    return "".join(text.removesuffix(" Net")[-1] for text in column(panel, "name"))


def folder(number: int) -> Path:
    return runs_folder() / f"2026-01-01 00.00.0{number} Net"


def written(panel: RunsPanel, qtbot: QtBot, number: int, expected: Labels) -> None:
    """Wait until the list shows labels, and see that they are kept."""

    def labels() -> list[Labels]:
        return [each.labels for each in panel.list.runs if each.run.folder == folder(number)]

    qtbot.waitUntil(lambda: labels() == [expected])
    assert read_labels(folder(number)) == expected


def test_the_newest_run_is_first_and_chosen(panel: RunsPanel) -> None:
    assert last_letters(panel) == "3210"
    assert [each.run.folder for each in panel.list.table.chosen()] == [folder(3)]
    assert column(panel, "loss")[0] == "0.0625"
    assert column(panel, "test.accuracy")[0] == "0.9375"
    assert column(panel, "lr")[:2] == ["0.01", "0.1"]


def test_of_many_runs_some_are_there_while_the_rest_is_read(
    panel: RunsPanel, qtbot: QtBot, store: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FEW", 2)
    monkeypatch.setattr(index, "FIRST", 2)
    told: list[tuple[str, str]] = []
    show = RunsList.show_runs

    def watched(shown: RunsList, *given: Any) -> None:
        show(shown, *given)
        told.append((shown._count.text(), str(len(shown.table.chosen()))))
        if len(told) == 1:
            shown.table.choose([folder(2)])

    monkeypatch.setattr(RunsList, "show_runs", watched)
    later = shown(qtbot, store)
    assert told == [("2 of 5", "1"), ("4 runs", "1")], "the index counts until all are read"
    assert [each.run.folder for each in later.list.table.chosen()] == [folder(2)]


def test_a_search_leaves_what_it_means_and_says_how_many(panel: RunsPanel) -> None:
    panel.list.search.setText("loss>0.1 lr=0.1")
    assert last_letters(panel) == "210"
    assert panel.list._count.text() == "3 of 4"
    panel.list.search.setText("colour=3")
    assert panel.list._count.text() == "No run has “colour”"
    panel.list.search.setText("nothing like it")
    assert panel.list.table.chosen() == []
    panel.list.search.clear()
    assert last_letters(panel) == "3210"


def test_a_click_on_a_title_sorts_by_value(panel: RunsPanel) -> None:
    table, keys = panel.list.table, panel.list.model.keys
    table.sortByColumn(keys.index("loss"), Qt.SortOrder.AscendingOrder)
    assert column(panel, "loss") == ["0.0625", "0.125", "0.25", "0.5"]
    table.sortByColumn(keys.index("loss"), Qt.SortOrder.DescendingOrder)
    assert column(panel, "loss") == ["0.5", "0.25", "0.125", "0.0625"]
    table.sortByColumn(-1, Qt.SortOrder.DescendingOrder)
    assert last_letters(panel) == "3210"


def test_groups_of_seeds_tell_mean_and_deviation(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.list.group_by((BY_SEED,))
    model, loss = panel.list.model, panel.list.model.keys.index("loss")
    assert column(panel, "name") == ["Net — 1 run", "Net — 3 runs"]
    assert model.index(1, loss).data() == "0.2917 ± 0.19"  # of 0.5, 0.25 and 0.125
    below = model.index(1, 0)
    assert [model.index(at, loss, below).data() for at in range(model.rowCount(below))] == [
        "0.125",
        "0.25",
        "0.5",
    ]
    assert model.parent(model.index(2, loss, below)) == below
    table = panel.list.table
    table.selectionModel().select(
        below,
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
    )
    assert len(table.chosen()) == 4
    comparison = panel.run_side.comparison
    qtbot.waitUntil(lambda: "Net, mean of 3" in comparison.plot.legend)
    assert len(comparison.plot._bands) == 1, "for the group; the run by itself has none"


def test_columns_are_chosen_and_remembered(
    panel: RunsPanel, qtbot: QtBot, store: SettingsStore
) -> None:
    panel.list._choose_column("best.accuracy", True)
    panel.list._choose_column("outcome", False)
    keys = panel.list.model.keys
    assert keys[-1] == "best.accuracy"
    assert "outcome" not in keys
    header = panel.list.table.header()
    header.moveSection(header.visualIndex(len(keys) - 1), 1)
    assert panel.list.table.keys_in_order()[:3] == ("starred", "best.accuracy", "name")
    panel.list._arrangement.save()
    again = shown(qtbot, store)
    assert again.list.model.keys[:3] == ("starred", "best.accuracy", "name")


def test_every_column_there_is_can_be_found_in_the_menu(panel: RunsPanel, qtbot: QtBot) -> None:
    menu = panel.list.columns
    menu.search.setText("momentum")
    assert all(part.isHidden() for part, _ in menu._parts), "Adam has none"
    menu.search.setText("beta")
    found = [each for _, items in menu._parts for each in items if not each.isHidden()]
    assert [each.text(0) for each in found] == ["optimizer.beta1", "optimizer.beta2"]
    with qtbot.waitSignal(menu.chosen) as chosen:
        found[0].setCheckState(0, Qt.CheckState.Checked)
    assert chosen.args == ["optimizer.beta1", True]
    assert column(panel, "optimizer.beta1") == ["0.9"] * NUMBER


def test_a_run_is_renamed_tagged_noted_and_starred(
    panel: RunsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, keys = panel.list.model, panel.list.model.keys
    assert model.setData(model.index(0, keys.index("name")), "Best")
    written(panel, qtbot, 3, Labels("Best"))
    assert column(panel, "name")[0] == "Best"
    assert [each.run.folder for each in panel.list.table.chosen()] == [folder(3)]
    assert model.setData(model.index(0, keys.index("tags")), "good，lr")
    written(panel, qtbot, 3, Labels("Best", ("good", "lr")))
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_: ("why", True))
    panel.list.labelling.ask_for_note()
    written(panel, qtbot, 3, Labels("Best", ("good", "lr"), "why"))
    star = panel.list.table.visualRect(model.index(0, keys.index("starred"))).center()
    viewport = panel.list.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=star)
    written(panel, qtbot, 3, Labels("Best", ("good", "lr"), "why", is_starred=True))
    assert not model.setData(model.index(0, keys.index("loss")), "0")
    assert model.setData(model.index(0, keys.index("name")), folder(3).name), "its own again"
    written(panel, qtbot, 3, Labels("", ("good", "lr"), "why", is_starred=True))


def test_tags_of_several_runs_leave_those_that_only_some_have(
    panel: RunsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = panel.list.model
    model.setData(model.index(0, model.keys.index("tags")), "old")
    written(panel, qtbot, 3, Labels(tags=("old",)))
    panel.list.table.choose([folder(3), folder(2)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, text: (text + "both", True))
    panel.list.labelling.ask_for_tags()
    written(panel, qtbot, 3, Labels(tags=("old", "both")))
    written(panel, qtbot, 2, Labels(tags=("both",)))


def test_deleted_runs_come_back(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.list.table.choose([folder(3), folder(1)])
    QTest.keyClick(panel.list.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(panel.list.runs) == 2)
    assert not folder(3).exists()
    assert panel.deleted.isVisible()
    assert panel.deleted._text.text().startswith("2 runs deleted.")
    panel.deleted.undo.click()
    qtbot.waitUntil(lambda: len(panel.list.runs) == NUMBER)
    assert folder(3).exists()
    assert not panel.deleted.isVisible()
    assert {each.run.folder for each in panel.list.table.chosen()} == {folder(3), folder(1)}


def test_a_run_that_cannot_be_deleted_is_said(
    panel: RunsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *parts: said.append(parts[-1]))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    panel.delete_chosen()
    assert said == [f"{folder(3).name} could not be deleted: Permission denied"]
    assert not panel.deleted.isVisible()


def test_a_new_run_is_chosen_when_it_has_ended(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.list.table.choose([folder(1)])
    keep_run(runs_folder() / "2026-01-02 00.00.00 Net")
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.list.runs) == NUMBER + 1)
    (chosen,) = panel.list.table.chosen()
    assert chosen.run.folder.name == "2026-01-02 00.00.00 Net"


def test_the_table_is_saved_as_it_is_shown(
    panel: RunsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.list.search.setText("lr=0.1")
    path = tmp_path / "runs.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    panel.list.save.click()
    with path.open() as file:
        rows = [*csv.DictReader(file)]
    assert [float(each["loss"]) for each in rows] == [0.125, 0.25, 0.5]
    assert set(rows[0]) == set(panel.list.model.keys)


def test_the_menu_of_a_run_has_what_can_be_done_with_it(panel: RunsPanel) -> None:
    panel._show_menu(QPoint(5, 5))
    (menu,) = [each for each in panel.findChildren(QMenu) if each.isVisible()]
    words = [each.text() for each in menu.actions() if not each.isSeparator()]
    assert words[:4] == ["Rename", "Star", "Tags…", "Note…"]
    assert "Delete" in words
    menu.close()


def test_runs_go_to_tensorboard_and_come_from_there(
    panel: RunsPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *parts: said.append(parts[-1]))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    panel.list.add.click()
    assert "is no run" in said.pop()
    menu = QMenu()
    panel.exchange.add_to(menu, panel.list.table.chosen())
    menu.actions()[0].trigger()
    logs = tmp_path / folder(3).name
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(logs))
    panel.list.add.click()
    qtbot.waitUntil(lambda: len(panel.list.runs) == NUMBER + 1)
    (chosen,) = panel.list.table.chosen()
    assert chosen.run.last["loss"] == 0.0625
    assert said == []


def test_two_runs_are_compared_by_what_differs(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.list.table.choose([folder(3), folder(2)])
    view = panel.run_side.comparison
    qtbot.waitUntil(lambda: view.figure.count() == 3)
    view.along.setCurrentIndex(view.along.findText("epochs"))
    assert view.plot.end == 2.0
    view.along.setCurrentIndex(view.along.findText("seconds"))
    assert view.plot.end == 4.0
    view.figure.setCurrentIndex(view.figure.findText("Training loss"))
    assert [*view.plot.values_at(4.0).values()] == [0.0625 / 2, 0.125 / 2]
    top = [view.differences.topLevelItem(at) for at in range(4)]
    recipe = top[1]
    assert recipe is not None
    rows = [recipe.child(at) for at in range(recipe.childCount())]
    assert [[row.text(at) for at in range(3)] for row in rows] == [
        ["seed", "3", "2"],
        ["lr", "0.01", "0.1"],
    ]
    assert [each.text(0) for each in top if each] == ["Result", "Recipe", "Drawing"]
    assert view.canvas.isVisible()
    panel.list.table.choose([folder(3), folder(2), folder(1)])
    assert not view.canvas.isVisible()


def test_other_words_are_shown_in_another_language(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.list.table.choose([folder(2)])
    header = panel.list.table.header()
    header.resizeSection(1, 30)
    panel.list.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert [each.run.folder for each in panel.list.table.chosen()] == [folder(2)]
    assert header.sectionSize(1) >= header.sectionSizeHint(1) > 30
    assert isinstance(panel.list.grouping, QToolButton)
    assert panel.list.model.index(0, 0).data(ROW).run.folder == folder(3)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["2026-11-30 17.21 MLP", "2026-11-30 17.18 MLP"], ["17.21", "17.18"]),
        (["mlp wide", "mlp"], ["mlp wide", "mlp"]),
        (["same run", "same run"], ["run", "run"]),
        (["alone at last"], ["alone at last"]),
    ],
)
def test_names_are_told_apart_by_what_they_do_not_share(names: list[str], told: list[str]) -> None:
    assert told_apart(names) == told
