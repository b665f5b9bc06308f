"""The Data workspace: what was read is shown, can be changed, and comes before any fix."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QInputDialog, QLineEdit, QMenu

from app.data import reading
from app.data.progress import tell
from app.data_panel.columns_model import COLUMN
from app.language.i18n import CHINESE, ENGLISH, translations
from app.look import theme
from app.project.examples import load_example
from app.widgets.button import Button
from app.widgets.problem_card import FixButton, LookButton, ProblemCard
from graph_model.files.storage import dumps, loads
from graph_model.network import empty_project
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipe import Choice
from graph_model.recipes import sources
from graph_model.recipes.columns import ROLES, decided
from graph_model.recipes.facts import ColumnFacts
from graph_model.recipes.parameters import named_words
from tests.app.data_panel.conftest import shown


def texts(panel, field: str) -> list[str]:
    """Return what the rows say in one column of the view."""
    model = panel.columns.model
    place = model.fields.index(field)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_the_columns_of_a_table_are_shown(use, table):
    panel = use("csv", table)
    assert set(texts(panel, "name")) == {"size", "side", "kind"}
    by_name = {c.name: c for c in (panel.columns.model.index(r, 0).data(COLUMN) for r in range(3))}
    assert by_name["size"].distinct == 60
    assert sum(by_name["size"].histogram) == 60


def test_arrays_are_shown_with_shape_and_range(use, tmp_path):
    values = np.linspace(-2, 5, 40 * 6 * 2).reshape(40, 6, 2).astype(np.float32)
    np.savez(tmp_path / "a.npz", X=values, y=np.arange(40) % 2)
    panel = use("npz", tmp_path / "a.npz")
    assert dict(zip(texts(panel, "name"), texts(panel, "shape"), strict=True))["X"] == "N×6×2"
    assert dict(zip(texts(panel, "name"), texts(panel, "range"), strict=True))["X"] == "-2 … 5"
    assert panel.given.batch.pictures.count() == 24  # curves


def test_classes_are_shown_with_counts_and_pictures(use, folder):
    panel = use("image_folder", folder, size=8)
    model = panel.classes.model()
    told = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    assert told == ["blue: 4 · 25\xa0%", "red: 12 · 75\xa0%"]
    colours = [
        model.index(row, 0).data(Qt.ItemDataRole.DecorationRole).toImage().pixelColor(4, 4)
        for row in range(2)
    ]
    assert [c.blue() > c.red() for c in colours] == [True, False]


def test_the_splits_are_those_of_the_training(use, table, document):
    from app.data.splitting import split_samples

    panel = use("csv", table)
    data = reading.load(document.project.recipe.data)
    split = split_samples(data, document.project.recipe)
    parts = {part.name: part for part in panel.preview.parts}
    assert parts["validation"].samples == len(split.validation)
    counts = np.bincount(data.target[split.train], minlength=3)
    assert parts["training"].class_counts == tuple(counts)


def test_a_batch_is_scaled_by_the_training_split_alone(use, table, document):
    from app.data.splitting import split_samples

    panel = use("csv", table)
    data = reading.load(document.project.recipe.data)
    train = split_samples(data, document.project.recipe).train
    mean, deviation = data.features[train].mean(0), data.features[train].std(0)
    batch = panel.preview.batch
    expected = (data.features[list(batch.samples)] - mean) / deviation
    assert np.allclose(next(iter(batch.inputs.values())), expected, atol=1e-5)
    rows = panel.given.batch.rows
    heads = [rows.horizontalHeaderItem(place).text() for place in range(rows.columnCount())]
    assert heads == ["Target", "size", "side = a", "side = b"]
    assert rows.rowCount() == len(batch.samples)


def test_an_input_takes_another_array_by_a_menu(use, document, qtbot, tmp_path):
    np.savez(
        tmp_path / "two.npz",
        X=np.zeros((20, 4), np.float32),
        Z=np.ones((20, 4), np.float32),
        y=np.arange(20) % 3,
    )
    panel = use("npz", tmp_path / "two.npz", features="X", target="y")
    (node,) = document.main.of_kind("Input")
    menus = panel.given.findChildren(QComboBox)
    menu = next(each for each in menus if each.findData("Z") >= 0)
    before = document.project
    menu.activated.emit(menu.findData("Z"))
    assert document.project.recipe.inputs == {node.id: "Z"}
    document.history.undo()
    assert document.project is before


@pytest.fixture
def with_roles(monkeypatch, table):
    """Let tables have roles, and be described with what was proposed, as their reader does."""
    csv = sources.SOURCES["csv"]
    if all(each.name != "roles" for each in csv.parameters):
        csv = replace(csv, parameters=(*csv.parameters, named_words("roles", ROLES)))
        monkeypatch.setitem(sources.SOURCES, "csv", csv)
    describe = reading.describe

    def described(choice: Choice):
        chosen = decided(choice.arguments, "roles")
        plain = {k: v for k, v in choice.arguments.items() if k != "roles"}
        facts = describe(replace(choice, arguments=plain))
        columns = tuple(
            ColumnFacts(name, chosen.get(name, "number"), "number", "it is", "number", ("1", "2"))
            for name in ("size", "side", "kind")
        )
        note = Problem("data_reading_stopped", fixes=(Fix("skip_rows", SetDataArguments({})),))
        return replace(facts, columns=columns, read_as={"delimiter": "comma"}, notes=(note,))

    monkeypatch.setattr(reading, "describe", described)
    return csv


@pytest.mark.usefixtures("with_roles")
def test_a_role_is_chosen_with_the_mouse_and_undone(use, table, document, watch, qtbot):
    panel = use("csv", table)
    columns = panel.columns
    place = columns.model.index(1, columns.model.fields.index("role"))
    assert place.data(Qt.ItemDataRole.ToolTipRole) == "number: proposed\nit is"
    assert columns.is_choosable(place)
    at = columns.table.visualRect(place).center()
    QTest.mouseClick(columns.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = next(each for each in columns.findChildren(QMenu) if each.isVisible())
    ignore = next(each for each in menu.actions() if each.text() == "ignore")
    before = document.project
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(ignore).center())
    assert decided(document.project.recipe.data.arguments, "roles") == {"side": "ignore"}
    assert loads(dumps(document.project)).recipe == document.project.recipe
    shown(panel, watch, qtbot)
    assert texts(panel, "role") == ["number", "ignore", "number"]
    assert columns.model._is_decided(columns.model.index(1, 0).data(COLUMN), "role")
    back = columns.menu_for(columns.model.index(1, 1)).actions()[-1]
    back.trigger()
    assert "roles" not in document.project.recipe.data.arguments
    document.history.undo()
    document.history.undo()
    assert document.project is before


@pytest.mark.usefixtures("with_roles")
def test_what_a_setting_was_taken_for_stands_in_its_field(use, table):
    panel = use("csv", table)
    boxes = panel.source.choice.findChildren(QComboBox)
    assert "auto (comma)" in [box.currentText() for box in boxes]


@pytest.mark.usefixtures("with_roles")
def test_notes_are_cards_with_their_fixes(use, table, document):
    panel = use("csv", table)
    QApplication.processEvents()
    panel._look_again()  # as after an edit of the network
    QApplication.processEvents()
    notes = panel._notes_area
    needed = notes.widget().layout().totalHeightForWidth(notes.viewport().width())
    assert notes.height() >= needed > 40
    (card,) = (c for c in panel._notes_area.findChildren(ProblemCard) if not c.isHidden())
    assert [each.text() for each in card.findChildren(FixButton)] == ["Leave out those rows"]
    assert panel._notes_area.isVisible()


def test_gaps_are_filled_by_a_menu_or_by_a_value_of_ones_own(panel, watch, monkeypatch):
    columns = (
        ColumnFacts("age", "number", "number", examples=("1",), missing=3, filling="median"),
        ColumnFacts("city", "category", "category", examples=("a",), missing=2, filling="category"),
        ColumnFacts("full", "number", "number", examples=("1",)),
    )
    view, chosen = panel.columns, []
    view.choices = {"fillings": (), "codings": ("one_hot", "index", "features", "time")}
    view.model.show_columns(columns, watch.facts, {}, {"codings": {"city": "index"}}, Choice("csv"))
    view.decided.disconnect(panel._decide)  # these columns are of no data
    view.decided.connect(lambda *decision: chosen.append(decision))
    filling = [view.model.index(row, view.model.fields.index("filling")) for row in range(3)]
    assert [view.is_choosable(each) for each in filling] == [True, True, False]
    offered = [[a.text() for a in view.menu_for(each).actions()] for each in filling[:2]]
    assert offered[0][:4] == ["median", "mean", "most frequent", "leave out"]
    assert offered[1][:2] == ["a category of its own", "most frequent"]
    assert [a.text() for a in view.menu_for(filling[0]).actions() if a.isChecked()] == ["median"]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("-1", True))
    next(a for a in view.menu_for(filling[0]).actions() if "own…" in a.text()).trigger()
    next(a for a in view.menu_for(filling[1]).actions() if a.text() == "leave out").trigger()
    assert chosen == [("fillings", "age", "-1"), ("fillings", "city", "leave_out")]
    assert texts(panel, "coding") == ["", "index", ""]


def test_fifty_thousand_columns_are_found_among_and_cost_no_widgets(panel, watch):
    columns = tuple(
        ColumnFacts(f"gene{n}", "number", "number", examples=("1",)) for n in range(50_000)
    )
    panel.columns.model.show_columns(columns, watch.facts, {}, {}, Choice("csv"))
    assert panel.columns.model.rowCount() == 50_000
    panel.columns.search.setText("GENE4999")
    assert texts(panel, "name") == ["gene4999", *(f"gene4999{n}" for n in range(10))]
    assert panel.columns._count.text() == "11 / 50,000 columns"
    assert len(panel.columns.table.viewport().children()) == 0


def test_a_file_is_looked_at_before_a_network_is_made_to_fit_it(
    panel, use, table, document, watch, qtbot
):
    panel.hide()  # nobody looks
    document.edit(
        replace(
            document.project,
            recipe=replace(document.project.recipe, data=Choice("csv", {"path": str(table)})),
        ),
        "data",
    )
    qtbot.waitUntil(lambda: watch.facts is not None)
    problem = next(each for each in watch.problems if each.code == "input_shape")
    from app.project.places import found_in_main

    card = ProblemCard(document, problem, found_in_main(problem, document.state))
    qtbot.addWidget(card)
    assert card.findChildren(FixButton) == []
    wanted = []
    document.readings.wanted.connect(lambda: wanted.append(True))
    card.show()
    QTest.mouseClick(card.findChild(LookButton), Qt.MouseButton.LeftButton)
    assert wanted
    panel.show()  # now somebody does
    assert [each.text() for each in card.findChildren(FixButton)] == ["Set flower to N×3, float32"]
    # read otherwise, they are other data
    other = Choice("csv", {"path": str(table), "delimiter": "semicolon"})
    assert document.readings.come_first(other, problem)
    assert not document.readings.come_first(Choice("iris"), problem)


def test_reading_is_stopped_and_begun_again(panel, document, watch, table, qtbot, monkeypatch):
    goes_on, describe = threading.Event(), reading.describe
    monkeypatch.setattr(reading, "describe", lambda data: goes_on.wait(20) and describe(data))
    recipe = replace(document.project.recipe, data=Choice("csv", {"path": str(table)}))
    document.edit(replace(document.project, recipe=recipe), "data")
    assert panel.source.stop.isVisible()
    QTest.mouseClick(panel.source.stop, Qt.MouseButton.LeftButton)
    assert watch.is_stopped
    assert not watch.fits
    goes_on.set()
    QTest.mouseClick(panel.source.stop, Qt.MouseButton.LeftButton)
    shown(panel, watch, qtbot)
    assert watch.facts.samples == 60
    assert not panel.source.stop.isVisible()


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_every_source_is_shown_in_both_languages(panel, watch, document, qtbot, language):
    translations().use(language)
    try:
        for kind in ("moons", "sequence", "iris"):
            recipe = replace(document.project.recipe, data=Choice(kind))
            document.edit(replace(document.project, recipe=recipe), "data")
            shown(panel, watch, qtbot)
            assert panel.preview is not None
            assert panel.preview.batch is not None
            assert panel.columns.model.rowCount() >= 2
    finally:
        translations().use(ENGLISH)


def test_a_batch_is_what_the_text_of_the_training_makes_of_it(panel, watch, document, qtbot):
    import torch  # noqa: F401  # which the window loads by and by

    project = load_example("digits-resnet")
    flip = Choice("horizontal_flip", {"probability": 1.0})
    document.open(replace(project, recipe=replace(project.recipe, transforms=(flip,))))
    shown(panel, watch, qtbot)
    batch = panel.preview.batch
    assert batch.epoch == 1
    pictures = reading.load(Choice("digits")).features[list(batch.samples)]
    (seen,) = batch.inputs.values()
    mirrored = pictures[..., ::-1]
    assert np.corrcoef(seen.ravel(), mirrored.ravel())[0, 1] > 0.999
    assert panel.given.again.isVisible()
    before = batch.samples
    qtbot.mouseClick(panel.given.again, Qt.MouseButton.LeftButton)
    shown(panel, watch, qtbot)
    assert panel.preview.batch.epoch == 2
    assert panel.preview.batch.samples != before


def test_each_transform_is_seen_alone(panel, watch, document, qtbot):
    import torch  # noqa: F401  # which the window loads by and by

    project = load_example("digits-resnet")
    flips = tuple(Choice(f"{way}_flip", {"probability": 1.0}) for way in ("horizontal", "vertical"))
    document.open(replace(project, recipe=replace(project.recipe, transforms=flips)))
    shown(panel, watch, qtbot)
    choice = panel.given.of_transforms
    assert choice.isVisible()
    words = [choice.itemText(at) for at in range(choice.count())]
    assert words[:2] == ["All transforms", "None of them"]
    seen = []
    for at in range(choice.count()):
        choice.setCurrentIndex(at)
        choice.activated.emit(at)
        shown(panel, watch, qtbot)
        seen.append(next(iter(panel.preview.batch.inputs.values())))
    both, plain, across, down = seen
    for changed, axes in ((both, (2, 3)), (across, (3,)), (down, (2,))):
        np.testing.assert_array_equal(changed, np.flip(plain, axes))
    one = replace(document.project.recipe, transforms=flips[:1])
    document.edit(replace(document.project, recipe=one), "one less")
    assert panel.given.transforms_done is None, "what is no longer there is not shown"


def test_texts_are_shown_as_words(use):
    panel = use("shakespeare_kinds")
    rows = panel.given.batch.rows
    assert [rows.horizontalHeaderItem(place).text() for place in range(2)] == ["Target", "Text"]
    targets = {rows.item(row, 0).text() for row in range(rows.rowCount())}
    assert targets <= {"comedy", "history", "tragedy"}
    first = rows.item(0, 1).text()
    assert len(first.split()) > 20
    assert "<pad>" not in first


def test_a_network_is_drawn_for_data_that_have_none(use, table, document, qtbot):
    document.edit(empty_project(), "nothing")
    panel = use("csv", table)
    (offer,) = (each for each in panel.given.findChildren(Button) if each.isVisible())
    with qtbot.waitSignal(panel.given.drew):
        QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    kinds = [node.kind for node in document.network.nodes.values()]
    assert kinds == ["Input", "Linear", "ReLU", "Linear", "ReLU", "Linear", "Output"]
    assert not document.main.has_errors
    assert len(document.project.layouts["main"]) == 7
    assert not any(each.isVisible() for each in panel.given.findChildren(Button))
    document.history.undo()
    assert not document.network.nodes


def test_the_column_that_is_predicted_stands_in_its_field(use, table):
    panel = use("csv", table)
    (line,) = (
        each for each in panel.source.findChildren(QLineEdit) if each.accessibleName() == "target"
    )
    assert (line.text(), line.placeholderText()) == ("", "kind")
    use("csv", table, target="side")
    assert line.text() == "side"


def test_masks_are_shown_beside_their_pictures(use, tmp_path):
    x = np.random.default_rng(0).random((20, 3, 8, 8)).astype(np.float32)
    np.savez(tmp_path / "a.npz", x=x, y=(x[:, 0] > 0.5).astype(np.uint8))
    panel = use("npz", tmp_path / "a.npz")
    pictures = panel.given.batch.pictures
    image = pictures.item(0).icon().pixmap(200, 200).toImage()
    place = panel.preview.batch.samples[0]
    left = image.width() // 2 + 2
    colours = {image.pixelColor(left + 3 + 6 * at, 3).name() for at in range(8)}
    assert colours == {theme.current().color("border").name(), theme.current().curves[0].lower()}
    is_first = image.pixelColor(left + 3, 3).name() == theme.current().curves[0].lower()
    assert is_first == (x[place, 0, 0, 0] > 0.5)


def test_what_fills_an_array_is_shown_and_can_be_changed(use, tmp_path, document, watch, qtbot):
    x = np.random.default_rng(0).random((20, 3, 8, 8)).astype(np.float32)
    x[4, 1, 2, 3] = np.nan
    np.savez(tmp_path / "a.npz", x=x, y=np.arange(20) % 2)
    panel = use("npz", tmp_path / "a.npz")
    assert texts(panel, "missing") == ["1 · 5\N{NO-BREAK SPACE}%", ""]
    assert texts(panel, "filling") == ["mean", ""]
    model = panel.columns.model
    menu = panel.columns.menu_for(model.index(0, model.fields.index("filling")))
    told = [each.text() for each in menu.actions() if each.text()]
    assert told == ["mean", "median", "leave out", "A value of your own…", "As proposed"]
    menu.actions()[2].trigger()
    shown(panel, watch, qtbot)
    data = document.project.recipe.data
    assert decided(data.arguments, "fillings") == {"x": "leave_out"}
    assert watch.facts.samples == 19
    assert not panel.columns.is_choosable(model.index(1, model.fields.index("filling")))


def test_data_that_take_long_to_look_at_say_so_and_can_be_stopped(
    panel, document, watch, folder, qtbot, monkeypatch
):
    from app.data import preview

    begun, look = threading.Event(), preview.split_samples

    def slow(*arguments):
        begun.set()
        while not panel._reading.is_stopped:
            tell(3, 10)
            begun.wait(0.01)
        tell(3, 10)
        return look(*arguments)

    monkeypatch.setattr(preview, "split_samples", slow)
    data = Choice("image_folder", {"path": str(folder), "size": 8})
    recipe = replace(document.project.recipe, data=data)
    document.edit(replace(document.project, recipe=recipe), "data")
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    assert not panel.columns.isVisible()
    assert panel.waiting.isVisible()
    assert "Looking at the data" in panel.waiting.text.text()
    qtbot.waitUntil(lambda: panel.waiting.bar.value() == 300, timeout=20_000)
    qtbot.mouseClick(panel.waiting.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not panel._looker.is_busy, timeout=20_000)
    assert not panel.waiting.bar.isVisible()
    assert "not looked at to the end" in panel.waiting.text.text()
    monkeypatch.setattr(preview, "split_samples", look)
    qtbot.mouseClick(panel.waiting.button, Qt.MouseButton.LeftButton)
    shown(panel, watch, qtbot)
    assert panel.columns.isVisible()
    assert not panel.waiting.isVisible()


def test_few_rows_are_all_shown_and_leave_the_rest_to_the_classes(use, folder, table, tmp_path):
    panel = use("image_folder", folder, size=8)

    def heights() -> list[int]:
        return panel._halves.sizes()

    def shown_rows() -> int:
        view = panel.columns.table
        return view.viewport().height() // view.rowHeight(0)

    assert shown_rows() >= 2
    assert heights()[0] < 200 < heights()[1]
    wide = tmp_path / "wide.csv"
    rows = [",".join(str(row * at % 7 + at) for at in range(12)) for row in range(30)]
    wide.write_text("\n".join([",".join(f"c{at}" for at in range(12)), *rows]), encoding="utf-8")
    use("csv", wide)
    assert heights()[0] > 300
    assert shown_rows() > 2
