"""The modules of a model are blocks again, equal ones one block."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from codegen.archives.graph import ReadArchive
from codegen.archives.reading import read_archive
from graph_model.network import used_network
from tests.codegen.archives.running import built

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch's exporters, about themselves


class Gate(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.score = nn.Linear(4, 4)

    def forward(self, x):
        return x * torch.sigmoid(self.score(x))


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.gate = Gate()

    def forward(self, x):
        return x + self.gate(torch.relu(self.fc(x)))


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Linear(3, 4)
        self.layers = nn.ModuleList([Layer(), Layer()])

    def forward(self, x):
        x = self.stem(x)
        for layer in self.layers:
            x = layer(x)
        return x


class Again(nn.Module):
    """Calls one module twice, with what the first call gave computed with in between."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = Layer()

    def forward(self, x):
        return self.layer(self.layer(x) * 2)


def _exported(model: nn.Module, given: torch.Tensor, path: Path) -> ReadArchive:
    if path.suffix == ".pt":
        torch.jit.save(torch.jit.trace(model, given), path)
        return read_archive(path)
    buffer = io.BytesIO()
    batch = torch.export.Dim("N")
    torch.export.save(torch.export.export(model, (given,), dynamic_shapes=({0: batch},)), buffer)
    path.write_bytes(buffer.getvalue())
    return read_archive(path)


def _used(archive: ReadArchive, id: str) -> list[Any]:
    nodes = archive.project.networks[id].nodes.values()
    return [(each.name, used_network(each.kind)) for each in nodes if used_network(each.kind)]


@pytest.mark.parametrize("suffix", [".pt2", ".pt"])
def test_equal_modules_are_one_block(suffix: str, tmp_path: Path) -> None:
    model = Net().eval()
    archive = _exported(model, torch.randn(3, 3), tmp_path / f"net{suffix}")
    names = {id: each.name for id, each in archive.project.networks.items()}
    assert sorted(names.values()) == ["Gate", "Layer", "net"]
    (first, block), (second, same) = _used(archive, "main")
    assert (first, second, block) == ("layers_0", "layers_1", same)
    ((gate, inner),) = _used(archive, block)
    assert (gate, names[inner]) == ("gate", "Gate")
    assert {each.name for each in archive.project.networks[inner].nodes.values()} >= {"score"}
    given = torch.randn(5, 3)
    with torch.no_grad():
        assert torch.equal(built(archive)(given), model(given))


def test_a_module_that_is_called_twice_stays_flat(tmp_path: Path) -> None:
    model = Again().eval()
    archive = _exported(model, torch.randn(3, 4), tmp_path / "net.pt2")
    assert [each.name for each in archive.project.networks.values()] == ["net"]
    given = torch.randn(5, 4)
    with torch.no_grad():
        assert torch.equal(built(archive)(given), model(given))
