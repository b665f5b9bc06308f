"""What is written into parts of tensors, and weights with several uses, are drawn as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from torch import Tensor, nn

from codegen.archives.graph import ReadArchive
from codegen.archives.reading import read_archive
from tests.codegen.archives.running import built

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch's exporters, about themselves


class Net(nn.Module):
    def __init__(self, function: Callable[..., Tensor]) -> None:
        super().__init__()
        self.w, self.v = nn.Parameter(torch.randn(4, 4)), nn.Parameter(torch.randn(4))
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(self, x)


def _read(function: Callable[..., Tensor], path: Path) -> tuple[ReadArchive, nn.Module]:
    model = Net(function).eval()
    dims = ({0: torch.export.Dim("N")},)
    torch.export.save(torch.export.export(model, (torch.randn(3, 4),), dynamic_shapes=dims), path)
    return read_archive(path), model


def _first_column(net: Any, x: Tensor) -> Tensor:
    y = x.clone()
    y[:, 0] = 0.0
    return y


def _some_columns(net: Any, x: Tensor) -> Tensor:
    y = x.clone()
    y[:, 1:3] += net.v[:2]
    y[:, -1] *= 3
    return y


def _through_other_shapes(net: Any, x: Tensor) -> Tensor:
    y = x.clone()
    z = y.view(-1, 2, 2)
    z[:, 0, 1] = 2.0
    y.t().add_(1)
    return z.flatten(1) + y.relu_()


def _read_before(net: Any, x: Tensor) -> Tensor:
    y = x.clone()
    first = y[:, 0]
    y.mul_(2)
    return y + first[:, None]


def _into_zeros(net: Any, x: Tensor) -> Tensor:
    y = torch.zeros(x.shape[0], 2, 4)
    y[:, 0] = x
    y[:, 1] = x * net.v
    return y


@pytest.mark.parametrize(
    "function", [_first_column, _some_columns, _through_other_shapes, _read_before, _into_zeros]
)
def test_what_is_written_into_a_part_is_seen_in_the_whole(
    function: Callable[..., Tensor], tmp_path: Path
) -> None:
    archive, model = _read(function, tmp_path / "net.pt2")
    assert archive.notes == ()
    given = torch.randn(5, 4)
    with torch.no_grad():
        assert torch.equal(built(archive)(given), model(given))


def test_what_is_written_into_one_of_several_parts_is_said_to_be_lost(tmp_path: Path) -> None:
    def write(net: Any, x: Tensor) -> Tensor:
        y = x.clone()
        y.chunk(2, 1)[0].add_(1)
        return y

    archive, _ = _read(write, tmp_path / "net.pt2")
    assert [each.code for each in archive.notes] == ["archive_write_lost"]


@pytest.mark.parametrize(
    ("function", "count"),
    [
        (lambda net, x: (x @ net.w) @ net.w, 16),
        (lambda net, x: F.linear(F.linear(x, net.w).sigmoid(), net.w.t(), net.v), 20),
        (lambda net, x: torch.addmm(net.v, torch.addmm(net.v, x, net.w), net.w), 20),
        (lambda net, x: x[:, None] * net.w.t(), 16),
        (lambda net, x: F.linear(x, F.normalize(net.w)) * net.w.abs().mean(), 16),
    ],
)
def test_a_weight_with_several_uses_is_one(
    function: Callable[..., Tensor], count: int, tmp_path: Path
) -> None:
    archive, model = _read(function, tmp_path / "net.pt2")
    assert archive.notes == ()
    drawn = built(archive)
    assert sum(each.numel() for each in drawn.parameters()) == count
    given = torch.randn(5, 4)
    with torch.no_grad():
        torch.testing.assert_close(drawn(given), model(given))


def test_a_weight_that_a_layer_has_for_its_own_is_said_to_be_copied(tmp_path: Path) -> None:
    archive, _ = _read(lambda net, x: F.layer_norm(x, (4,), net.v) * net.v, tmp_path / "net.pt2")
    assert [each.code for each in archive.notes] == ["archive_copied"]


@pytest.mark.parametrize(
    "function",
    [
        lambda net, x: F.normalize(x, dim=1) + x.norm(dim=1, keepdim=True),
        lambda net, x: torch.cat([x], 1) + torch.stack([x], 1).squeeze(1),
        lambda net, x: ((x > 0) & (x < 1) | ~(x > 2)).float(),
        lambda net, x: torch.addcmul(x, x, net.v, value=0.5) - F.logsigmoid(x) + F.hardshrink(x),
        lambda net, x: x.clamp_min(0.1) + torch.var_mean(x, dim=1, keepdim=True)[0],
        lambda net, x: F.group_norm(x, 2, net.v) + net.w[0].expand_as(x),
    ],
)
def test_operations_that_are_several(function: Callable[..., Tensor], tmp_path: Path) -> None:
    archive, model = _read(function, tmp_path / "net.pt2")
    assert archive.notes == ()
    given = torch.randn(5, 4)
    with torch.no_grad():
        torch.testing.assert_close(built(archive)(given), model(given))
