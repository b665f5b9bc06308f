"""The card that explains a number: opened by a click or key, walked upstream, copied, closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QToolButton,
    QToolTip,
    QWidget,
)

from app.explain.asking import count_question, in_numbers, output_question
from app.explain.labels import NumbersLabel
from app.explain.popover import Popover
from app.explain.showing import show_explanation
from app.look import theme
from app.look.theme import Mode
from app.panels.inspector import Inspector
from app.project.document import Document, Selection
from graph_model.dims import symbol
from graph_model.network import Project, set_arguments
from tests.app.panels.conftest import chain
from tests.graph_model.explain.test_explain_blocks import with_block


@pytest.fixture
def document(qapp) -> Document:
    theme.manager().install()
    return Document(
        chain(
            ("Input", {"shape": ("N", 3, 32, 32)}),
            ("Conv2d", {"out_channels": 64, "stride": 2, "padding": 1}),
            ("Flatten", {}),
            ("Linear", {"out_features": 10}),
            ("Output", {}),
        )
    )


@pytest.fixture
def window(qtbot, document) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    selection = Selection(document)
    row.addStretch()
    inspector = Inspector(document, selection)
    row.addWidget(inspector)
    selection.changed.connect(inspector.catch_up)
    made.resize(1000, 800)
    qtbot.addWidget(made)
    made.show()
    made.select = lambda kind: selection.set([_find(document, kind)])
    return made


def _find(document: Document, kind: str) -> str:
    return next(node.id for node in document.network.nodes.values() if node.kind == kind)


def _label(window: QWidget, text: str) -> NumbersLabel:
    labels = window.findChildren(NumbersLabel)
    return next(each for each in labels if each.isVisible() and each.text() == text)


def _popover(window: QWidget) -> Popover:
    return next(each for each in window.findChildren(Popover) if each.isVisible())


def _text(popover: Popover) -> str:
    return popover.findChild(QTextBrowser).toPlainText().replace("\xa0", " ")


def _open(window: QWidget, kind: str, text: str, number: int) -> Popover:
    window.select(kind)
    _label(window, text).linkActivated.emit(str(number))
    return _popover(window)


def _click(browser: QTextBrowser, text: str) -> None:
    """Follow the first link whose text begins so."""
    block = browser.document().begin()
    while block.isValid():
        for fragment in block:
            piece = fragment.fragment()
            if piece.charFormat().isAnchor() and piece.text().startswith(text):
                browser.anchorClicked.emit(QUrl(piece.charFormat().anchorHref()))
                return
        block = block.next()
    raise AssertionError(f"no link {text} in {browser.toPlainText()}")


def test_a_click_on_a_size_shows_its_formula_with_the_values(window, document):
    popover = _open(window, "Conv2d", "N×64×16×16", 2)
    shown = _text(popover)
    assert "⌊(H + 2·padding − dilation·(kernel_size − 1) − 1) / stride⌋ + 1" in shown
    assert "= ⌊(32 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1" in shown
    assert "= 16" in shown
    assert window.rect().contains(popover.geometry())


def test_a_size_is_asked_for_by_the_keyboard(window):
    window.select("Conv2d")
    label = _label(window, "N×64×16×16")
    label.setFocus()
    for _ in range(2):
        QTest.keyClick(label, Qt.Key.Key_Tab)
    QTest.keyClick(label, Qt.Key.Key_Return)
    assert "out_channels" in _text(_popover(window))


def test_links_lead_upstream_and_back(window):
    popover = _open(window, "Linear", "weight 10×16384 + bias 10 = 163,850", 0)
    browser = popover.findChild(QTextBrowser)
    seen = [_text(popover)]
    for source in (
        "follows from what comes in",
        "dimension 1 of flatten1’s output",
        "height of conv1’s output",
        "height of the input",
    ):
        _click(browser, source)
        seen.append(_text(popover))
    assert "You gave this size at the input." in seen[-1]
    for before in reversed(seen[:-1]):
        popover.go_back()
        assert _text(popover) == before
    popover.go_back()
    assert _text(popover) == seen[0]


def test_it_is_copied_as_text(window):
    popover = _open(window, "Conv2d", "N×64×16×16", 2)
    QTest.keyClick(
        popover.findChild(QTextBrowser), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier
    )
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("height of ")
    assert copied[1:4] == [
        "⌊(H + 2·padding − dilation·(kernel_size − 1) − 1) / stride⌋ + 1",
        "= ⌊(32 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1",
        "= 16",
    ]
    assert "stride = 2: set by you" in copied


@pytest.mark.parametrize("how", ["escape", "button", "elsewhere", "edit"])
def test_it_closes(window, document, how):
    popover = _open(window, "Conv2d", "N×64×16×16", 2)
    if how == "escape":
        QTest.keyClick(popover.findChild(QTextBrowser), Qt.Key.Key_Escape)
    elif how == "button":
        popover.findChildren(QToolButton)[-1].click()
    elif how == "elsewhere":
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(5, 795))
    else:
        conv = _find(document, "Conv2d")
        document.edit_network(set_arguments(document.network, conv, {"stride": 1}), "Set")
    assert not popover.isVisible()


@pytest.mark.parametrize("how", ["escape", "button"])
def test_the_focus_goes_back_to_what_had_it(window, qtbot, how):
    menu, asked = QComboBox(window), QLineEdit(window)  # the menu would be next in turn
    for each in (menu, asked):
        each.show()
    window.select("Conv2d")
    qtbot.waitExposed(window)
    window.activateWindow()
    asked.setFocus()
    assert QApplication.focusWidget() is asked
    popover = _open(window, "Conv2d", "N×64×16×16", 2)
    assert QApplication.focusWidget() is popover.findChild(QTextBrowser)
    if how == "escape":
        QTest.keyClick(popover.findChild(QTextBrowser), Qt.Key.Key_Escape)
    else:
        popover.findChildren(QToolButton)[-1].click()
    assert QApplication.focusWidget() is asked


def test_what_reaches_an_input_is_explained_where_it_comes_from(window):
    popover = _open(window, "Flatten", "N×64×16×16", 1)
    assert "out_channels" in _text(popover)


def test_its_colours_follow_the_theme(window):
    popover = _open(window, "Conv2d", "N×64×16×16", 2)
    browser = popover.findChild(QTextBrowser)
    before = browser.toHtml()
    theme.manager().set_mode(Mode.DARK)
    assert browser.toHtml() != before
    theme.manager().set_mode(Mode.LIGHT)
    assert browser.toHtml() == before


def test_a_symbolic_shape_in_numbers_is_that_of_one_batch(document):
    n, height = symbol("N"), symbol("H")
    batch = document.project.recipe.batch_size
    assert in_numbers(document, (n, 64, 16)) == f"{batch}×64×16, N = {batch}"
    assert in_numbers(document, (64, 16)) == ""
    assert in_numbers(document, (n, height)) == ""
    image = _find(document, "Input")
    shape = ("N", 3, 32, 32, "H")
    document.edit_network(set_arguments(document.network, image, {"shape": shape}), "Set")
    numbers, *values = in_numbers(document, (n, 2 * height)).split(", ")
    sizes = dict(value.split(" = ") for value in values)
    assert sizes["N"] == str(batch)
    assert numbers == f"{batch}×{2 * int(sizes['H'])}"


def test_the_count_of_the_network_leads_to_its_layers(window, document):
    _label(window, f"{document.inference.parameter_count:,}").linkActivated.emit("0")
    popover = _popover(window)
    assert "= 1,792 + 163,850" in _text(popover)
    _click(popover.findChild(QTextBrowser), "Linear")
    assert "in_features" in _text(popover)


def test_what_leaves_the_network_leads_to_what_computes_it(window):
    _label(window, "N×10").linkActivated.emit("1")
    assert "out_features" in _text(_popover(window))


def test_a_shape_shows_its_numbers_under_the_mouse(window):
    window.select("Conv2d")
    label = _label(window, "N×64×16×16")
    at = label.rect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, label.mapToGlobal(at))
    QApplication.sendEvent(label, event)
    assert QToolTip.text() == "N×64×16×16 float32\n32×64×16×16, N = 32"
    QToolTip.hideText()


def test_inside_a_block_the_way_leads_out_of_it(qtbot):
    inference = with_block(repeat=2)
    document = Document(Project({"main": inference.network, **inference.networks}, "main"))
    document.enter("halves", 1)
    near = QWidget()
    near.resize(900, 700)
    qtbot.addWidget(near)
    near.show()
    show_explanation(
        document, output_question(document, "in", "output", 1), near, QRect(9, 9, 9, 9)
    )
    popover = _popover(near)
    assert "It is what goes into the block Half." in _text(popover)
    _click(popover.findChild(QTextBrowser), "dimension 1 of fc’s output")
    assert "the formula size * 4 // 8" in _text(popover)
    document.leave()
    assert not popover.isVisible()
    show_explanation(document, count_question(document), near, QRect(9, 660, 9, 9))
    assert "shared weights count once" in _text(_popover(near))
    assert _popover(near).geometry().bottom() <= 660
