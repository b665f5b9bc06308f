"""Forms: the right field for each type, bounds while typing, and a cursor that survives edits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QToolButton,
)

from app.look import theme
from app.widgets.fields import make_field
from app.widgets.forms import ParameterForm
from app.widgets.number_fields import parse_numbers
from app.widgets.size_fields import parse_list
from graph_model.layers import FAMILIES, LAYERS
from graph_model.values import (
    LARGEST,
    boolean,
    choice,
    folder,
    inferred,
    integer,
    integers,
    number,
    numbers,
    path,
    shape,
    sizes,
)


@pytest.fixture(scope="module", autouse=True)
def _look(qapp):
    theme.manager().install()


@pytest.fixture
def form(qtbot):
    """Return a function that makes a form and keeps the edits it signals."""

    def make(parameters, arguments=None, resolved=None):
        made = ParameterForm(parameters, arguments or {}, resolved)
        made.edits = []
        made.edited.connect(lambda name, value: made.edits.append((name, value)))
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def type_over(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_layer_kind_has_a_form_that_shows_its_defaults_without_editing(form, family):
    for kind in LAYERS.values():
        if kind.family == family:
            made = form(kind.parameters, kind.defaults)
            made.show_arguments(kind.defaults, {})
            assert made.edits == [], kind.name


def test_an_integer_stays_within_its_bounds_while_typing(form):
    made = form([integer("groups", 4, minimum=1)])
    box = made.field("groups").findChild(QSpinBox)
    type_over(box.lineEdit(), "-7")
    assert box.value() >= 1
    assert all(value >= 1 for _, value in made.edits)


def test_an_inferred_size_says_what_follows_and_can_be_pinned_and_freed(form):
    made = form([inferred("in_channels")], {}, {"in_channels": 64})
    field = made.field("in_channels")
    box, pin = field.findChild(QSpinBox), field.findChild(QToolButton)
    assert "64" in box.text()
    pin.click()
    assert made.edits == [("in_channels", 64)]
    made.show_arguments({"in_channels": 64}, {"in_channels": 64})
    assert box.text() == "64"
    pin.click()
    assert made.edits[-1] == ("in_channels", None)


def test_a_number_is_written_as_people_write_it(form):
    made = form([number("lr", 0.001, above=0)])
    line = made.field("lr").findChild(QLineEdit)
    type_over(line, "3e-4")
    assert made.edits[-1] == ("lr", 3e-4)


def test_a_number_out_of_bounds_is_not_passed_on_and_is_put_back(form):
    made = form([number("p", 0.5, minimum=0, maximum=1)], {"p": 0.5})
    line = made.field("p").findChild(QLineEdit)
    complaints = []
    made.field("p").complained.connect(complaints.append)
    type_over(line, "7")
    assert made.edits == []
    assert "7" in complaints[-1]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "0.5"
    assert complaints[-1] == ""


def test_sizes_are_linked_until_the_link_is_broken(form):
    made = form([sizes("kernel_size", 2, 3)], {"kernel_size": 3})
    field = made.field("kernel_size")
    first, second = field.findChildren(QSpinBox)
    first.setValue(5)
    assert made.edits[-1] == ("kernel_size", 5)
    made.show_arguments({"kernel_size": 5}, {})
    assert second.value() == 5
    field.findChild(QToolButton).click()
    assert made.edits[-1] == ("kernel_size", (5, 5))
    made.show_arguments({"kernel_size": (5, 5)}, {})
    second.setValue(1)
    assert made.edits[-1] == ("kernel_size", (5, 1))


def test_a_word_may_stand_for_sizes(form):
    made = form([sizes("padding", 2, 0, minimum=0, words=("same", "valid"))])
    field = made.field("padding")
    boxes, word = field.findChildren(QSpinBox), field.findChild(QLabel)
    same, _, number = field.findChild(QMenu).actions()
    same.trigger()
    assert made.edits == [("padding", "same")]
    made.show_arguments({"padding": "same"}, {})
    assert word.text() == "same"
    assert all(box.isHidden() for box in boxes)
    number.trigger()
    assert made.edits[1:] == [("padding", 0)]
    made.show_arguments({"padding": (1, 2)}, {})
    assert word.isHidden()
    assert [box.value() for box in boxes] == [1, 2]


def test_a_switch_and_a_choice(form):
    made = form([boolean("bias", True), choice("mode", ("zeros", "reflect"), "zeros")])
    made.field("bias").findChild(QCheckBox).click()
    assert made.edits[-1] == ("bias", False)
    box = made.field("mode").findChild(QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert made.edits[-1] == ("mode", "reflect")


def test_a_shape_takes_names_and_sizes_but_no_nonsense(form):
    made = form([shape("shape", ("N", 4))], {"shape": ("N", 4)})
    line = made.field("shape").findChild(QLineEdit)
    type_over(line, "N, 3×32×32")
    assert made.edits[-1] == ("shape", ("N", 3, 32, 32))
    count = len(made.edits)
    type_over(line, "N, 3, -1")
    assert ("shape", ("N", 3, -1)) not in made.edits[count:]


def test_the_cursor_survives_what_comes_back_from_an_edit(form, qtbot):
    made = form([integers("dims", (0, 1, 2))], {"dims": (0, 1, 2)})
    line = made.field("dims").findChild(QLineEdit)
    made.edited.connect(lambda name, value: made.show_arguments({name: value}, {}))
    with qtbot.waitActive(made):
        made.activateWindow()
    line.setFocus()
    line.setCursorPosition(1)
    QTest.keyClicks(line, "3")
    assert line.text() == "03, 1, 2"
    assert line.cursorPosition() == 2
    assert line.hasFocus()


def test_the_way_back_to_the_default_is_offered_where_the_value_differs(form, qtbot):
    made = form([integer("groups", 1)], {"groups": 1})
    back = made.findChildren(QToolButton)[-1]
    assert back.isHidden()
    made.show_arguments({"groups": 2}, {})
    assert not back.isHidden()
    with qtbot.waitSignal(made.reset) as signal:
        back.click()
    assert signal.args == ["groups"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [(number("eps", None, minimum=0), 1.0), (LAYERS["Slice"].by_name["end"], "T - 1")],
)
def test_optional_values_can_be_none_again(form, parameter, value):
    made = form([parameter], {parameter.name: value})
    line = made.field(parameter.name).findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert made.edits[-1] == (parameter.name, None)
    made.show_arguments({}, {})
    assert (line.text(), line.placeholderText()) == ("", "none")


def test_lists_are_read_in_every_usual_notation():
    assert parse_list("(N, 3, 32, 32)") == parse_list("N 3 32×32") == ("N", 3, 32, 32)
    assert parse_list("") == ()
    assert parse_list("-1, 2") == (-1, 2)
    assert parse_list("N, H // 2, (W + 1)//2, T - 1") == ("N", "H//2", "(W+1)//2", "T-1")
    assert parse_list("N -1 2*T") == ("N", -1, "2*T")
    assert parse_list("9" * 5000)[0] > LARGEST


def test_numbers_are_read_and_an_empty_line_is_none(form):
    assert parse_numbers("0.5, 1 2e1；3") == (0.5, 1.0, 20.0, 3.0)
    assert parse_numbers(" ") is None
    made = form([numbers("weight", minimum=0)], {"weight": (0.5, 2.0)})
    line = made.field("weight").findChild(QLineEdit)
    assert line.text() == "0.5, 2"
    for text in ("1, two", "-1, 2", "inf", "nan, 1"):
        line.clear()
        type_over(line, text)
        given = [value for _, value in made.edits]
        assert all(each is None or min(each) >= 0 for each in given), text
    type_over(line, "1, 2.5, 3")
    assert made.edits[-1] == ("weight", (1.0, 2.5, 3.0))
    line.clear()
    line.textEdited.emit("")
    assert made.edits[-1] == ("weight", None)


def test_every_type_of_parameter_has_a_field(qtbot):
    parameters = {each.type: each for kind in LAYERS.values() for each in kind.parameters}
    for parameter in parameters.values():
        field = make_field(parameter)
        qtbot.addWidget(field)
        assert field.parameter is parameter


@pytest.mark.parametrize(
    ("parameter", "dialog"),
    [(path("path"), "getOpenFileName"), (folder("path"), "getExistingDirectory")],
)
def test_a_path_is_chosen_as_what_it_is_of(form, monkeypatch, parameter, dialog):
    asked = []

    def choose(*_):
        asked.append(dialog)
        return "/data/flowers" if dialog == "getExistingDirectory" else ("/data/flowers", "")

    monkeypatch.setattr(QFileDialog, dialog, choose)
    made = form([parameter])
    made.field("path").findChild(QToolButton).click()
    assert asked == [dialog]
    assert made.edits == [("path", "/data/flowers")]


@pytest.mark.parametrize("parameter", [path("path"), folder("path")])
def test_a_path_has_the_whole_width_and_is_told_under_the_mouse(form, qapp, parameter):
    made = form([parameter, integer("size", 1)], {"path": "/a/long/way/to/flowers.csv"})
    made.resize(260, 100)
    qapp.processEvents()
    line = made.field("path").findChild(QLineEdit)
    assert line.toolTip() == "/a/long/way/to/flowers.csv"
    assert line.width() > 200


def test_fields_stay_in_line_beside_long_names(form, qapp):
    names = ("p", "track_running_stats", "a_name_that_nobody_would_ever_give_to_a_parameter")
    made = form([integer(name, 1, "") for name in names])
    made.resize(280, 200)
    made.show()
    qapp.processEvents()
    assert len({made.field(name).mapTo(made, QPoint()).x() for name in names}) == 1
