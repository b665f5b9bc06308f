"""What is seen of a node is what hooks by hand on the exported module find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from torch import Tensor, nn

from app.inspecting import survey as surveying
from app.inspecting.looking import _Attending, _of_function, look
from app.inspecting.reducing import cloud, facts, filters, heat, histogram, maps
from app.inspecting.survey import some, survey
from app.inspecting.watch import Spot
from app.inspecting.watched import Watched
from app.project.examples import load_example
from app.runs.job import Job
from app.training.checkpoint import copy_of_weights, save_weights
from app.training.samples import inputs_at
from codegen.build import build_project
from graph_model.network import Project


def hooked(module: nn.Module, inputs: tuple[Tensor, ...]) -> dict[str, Tensor]:
    """Return what each module gives, by its name."""
    seen: dict[str, Tensor] = {}

    def hook(name: str) -> Callable[..., None]:
        def keep(_: nn.Module, __: Any, output: Any) -> None:
            if isinstance(output, Tensor):
                seen[name] = output.detach().clone()

        return keep

    for name, each in module.named_modules():
        each.register_forward_hook(hook(name))
    with torch.no_grad():
        module.eval()(*inputs)
    return seen


@pytest.fixture(scope="module")
def digits() -> tuple[Project, Watched]:
    project = load_example("digits-resnet")
    return project, Watched(Job(project), None)


def node_named(project: Project, name: str) -> str:
    (id,) = (id for id, node in project.network.nodes.items() if node.name == name)
    return id


def test_values_and_filters_of_a_convolution_are_those_of_the_exported_module(
    digits: tuple[Project, Watched],
) -> None:
    project, watched = digits
    torch.manual_seed(project.recipe.seed)
    exported = build_project(project).make()
    seen = hooked(exported, inputs_at(watched.samples, np.array([7])))
    names = [
        node.name
        for node in project.network.nodes.values()
        if node.kind in {"Conv2d", "BatchNorm2d"}
    ]
    assert len(names) >= 4
    for name in names:
        found = look(watched, 7, Spot(node_named(project, name)))
        (value,) = found.values
        expected = seen[name]
        assert value.facts.shape == tuple(expected.shape)
        assert value.facts.mean == pytest.approx(expected.mean().item(), abs=1e-6)
        assert value.facts.deviation == pytest.approx(expected.std(correction=0).item(), rel=1e-5)
        assert value.facts.minimum == pytest.approx(expected.min().item())
        assert value.facts.maximum == pytest.approx(expected.max().item())
        assert value.maps is not None
        np.testing.assert_allclose(value.maps.pictures[1], expected[0, 1].numpy(), atol=1e-6)
        np.testing.assert_allclose(
            value.head, expected[0].reshape(-1, expected.shape[-1])[:6, :8].numpy(), atol=1e-6
        )
        weight = exported.get_submodule(name).weight.detach()
        if weight.ndim == 4:
            assert found.filters is not None
            assert found.filters.total == len(weight)
            np.testing.assert_array_equal(found.filters.pictures[0], weight[0, 0].numpy())


def test_an_output_gives_what_comes_to_it_and_a_wire_what_flows_there(
    digits: tuple[Project, Watched],
) -> None:
    project, watched = digits
    (output,) = (each for each in project.network.nodes.values() if each.kind == "Output")
    (edge,) = (each for each in project.network.edges.values() if each.target.node == output.id)
    (of_output,) = look(watched, 3, Spot(output.id)).values
    (of_wire,) = look(watched, 3, Spot(edge.source.node), edge.source.name).values
    torch.manual_seed(project.recipe.seed)
    exported = build_project(project).make().eval()
    with torch.no_grad():
        expected = exported(*inputs_at(watched.samples, np.array([3])))
    for each in (of_output, of_wire):
        np.testing.assert_allclose(each.head[0], expected[0, :8].numpy(), atol=1e-5)


def test_weights_of_a_run_are_taken_under_the_names_that_it_gave_them(
    digits: tuple[Project, Watched], tmp_path: Any
) -> None:
    project, watched = digits
    torch.manual_seed(99)
    trained = build_project(project).make()
    save_weights(tmp_path / "best.safetensors", copy_of_weights(trained))
    other = Watched(Job(project), tmp_path / "best.safetensors", watched.samples)
    seen = hooked(trained, inputs_at(watched.samples, np.array([0])))
    name = next(each.name for each in project.network.nodes.values() if each.kind == "Linear")
    (value,) = look(other, 0, Spot(node_named(project, name))).values
    assert value.facts.mean == pytest.approx(seen[name].mean().item(), abs=1e-6)


def test_attention_within_a_repeat_is_what_torch_says() -> None:
    project = load_example("character-transformer")
    watched = Watched(Job(project), None)
    (block,) = (node for node in project.network.nodes.values() if node.name == "blocks")
    within = watched.inference.inside(block.id, 1)
    assert within is not None
    inner = within.inside("attention")
    assert inner is not None
    (attending,) = inner.of_kind("ScaledDotProductAttention")
    found = look(watched, 0, Spot(f"{block.id}/attention/{attending.id}", (1, 0)))
    assert found.attention is not None
    for each in found.attention.pictures:
        np.testing.assert_allclose(each.sum(axis=1), 1, atol=1e-5)


def test_weights_of_attention_reproduce_what_the_function_gives() -> None:
    torch.manual_seed(0)
    query, key = torch.randn(1, 4, 5, 8), torch.randn(1, 2, 7, 8)
    eye = torch.eye(7).expand(1, 2, 7, 7)  # as values, so that the result is the weights
    mask = torch.randn(5, 7)
    arguments = {"enable_gqa": True, "scale": 0.3, "is_causal": False}
    expected = nn.functional.scaled_dot_product_attention(
        query, key, eye, attn_mask=mask, scale=0.3, enable_gqa=True
    )
    (found,) = _of_function({"query": query, "key": key, "attn_mask": mask}, arguments)
    torch.testing.assert_close(found, expected[0])
    causal = nn.functional.scaled_dot_product_attention(query, query, query, is_causal=True)
    (found,) = _of_function({"query": query, "key": query}, {"is_causal": True})
    torch.testing.assert_close(found @ query[0], causal[0])


@pytest.mark.parametrize(
    "kind",
    ["MultiheadAttention", "TransformerEncoderLayer", "TransformerDecoderLayer", "Transformer"],
)
@pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning")
def test_attention_within_a_module_of_torch_is_told(kind: str) -> None:
    """Of torch's own layers, some of which pass their modules by when nothing is recorded."""
    torch.manual_seed(0)
    module: nn.Module
    x = torch.randn(1, 5, 8)
    if kind == "MultiheadAttention":
        module, given = nn.MultiheadAttention(8, 2, batch_first=True).eval(), (x, x, x)
    elif kind == "Transformer":
        module = nn.Transformer(8, 2, 1, 1, 16, batch_first=True).eval()
        given = (x, x)
    else:
        module = getattr(nn, kind)(8, 2, 16, batch_first=True).eval()
        given = (x,) if "Encoder" in kind else (x, x)
    attending = _Attending(module)
    assert attending.is_hidden == (kind != "MultiheadAttention")
    with attending, torch.set_grad_enabled(attending.is_hidden):
        module(*given)
    attending.take(is_it=True)
    attentions = [each for each in module.modules() if isinstance(each, nn.MultiheadAttention)]
    assert len(attending.weights) == len(attentions)
    first = attentions[0]
    _, expected = first(x, x, x, need_weights=True, average_attn_weights=False)
    torch.testing.assert_close(attending.weights[0], expected[0])
    assert not first._forward_pre_hooks


