"""Weights fit whether equal parts are a list or one attribute each."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from app.training.checkpoint import copy_of_weights, load_weights, save_weights
from graph_model.problems import Refusal


def _model(**parts: nn.Module) -> nn.Module:
    return nn.ModuleDict(parts)


def _lists() -> nn.Module:
    experts = nn.ModuleList([nn.Sequential(nn.Linear(2, 2)) for _ in range(4)])
    return _model(experts=experts, head1=nn.Linear(2, 2))


def _apart() -> nn.Module:
    parts = {f"expert{number}": nn.Sequential(nn.Linear(2, 2)) for number in range(1, 5)}
    return _model(**parts, head1=nn.Linear(2, 2))


@pytest.mark.parametrize("saved", [_lists, _apart])
@pytest.mark.parametrize("made", [_lists, _apart])
def test_the_weights_of_one_form_fit_the_other(saved, made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    before, after = saved(), made()
    save_weights(tmp_path / "w.safetensors", copy_of_weights(before))
    load_weights(tmp_path / "w.safetensors", after)
    for one, other in zip(before.parameters(), after.parameters(), strict=True):
        torch.testing.assert_close(one, other)


def test_what_two_parts_could_be_called_is_neither(tmp_path: Path) -> None:
    save_weights(tmp_path / "w.safetensors", copy_of_weights(_model(part01=nn.Linear(2, 2))))
    both = _model(part1=nn.Linear(2, 2), parts=nn.ModuleList([nn.Linear(2, 2)]))
    with pytest.raises(Refusal):
        load_weights(tmp_path / "w.safetensors", both)
