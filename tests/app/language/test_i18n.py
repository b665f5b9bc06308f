"""The language changes while the application runs."""

import os
import re
from errno import EACCES, EDQUOT, EIO, EISDIR, ENOENT, ENOSPC, ENOTDIR, EROFS

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from app.language import i18n
from app.language.numbers import duration, figure
from app.language.sentences import fix_sentence, metric_title, problem_sentence, reason_text
from graph_model.files.project_format import loads
from graph_model.files.strict_json import ProjectFileError
from graph_model.inference.infer import infer
from graph_model.problems import KINDS, Problem
from graph_model.recipe import Choice, Objective, Player, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import regression
from tests.codegen.samples import network
from tools.translate import uncollected


@pytest.fixture
def translations(qapp):
    yield i18n.translations()
    i18n.translations().use("en")


class Listener(QWidget):
    heard = 0

    def changeEvent(self, event: QEvent) -> None:
        self.heard += event.type() is QEvent.Type.LanguageChange
        super().changeEvent(event)


def spoken() -> str:
    return QCoreApplication.translate("Problem", KINDS["empty_network"].template)


def test_a_sentence_is_spoken_in_the_language_in_use(translations):
    translations.use("zh_CN")
    assert spoken() == "网络是空的。将一个层拖到画布上即可开始。"
    assert translations.language == "zh_CN"
    translations.use("en")
    assert spoken() == KINDS["empty_network"].template


@pytest.mark.parametrize("error", [ENOSPC, EACCES, EROFS, ENOENT, ENOTDIR, EISDIR, EIO, EDQUOT])
def test_what_the_system_says_is_told_in_the_language_in_use(translations, error):
    said = os.strerror(error)
    problem = Problem("run_not_kept", {"folder": "/runs/first", "reason": said})
    for language, is_plain in (("en", True), ("zh_CN", False)):
        translations.use(language)
        assert (reason_text(OSError(error, said)) == said) is is_plain
        assert (said in problem_sentence(problem)) is is_plain
        assert reason_text(OSError(error, said)) in problem_sentence(problem)


