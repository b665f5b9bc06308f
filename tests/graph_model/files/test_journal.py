"""The recovery journal: what a crash leaves is found once, and kept until answered."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from graph_model.files import journal as journal_module
from graph_model.files.journal import Journal, LeftBehind, left_behind
from graph_model.files.storage import Origin, dumps, load, save
from graph_model.network import empty_project

WRITE_AND_WAIT = """
import sys
from pathlib import Path
from graph_model.files.journal import Journal
from graph_model.files.storage import Origin
from graph_model.network import empty_project
journal = Journal(Path(sys.argv[1]))
journal.write(empty_project(sys.argv[2]), Origin(Path("/somewhere/net.weft"), "as it was"))
print("written", flush=True)
sys.stdin.read()
"""


def crashed(folder: Path, root: Path, *names: str) -> None:
    """Leave what windows leave that were killed."""
    for name in names:
        with subprocess.Popen(
            [sys.executable, "-c", WRITE_AND_WAIT, str(folder), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
        ) as window:
            assert window.stdout is not None
            assert window.stdout.readline() == b"written\n"
            assert name not in names_left_behind(folder)  # it lives
            window.kill()
        assert name in names_left_behind(folder)
        for entry in left_behind(folder):
            age = len(entry.project.network.name)
            os.utime(entry.file, (age, age))
            entry.keep()


def names_left_behind(folder: Path) -> set[str]:
    found = left_behind(folder)
    for entry in found:
        entry.keep()
    return {entry.project.network.name for entry in found}


def test_a_window_that_lives_is_left_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write(empty_project(), None)
    assert left_behind(tmp_path) == []
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_once_the_project_is_saved(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write(empty_project(), None)
    journal.clear()
    assert not journal.file.exists()
    journal.write(empty_project(), None)
    assert journal.file.exists()
    journal.close()


def test_what_a_crash_left_is_found(tmp_path: Path, root: Path) -> None:
    crashed(tmp_path, root, "Lost")
    (entry,) = left_behind(tmp_path)
    assert entry.project == empty_project("Lost")
    assert entry.origin == Origin(Path("/somewhere/net.weft"), "as it was")
    assert entry.written_at == len("Lost")
    entry.discard()
    assert list(tmp_path.iterdir()) == []


def test_it_is_asked_after_once_and_kept_until_answered(tmp_path: Path, root: Path) -> None:
    crashed(tmp_path, root, "Lost")
    (entry,) = left_behind(tmp_path)
    assert left_behind(tmp_path) == []  # held by the window that asks
    entry.keep()
    (again,) = left_behind(tmp_path)
    assert again.project == entry.project
    again.discard()
    assert left_behind(tmp_path) == []


def test_the_latest_comes_first_and_a_damaged_entry_is_set_aside(
    tmp_path: Path, root: Path
) -> None:
    crashed(tmp_path, root, "Old", "Newest")
    (tmp_path / "0.recovery").write_text("{", encoding="utf-8")
    (tmp_path / "1.recovery").write_bytes(b"\xff")
    save(empty_project(), tmp_path / "2.recovery")
    found = left_behind(tmp_path)
    assert [entry.project.network.name for entry in found] == ["Newest", "Old"]
    damaged = sorted(path.name for path in tmp_path.glob("*.damaged"))
    assert damaged == ["0.recovery.damaged", "1.recovery.damaged", "2.recovery.damaged"]
    assert load(tmp_path / damaged[2]) == empty_project()
    for entry in found:
        entry.discard()


def test_a_window_that_closes_just_then_has_left_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0.recovery").touch()
    read = journal_module._read

    def read_too_late(file: Path, lock: FileLock) -> LeftBehind:
        file.unlink()
        return read(file, lock)

    monkeypatch.setattr(journal_module, "_read", read_too_late)
    assert left_behind(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_an_entry_without_a_file_of_its_own(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write(empty_project(), None)
    journal._lock.release()  # as the system does after a crash
    (entry,) = left_behind(tmp_path)
    assert entry.origin is None
    entry.discard()


def test_an_entry_of_an_older_version_knows_its_file_but_not_what_stood_there(
    tmp_path: Path,
) -> None:
    entry = {"format": "layerweft recovery", "path": "/net.weft", "project": dumps(empty_project())}
    (tmp_path / "0.recovery").write_text(json.dumps(entry), encoding="utf-8")
    (found,) = left_behind(tmp_path)
    assert found.origin == Origin(Path("/net.weft"), "")
    found.discard()


def test_what_was_saved_just_before_the_crash_is_not_offered(tmp_path: Path) -> None:
    path, folder = tmp_path / "net.weft", tmp_path / "recovery"
    before = save(empty_project("Before"), path)
    journal = Journal(folder)
    journal.write(empty_project("After"), before)
    journal._lock.release()  # as the system does after a crash
    (found,) = left_behind(folder)
    assert found.project == empty_project("After")
    found.keep()
    save(empty_project("After"), path)
    assert left_behind(folder) == []
    assert list(folder.iterdir()) == []


def test_a_folder_removed_meanwhile_is_made_and_held_again(tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    journal = Journal(folder)
    shutil.rmtree(folder)
    journal.write(empty_project("Kept"), None)
    assert journal.file.exists()
    assert left_behind(folder) == []  # the window lives
    shutil.rmtree(folder)
    folder.write_text("in the way")
    with pytest.raises(OSError, match="exists"):
        journal.write(empty_project(), None)
    journal.close()


def test_what_a_crash_left_is_gone_on_with(tmp_path: Path, root: Path) -> None:
    crashed(tmp_path, root, "Lost")
    (entry,) = left_behind(tmp_path)
    journal = Journal(tmp_path, entry)
    assert left_behind(tmp_path) == []
    journal.write(empty_project("Longer"), None)
    assert list(tmp_path.glob("*.recovery")) == [entry.file]
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_folders_in_place_of_entries_and_locks_are_no_entries(tmp_path: Path) -> None:
    (tmp_path / "0.recovery").mkdir()
    (tmp_path / "1.recovery").write_bytes(b"")
    (tmp_path / "1.lock").mkdir()
    assert left_behind(tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} == {
        "0.recovery.damaged",
        "1.recovery",
        "1.lock",
    }
