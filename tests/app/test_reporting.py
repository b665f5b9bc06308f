"""Reports of runs: whole, well-formed, with what the runs told, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from app.cli import main
from app.language.i18n import CHINESE, ENGLISH, translations
from app.project.examples import load_example
from app.reporting import write_report
from app.runs.curves import Curve
from app.runs.events import Noticed, as_json
from app.runs.folder import log_of, runs_folder
from app.runs.index import read_summaries
from app.runs.labels import Labels, keep_labels
from app.runs.trial import Told, keep_trial
from app.runs_panel.svg_curves import curves_svg, ticks
from graph_model.problems import ChooseInRecipe, Fix, Problem
from tests.app.runs.kept import keep_run

VOID = {"meta", "br"}


class Parsed(HTMLParser):
    """Reads a page: its texts, and that what is opened is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), "a script"
            outside = re.match(r"\w+://", value or "")
            assert name.startswith("xmlns") or not outside, (name, value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


@pytest.fixture
def runs(look: None) -> Path:
    for number, (lr, loss) in enumerate((("0.1", 0.5), ("0.01", 0.25), ("0.001", 0.125))):
        folder = runs_folder() / f"2026-01-01 00.00.0{number} Net"
        project = load_example("iris-mlp")
        keep_trial(
            keep_run(folder, (1.0, loss), {"lr": lr}, project=project), Told("rates", {"lr": lr})
        )
    keep_labels(folder, Labels(note="<script>alert(1)</script>"))
    return runs_folder()


def page(path: Path) -> Parsed:
    text = path.read_text()
    assert "<script" not in text
    return Parsed(text)


def test_a_run_is_reported_with_its_network_and_curves(runs: Path, tmp_path: Path) -> None:
    first = read_summaries(runs)[0]
    write_report([first], tmp_path / "one.html")
    found = page(tmp_path / "one.html")
    assert {"lr=0.001", "0.125", "Validation loss", "Iris MLP"} <= {*found.texts}
    assert "<script>alert(1)</script>" in found.texts, "as text"
    assert found.tags.count("svg") == 3, "loss, accuracy and the network"
    assert found.tags.count("polyline") >= 3, "training and validation"


def test_what_was_noticed_is_reported_with_its_time_and_what_would_mend_it(
    runs: Path, tmp_path: Path
) -> None:
    first = read_summaries(runs)[0]
    node = next(iter(load_example("iris-mlp").network.nodes.values()))
    rate = ChooseInRecipe("optimizer", "Adam", {"lr": 0.01})
    values = {"first": "1.1", "now": "90", "moved": "300 %", "rate": "1"}
    fix = Fix("set_argument", rate, {"parameter": "lr", "value": "0.01"})
    told = Noticed(7, Problem("rate_too_high", values, node=node.id, fixes=(fix,)), node.id, "main")
    old = {**as_json(told), "step": 9}
    del old["mended_by"]
    log = log_of(first.run.folder)
    with log.open("a") as file:
        file.writelines(
            json.dumps(each, ensure_ascii=False) + "\n" for each in (as_json(told), old)
        )
    write_report([first], tmp_path / "one.html")
    texts = page(tmp_path / "one.html").texts
    assert {"7", "9", node.name, told.problem.message} <= {*texts}
    assert texts.count(fix.message) == 2, "a log of before has the English words"
    translations().use(CHINESE)
    try:
        write_report([first], tmp_path / "zh.html")
    finally:
        translations().use(ENGLISH)
    told_there = page(tmp_path / "zh.html").texts
    assert told.problem.message not in told_there
    assert told_there.count(fix.message) == 1, "only that of a log of before"
    assert '<html lang="zh-CN">' in (tmp_path / "zh.html").read_text()
    write_report(read_summaries(runs), tmp_path / "all.html")
    assert "Nothing looked wrong." not in page(tmp_path / "all.html").texts


def test_several_are_compared_and_their_network_is_drawn_once(runs: Path, tmp_path: Path) -> None:
    write_report(read_summaries(runs), tmp_path / "all.html")
    found = page(tmp_path / "all.html")
    assert {"Comparison of 3 runs", "Recipe", "lr=0.1", "Effects on the validation loss"} <= {
        *found.texts
    }
    assert found.tags.count("svg") == 3
    assert "lr (explains 100 %)" in found.texts


def test_reports_are_written_from_the_command_line(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rates.html"
    assert main(["report", "--where", "experiment=rates lr<0.05", "-o", str(path)]) == 0
    assert "Comparison of 2 runs" in page(path).texts
    assert main(["report", "2026-01-01 00.00.00 Net", "-o", str(path)]) == 0
    assert "lr=0.1" in page(path).texts
    assert main(["report", "-o", str(path)]) == 2
    assert "There is no run to report" in capsys.readouterr().err
    assert main(["report", "nothing", "-o", str(path)]) == 2
    assert main(["report", "--where", "lr<1", "-o", str(tmp_path / "none" / "x.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3, 7), (0.123, 0.124), (5, 5), (0, 0), (1e-9, 1e9), (-1e5, -1)]
)
def test_ticks_are_round_even_and_around_the_values(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low + 1e-12
    assert found[-1] >= high - 1e-12
    assert 2 <= len(found) <= 9
    assert np.diff(found) == pytest.approx(np.full(len(found) - 1, found[1] - found[0]))


def test_what_is_not_finite_is_left_out_of_a_picture() -> None:
    curve = Curve()
    curve.extend(np.array([1.0, 2.0, 3.0]), np.array([0.5, np.nan, 0.25]))
    text = curves_svg({"a & b": curve, "none": Curve()}, "steps")
    assert "nan" not in text
    assert "<title>a &amp; b</title>" in text
    assert len(re.findall(r'points="([^"]*)"', text)[0].split()) == 2
    assert curves_svg({"none": Curve()}, "steps") == ""
