"""Results are legible: names of classes, captions of samples, in the language in use."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize

from app.language.i18n import CHINESE, ENGLISH, translations
from app.language.sentences import translate
from app.results_panel.charts import ConfusionView
from app.results_panel.samples_view import SamplesView, TryView, in_lines
from app.runs.predictions import Predictions
from graph_model.recipes.source_kinds.bundled import FASHION_CLASSES

PICTURES = np.random.default_rng(0).random((3, 1, 28, 28))


def predictions(names=FASHION_CLASSES) -> Predictions:
    """Three ankle boots, each taken with certainty for a T-shirt."""
    scores = np.zeros((3, len(names)))
    scores[:, 0] = 1
    true = np.full(3, len(names) - 1)
    places = np.arange(3)
    return Predictions("out", names, places, np.zeros(3, int), true, scores, np.ones(3))


def test_a_description_is_told_in_lines():
    assert in_lines("Ankle boot → Sandal 100 %") == ["Ankle boot", "→ Sandal 100 %"]
    assert in_lines("a → b → c 9 %") == ["a → b", "→ c 9 %"]
    assert in_lines("0.31") == ["0.31"]


def test_each_caption_has_room_for_its_lines(qtbot):
    view = SamplesView()
    qtbot.addWidget(view)
    view.show_samples(predictions(), range(3), PICTURES)
    item = view._list.item(0)
    metrics = view._list.fontMetrics()
    lines = item.text().split("\n")
    assert lines[0] == "Ankle boot"
    assert all(metrics.horizontalAdvance(line) <= item.sizeHint().width() for line in lines)
    spare = item.sizeHint().height() - view._list.iconSize().height()
    assert spare >= len(lines) * metrics.lineSpacing()
    assert item.toolTip().startswith("Ankle boot → T-shirt/top 100")


def test_what_is_tried_is_told_whole(qtbot):
    view = TryView()
    qtbot.addWidget(view)
    view.show_limits(3)
    view.show_prediction(predictions(), PICTURES)
    assert view._verdict.text().split("\n")[0] == "Ankle boot"
    view.resize(view.minimumSizeHint())
    view.show()
    assert view._verdict.height() >= view._verdict.sizeHint().height()
    assert view._verdict.width() >= view._verdict.sizeHint().width()


@pytest.mark.parametrize("names", [FASHION_CLASSES, ("no", "yes"), tuple("0123456789")])
def test_up_to_twenty_classes_have_room_for_their_names(qtbot, names):
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_counts(np.eye(len(names), dtype=np.int64), names)
    view.resize(view.minimumSize())
    _, side = view._grid()
    assert side >= view.fontMetrics().height() - 2
    assert view._band() >= min(90, max(map(view.fontMetrics().horizontalAdvance, names)))


def test_many_classes_ask_for_no_more_room(qtbot):
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_counts(np.eye(100, dtype=np.int64), [str(number) for number in range(100)])
    assert view.minimumSize() == QSize(140, 140)


def test_classes_of_bundled_data_are_named_in_chinese(qapp):
    translations().use(CHINESE)
    try:
        assert translate("ClassName", "Ankle boot") == "短靴"
        assert translate("ArrayName", "petal width") == "花瓣宽度"
        assert translate("ClassName", "a class of one's own") == "a class of one's own"
    finally:
        translations().use(ENGLISH)
