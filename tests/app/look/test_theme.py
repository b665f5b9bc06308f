"""The colours are legible, complete, and put on the application when the theme changes."""

import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QCheckBox, QMessageBox, QPlainTextEdit, QPushButton, QToolButton

from app.look import icons, theme
from app.look.icons import pixmap
from app.look.style import set_role, stylesheet
from app.look.theme import DARK, LIGHT, Mode, Theme
from app.look.tokens import BACKGROUNDS
from app.resources import RESOURCES
from graph_model.layers import FAMILIES
from graph_model.tensors import DTYPES

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@THEMES
def test_all_text_is_legible_on_all_grounds(look: Theme):
    texts = ("text", "text_muted", "accent_text", "error", "warning", "success")
    pairs = [(text, ground) for text in texts for ground in BACKGROUNDS]
    pairs += [
        (text, f"{state}_soft")
        for state in ("error", "warning", "success")
        for text in ("text", "text_muted", state)
    ]
    pairs += [("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")]
    weak = {
        pair: found
        for pair in pairs
        if (found := contrast(getattr(look, pair[0]), getattr(look, pair[1]))) < 4.5
    }
    assert not weak


@THEMES
def test_code_is_legible_also_where_it_is_marked(look: Theme):
    grounds = (look.surface, look.selection, look.syntax["line"])
    weak = {
        (name, ground): contrast(colour, ground)
        for name, colour in look.syntax.items()
        for ground in grounds
        if name != "line" and contrast(colour, ground) < 4.5
    }
    assert not weak


@THEMES
def test_coloured_marks_stand_out(look: Theme):
    marks = [*look.families.values(), *look.dtypes.values(), *look.curves]
    for mark in marks:
        assert min(contrast(mark, look.raised), contrast(mark, look.canvas)) >= 3


@THEMES
def test_every_family_and_dtype_has_a_colour_and_families_differ(look: Theme):
    assert set(FAMILIES) <= set(look.families)
    assert set(DTYPES) == set(look.dtypes)
    assert len(set(look.families.values())) == len(look.families)
    assert len(set(look.curves)) == len(look.curves)


@THEMES
def test_every_token_is_a_colour(look: Theme):
    for each in fields(Theme):
        value = getattr(look, each.name)
        if isinstance(value, str) and each.name != "name":
            assert re.fullmatch(r"#[0-9A-F]{6}", value), each.name
            assert look.color(each.name) == QColor(value)


def test_an_unknown_token_is_refused():
    with pytest.raises(AttributeError, match="pink"):
        LIGHT.color("pink")


@THEMES
def test_the_stylesheet_is_whole_and_its_pictures_exist(look: Theme, qapp):
    sheet = stylesheet(look)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    for picture in pictures:
        assert not QIcon(picture).pixmap(16, 16).isNull(), picture


@pytest.fixture
def manager(qapp):
    manager = theme.manager()
    manager.install()
    before = manager.mode
    yield manager
    manager.set_mode(before)


def test_a_chosen_theme_reaches_the_application(manager, qapp, qtbot):
    manager.set_mode(Mode.LIGHT)
    with qtbot.waitSignal(manager.changed) as heard:
        manager.set_mode(Mode.DARK)
    assert heard.args == [DARK]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.window in qapp.styleSheet()
    assert LIGHT.window not in qapp.styleSheet()
    manager.toggle()
    assert theme.current() is LIGHT
    assert manager.mode is Mode.LIGHT


def test_choosing_what_is_there_says_nothing(manager, qtbot):
    manager.set_mode(Mode.DARK)
    with qtbot.assertNotEmitted(manager.changed):
        manager.set_mode(Mode.DARK)


def test_it_follows_the_system_only_where_asked(manager, monkeypatch):
    scheme = Qt.ColorScheme.Dark
    hints = QGuiApplication.styleHints()
    monkeypatch.setattr(
        theme.QGuiApplication,
        "styleHints",
        lambda: type("Hints", (), {"colorScheme": lambda _: scheme})(),
    )
    manager.set_mode(Mode.SYSTEM)
    assert theme.current() is DARK
    scheme = Qt.ColorScheme.Light
    hints.colorSchemeChanged.emit(scheme)
    assert theme.current() is LIGHT
    manager.set_mode(Mode.LIGHT)
    scheme = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit(scheme)
    assert theme.current() is LIGHT


def test_a_widget_takes_on_its_role(manager, qtbot):
    manager.set_mode(Mode.LIGHT)
    button = QPushButton("Start")
    qtbot.addWidget(button)
    set_role(button, "primary")
    button.resize(120, 28)
    middle_left = button.grab().toImage().pixelColor(12, 5)
    assert middle_left == QColor(LIGHT.accent)


