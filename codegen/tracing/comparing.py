"""The file of a drawing runs beside the module that it was made of, and results are compared."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

import safetensors.torch
import torch
from torch import Tensor, nn
from torch.utils import _pytree as pytree

from codegen.tracing.exporting import Traced, examples, run

_ABSOLUTE: Final = 1e-5
_RELATIVE: Final = 1e-4
"""Numbers are equal that differ by no more than this, and by no more than this of the largest."""


def compared(traced: Traced, file: Path, name: str, weights: Path | None) -> dict[str, Any]:
    """Return by how much the results differ at most, and whether that is what rounding does."""
    drawn = _drawn(file, name, weights)
    worst, is_equal = 0.0, True
    for sizes in traced.several_sizes():
        torch.manual_seed(0)
        given = examples(traced.inputs, sizes)
        wanted = _tensors(run(traced.model, given))
        by_place = (*given[0], *given[1].values())
        found = _tensors(run(drawn, (tuple(_usual(each) for each in by_place), {})))
        if len(found) != len(wanted):
            return {"difference": None, "is_equal": False}
        for one, other in zip(wanted, found, strict=True):
            if one.shape != other.shape:
                return {"difference": None, "is_equal": False}
            difference, limit = _difference(one, other)
            worst, is_equal = max(worst, difference), is_equal and difference <= limit
    return {"difference": worst, "is_equal": is_equal}


def _drawn(file: Path, name: str, weights: Path | None) -> nn.Module:
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[file.stem] = module_from_spec(spec)
    spec.loader.exec_module(module)
    model: nn.Module = getattr(module, name)().eval()
    if weights is not None:
        held: Mapping[str, Tensor] = safetensors.torch.load_file(weights)
        model.load_state_dict(held)
    return model


def _tensors(results: Any) -> list[Tensor]:
    return [each for each in pytree.tree_leaves(results) if isinstance(each, Tensor)]


def _usual(tensor: Tensor) -> Tensor:
    """Return an input as a drawing takes it: real numbers are of float32."""
    return tensor.float() if tensor.is_floating_point() else tensor


def _difference(one: Tensor, other: Tensor) -> tuple[float, float]:
    """Return the largest difference, and how large it may be."""
    if not one.is_floating_point():
        return float((one != other).any()), 0.0
    one, other = one.double(), other.double()
    if not one.numel() or torch.equal(one.nan_to_num(0), other.nan_to_num(0)):
        return 0.0, 0.0
    return float((one - other).abs().max().nan_to_num(torch.inf)), _ABSOLUTE + _RELATIVE * float(
        one.abs().max()
    )
