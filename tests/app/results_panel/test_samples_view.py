"""Results are legible: captions of samples, rows with their columns, in the language in use."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from app.language.i18n import CHINESE, ENGLISH, translations
from app.language.sentences import translate
from app.results_panel.answer_view import AnswerView
from app.results_panel.described import in_lines
from app.results_panel.forecast_view import ForecastView
from app.results_panel.sample_list import SampleList
from app.runs.looks import Looks
from app.runs.predictions import Predictions
from app.training.newest import Forecast
from graph_model.recipes.source_kinds.bundled import FASHION_CLASSES

PLACES = np.arange(3)
PICTURES = Looks(PLACES, pictures=np.random.default_rng(0).random((3, 1, 28, 28)))


def predictions(names: tuple[str, ...] = FASHION_CLASSES) -> Predictions:
    """Three ankle boots, each taken with certainty for a T-shirt."""
    scores = np.zeros((3, len(names)), np.float32)
    scores[:, 0] = 1
    true = np.full(3, len(names) - 1)
    losses = np.ones(3, np.float32)
    return Predictions("out", names, PLACES, np.zeros(3, int), true, scores, losses)


def test_a_description_is_told_in_lines() -> None:
    assert in_lines("Ankle boot → Sandal 100 %") == ["Ankle boot", "→ Sandal 100 %"]
    assert in_lines("a → b → c 9 %") == ["a → b", "→ c 9 %"]
    assert in_lines("0.31") == ["0.31"]


def test_each_caption_has_room_for_its_lines(qtbot: QtBot) -> None:
    view = SampleList()
    qtbot.addWidget(view)
    view.show_samples(predictions(), PLACES, PICTURES)
    assert view.currentWidget() is view.cards
    item = view.cards.item(0)
    metrics = view.cards.fontMetrics()
    lines = item.text().split("\n")
    assert lines[0] == "Ankle boot"
    assert lines[1] == "→ T-shirt/top", "the name is whole"
    assert lines[2] == "100\N{NO-BREAK SPACE}%"
    assert all(metrics.horizontalAdvance(line) <= item.sizeHint().width() for line in lines)
    spare = item.sizeHint().height() - view.cards.iconSize().height()
    assert spare >= len(lines) * metrics.lineSpacing()
    assert item.toolTip().startswith("Ankle boot → T-shirt/top · 100")


def test_rows_of_a_table_have_the_names_of_its_columns(qtbot: QtBot) -> None:
    view = SampleList()
    qtbot.addWidget(view)
    cells = (("5.1", "left"), ("4", "right"), ("3.2", ""))
    looks = Looks(PLACES, columns=("size", "side"), cells=cells)
    view.show_samples(predictions(("no", "yes")), np.array([2, 0, 1]), looks)
    assert view.currentWidget() is view.rows
    heads = [view.rows.horizontalHeaderItem(n).text() for n in range(view.rows.columnCount())]
    assert heads == ["Sample", "true", "predicted", "loss", "size", "side"]
    row = [view.rows.item(1, n).text() for n in range(6)]
    assert row == ["0", "yes", "no · 100\N{NO-BREAK SPACE}%", "1", "4", "right"]
    with qtbot.waitSignal(view.opened) as opened:
        view.rows.activated.emit(view.rows.model().index(0, 3))
    assert opened.args == [2]


def test_what_is_tried_is_told_whole(qtbot: QtBot) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    one = predictions()
    one = Predictions(one.output, one.class_names, PLACES[:1], one.predicted[:1], one.true[:1],
                      one.scores[:1], one.losses[:1])  # fmt: skip
    assert PICTURES.pictures is not None
    view.show_prediction(one, PICTURES.pictures[0])
    assert view.verdict.text() == "T-shirt/top · 100\N{NO-BREAK SPACE}%"
    assert view.bars.shown[0] == ("T-shirt/top", 1.0)
    assert len(view.bars.shown) == 5
    view.resize(view.minimumSizeHint())
    view.show()
    assert view.verdict.height() >= view.verdict.sizeHint().height()


def test_several_rows_of_a_file_are_all_told(qtbot: QtBot) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    values = np.array([[1.5, 2], [3, 4], [5, 6.25]])
    nothing = np.empty(0, np.float32)
    told = Predictions("out", (), PLACES, values, np.empty(0), nothing.reshape(0, 0), nothing)
    view.show_prediction(told)
    assert not view.table.isHidden()
    rows = [[view.table.item(r, c).text() for c in range(3)] for r in range(3)]
    assert rows == [["1", "1.5", "2"], ["2", "3", "4"], ["3", "5", "6.25"]]


def test_classes_of_bundled_data_are_named_in_chinese(qapp: object) -> None:
    translations().use(CHINESE)
    try:
        assert translate("ClassName", "Ankle boot") == "短靴"
        assert translate("ArrayName", "petal width") == "花瓣宽度"
        assert translate("ClassName", "a class of one's own") == "a class of one's own"
    finally:
        translations().use(ENGLISH)


def test_a_forecast_has_a_row_for_each_series(qtbot: QtBot) -> None:
    view = AnswerView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    nothing = np.empty(0, np.float32)
    ahead = np.array([[1.5, 2.5], [10, 20]])
    told = Predictions("next", (), PLACES[:2], ahead, np.empty(0), nothing.reshape(0, 0), nothing)
    windows = np.arange(12, dtype=np.float32).reshape(2, 3, 2)
    view.show_forecast(Forecast(told, windows, ("north", "south"), (1,)))
    forecast = view.findChild(ForecastView)
    table = forecast.table
    cells = [[table.item(row, column).text() for column in range(2)] for row in range(2)]
    assert cells == [["1.5", "2.5"], ["10", "20"]]
    table.setCurrentCell(1, 0)
    assert forecast.told == "south"
    past, next_ = forecast.plot.plotItem.listDataItems()
    np.testing.assert_array_equal(past.yData, windows[1, :, 1])
    np.testing.assert_array_equal(next_.yData, [windows[1, -1, 1], 10, 20])
    assert list(forecast.rows)[1] == ("north", 1, 0, 1.5)
    view.clear()
    assert not forecast.isVisible()
