"""What is wrong with what is typed is said over the rows below: none of them moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.look import theme
from app.widgets.complaint import Complaint
from app.widgets.forms import ParameterForm
from graph_model.values import integers, number


@pytest.fixture(scope="module", autouse=True)
def _look(qapp):
    theme.manager().install()


@pytest.fixture
def area(qtbot):
    """A page that scrolls, with a form of three rows and a line below it."""
    made, page = QScrollArea(), QWidget()
    column = QVBoxLayout(page)
    rows = [number("first", 0.5, maximum=1.0), integers("second", (1, 2)), number("third", 0.5)]
    column.addWidget(ParameterForm(rows, {}))
    column.addWidget(QLabel("below"))
    column.addStretch()
    made.setWidget(page)
    made.setWidgetResizable(True)
    made.resize(300, 240)
    qtbot.addWidget(made)
    made.show()
    return made


def type_into(area, name, text):
    line = area.widget().findChild(ParameterForm).field(name).findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, text)


def shown(area):
    return [each for each in area.widget().findChildren(Complaint) if each.isVisible()]


def places(area):
    page = area.widget()
    widgets = [*page.findChildren(QLineEdit), *page.findChildren(QLabel)]
    return [
        each.mapTo(page, QPoint()) for each in widgets if not isinstance(each.parent(), Complaint)
    ]


@pytest.mark.parametrize("name", ["first", "third"])
def test_no_row_moves_when_something_is_wrong_and_when_it_is_mended(area, name):
    before, size = places(area), area.widget().size()
    type_into(area, name, "7x")
    (complaint,) = shown(area)
    assert complaint.text()
    assert area.widget().rect().contains(complaint.geometry())
    field = area.widget().findChild(ParameterForm).field(name)
    top = field.mapTo(area.widget(), QPoint(0, field.height()))
    assert complaint.y() >= top.y()
    assert (places(area), area.widget().size()) == (before, size)
    type_into(area, name, "0.25")
    assert shown(area) == []
    assert (places(area), area.widget().size()) == (before, size)


def test_where_there_is_no_room_below_it_is_said_above(area):
    area.widget().layout().takeAt(1).widget().hide()
    area.widget().setFixedHeight(120)
    QTest.qWait(0)
    type_into(area, "third", "x")
    (complaint,) = shown(area)
    field = area.widget().findChild(ParameterForm).field("third")
    assert complaint.geometry().bottom() <= field.mapTo(area.widget(), QPoint()).y()
    assert area.widget().rect().contains(complaint.geometry())


def test_it_goes_with_its_field(area):
    type_into(area, "first", "x")
    (complaint,) = shown(area)
    before = complaint.y()
    area.widget().layout().insertSpacing(0, 40)
    QTest.qWait(0)
    assert complaint.y() == before + 40
    area.widget().findChild(ParameterForm).hide()
    assert shown(area) == []
