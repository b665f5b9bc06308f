"""Nothing jumps: what a number or a problem changes moves nothing beside it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.language.i18n import CHINESE, ENGLISH, translations
from app.widgets.forms import ParameterForm
from app.widgets.problem_card import ProblemCard
from graph_model.network import Port, disconnect, set_arguments
from graph_model.problems import Severity


@pytest.fixture(params=[ENGLISH, CHINESE])
def language(request, qapp):
    translations().use(request.param)
    yield request.param
    translations().use(ENGLISH)


def tabs(window) -> list[tuple[int, int, int, int]]:
    bar = window.bottom.tabBar()
    return [bar.tabRect(index).getRect() for index in range(bar.count())]


@pytest.mark.usefixtures("language")
def test_the_tabs_stay_whatever_is_counted(window, qapp):
    qapp.sendPostedEvents()
    before = None
    for count in (0, 1, 11, 111, 4321):
        window.bottom._count_problems(count, Severity.ERROR if count else None)
        before = before or tabs(window)
        assert tabs(window) == before, count
    assert "999" in window.bottom.tabText(0)


def places(form) -> list[tuple[int, int, int, int]]:
    origin = form.window()
    return [
        (*each.mapTo(origin, each.rect().topLeft()).toTuple(), each.width(), each.height())
        for each in form.fields
    ]


def test_the_form_stays_where_it_is_when_a_problem_comes_and_goes(window):
    network = window.document.network
    linear = next(node for node in network.nodes.values() if node.kind == "Linear")
    window.selection.set([linear.id])
    window.inspector.catch_up()
    QApplication.processEvents()
    form = window.inspector.findChild(ParameterForm)
    before, bar = places(form), tabs(window)
    window.document.edit_network(disconnect(network, [Port(linear.id, "input")]), "")
    QApplication.processEvents()
    card = window.inspector.findChild(ProblemCard)
    assert card.isVisible()
    assert window.inspector.rect().contains(card.mapTo(window.inspector, card.rect().center()))
    assert places(form) == before
    assert tabs(window) == bar
    window.document.history.undo()
    QApplication.processEvents()
    assert places(form) == before


def test_the_form_stays_where_it_is_when_a_value_changes_its_length(window):
    QApplication.processEvents()  # after the first picture the inspector is filled
    network = window.document.network
    linear = next(node for node in network.nodes.values() if node.kind == "Linear")
    window.selection.set([linear.id])
    window.inspector.catch_up()
    QApplication.processEvents()
    form = window.inspector.findChild(ParameterForm)
    before = places(form)
    for size in (1, 123456):
        network = set_arguments(network, linear.id, {"out_features": size})
        window.document.edit_network(network, "")
        QApplication.processEvents()
        assert places(form) == before


def test_the_form_stays_while_its_page_has_yet_to_grow(window):
    QApplication.processEvents()
    network = window.document.network
    linear = next(node for node in network.nodes.values() if node.kind == "Linear")
    window.selection.set([linear.id])
    window.inspector.catch_up()
    QApplication.processEvents()
    form = window.inspector.findChild(ParameterForm)
    before = places(form)
    page = form.parentWidget()
    needed = page.layout().heightForWidth(page.width())
    page.resize(page.width(), needed - 20)  # as long as something new has no room yet
    assert places(form) == before


def test_the_top_bar_stays_while_the_file_changes(window):
    def bar() -> list[tuple[int, int, int, int]]:
        found = window.top_bar.findChildren(QWidget)
        return [each.geometry().getRect() for each in found if each.isVisible()]

    QApplication.processEvents()
    before = bar()
    for name in ("a", "a very long name of a file " * 4):
        window.top_bar.show_file(name, True)
        QApplication.processEvents()
        assert bar() == before
