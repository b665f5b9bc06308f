"""Names that no file can have are told as paths where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.paths import is_file, is_folder, is_there

NAMES = ["a" * 5000, "/".join(["a" * 200] * 40), "a\0b", ""]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_there_under_a_name_that_no_file_can_have(name: str) -> None:
    assert [ask(name) for ask in (is_there, is_folder, is_file)] == 3 * [False]


def test_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    assert (is_there(file), is_file(file), is_folder(file)) == (True, True, False)
    assert (is_there(tmp_path), is_file(tmp_path), is_folder(tmp_path)) == (True, False, True)