def test_a_table_is_seen_along_its_principal_components() -> None:
    table = np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32) * [5, 3, 1, 1, 1, 1]
    found = cloud(torch.tensor(table, dtype=torch.float32), [str(each) for each in range(50)])
    assert found is not None
    peer = PCA(2).fit(table)
    assert found.share == pytest.approx(peer.explained_variance_ratio_.sum(), rel=1e-4)
    np.testing.assert_allclose(np.abs(found.points), np.abs(peer.transform(table)), atol=1e-3)
    assert found.names[3] == "3"


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor(3.0),
        torch.tensor([True, False, True]),
        torch.arange(6).reshape(2, 3),
        torch.complex(torch.linspace(-1, 1, 4), torch.linspace(2, 0, 4)),
        torch.linspace(-3, 3, 12).reshape(3, 4).half(),
        torch.tensor([1.0, float("nan"), float("inf")]),
        torch.full((2, 2), float("nan")),
        torch.zeros(0, 3),
    ],
    ids=("number", "bool", "int64", "complex", "half", "not finite", "nan", "empty"),
)
def test_whatever_a_tensor_is_it_is_told_in_numbers(value: Tensor) -> None:
    told = facts(value)
    assert told.shape == tuple(value.shape)
    numbers = np.abs(value.numpy()) if value.is_complex() else value.float().numpy()
    finite = numbers[np.isfinite(numbers)]
    assert told.not_finite == numbers.size - finite.size
    assert told.mean == pytest.approx(finite.mean() if finite.size else np.nan, nan_ok=True)
    bars = histogram(value)
    assert (bars.counts.sum() if bars else 0) == finite.size
    assert (heat(value) is None) == (value.ndim == 0 or not value.numel())


def test_what_is_drawn_is_bounded() -> None:
    large = torch.randn(300, 200, 150)
    found, pictured = heat(large), maps(large)
    assert found is not None
    assert pictured is not None
    assert found.numbers.size <= 96 * 96
    assert (found.rows, found.columns) == (60_000, 150)
    assert sum(each.size for each in pictured.pictures) <= 36 * 48 * 48
    assert pictured.total == 300
    coloured = filters(torch.randn(8, 3, 5, 5))
    assert coloured is not None
    assert coloured.pictures[0].shape == (5, 5, 3)
    assert np.ptp(coloured.pictures[0]) == pytest.approx(1)


def test_figures_of_all_nodes_are_those_of_the_exported_module(
    digits: tuple[Project, Watched],
) -> None:
    project, watched = digits
    chosen = [1, 2, 3, 5]
    found = survey(watched, chosen)
    torch.manual_seed(project.recipe.seed)
    seen = hooked(build_project(project).make(), inputs_at(watched.samples, np.array(chosen)))
    for node in project.network.nodes.values():
        if node.kind == "Conv2d":
            expected = seen[node.name]
            (mean,) = found["activation_mean"][node.id]
            assert mean == pytest.approx(expected.mean().item(), abs=1e-6)
            assert found["output_bytes"][node.id] == [expected.numel() * 4]
            assert found["forward_seconds"][node.id][0] > 0
    assert found["activation_zeros"].keys() == found["activation_mean"].keys()


def test_of_a_large_network_fewer_samples_are_surveyed(
    digits: tuple[Project, Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, watched = digits
    counted = sum(map(sum, survey(watched, [0])["output_bytes"].values())) // 4
    assert some(watched, range(32)) == range(32)
    monkeypatch.setattr(surveying, "_MOST_NUMBERS", 5 * counted + 1)
    assert some(watched, range(32)) == range(5)
    monkeypatch.setattr(surveying, "_MOST_NUMBERS", 1)
    assert some(watched, range(32)) == range(1)
