"""Nothing visible lacks its translation."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools import translate


def test_the_translations_are_complete_and_compiled(root: Path):
    done = subprocess.run(
        [sys.executable, "-m", "tools.translate", "check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path, monkeypatch) -> Path:
    """A copy of the translation files that may be damaged."""
    for name in ("CHINESE", "ENGLISH"):
        original: Path = getattr(translate, name)
        for path in (original, original.with_suffix(".qm")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        monkeypatch.setattr(translate, name, tmp_path / original.name)
    return translate.CHINESE


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("The input “{port}” has no edge. Connect a tensor to it.", "", "no finished translation"),
        ("The input “{port}” has no edge. Connect a tensor to it.", "连接{Port}", "placeholders"),
        ("&File", "文件", "access keys"),
    ],
)
def test_the_check_can_fail(copy: Path, source: str, translation: str, fault: str):
    tree = ElementTree.parse(copy)
    (message,) = (each for each in tree.iter("message") if each.findtext("source") == source)
    message.find("translation").text = translation
    tree.write(copy, encoding="utf-8", xml_declaration=True)
    found = list(translate.complaints())
    assert any(source in each and fault in each for each in found)
    assert "layerweft_zh_CN.qm is not up to date: run tools/translate.py release" in found


def test_a_new_string_is_noticed(copy: Path, monkeypatch):
    monkeypatch.setattr(translate, "catalogue_strings", lambda: iter([("Problem", "It is late.")]))
    assert any("It is late." in each for each in translate.complaints())


def test_a_count_without_its_plural_is_noticed(copy: Path, monkeypatch):
    monkeypatch.setattr(translate, "catalogue_strings", lambda: iter([("Problem", "%n rows.")]))
    assert any("'%n rows.' has no plural" in each for each in translate.complaints())
