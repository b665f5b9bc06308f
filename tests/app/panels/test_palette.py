"""The palette: every kind, found by a few letters, dragged, double-clicked or entered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.language.i18n import CHINESE, ENGLISH, translations
from app.panels.kind_mime import KIND_MIME, kind_mime
from app.panels.palette import Palette
from graph_model.layers import LAYERS


@pytest.fixture
def palette(qtbot, document):
    made = Palette(document)
    qtbot.addWidget(made)
    made.resize(220, 600)
    made.show()
    return made


def rows(palette):
    tree = palette.tree
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    entries = [top for top in tops if top.flags() & Qt.ItemFlag.ItemIsSelectable]  # no headings
    return entries or [top.child(row) for top in tops for row in range(top.childCount())]


def test_every_layer_kind_is_there_with_help(palette):
    assert {item.text(0) for item in rows(palette)} >= set(LAYERS)
    assert all(item.toolTip(0) for item in rows(palette))


@pytest.mark.parametrize(
    ("word", "kind"), [("卷积", "Conv2d"), ("全连接", "Linear"), ("注意力", "MultiheadAttention")]
)
def test_chinese_names_are_found(palette, word, kind):
    palette.search.setText(word)
    assert kind in [row.text(0) for row in rows(palette)[:4]]


def test_ready_made_blocks_are_found_and_shown_in_chinese(palette, qtbot):
    palette.search.setText("残差块")
    assert rows(palette)[0].text(0) == "Basic block"
    translations().use(CHINESE)
    try:
        qtbot.waitUntil(lambda: rows(palette)[0].text(0) == "残差块 Basic block")
    finally:
        translations().use(ENGLISH)


def test_search_and_enter_add_a_layer(palette, qtbot):
    palette.focus_search()
    QTest.keyClicks(palette.search, "cnv2")
    assert rows(palette)[0].text(0) == "Conv2d"
    with qtbot.waitSignal(palette.kind_chosen) as signal:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert signal.args == ["Conv2d"]


def test_the_next_search_takes_the_place_of_the_one_that_was_entered(palette, qtbot):
    for name in ("Linear", "ReLU"):
        QTest.keyClicks(palette.search, name)
        with qtbot.waitSignal(palette.kind_chosen) as signal:
            QTest.keyClick(palette.search, Qt.Key.Key_Return)
        assert signal.args == [name]


def test_the_arrow_keys_choose_without_leaving_the_search(palette, qtbot):
    QTest.keyClicks(palette.search, "conv")
    second = rows(palette)[1].text(0)
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.kind_chosen) as signal:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert signal.args == [second]


def test_escape_clears_the_search(palette):
    QTest.keyClicks(palette.search, "conv")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.search.text() == ""
    assert len(rows(palette)) >= len(LAYERS)


def test_a_double_click_adds_a_layer_once(palette, qtbot):
    item = next(item for item in rows(palette) if item.text(0) == "Linear")
    place = palette.tree.visualItemRect(item).center()
    chosen = []
    palette.kind_chosen.connect(chosen.append)
    viewport = palette.tree.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["Linear"]


def test_headings_cannot_be_chosen(palette):
    chosen = []
    palette.kind_chosen.connect(chosen.append)
    palette.tree.itemActivated.emit(palette.tree.topLevelItem(0), 0)
    assert chosen == []


def test_a_drag_carries_the_name_of_the_kind():
    assert bytes(kind_mime("Conv2d").data(KIND_MIME).data()) == b"Conv2d"
