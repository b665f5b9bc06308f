"""Fourier neural operators: drawn, trained one step and exported as one would write them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.values import integer
from tests.codegen.blocks import Line, network
from tests.codegen.model.test_random_networks import check_with_ruff

MODES = 6


class SpectralConv1d(nn.Module):
    """The layer of Li et al. 2021, as it is written by hand."""

    def __init__(self, channels: int, modes: int) -> None:
        super().__init__()
        self.modes = modes
        self.weight = nn.Parameter(torch.randn(channels, channels, modes, 2) * 0.02)

    def forward(self, x: Tensor) -> Tensor:
        spectrum = torch.fft.rfft(x)[..., : self.modes]
        weight = torch.view_as_complex(self.weight)
        mixed = torch.einsum("nim,iom->nom", spectrum, weight)
        return torch.fft.irfft(mixed, n=x.shape[-1])


class Operator1d(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lift = nn.Conv1d(2, 8, 1)
        self.spectral = SpectralConv1d(8, MODES)
        self.local = nn.Conv1d(8, 8, 1)
        self.project = nn.Conv1d(8, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.lift(x)
        x = nn.functional.gelu(self.spectral(x) + self.local(x))
        return self.project(x)


class SpectralConv2d(nn.Module):
    """That of pictures: low frequencies along the height are first and last."""

    def __init__(self, channels: int, modes: int) -> None:
        super().__init__()
        self.modes = modes
        shape = channels, channels, modes, modes, 2
        self.first = nn.Parameter(torch.randn(shape) * 0.02)
        self.last = nn.Parameter(torch.randn(shape) * 0.02)

    def forward(self, x: Tensor) -> Tensor:
        m = self.modes
        spectrum = torch.fft.rfft2(x)
        mixed = torch.zeros_like(spectrum)
        for part, weight in ((slice(None, m), self.first), (slice(-m, None), self.last)):
            mixed[:, :, part, :m] = torch.einsum(
                "nihw,iohw->nohw", spectrum[:, :, part, :m], torch.view_as_complex(weight)
            )
        return torch.fft.irfft2(mixed, s=x.shape[-2:])


SPECTRAL_1D: dict[str, Line] = {
    "x": ("Input", {"shape": ("N", 8, "L")}, ""),
    "spectrum": ("RFFT", {}, "x"),
    "low": ("Slice", {"dim": -1, "end": "=modes"}, "spectrum"),
    "weight": ("Parameter", {"shape": "=(8, 8, modes, 2)"}, ""),
    "complex": ("ViewAsComplex", {}, "weight"),
    "mixed": ("Einsum", {"equation": "nim,iom->nom"}, "low complex"),
    "back": ("IRFFT", {}, "mixed x"),
    "y": ("Output", {}, "back"),
}


def operator_1d() -> tuple[Network, dict[str, Network]]:
    block = network({}, "spectral", "Spectral conv", SPECTRAL_1D, integer("modes", MODES))
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 2, "L")}, ""),
        "lift": ("Conv1d", {"out_channels": 8, "kernel_size": 1}, "x"),
        "spectral": ("[spectral]", {}, "lift"),
        "local": ("Conv1d", {"out_channels": 8, "kernel_size": 1}, "lift"),
        "sum": ("Add", {}, "spectral local"),
        "act": ("GELU", {}, "sum"),
        "project": ("Conv1d", {"out_channels": 1, "kernel_size": 1}, "act"),
        "y": ("Output", {}, "project"),
    }
    blocks = {"spectral": block}
    return network(blocks, "main", "Operator", lines), blocks


def step(module: nn.Module, x: Tensor, target: Tensor) -> Tensor:
    """Train by one step and return the loss before."""
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-2)
    loss = nn.functional.mse_loss(module(x), target)
    loss.backward()
    optimizer.step()
    return loss.detach()


def test_an_operator_on_a_line_trains_as_the_one_by_hand(tmp_path: Path) -> None:
    drawn, blocks = operator_1d()
    assert not infer(drawn, blocks=blocks).problems
    built = build_network(drawn, blocks)
    module, peer = built.make(), Operator1d()
    peer.load_state_dict(module.state_dict())
    torch.manual_seed(0)
    for length in (16, 17, 40):  # one network for every length
        x, target = torch.randn(3, 2, length), torch.randn(3, 1, length)
        torch.testing.assert_close(module(x), peer(x))
        torch.testing.assert_close(step(module, x, target), step(peer, x, target))
    for mine, theirs in zip(module.parameters(), peer.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs)
    text = built.source.text
    assert "torch.fft.rfft(x)" in text
    assert "[..., : self.modes]" in text
    assert "return torch.fft.irfft(mixed, n=x.shape[-1])" in text
    (tmp_path / "operator.py").write_text(text, encoding="utf-8")
    check_with_ruff(tmp_path)


def test_an_operator_on_pictures_trains_as_the_one_by_hand() -> None:
    height, modes = 16, 5
    kernel: Line = ("Parameter", {"shape": (8, 8, modes, modes, 2)}, "")
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8, height, "W")}, ""),
        "spectrum": ("RFFT2", {}, "x"),
        "left": ("Slice", {"dim": -1, "end": modes}, "spectrum"),
    }
    for name, ends in (("first", {"end": modes}), ("last", {"start": -modes})):
        lines |= {
            name: kernel,
            f"{name}_complex": ("ViewAsComplex", {}, name),
            f"{name}_low": ("Slice", {"dim": -2, **ends}, "left"),
            f"{name}_mixed": (
                "Einsum",
                {"equation": "nihw,iohw->nohw"},
                f"{name}_low {name}_complex",
            ),
        }
    lines |= {
        "middle": ("Slice", {"dim": -2, "start": modes, "end": height - modes}, "left"),
        "nothing": ("ZerosLike", {}, "middle"),
        "mixed": ("Concatenate", {"inputs": 3, "dim": -2}, "first_mixed nothing last_mixed"),
        "back": ("IRFFT2", {}, "mixed x"),
        "y": ("Output", {}, "back"),
    }
    drawn = network({}, "main", "Pictures", lines)
    assert not infer(drawn).problems
    built = build_network(drawn, {})
    assert "s=x.shape[-2:])" in built.source.text
    module, peer = built.make(), SpectralConv2d(8, modes)
    peer.load_state_dict(module.state_dict())
    torch.manual_seed(0)
    for width in (12, 15):
        x, target = torch.randn(2, 8, height, width), torch.randn(2, 8, height, width)
        torch.testing.assert_close(module(x), peer(x))
        torch.testing.assert_close(step(module, x, target), step(peer, x, target))
    for mine, theirs in zip(module.parameters(), peer.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs)


def test_what_takes_no_complex_numbers_says_so_with_five_ways_out() -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "spectrum": ("RFFT", {}, "x"),
        "fc": ("Linear", {"out_features": 4}, "spectrum"),
        "y": ("Output", {}, "fc"),
    }
    (problem,) = infer(network({}, "main", "Net", lines)).problems
    assert problem.code == "complex_not_taken"
    assert "“input” is complex64" in problem.message
    kinds = [each.values["kind"] for each in problem.fixes]
    assert kinds == ["Abs", "Real", "Imag", "Angle", "ViewAsReal"]


def test_what_torch_conjugates_lazily_is_viewed_as_real() -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "spectrum": ("IFFT", {}, "x"),
        "pairs": ("ViewAsReal", {}, "spectrum"),
        "y": ("Output", {}, "pairs"),
    }
    x = torch.randn(3, 8)
    expected = torch.fft.ifft(x)
    assert expected.is_conj()
    given = build_network(network({}, "main", "Net", lines), {}).make()(x)
    torch.testing.assert_close(given, torch.stack((expected.real, expected.imag), -1))


@pytest.mark.parametrize(
    ("dim", "written"),
    [
        ((-2, -1), "s=x.shape[-2:]"),
        ((1, 3), "s=(x.shape[1], x.shape[3])"),
        ((-1,), "s=x.shape[-1:]"),
        ((2,), "s=(x.shape[2],)"),
    ],
)
def test_the_sizes_of_another_tensor_are_those_along_the_dimensions(
    dim: tuple[int, ...], written: str, tmp_path: Path
) -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 5, 6, 7)}, ""),
        "spectrum": ("RFFTN", {"dim": dim}, "x"),
        "back": ("IRFFTN", {"dim": dim}, "spectrum x"),
        "y": ("Output", {}, "back"),
    }
    built = build_network(network({}, "main", "Net", lines), {})
    assert written in built.source.text
    (tmp_path / "net.py").write_text(built.source.text, encoding="utf-8")
    check_with_ruff(tmp_path)
    x = torch.randn(2, 5, 6, 7)
    torch.testing.assert_close(built.make()(x), x)
