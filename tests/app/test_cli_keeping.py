"""A run from the command line: never over another, and kept elsewhere where it must be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app import cli
from app.commands import FAILED, FINE, INTERRUPTED, UNUSABLE
from app.commands import training as training_command
from app.commands.training import folder_for_run, free_folder, run_job
from app.project.examples import load_example
from app.runs.events import Event, Finished, Kept, NotKept
from app.runs.folder import BEST, EVENTS, PROJECT, runs_folder
from app.runs.job import Job
from app.training.control import Control
from graph_model.files.storage import save
from graph_model.network import Project
from tests.app.command_line import IRIS


@pytest.fixture
def short() -> Project:
    project = load_example("iris-mlp")
    return replace(project, recipe=replace(project.recipe, epochs=2))


def test_no_run_is_written_over_another_or_over_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (PROJECT, EVENTS):
        folder = tmp_path / name.partition(".")[0]
        folder.mkdir()
        (folder / name).write_text("kept")
        for command in ("train", "demo"):
            assert cli.main([command, IRIS, "--out", str(folder)]) == UNUSABLE
            assert "another folder" in capsys.readouterr().err
        assert [(each.name, each.read_text()) for each in folder.iterdir()] == [(name, "kept")]
    assert free_folder("demo") == "demo"
    (folder_for_run("demo") / PROJECT).write_text("kept")
    assert free_folder("demo") == "demo-2"


def test_a_run_without_room_in_its_folder_is_kept_elsewhere(short: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    events: list[Event] = []
    assert run_job(Job(short, folder=tmp_path / "file", threads=1), events.append) == FAILED
    assert [type(event) for event in events if isinstance(event, NotKept | Kept | Finished)] == [
        NotKept,
        NotKept,
        Kept,
        Finished,
    ]
    (folder,) = runs_folder().iterdir()
    assert (folder / BEST).exists()
    assert (folder / EVENTS).exists()


def test_a_run_without_room_anywhere_waits_for_its_user(
    short: Project,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("in the way")
    nowhere = (tmp_path / "file" / name for name in "abc")
    monkeypatch.setattr(training_command, "new_folder", lambda *_: next(nowhere))
    said: list[str] = []

    def wait(_control: Control, _seconds: float) -> None:
        """Press Ctrl+C instead of waiting."""
        said.append(capsys.readouterr().err)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Control, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        run_job(Job(short, folder=tmp_path / "file", threads=1), lambda _: None)
    (text,) = said
    assert "Ctrl+C" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to be caught")
def test_what_a_batch_system_sends_first_ends_a_run_properly(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "run"
    arguments = ["train", IRIS, "--epochs", "100000", "--json", "--out", str(folder)]
    with subprocess.Popen(
        [sys.executable, "-m", "app", *arguments], stdout=subprocess.PIPE, text=True, cwd=root
    ) as running:
        assert running.stdout is not None
        while json.loads(running.stdout.readline())["event"] != "epoch_ended":
            pass
        running.send_signal(signal.SIGTERM)
        told, _ = running.communicate()
    assert running.returncode == INTERRUPTED
    assert json.loads(told.splitlines()[-1])["stopped"] is True
    assert (folder / BEST).exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_under_the_output_ends_no_run(
    short: Project, tmp_path: Path, root: Path
) -> None:
    save(short, tmp_path / "net.weft")
    command = ["train", str(tmp_path / "net.weft"), "--json", "--out", str(tmp_path / "run")]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "app", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
            check=False,
        )
    assert ended.returncode == FINE
    assert "cannot be written: No space left" in ended.stderr
    assert "Traceback" not in ended.stderr
    last = (tmp_path / "run" / EVENTS).read_text().splitlines()[-1]
    assert json.loads(last)["event"] == "finished"
