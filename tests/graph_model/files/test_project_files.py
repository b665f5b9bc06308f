"""Project files on the disk: saved whole or not at all, and refused where they cannot be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph_model.files import atomic
from graph_model.files.storage import (
    ProjectFileError,
    dumps,
    load,
    loads,
    read,
    save,
)
from graph_model.files.strict_json import LARGEST_TEXT
from graph_model.network import (
    Network,
    Node,
    Position,
    Project,
    add_nodes,
    empty_project,
)
from tests.graph_model.projects import small_project


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "网络.weft"
    save(small_project(), path)
    assert load(path) == small_project()
    assert path.read_text(encoding="utf-8") == dumps(small_project())
    assert list(tmp_path.iterdir()) == [path]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    path.write_bytes(b"\xef\xbb\xbf" + dumps(small_project()).encode())
    assert load(path) == small_project()


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    def code_of(path: Path) -> str:
        with pytest.raises(ProjectFileError) as caught:
            load(path)
        return caught.value.problem.code

    assert code_of(tmp_path / "none.weft") == "file_not_found"
    assert code_of(tmp_path) == "file_unreadable"
    utf16 = tmp_path / "utf16.weft"
    utf16.write_bytes(dumps(small_project()).encode("utf-16"))
    assert code_of(utf16) == "file_not_text"
    large = tmp_path / "large.weft"
    with large.open("wb") as file:
        file.truncate(100 * 2**20)
    assert code_of(large) == "file_too_large"


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(" " * (LARGEST_TEXT + 1))
    assert caught.value.problem.code == "file_too_large"


def test_a_file_of_ten_thousand_nodes_is_far_below_the_limit() -> None:
    nodes = [Node(f"node{i:05}", "Conv2d", f"conv{i}", {"out_channels": 64}) for i in range(10_000)]
    network = add_nodes(Network("main", "Large"), nodes)
    layout = {node.id: Position(i, 128.5 * i) for i, node in enumerate(nodes)}
    text = dumps(Project({"main": network}, "main", {"main": layout}))
    assert len(text) < LARGEST_TEXT / 10
    assert len(loads(text).network.nodes) == 10_000


def test_a_failing_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.weft"
    save(empty_project(), path)

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        save(small_project(), path)
    assert load(path) == empty_project()
    assert list(tmp_path.iterdir()) == [path]


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from graph_model.network import Network, Node, Project
from graph_model.files.storage import save
path = Path(sys.argv[1])
for count in range(1, 10**9):
    nodes = {f"n{i}": Node(f"n{i}", "ReLU", f"r{i}") for i in range(500 + count % 7)}
    save(Project({"main": Network("main", "x", nodes)}, "main"), path)
    print(count, flush=True)
"""


def test_a_killed_save_leaves_a_whole_file(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "net.weft"
    for rounds in range(1, 6):
        saving = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)],
            stdout=subprocess.PIPE,
            cwd=root,
        )
        assert saving.stdout is not None
        for _ in range(rounds):
            saving.stdout.readline()
        saving.kill()
        saving.communicate()
        assert len(load(path).network.nodes) >= 500
    for stray in tmp_path.glob(".net.weft.*"):
        os.utime(stray, (0, 0))
    load(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_aside_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    busy, old, other = (tmp_path / f".{name}.part" for name in ("net.weft.a", "net.weft.b", "c.d"))
    for each in (busy, old, other):
        each.touch()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    save(small_project(), path)
    assert busy.exists()
    assert not old.exists()
    assert other.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions and links are those of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "net.weft", tmp_path / "link.weft"
    save(small_project(), path)
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    path.chmod(0o640)
    link.symlink_to(path)
    save(empty_project(), link)
    assert link.is_symlink()
    assert load(path) == empty_project()
    assert path.stat().st_mode & 0o777 == 0o640


def test_folders_are_not_synchronised_where_the_system_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.weft"
    resolved = path.resolve()
    monkeypatch.setattr(atomic.os, "name", "nt")
    atomic._sync_folder(resolved / "there is no such folder")


def test_a_name_as_long_as_a_file_may_have_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("网" * 80 + ".weft")
    atomic.write_atomically(path, b"{}")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_has_changed_when_something_else_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    save(empty_project(), path)
    project, origin = read(path)
    assert project == empty_project()
    assert not origin.has_changed()
    os.utime(path, (1, 1))
    assert not origin.has_changed()  # touched, but the same
    assert save(empty_project("Other"), path) != origin
    assert origin.has_changed()
    path.unlink()
    assert not origin.has_changed()  # there is nothing that could be lost
    path.mkdir()
    assert origin.has_changed()
