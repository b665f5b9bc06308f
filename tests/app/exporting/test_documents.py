"""What is written for documents: a notebook that runs, a card, the drawing as text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import torch

from app.exporting.writer import Export, write
from app.project.examples import load_example
from codegen.build import build_project
from graph_model.inference.infer import infer_project
from graph_model.network import Project


def _written(project: Project, folder: Path, *targets: str, weights: Path | None = None) -> Path:
    path = folder / "net.py"
    write(Export(project, infer_project(project), path, targets, weights))
    return folder


def _code(folder: Path) -> list[str]:
    cells = json.loads((folder / "net.ipynb").read_text())["cells"]
    return ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]


@pytest.mark.parametrize("name", ["digits-resnet", "digits-gan", "seq2seq-transformer"])
def test_a_notebook_runs_from_top_to_bottom(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = load_example(name)
    scope: dict[str, Any] = {"__name__": "notebook"}
    for cell in _code(_written(project, tmp_path, "notebook")):
        exec(cell, scope)  # what was just written
    count, *shapes = capsys.readouterr().out.splitlines()
    inference = infer_project(project)
    assert count == f"{inference.parameter_count:,}"
    assert len(shapes) == len(inference.of_kind("Output"))


def test_a_notebook_takes_the_weights_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = load_example("iris-mlp")
    trained = build_project(project).make()
    weights = tmp_path / "trained.pt"
    torch.save(trained.state_dict(), weights)
    folder = _written(project, tmp_path, "notebook", "weights", weights=weights)
    monkeypatch.chdir(folder)
    scope: dict[str, Any] = {"__name__": "notebook"}
    for cell in _code(folder):
        exec(cell, scope)  # what was just written
    for name, weight in scope["model"].state_dict().items():
        assert torch.equal(weight, trained.state_dict()[name])


@pytest.mark.parametrize("name", ["digits-resnet", "gpt-2", "u-net"])
def test_the_drawing_has_every_node_and_wire_in_each_language(name: str, tmp_path: Path) -> None:
    project = load_example(name)
    folder = _written(project, tmp_path, "diagrams")
    nodes, edges = len(project.network.nodes), len(project.network.edges)
    for suffix, node, edge in (
        ("mmd", r"^    n\d+[(\[]", r"^    n\d+ --> n\d+$"),
        ("dot", r"^    n\d+ \[label=", r"^    n\d+ -> n\d+;$"),
        ("tex", r"^    \\node\[layer\] \(n\d+\)", r"^    \\draw\[->\] \(n\d+\) -- \(n\d+\);$"),
    ):
        text = (folder / f"net.{suffix}").read_text()
        assert len(re.findall(node, text, re.MULTILINE)) == nodes
        assert len(re.findall(edge, text, re.MULTILINE)) == edges
    assert "×" not in (folder / "net.tex").read_text()
    if name == "gpt-2":
        assert "blocks ×12" in (folder / "net.mmd").read_text()


def test_the_card_counts_as_the_model_does(tmp_path: Path) -> None:
    project = load_example("digits-resnet")
    text = (_written(project, tmp_path, "card") / "net.md").read_text()
    model = build_project(project).make()
    count = sum(each.numel() for each in model.parameters())
    assert f"{count:,} parameters" in text
    table = text.partition("## Layers")[2].partition("## Training")[0]
    rows = re.findall(r"^\| \w+ \| \w+ \| .* \| ([\d,]+) \|$", table, re.MULTILINE)
    assert sum(int(each.replace(",", "")) for each in rows) == count
    assert "```mermaid" in text
    assert "| optimizer | Adam(lr=0.003) |" in text
