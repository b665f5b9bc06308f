"""A smaller model gives what the whole one gives with zeros where the gone units are read."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from torch import Tensor, nn

from app.observing.nodes import nodes_of
from app.project.examples import load_example
from app.pruning.choosing import by_importance, evenly, units_of
from app.pruning.importance import scores
from app.pruning.weights import cut, masked
from codegen.build import build_project
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.pruning.groups import Prunable, Unit, prunable
from graph_model.pruning.shrinking import without_units
from tests.block_strategies import projects
from tests.codegen.running import as_tuple, example_inputs
from tests.random_layers import KNOWN
from tests.sampling import cases

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:torch.*"),
    pytest.mark.filterwarnings("ignore:torch.searchsorted:UserWarning"),
    pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning"),
    pytest.mark.filterwarnings("ignore:Since version 1.3.0, affine_grid:UserWarning"),
]
SMALL = [
    "lenet-5",
    "fashion-cnn",
    "digits-resnet",
    "squeezenet-1-0",
    "sequence-lstm",
    "digits-gan",
    "digits-pairs",
    "fashion-vae",
    "carbon-dioxide",
    "play-kinds",
]


def lived(model: nn.Module) -> dict[str, Tensor]:
    """Return weights as after some training: norms have measured something, biases are not 0."""
    draw = torch.Generator().manual_seed(3)
    return {
        name: (value + 0.2 * torch.rand(value.shape, generator=draw, dtype=value.dtype))
        if value.is_floating_point()
        else value
        for name, value in model.state_dict().items()
    }


def both(
    project: Project, units: Sequence[Unit] | set[Unit], found: Prunable
) -> tuple[nn.Module, nn.Module]:
    """Return the whole model with units masked, and the one without them."""
    inference = infer_project(project, KNOWN)
    whole = build_project(project, KNOWN).make().eval()
    state = lived(whole)
    made = without_units(project, inference, found, units)
    nodes, own = nodes_of(project, KNOWN), nodes_of(made.project, KNOWN)
    small = build_project(made.project, KNOWN).make().eval()
    small.load_state_dict(cut(state, nodes, small.state_dict(), own, made))
    whole.load_state_dict(masked(state, nodes, found, units))
    return whole, small


def outputs(model: nn.Module, inputs: Mapping[str, Tensor]) -> tuple[Tensor, ...]:
    torch.manual_seed(0)
    with torch.no_grad():
        return as_tuple(model(*(each.clone() for each in inputs.values())))


@pytest.mark.parametrize("name", SMALL)
def test_without_half_of_its_units_an_example_gives_what_it_gives_with_zeros(name: str) -> None:
    project = load_example(name)
    inference = infer_project(project)
    found = prunable(inference)
    assert found.groups
    assert all(group.is_exact for group in found.groups)
    state = build_project(project).make().state_dict()
    told = scores(state, nodes_of(project), found)
    for counts in (evenly(found, 0.5), by_importance(found, told, 0.4)):
        whole, small = both(project, units_of(found, told, counts), found)
        assert 2 * size(small) < 1.7 * size(whole)
        inputs = example_inputs(inference)
        for one, other in zip(outputs(whole, inputs), outputs(small, inputs), strict=True):
            torch.testing.assert_close(other, one, rtol=1e-4, atol=1e-5, equal_nan=True)


def test_ports_are_told_apart_in_whatever_order_their_edges_were_laid() -> None:
    project = load_example("squeezenet-1-0")
    networks = {
        id: replace(each, edges=dict(reversed(each.edges.items())))
        for id, each in project.networks.items()
    }
    turned = replace(project, networks=networks)
    found = prunable(infer_project(turned))
    draw = random.Random(0)
    units: set[Unit] = set()
    for group in found.groups:
        for strand in group.strands:
            units.update(draw.sample(strand.units, group.count // 2))
    whole, small = both(turned, units, found)
    inputs = example_inputs(infer_project(turned))
    for one, other in zip(outputs(whole, inputs), outputs(small, inputs), strict=True):
        torch.testing.assert_close(other, one, rtol=1e-4, atol=1e-5)


def size(model: nn.Module) -> int:
    return sum(each.numel() for each in model.parameters())


@settings(max_examples=cases(16, 1500), database=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_random_networks_are_whole_without_any_of_their_units(project: Project) -> None:
    inference = infer_project(project, KNOWN)
    found = prunable(inference)
    draw = random.Random(0)
    exact = [group for group in found.groups if group.is_exact]
    for groups in (found.groups, exact):
        units: set[Unit] = set()
        for group in groups:
            count = draw.randrange(group.count)
            for strand in group.strands:
                units.update(draw.sample(strand.units, count))
        made = without_units(project, inference, found, units)
        smaller = infer_project(made.project, KNOWN)
        assert [each.code for each in smaller.errors] == []
        assert [
            [spec.shape for spec in smaller.nodes[id].inputs.values()]
            for id in smaller.structure.of_kind("Output")
        ] == [
            [spec.shape for spec in inference.nodes[id].inputs.values()]
            for id in inference.structure.of_kind("Output")
        ]
        whole, small = both(project, units, found)
    inputs = example_inputs(inference)
    for one, other in zip(outputs(whole, inputs), outputs(small, inputs), strict=True):
        torch.testing.assert_close(other, one, rtol=1e-3, atol=1e-3, equal_nan=True)
