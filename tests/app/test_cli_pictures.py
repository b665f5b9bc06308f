"""Pictures of networks made at the command line."""

from pathlib import Path

import pytest

from app import cli
from app.commands import FINE
from app.project.examples import load_example


@pytest.mark.parametrize(
    ("suffix", "beginning"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_picture(suffix: str, beginning: bytes, tmp_path: Path, qapp: object) -> None:
    light, dark = tmp_path / f"light.{suffix}", tmp_path / f"dark.{suffix}"
    assert cli.main(["picture", "example:iris-mlp", "-o", str(light)]) == FINE
    assert cli.main(["picture", "example:iris-mlp", "-o", str(dark), "--dark"]) == FINE
    assert light.read_bytes().startswith(beginning)
    assert light.read_bytes() != dark.read_bytes()


def test_the_picture_names_every_layer(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "net.svg"
    assert cli.main(["picture", "example:iris-mlp", "-o", str(path)]) == FINE
    drawn = path.read_text(encoding="utf-8")
    for node in load_example("iris-mlp").network.nodes.values():
        assert f">{node.name}<" in drawn
