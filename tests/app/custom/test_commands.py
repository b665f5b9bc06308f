"""Custom layers on the command line, and trained."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli import main
from app.commands.project import settled
from app.permission import allow, known_here
from app.project.examples import load_example
from app.runs.events import Failed, Finished
from app.runs.job import Job
from app.training.headless import run_headless
from app.training.process import train_in_process
from codegen.custom_layers.prober import Prober, settle
from graph_model.custom_layers.known import add_layer, digest
from graph_model.files.storage import save
from graph_model.network import CustomLayer, Project, custom_kind, with_network, with_renamed_ports
from tests.custom_layers import STRAIGHT_THROUGH, SWISH, project_with
from tests.scripts import run_script


def saved(project: Project, folder: Path) -> str:
    path = folder / "net.weft"
    save(project, path)
    return str(path)


def with_own_activation() -> Project:
    """Return the example of the irises with a custom layer in place of its activations."""
    project, id = add_layer(load_example("iris-mlp"), SWISH)
    project = replace(project, recipe=replace(project.recipe, epochs=30))
    nodes = {
        key: replace(node, kind=custom_kind(id), arguments={}) if node.kind == "ReLU" else node
        for key, node in project.network.nodes.items()
    }
    assert any(node.kind == custom_kind(id) for node in nodes.values())
    project = with_network(project, replace(project.network, nodes=nodes))
    return with_renamed_ports(project, custom_kind(id), {"input": "x"}, {})


@pytest.mark.parametrize(
    "command", [["check"], ["check", "--json"], ["export"], ["train"], ["custom"], ["demo"]]
)
def test_no_command_runs_what_is_not_allowed(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trace = tmp_path / "trace"
    text = f"from pathlib import Path\n\nRUN = Path({str(trace)!r}).touch()\n\n\n{SWISH}"
    text = text.replace("    return x", "    RUN\n    return x")
    project, (id,) = project_with(SWISH)
    project = replace(project, layers={id: CustomLayer(id, text)})
    assert main([command[0], saved(project, tmp_path), *command[1:]]) == (command != ["custom"])
    assert not trace.exists()


def test_the_way_to_allow_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(project_with(SWISH)[0], tmp_path)
    assert main(["check", path]) == 1
    assert "layerweft custom" in capsys.readouterr().out
    assert main(["export", path]) == 1
    assert "layerweft custom" in capsys.readouterr().err


def test_a_text_is_shown_then_allowed_then_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(project_with(SWISH)[0], tmp_path)
    assert main(["custom", path]) == 0
    shown = capsys.readouterr().out
    assert "not allowed on this machine" in shown
    assert digest(SWISH) in shown
    assert "    return x * torch.sigmoid(beta * x)" in shown
    assert main(["custom", path, "--allow", digest(SWISH + " ")]) == 2
    assert main(["custom", path, "--allow", digest(SWISH)]) == 0
    assert main(["custom", path]) == 0
    assert "swish: allowed" in capsys.readouterr().out
    assert main(["export", path, "-o", str(tmp_path / "model.py")]) == 0
    printed = subprocess.run(
        [sys.executable, "model.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert printed.stdout == "(2, 8)\n"


def test_what_may_run_is_listed_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["custom", "--list"]) == 0
    assert "No custom layer may run" in capsys.readouterr().out
    allow(SWISH)
    assert main(["custom", "--list"]) == 0
    listed = capsys.readouterr().out
    assert digest(SWISH) in listed
    assert "    return x * torch.sigmoid(beta * x)" in listed
    assert main(["custom", "--revoke", digest(SWISH)]) == 0
    assert main(["custom", "--revoke", digest(SWISH)]) == 2
    assert main(["export", saved(project_with(SWISH)[0], tmp_path)]) == 1
    assert main(["custom"]) == 2
    assert "--list" in capsys.readouterr().err


def test_permission_that_cannot_be_taken_back_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    allow(SWISH)
    monkeypatch.setattr(Path, "unlink", refuse)
    assert main(["custom", "--revoke", digest(SWISH)]) == 2
    assert "cannot be taken back" in capsys.readouterr().err


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_projects_without_any_and_with_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["custom", "example:iris-mlp"]) == 0
    assert "no custom layers" in capsys.readouterr().out
    project, _ = add_layer(load_example("iris-mlp"), "def f(:")
    assert main(["custom", saved(project, tmp_path)]) == 0
    assert "error: Line 1" in capsys.readouterr().out


def test_permission_that_cannot_be_saved_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("no folder")
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path / "home"))
    path = saved(project_with(SWISH)[0], tmp_path)
    assert main(["custom", path, "--allow", digest(SWISH)]) == 2
    assert "cannot be saved" in capsys.readouterr().err


def test_a_custom_activation_is_trained_and_repeated_by_the_exported_script(
    tmp_path: Path,
) -> None:
    project = with_own_activation()
    allow(SWISH)
    inference, known = settled(project)
    assert not inference.has_errors
    job = Job(project, folder=tmp_path / "run", known=known, threads=1)
    ended = run_headless(job, lambda _: None)
    assert isinstance(ended, Finished)
    assert ended.validation["accuracy"] > 0.8
    path = saved(project, tmp_path)
    assert main(["export", path, "-o", str(tmp_path / "model.py"), "--train"]) == 0
    assert run_script(tmp_path)[-1]["validation"] == ended.validation


def test_a_run_without_permission_fails_with_the_reason(tmp_path: Path) -> None:
    project = with_own_activation()
    allow(SWISH)
    with Prober() as prober:
        _, known = settle(project, known_here(), prober)
    taken_back = replace(known, allowed=frozenset())
    (*_, last) = train_in_process(Job(project, known=taken_back, threads=1))
    assert isinstance(last, Failed)
    assert last.problem.code == "custom_not_allowed"


def test_a_gradient_of_ones_own_is_trained_with(tmp_path: Path) -> None:
    project = with_own_activation()
    (id,) = project.layers
    project = replace(project, layers={id: CustomLayer(id, STRAIGHT_THROUGH)})
    allow(STRAIGHT_THROUGH)
    _, known = settled(project)
    ended = run_headless(Job(project, known=known, threads=1), lambda _: None)
    assert isinstance(ended, Finished)
