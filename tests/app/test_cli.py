"""The command line: what it prints, what it writes, and its exit status."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import onnx
import pytest

from app import cli
from app.commands import FAILED, FINE, UNUSABLE
from app.commands import open as open_command
from app.exporting.targets import TARGETS
from app.project.examples import EXAMPLES, load_example
from app.project.opened import Opened
from graph_model.dims import symbol
from graph_model.editing.dismissals import dismiss
from graph_model.files.storage import read, save
from graph_model.inference.infer import infer
from graph_model.network import Dismissal, Project
from graph_model.recipe import Choice, Objective, Recipe
from tests.app.command_line import IRIS, layerweft
from tools.mistakes import f32, row

COMMANDS = ("open", "check", "data", "export", "train", "picture", "examples", "demo")


# Usage


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_with_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command.split(), "--help"]) == FINE
    shown = capsys.readouterr().out
    assert "examples:\n  layerweft" in shown
    assert shown.startswith(f"usage: layerweft {command}".rstrip())


def test_help_imports_nothing_heavy(root: Path) -> None:
    code = (
        "import sys; from app.cli import main; main(['--help']); main(['train', '--help']);"
        "print([name for name in ('torch', 'PySide6', 'numpy', 'networkx') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert shown.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "required: file"),
        (["chek"], "did you mean “check”"),
        (["exmaples"], "did you mean “examples”"),
        (["check", "a", "b"], "unrecognized"),
        (["check", IRIS, "--jsno"], "unrecognized"),
        (["train", IRIS, "--epochs", "0"], "'0' is not a whole number of at least 1"),
        (["train", IRIS, "--epochs", "many"], "'many' is not a whole number"),
        (["train", IRIS, "--seed", "-1"], "at least 0"),
        (["picture", IRIS], "required: -o"),
        (["picture", IRIS, "-o", "net.jpg"], "must end in one of: .svg"),
        (["check", "example:iris"], "Did you mean “iris-mlp”"),
        (["check", "nowhere.weft"], "nowhere.weft: there is no such file"),
        (["export", IRIS, "--train"], "say where, with -o"),
        (["export", IRIS, "--to", "a", "-o", "b.py"], "give one of them"),
        (["train", IRIS, "--on", "host"], "name it, with --out"),
        (["train", IRIS, "--on", "host", "--resume"], "--on begins a new one"),
        (["export", IRIS, "--as", "pt2"], "say where, with -o"),
        (["export", IRIS, "-o", "model.py", "--as", "h5"], "choose from"),
        (["export", IRIS, "-o", "nowhere/at/model.py"], "nowhere/at/model.py cannot be written"),
        (["nowhere.weft"], "nowhere.weft: there is no such file"),
        (["train", IRIS, "--out", ""], "out: the text given for it is empty"),
        (["train", IRIS, "--weights-of", ""], "weights_of: the text given for it is empty"),
        ([""], "file: the text given for it is empty"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == UNUSABLE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named_with_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.weft"
    path.write_text('{"format": "layerweft project",\n "version": }', encoding="utf-8")
    assert cli.main(["check", str(path), "--json"]) == UNUSABLE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"layerweft: {path}: Line 2, column 13:")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == FINE
    assert capsys.readouterr().out.startswith("layerweft ")


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "app", "examples"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        cwd=root,
    )
    os.close(writing)
    assert ended.returncode == FAILED
    assert ended.stderr == b""


def test_a_terminal_that_lacks_a_character_still_gets_the_rest(root: Path) -> None:
    ended = layerweft("check", IRIS, cwd=root, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert ended.returncode == FINE
    assert "N?4" in ended.stdout


# The window


def test_without_a_command_the_window_opens(monkeypatch: pytest.MonkeyPatch, short: Path) -> None:
    windows: list[Opened | None] = []

    def run_window(opened: Opened | None, _: list[str]) -> int:
        windows.append(opened)
        return FINE

    monkeypatch.setattr(open_command, "run_window", run_window)
    assert cli.main([]) == FINE
    assert cli.main([str(short)]) == FINE
    assert cli.main([IRIS]) == FINE
    assert cli.main(["open", IRIS]) == FINE
    example = Opened(load_example("iris-mlp"))
    assert windows == [None, Opened(*read(short)), example, example]


def test_without_a_display_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert cli.main([IRIS]) == UNUSABLE
    assert "layerweft demo" in capsys.readouterr().err
    monkeypatch.setattr(sys, "platform", "darwin")
    assert open_command.has_display()


def test_a_home_that_cannot_be_written_is_told_before_work_can_be_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path / "file" / "home"))
    assert cli.main([IRIS]) == UNUSABLE
    assert "Set LAYERWEFT_HOME" in capsys.readouterr().err


# Commands


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "example:digits-resnet", "--json"]) == FINE
    count = infer(load_example("digits-resnet").network).parameter_count
    assert json.loads(capsys.readouterr().out) == {
        "name": "Digits ResNet",
        "parameters": count,
        "trainable": count,
        "inputs": {"image": ["N", 1, 8, 8]},
        "outputs": {"digit": ["N", 10]},
        "cost": {
            "multiply_adds": 533824,
            "activation_bytes": 36352,
            "weight_bytes": 80024,
            "at_least": [],
        },
        "problems": [],
        "dismissed": [],
    }


def test_check_tells_what_was_dismissed_as_a_number(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    network = row("", f32("N", 8), ("ReLU", {}), ("GELU", {})).network
    project = Project({network.id: network}, network.id)
    (advice,) = infer(network).problems
    unheard = Dismissal(network.id, "", "a_later_advice")
    path = tmp_path / "twice.weft"
    save(project, path)
    assert cli.main(["check", str(path)]) == FINE
    assert f"advice: gelu1: {advice.message}" in capsys.readouterr().out
    dismissed = dismiss(project, network.id, advice)
    save(replace(dismissed, dismissed=dismissed.dismissed | {unheard}), path)
    assert cli.main(["check", str(path)]) == FINE
    *_, none, count, unknown = capsys.readouterr().out.splitlines()
    assert (none, count) == ("No problems.", "1 dismissed.")
    assert unknown.endswith("a_later_advice")
    assert cli.main(["check", str(path), "--json"]) == FINE
    found = json.loads(capsys.readouterr().out)
    assert (found["problems"], [each["code"] for each in found["dismissed"]]) == ([], [advice.code])


def test_check_tells_problems(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(broken), "--json"]) == FAILED
    report = json.loads(capsys.readouterr().out)
    assert report["outputs"] == {"species": None}
    problem = report["problems"][0]
    assert (problem["node"], problem["code"]) == ("linear3", "missing_input")
    assert "“input” has no edge" in problem["message"]
    assert cli.main(["check", str(broken)]) == FAILED
    text = capsys.readouterr().out
    assert "error: linear3: The input" in text
    assert "out species  unknown" in text
    assert "warning: relu2: " in text


def test_check_tells_what_is_wrong_with_the_recipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, path = load_example("iris-mlp"), tmp_path / "iris.weft"

    def told(**changes: object) -> list[tuple[str, str, str]]:
        save(replace(project, recipe=replace(project.recipe, **changes)), path)
        status = cli.main(["check", str(path), "--json"])
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert status == (FAILED if any(each["severity"] == "error" for each in problems) else FINE)
        return [(each["severity"], each["code"], each["node"]) for each in problems]

    (output,) = (node for node in project.network.nodes.values() if node.kind == "Output")
    unknown = Objective(output.id, "target", Choice("FancyLoss"))
    assert told(objectives=(unknown,)) == [("error", "unknown_choice", output.name)]
    assert cli.main(["check", str(path)]) == FAILED
    text = capsys.readouterr().out
    assert "error: species: There is no loss called “FancyLoss”" in text
    assert "No problems." not in text
    assert told(data=Choice("csv", {"path": str(tmp_path / "none.csv")})) == [
        ("error", "data_not_found", "")
    ]
    assert told(data=Choice("csv")) == [("advice", "data_no_path", "")]
    assert told(data=Choice("wine")) == [("error", "input_shape", "flower")]
    assert told() == []


def test_check_takes_a_recipe_that_nobody_touched_for_none(tmp_path: Path) -> None:
    path = tmp_path / "iris.weft"
    save(replace(load_example("iris-mlp"), recipe=Recipe()), path)
    assert cli.main(["check", str(path)]) == FINE


def test_check_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", IRIS]) == FINE
    n = symbol("N")
    assert capsys.readouterr().out.splitlines() == [
        "Iris MLP: 7 nodes, 403 parameters",
        f"  in  flower  {n}×4  float32",
        "  out species  N×3  float32",
        "No problems.",
    ]


def test_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["examples"]) == FINE
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [f"example:{each.name}" for each in EXAMPLES]
    assert cli.main(["examples", "--json"]) == FINE
    listed = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in listed] == [each.name for each in EXAMPLES]


def test_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.py"
    assert cli.main(["export", IRIS]) == FINE
    assert cli.main(["export", IRIS, "--prove"]) == UNUSABLE
    text = capsys.readouterr().out
    assert cli.main(["export", IRIS, "-o", str(path)]) == FINE
    assert path.read_text(encoding="utf-8") == text
    shown = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert shown.stdout == "(2, 3)\n"


def test_every_target_is_listed_with_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", IRIS, "--list"]) == FINE
    listed = capsys.readouterr().out
    for target in TARGETS.values():
        assert f"{target.name:<12} {target.title}: {target.help}" in listed
    assert listed.count("cannot be written now") == 1
    assert "no run has trained this very network yet" in listed


def test_a_network_with_problems_is_not_exported(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.py"
    assert cli.main(["export", str(broken), "-o", str(path)]) == FAILED
    assert not path.exists()
    assert "error: linear3: The input" in capsys.readouterr().err


def test_train_then_export_the_weights(
    short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert cli.main(["train", str(short), "--out", str(run)]) == FINE
    text = capsys.readouterr().out
    assert "epoch 2/2" in text
    assert "validation (epoch 2)" in text
    assert f"Kept in {run}." in text
    model = tmp_path / "exported" / "net.py"
    model.parent.mkdir()
    weights = run / "best.safetensors"
    arguments = ["export", str(short), "-o", str(model), "--weights", str(weights), "--train"]
    assert cli.main(arguments) == FINE
    loading = (
        "import torch, net; from safetensors.torch import load_file; model = net.IrisMLP();"
        "model.load_state_dict(torch.load('net.pt'));"
        "other = net.IrisMLP(); other.load_state_dict(load_file('net.safetensors'));"
        "x = torch.randn(5, 4); print(bool((model(x) == other(x)).all()))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", loading],
        capture_output=True,
        text=True,
        check=True,
        cwd=model.parent,
    )
    assert shown.stdout == "True\n"
    assert {path.name for path in model.parent.iterdir()} >= {"train.py", "data.pt"}


def test_a_script_folder_is_made(tmp_path: Path) -> None:
    assert cli.main(["export", IRIS, "--to", str(tmp_path / "new" / "folder")]) == FINE
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert names >= {"model.py", "train.py", "predict.py", "data.pt", "README.md"}


def test_other_formats_hold_what_the_model_computes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", IRIS, "-o", str(tmp_path / "net.py"), "--as", "pt2", "onnx"]
    assert cli.main([*arguments, "--opset", "20", "--json"]) == FINE
    told = json.loads(capsys.readouterr().out)
    names = {"net.py", "net.pt2", "net.onnx", "net.proof.json"}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert {Path(each).name for each in told["written"]} == names
    assert told["proof"] == json.loads((tmp_path / "net.proof.json").read_text(encoding="utf-8"))
    assert told["proof"]["samples"]["batch_sizes"] == [1, 7]
    assert [(each["file"], each["equal"]) for each in told["proof"]["files"]] == [
        ("net.py", True),
        ("net.onnx", True),
        ("net.pt2", True),
    ]
    assert onnx.load(tmp_path / "net.onnx").opset_import[0].version == 20
    loading = (
        "import torch; model = torch.export.load('net.pt2').module();"
        "print(tuple(model(torch.zeros(7, 4)).shape))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", loading], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert shown.stdout == "(7, 3)\n"


def test_weights_of_another_network_are_refused(
    short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, model = tmp_path / "run", tmp_path / "model.py"
    assert cli.main(["train", str(short), "--epochs", "1", "--out", str(run)]) == FINE
    weights = str(run / "last.safetensors")
    arguments = ["export", "example:perceptron", "-o", str(model), "--weights", weights]
    assert cli.main(arguments) == UNUSABLE
    assert "do not fit this network" in capsys.readouterr().err
    assert not model.exists()


def test_a_training_script_needs_a_name_that_it_can_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", IRIS, "-o", str(tmp_path / "my-model.py"), "--train"]
    assert cli.main(arguments) == UNUSABLE
    assert "cannot import my-model.py" in capsys.readouterr().err
