"""An export in a process of its own: what it tells, and what it refuses."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event

import pytest

from app.exporting.process import end_with_parent, write_in_process
from app.exporting.writer import Export
from app.project.examples import load_example
from graph_model.inference.infer import infer_project
from graph_model.problems import Refusal


def export(path: Path, *targets: str) -> Export:
    project = load_example("iris-mlp")
    return Export(project, infer_project(project), path, targets)


def test_what_cannot_be_made_is_refused_as_beside_it(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_in_process(export(tmp_path / "net.py", "weights"), print, Event())
    assert refused.value.problem.code == "export_needs_weights"


def test_it_tells_what_it_makes_and_that_it_writes(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "net.py").mkdir()  # so that writing fails

    with pytest.raises(IsADirectoryError):
        write_in_process(export(tmp_path / "net.py", "torchscript"), told.append, Event())
    assert told == ["torchscript", ""]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_ends_the_export_and_nothing_else(tmp_path: Path) -> None:
    def kill(_: str) -> None:
        (child,) = multiprocessing.active_children()
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()

    with pytest.raises(Refusal) as refused:
        write_in_process(export(tmp_path / "net.py"), kill, Event())
    assert refused.value.problem.code == "export_ended"
    assert "SIGKILL" in refused.value.problem.message
    assert not any(tmp_path.iterdir())


def outlive() -> None:
    """Wait for a minute, unless the parent goes."""
    end_with_parent(Event())
    print("waits", flush=True)
    Event().wait(60)


def abandon() -> None:
    """Start a process, and be killed once it waits."""
    context = multiprocessing.get_context("spawn")
    context.Process(target=outlive).start()
    sys.stdin.read(1)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_nothing_is_left_of_an_export_whose_window_was_killed(root: Path) -> None:
    program = f"from {__name__} import abandon; abandon()"
    command = [sys.executable, "-c", program]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=root) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "waits\n"
        out, _ = parent.communicate("x", timeout=30)  # which the child holds open as long as it is
    assert out == ""
