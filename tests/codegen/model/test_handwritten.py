"""Gates, rotary embedding, windows, experts, noise: exported as one would write them by hand."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer
from tests.handwritten import PAIRS
from tools.code_length import length

MOST_MORE = 1.15
"""How many times as long as the one by hand an exported file may be."""
OF_CHAINS = {"nerf": 1.25}
"""A loop that is interrupted is two, and what is drawn apart stays apart, as its activations do."""

each_network = pytest.mark.parametrize("name", PAIRS)


@each_network
def test_it_computes_what_the_one_by_hand_does_with_the_same_weights(name: str) -> None:
    pair = PAIRS[name]
    torch.manual_seed(0)
    project = pair.drawn()
    ours = build(source(infer(project.network, blocks=project.networks))).make()
    theirs = pair.make()
    theirs.load_state_dict(ours.state_dict())
    inputs = pair.inputs()
    results: list[tuple[Tensor, ...]] = []
    for model in (ours, theirs):
        torch.manual_seed(1)  # for what draws random numbers
        found = model(*inputs)
        results.append(found if isinstance(found, tuple) else (found,))
        sum(each.square().sum() for each in results[-1]).backward()
    for one, other in zip(*results, strict=True):
        assert float(other.detach().abs().max()) > 0
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)
    weights = dict(theirs.named_parameters())
    for weight, value in ours.named_parameters():
        torch.testing.assert_close(value.grad, weights[weight].grad, rtol=1e-3, atol=1e-3)


@each_network
def test_it_is_about_as_long(name: str) -> None:
    pair = PAIRS[name]
    assert length(pair.drawn(), pair.file).ratio <= OF_CHAINS.get(name, MOST_MORE)