@pytest.mark.parametrize(
    "text",
    ["{", '{"a" 1}', "[1", '{"a": NaN}', "[]", '{"format": 1}', '{"format": "layerweft", "x": 1}',
     '{"a": "', '{"a": "\\q"}', "[] []", '{"a": 1, "a": 2}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_told_in_the_language_in_use(translations, text):
    """Of English there are only the names of the format, and what is quoted."""
    with pytest.raises(ProjectFileError) as raised:
        loads(text)
    translations.use("zh_CN")
    told = re.sub("“.*?”|JSON|NaN|Layerweft|layerweft", "", problem_sentence(raised.value.problem))
    assert not re.search("[A-Za-z]{3}", told)


TWO = network("Two", {
    "x": ("Input", {"shape": ("N", 3)}, ""),
    "fc1": ("Linear", {"out_features": 1}, "x"),
    "a": ("Output", {}, "fc1"),
    "fc2": ("Linear", {"out_features": 1}, "x"),
    "b": ("Output", {}, "fc2"),
})  # fmt: skip


def test_a_problem_calls_the_entries_of_a_recipe_as_the_menus_do(translations):
    translations.use("zh_CN")
    recipe = Recipe(
        objectives=(Objective("a", "target", Choice("MSELoss"), metrics=(Choice("accuracy"),)),),
        options=(Choice("l1_penalty"),),
        players=(Player("b", ("fc2",)),),
    )
    found = recipe_problems(recipe, infer(TWO), regression(40, (3,)))
    said = {problem.code: problem_sentence(problem) for problem in found}
    menu = {
        "metric_unsuited": ("Accuracy", "Mean square"),
        "option_of_one_player": ("L1 penalty",),
    }
    for code, titles in menu.items():
        for title in titles:
            spoken = QCoreApplication.translate("Recipe", title)
            assert spoken != title
            assert spoken in said[code]


def test_a_problem_calls_figures_as_the_legends_do(translations):
    translations.use("zh_CN")
    recipe = Recipe(
        objectives=(Objective("a", "target", Choice("MSELoss")),),
        options=(Choice("best_by", {"figure": "balanced_accuracy"}),),
    )
    found = recipe_problems(recipe, infer(TWO), regression(40, (3,)))
    (problem,) = (each for each in found if each.code == "unknown_figure")
    said = problem_sentence(problem)
    assert metric_title("balanced_accuracy") in said
    assert metric_title("loss") in said
    assert "balanced_accuracy" not in said
    assert fix_sentence(problem.fixes[0]).endswith(metric_title("loss"))
    assert metric_title("generator_loss.loss") == "generator_loss"


def test_windows_and_others_hear_of_it_and_numbers_follow(translations, qtbot, qapp):
    translations.use("en")
    window = Listener()
    qtbot.addWidget(window)
    window.heard = 0
    with qtbot.waitSignal(translations.changed):
        translations.use("zh_CN")
    qapp.processEvents()
    assert window.heard > 0
    assert QLocale().language() is QLocale.Language.Chinese
    window.heard = 0
    translations.use("zh_CN")
    qapp.processEvents()
    assert window.heard == 0
    translations.use("en")
    assert QLocale().toString(1792) == "1,792"


def test_the_texts_of_qt_itself_are_translated(translations):
    translations.use("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["zh-CN"], "zh_CN"),
        (["zh-Hans-SG", "zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["de-DE", "zh-CN", "en-GB"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["de-DE"], "en"),
        ([], "en"),
    ],
)
def test_the_first_of_our_languages_that_the_user_prefers(monkeypatch, preferred, language):
    locale = type("Locale", (), {"uiLanguages": lambda _: preferred})()
    monkeypatch.setattr(i18n.QLocale, "system", lambda: locale)
    assert i18n.language_of_system() == language


def test_the_system_decides_where_asked(translations, monkeypatch):
    monkeypatch.setattr(i18n, "language_of_system", lambda: "zh_CN")
    translations.use("system")
    assert translations.language == "zh_CN"


def test_a_missing_translation_is_told(translations, monkeypatch, tmp_path):
    monkeypatch.setattr(i18n, "_FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match="layerweft_en"):
        i18n._load("en")


def test_a_call_within_an_f_string_is_refused() -> None:
    """lupdate does not see it, so that the string would stay English without a word."""
    apart = 'name = self.tr("Name")\ntext = f"{name}: {x}"\n'
    assert list(uncollected(apart, "page.py")) == []
    within = "x = 1\ntext = f\"{self.tr('Name')}: {translate('Card', 'x')}\"\n"
    assert [each.split(":")[:2] for each in uncollected(within, "page.py")] == [
        ["page.py", "2"]
    ] * 2


def test_durations_are_written_as_people_do_in_both_languages(translations):
    translations.use("en")
    written = [duration(seconds, 1) for seconds in (3.14159, 59.4, 185, 7650)]
    assert written == ["3.1 s", "59.4 s", "3:05", "2:07:30"]
    assert duration(47.6) == "48 s"
    translations.use("zh_CN")
    assert duration(47.6) == "48 秒"


def test_a_dialog_for_files_says_nothing_in_english(translations, qtbot) -> None:
    translations.use("zh_CN")
    dialog = QFileDialog(filter="Weft (*.weft)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    named = [*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)]
    told = [re.sub(r"\(&\w\)|/\S*", "", each.text()) for each in named]
    assert [words for words in told if re.search("[a-z]", words)] == []


def test_large_figures_are_written_whole_and_with_their_thousands_apart() -> None:
    assert [figure(each) for each in (0.12345, 1234.5, 298_779.0, -13_254.4, 2e12)] == [
        *("0.1235", "1234", "298,779", "-13,254", "2e+12")
    ]
