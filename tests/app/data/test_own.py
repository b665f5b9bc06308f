"""Python text of one's own as data: it never runs unless it is allowed, and is bounded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.cli import main
from app.data.own import source
from app.data.reading import load
from app.data_panel.allowing import AllowText
from app.permission import allow, allowed, revoke
from graph_model.custom_layers.known import digest
from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.values import Value
from tests.app.data.reading import refused

GOOD = """
import numpy as np

def samples():
    random = np.random.default_rng(0)
    for index in range(30):
        yield random.normal(size=(2, 3)), "odd" if index % 2 else "even"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path / "home"))


def write(folder: Path, text: str, *, is_allowed: bool = True) -> str:
    path = folder / "own.py"
    path.write_text(text)
    if is_allowed:
        allow(text)
    return str(path)


def complaint(folder: Path, text: str, **arguments: Value) -> Problem:
    return refused("python", path=write(folder, text), **arguments)


def test_what_it_yields_are_the_samples(tmp_path: Path) -> None:
    data = load(Choice("python", {"path": write(tmp_path, GOOD)}))
    random = np.random.default_rng(0)
    theirs = np.stack([random.normal(size=(2, 3)) for _ in range(30)]).astype(np.float32)
    np.testing.assert_array_equal(data.features, theirs)
    assert data.facts.class_names == ("even", "odd")
    assert data.target.tolist() == [0, 1] * 15
    assert data.facts.class_counts == (15, 15)


def test_numbers_are_targets_as_well(tmp_path: Path) -> None:
    text = "def samples():\n    for i in range(9):\n        yield [i, 2.0], i / 2\n"
    data = load(Choice("python", {"path": write(tmp_path, text)}))
    assert data.facts.task == "regression"
    np.testing.assert_array_equal(data.target[:, 0], np.arange(9) / 2)


def test_of_a_text_without_end_the_first_samples_are_taken_which_is_told(tmp_path: Path) -> None:
    text = "def samples():\n    i = 0\n    while True:\n        yield [i], i % 2\n        i += 1\n"
    data = load(Choice("python", {"path": write(tmp_path, text), "samples": 50}))
    assert data.features[:, 0].tolist() == [*range(50)]
    assert [note.code for note in data.facts.notes] == ["python_perhaps_more"]


def test_a_text_that_is_not_allowed_never_runs(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = f"open({str(mark)!r}, 'w')\n" + GOOD
    path = write(tmp_path, text, is_allowed=False)
    assert refused("python", path=path).code == "python_not_allowed"
    assert not mark.exists()
    allow(text)
    load(Choice("python", {"path": path}))
    assert mark.exists()
    mark.unlink()
    changed = write(tmp_path, text + "\n# another\n", is_allowed=False)
    assert refused("python", path=changed).code == "python_not_allowed"
    revoke(digest(text))
    assert refused("python", path=write(tmp_path, text + " ", is_allowed=False)).code == (
        "python_not_allowed"
    )
    assert not mark.exists()


def test_it_takes_no_more_than_asked_for(tmp_path: Path) -> None:
    text = "def samples():\n    i = 0\n    while True:\n        i += 1\n        yield [i], i % 2\n"
    data = load(Choice("python", {"path": write(tmp_path, text), "samples": 40}))
    assert len(data) == 40


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("def samples():\n    yield [1], 0\n    1 / 0\n", "python_failed", "3"),
        ("def samples(:\n", "python_failed", "1"),
        ("import no_such_module\n", "python_failed", "1"),
        ("other = 1\n", "python_no_entry", ""),
        ("def samples():\n    yield [1]\n", "python_no_pair", ""),
        ("def samples():\n    yield [1], 0\n    yield [1, 2], 0\n", "python_samples_differ", ""),
        ("def samples():\n    yield object(), 0\n", "python_no_numbers", ""),
        ("def samples():\n    yield [float('nan')], 0\n", "python_not_finite", ""),
        ("def samples():\n    yield [1], 0\n", "python_too_few", ""),
        ("import os\nos._exit(3)\n", "python_crashed", ""),
        ("def samples():\n    yield [1], 0\n    yield [2], 0\n", "data_too_few", ""),
    ],
)
def test_what_goes_wrong_is_a_sentence_with_the_line(
    tmp_path: Path, body: str, code: str, line: str
) -> None:
    problem = complaint(tmp_path, body)
    assert problem.code == code
    assert problem.values.get("line", "") == line


def test_what_hangs_is_ended_and_its_line_told(tmp_path: Path) -> None:
    problem = complaint(tmp_path, "def samples():\n    while True: pass\n", seconds=1.0)
    assert problem.code == "python_too_slow"
    assert problem.values["line"] == "2"


def test_no_more_is_read_than_memory_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LIMIT", 2**20)
    text = "def samples():\n    while True:\n        yield [0.0] * 10_000, 0\n"
    assert complaint(tmp_path, text).code == "python_too_much"


def test_what_it_prints_is_no_answer(tmp_path: Path) -> None:
    text = "print('{}')\nprint('{\"code\": \"x\"}')\n" + GOOD + "\n"
    assert len(load(Choice("python", {"path": write(tmp_path, text)}))) == 30


def test_it_is_shown_and_allowed_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, GOOD, is_allowed=False)
    assert main(["custom", path]) == 0
    shown = capsys.readouterr().out
    assert f"sha256 {digest(GOOD)}" in shown
    assert "not allowed" in shown
    assert refused("python", path=path).code == "python_not_allowed"
    assert main(["custom", path, "--allow", digest(GOOD)]) == 0
    assert len(load(Choice("python", {"path": path}))) == 30


def test_the_window_shows_the_text_before_it_may_run(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = AllowText(GOOD)
    qtbot.addWidget(dialog)
    assert dialog.code.toPlainText() == GOOD
    dialog.reject()
    assert digest(GOOD) not in allowed()
    dialog.allow.click()
    assert digest(GOOD) in allowed()