def test_checked_boxes_wear_the_accent(manager, qtbot):
    manager.set_mode(Mode.DARK)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    image = box.grab().toImage()
    colours = {image.pixelColor(x, 9).name() for x in range(18)}
    assert DARK.accent.lower() in colours


def test_figures_are_as_wide_as_each_other(qapp):
    for font in (theme.ui_font(), theme.monospace_font()):
        metrics = QFontMetricsF(font)
        assert len({metrics.horizontalAdvance(figure * 8) for figure in "0123456789"}) == 1


def test_the_fonts_that_come_along_are_in_use(qapp):
    assert QFontInfo(theme.ui_font()).family() == "Inter"
    assert QFontInfo(theme.monospace_font()).family() == "JetBrains Mono"
    assert QFontInfo(theme.monospace_font()).fixedPitch()


def test_every_family_has_a_glyph():
    assert {f"family/{family}" for family in FAMILIES} <= set(icons.names())


@pytest.mark.parametrize("name", icons.names())
def test_each_icon_is_drawn_in_the_given_colour_within_its_edges(name, qapp):
    image = pixmap(name, "#123456", 32, 2.0).toImage()
    assert (image.width(), image.devicePixelRatio()) == (64, 2.0)
    opaque = [(x, y) for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() == 255]
    assert len(opaque) > 60
    assert {image.pixelColor(*place).name() for place in opaque} == {"#123456"}
    assert all(image.pixelColor(0, y).alpha() == 0 for y in range(64))


def test_an_unknown_icon_is_refused(qapp):
    with pytest.raises(FileNotFoundError, match="unicorn"):
        icons.icon("unicorn")


def test_an_icon_is_drawn_when_it_is_seen_and_sharp_on_every_screen(qapp):
    pixmap.cache_clear()
    shown = icons.icon("stop", "accent")
    assert pixmap.cache_info().currsize == 0
    assert shown.pixmap(QSize(16, 16), 1.0).size() == QSize(16, 16)
    assert shown.pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)
    assert QIcon(shown).pixmap(16, 16).toImage().pixelColor(8, 8) == theme.current().color("accent")


def test_an_icon_without_room_is_not_drawn(qapp, qtlog):
    assert pixmap("stop", "#123456", 0).isNull()
    assert icons.icon("stop").pixmap(QSize(0, 0)).isNull()
    assert qtlog.records == []  # of a painter without anything to paint on


def test_the_application_icon_is_there(qapp):
    assert not icons.application_icon().pixmap(64, 64).isNull()


def test_an_icon_follows_the_theme_and_can_be_exchanged(manager, qtbot):
    manager.set_mode(Mode.LIGHT)
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icons.icon("stop", "error"))
    manager.set_mode(Mode.DARK)
    middle = button.icon().pixmap(16, 16).toImage().pixelColor(8, 8)
    assert middle == QColor(DARK.error)
    button.setIcon(icons.icon("stop", "success"))
    middle = button.icon().pixmap(16, 16).toImage().pixelColor(8, 8)
    assert middle == QColor(DARK.success)


def test_an_icon_of_something_disabled_is_dim(manager, qapp):
    manager.set_mode(Mode.LIGHT)
    dim = icons.icon("stop").pixmap(16, QIcon.Mode.Disabled).toImage().pixelColor(8, 8)
    assert dim == QColor(LIGHT.text_disabled)


def test_a_font_given_after_the_role_stays(manager, qtbot):
    text = QPlainTextEdit()
    qtbot.addWidget(text)
    set_role(text, "code")
    text.setFont(theme.monospace_font())
    text.ensurePolished()
    manager.toggle()
    assert QFontInfo(text.font()).family() == "JetBrains Mono"


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("meaning", list(QMessageBox.Icon)[1:])
def test_messages_have_icons_of_our_own_that_stand_out(manager, qtbot, mode, meaning):
    manager.set_mode(mode)
    box = QMessageBox(meaning, "Title", "Text")
    qtbot.addWidget(box)
    box.ensurePolished()
    box.setIcon(meaning)
    drawn = box.iconPixmap().toImage()
    side = min(drawn.width(), drawn.height())
    pixels = [drawn.pixelColor(x, y) for x in range(side) for y in range(side)]
    solid = {each.name() for each in pixels if each.alpha() == 255}
    source = RESOURCES / "icons" / "control" / f"{meaning.name.lower()}.svg"
    (colour,) = re.findall(r'stroke="(#\w{6})"', source.read_text())
    assert solid == {colour.lower()}
    assert contrast(colour, theme.current().window) >= 3
