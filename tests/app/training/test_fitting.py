"""Weights of other programs' files, matched and taken; hostile files are refused in a sentence."""

from __future__ import annotations

import json
import pickle
import struct
import zipfile
from pathlib import Path

import pytest
import torch
from torch import nn

from app import cli
from app.commands import FAILED, FINE, UNUSABLE
from app.project.examples import load_example
from app.runs.job import Beginning
from app.training.beginning import begin_with
from app.training.fitting import matched
from codegen.build import build_project
from graph_model.problems import Refusal
from tests.references.resnet_18 import ResNet18


@pytest.fixture
def published(tmp_path: Path) -> tuple[nn.Module, Path]:
    """A ResNet-18 by hand, with what a training would have made of its norms, in a checkpoint."""
    torch.manual_seed(0)
    model = ResNet18().eval()
    for each in model.modules():
        if isinstance(each, nn.BatchNorm2d):
            each.running_mean.uniform_(-0.1, 0.1)
            each.running_var.uniform_(0.8, 1.2)
            nn.init.uniform_(each.weight, 0.8, 1.2)
    state = {f"module.{name}": value for name, value in model.state_dict().items()}
    torch.save({"epoch": 3, "state_dict": state, "optimizer": {"lr": 0.1}}, tmp_path / "r18.pth")
    return model, tmp_path / "r18.pth"


def test_the_network_computes_what_the_file_was_trained_for(
    published: tuple[nn.Module, Path],
) -> None:
    theirs, path = published
    project = load_example("resnet-18")
    found = matched(project, path).by_order()
    ours = build_project(project).make()
    begun = begin_with(Beginning(path, names=tuple(found.names.items())), ours)
    assert begun.taken == 122
    assert not begun.left
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(ours.eval()(x), theirs(x))


def test_the_command_tells_and_converts(
    published: tuple[nn.Module, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, path = published
    given = ["weights", "example:resnet-18", str(path)]
    assert cli.main(given) == FAILED
    assert "14 of 122 weights fit, 8 by name" in capsys.readouterr().out
    mine = tmp_path / "mine.safetensors"
    assert cli.main([*given, "--map", "--json", "-o", str(mine)]) == FINE
    told = json.loads(capsys.readouterr().out)
    assert len(told["matched"]) == 122
    assert told["matched"]["layer2.first.shortcut.bn.bias"]["file"] == "layer2.0.downsample.1.bias"
    assert not told["left"]
    assert matched(load_example("resnet-18"), mine).is_plain


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (eval, ("__import__('os').abort()",))


def deep() -> bytes:
    return b"\x80\x02" + b"]" * 200_000 + b"."


def header(text: bytes, size: int | None = None) -> bytes:
    return struct.pack("<Q", len(text) if size is None else size) + text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.pt", pickle.dumps({"a": Evil()})),
        ("deep.pt", deep()),
        ("empty.pt", b""),
        ("number.pt", pickle.dumps(3)),
        ("text.pth", b"hello there"),
        ("empty.safetensors", b""),
        ("long.safetensors", header(b"{}", 2**62)),
        ("json.safetensors", header(b'{"a": 1}')),
        (
            "beyond.safetensors",
            header(b'{"a": {"dtype": "F32", "shape": [1000000000], "data_offsets": [0, 4]}}'),
        ),
    ],
)
def test_hostile_files_are_refused_in_a_sentence(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert cli.main(["weights", "example:iris-mlp", str(tmp_path / name)]) == UNUSABLE
    said = capsys.readouterr().err
    assert name in said
    assert "Traceback" not in said


def test_a_tensor_larger_than_its_file_takes_no_memory(tmp_path: Path) -> None:
    huge = torch.zeros(1).expand(10**9, 10**3)
    torch.save({"linear1.weight": huge}, tmp_path / "huge.pt")
    found = matched(load_example("iris-mlp"), tmp_path / "huge.pt")
    assert found.same_name("linear1.weight") == (10**9, 10**3)
    assert not found.pairs


def test_an_archive_that_unpacks_to_much_more_is_refused(tmp_path: Path) -> None:
    torch.save({"a": torch.zeros(2**20)}, tmp_path / "plain.pt")
    with (
        zipfile.ZipFile(tmp_path / "plain.pt") as plain,
        zipfile.ZipFile(tmp_path / "bomb.pt", "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for each in plain.namelist():
            bomb.writestr(each, plain.read(each))
    with pytest.raises(Refusal):
        matched(load_example("iris-mlp"), tmp_path / "bomb.pt")
