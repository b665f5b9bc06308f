"""Layers that compute a second time for the gradients are left as by one time."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from graph_model.network import Network
from graph_model.recipe import Choice
from tests.codegen.samples import network
from tests.codegen.training.test_options import FACTS, MLP, RECIPE, numbers
from tests.codegen.training.tiny import run

INSTANCE = network("Instance", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "wide": ("Unsqueeze", {"dim": 1}, "x"),
    "fc1": ("Linear", {"out_features": 8}, "wide"),
    "bn": ("InstanceNorm1d", {"track_running_stats": True}, "fc1"),
    "flat": ("Flatten", {}, "bn"),
    "fc2": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip
SPECTRAL = replace(MLP, nodes={
    **MLP.nodes,
    "fc1": replace(MLP.nodes["fc1"], parametrization=Choice("spectral_norm")),
})  # fmt: skip


@pytest.mark.parametrize("drawn", [MLP, INSTANCE, SPECTRAL])
@pytest.mark.parametrize("more", [(), ("batch_norm_eval",), ("accumulate",)])
def test_statistics_count_each_batch_once(drawn: Network, more: tuple[str, ...]) -> None:
    options = tuple(map(Choice, more))
    kept = run(replace(RECIPE, options=options), drawn, FACTS, *numbers())
    again = Choice("checkpoint", {"layers": ("fc1", "bn")})
    ran = run(replace(RECIPE, options=(*options, again)), drawn, FACTS, *numbers())
    assert ran.losses == kept.losses
    state, expected = ran.training.model.state_dict(), kept.training.model.state_dict()
    assert state.keys() == expected.keys()
    for name in state:
        assert torch.equal(state[name], expected[name]), name
    assert [each["validation"] for each in ran.ends] == [each["validation"] for each in kept.ends]


def test_a_script_without_norms_has_no_line_for_them() -> None:
    drawn = network("Plain", {
        "x": ("Input", {"shape": ("N", 4)}, ""), "fc1": ("Linear", {"out_features": 3}, "x"),
        "y": ("Output", {}, "fc1"),
    })  # fmt: skip
    options = (Choice("checkpoint", {"layers": ("fc1",)}),)
    assert (
        "contextmanager" not in run(replace(RECIPE, options=options), drawn, FACTS, *numbers()).text
    )
