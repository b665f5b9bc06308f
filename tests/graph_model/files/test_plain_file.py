"""Pipes, folders and devices in place of files are refused at once, wherever files are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph_model.files.atomic import write_atomically
from graph_model.files.journal import left_behind
from graph_model.files.plain_file import (
    is_plain_file,
    need_plain_file,
    read_start,
    read_start_of_text,
)
from graph_model.files.storage import ProjectFileError, load


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abcdef")
    assert read_start(path, 4) == b"abcd"
    assert read_start(path, 10) == b"abcdef"


def test_of_a_text_characters_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("\ufeffnäme\r\n", encoding="utf-8", newline="")
    assert read_start_of_text(path, 2) == "nä"
    assert read_start_of_text(path, 10) == "näme\r\n"


def test_a_link_to_a_file_is_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    need_plain_file(tmp_path / "link")
    assert is_plain_file(tmp_path / "link")


def test_a_pipe_a_folder_and_a_device_are_none(pipe: Path, tmp_path: Path) -> None:
    for path, reason in (
        (pipe, "it is no ordinary file"),
        (Path("/dev/zero"), "it is no ordinary file"),
        (tmp_path, "it is a folder"),
    ):
        with pytest.raises(OSError, match=reason):
            read_start(path, 1)
        assert not is_plain_file(path)


def test_an_impossible_path_is_no_file() -> None:
    assert not is_plain_file("x" * 5000)
    assert not is_plain_file("a\0b")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_project_that_is_no_file_is_refused(tmp_path: Path, make) -> None:
    path = tmp_path / "net.weft"
    make(path)
    with pytest.raises(ProjectFileError) as caught:
        load(path)
    assert caught.value.problem.code == "file_unreadable"
    assert str(path) in str(caught.value)
    assert path.exists()


def test_a_device_is_no_project() -> None:
    with pytest.raises(ProjectFileError, match="no ordinary file"):
        load(Path("/dev/zero"))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_in_the_journal_is_set_aside(tmp_path: Path, make) -> None:
    make(tmp_path / "1.recovery")
    assert left_behind(tmp_path) == []
    assert (tmp_path / "1.recovery.damaged").exists()


def test_nothing_is_written_in_place_of_a_pipe(pipe: Path) -> None:
    with pytest.raises(OSError, match="no ordinary file"):
        write_atomically(pipe, b"x")
    assert pipe.is_fifo()
    assert list(pipe.parent.iterdir()) == [pipe]


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    path.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        write_atomically(path, b"x")
    assert path.is_symlink()
    with pytest.raises(ProjectFileError):
        load(path)
