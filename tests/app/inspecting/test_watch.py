"""What is told of every node is what an interpreter of the drawing computes for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from torch import Tensor

from app.inspecting.watch import Spot, Watch
from app.training.weight_names import as_called_now
from codegen.build import build, build_watched
from codegen.emit import source
from codegen.model.lower import lower
from graph_model.formulas import evaluate
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project
from graph_model.recipe import BETWEEN
from tests.block_strategies import projects
from tests.codegen.running import as_tuple, assert_same, example_inputs, run
from tests.interpreter import Interpreter
from tests.random_layers import KNOWN
from tests.sampling import cases

pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:torch.*"),
    pytest.mark.filterwarnings("ignore:torch.searchsorted:UserWarning"),
    pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning"),
    pytest.mark.filterwarnings("ignore:Since version 1.3.0, affine_grid:UserWarning"),
]


def interpreted(
    project: Project, weights: Mapping[str, Tensor], inputs: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Return what each node gave last, by the names on the way to it, and at which port."""
    seen: dict[str, Tensor] = {}
    compute = Interpreter._compute

    def told(
        self: Interpreter,
        id: str,
        given: Mapping[str, Tensor],
        value: Callable[[str], Mapping[str, Tensor]],
    ) -> Mapping[str, Tensor]:
        found = compute(self, id, given, value)
        node = self._network.nodes[id]
        for port, tensor in found.items() if node.kind != "Output" else ():
            seen[f"{self._path}{node.name}:{port}"] = tensor.detach().clone()
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Interpreter, "_compute", told)
        Interpreter(project.network, weights, training=False, blocks=project.networks).run(inputs)
    return seen


def named(spot: Spot, port: str, inference: Inference) -> str:
    """Return the names on the way to a node, as the interpreter has them."""
    names: list[str] = []
    within: Inference | None = inference
    *around, last = spot.path.split(BETWEEN)
    for id, turn in zip(around, spot.turns, strict=True):
        assert within is not None
        node = within.network.nodes[id]
        owner = within.network.nodes[node.shares] if node.shares else node
        is_several = owner.repeat != 1 and within.nodes[owner.id].arrangement.value != "shared"
        is_listed = is_several and not isinstance(within_count(within, owner.id), bool)
        names.append(f"{owner.name}.{turn}" if is_listed else owner.name)
        within = within.inside(id, turn)
    assert within is not None
    return ".".join([*names, within.network.nodes[last].name]) + f":{port}"


def within_count(inference: Inference, id: str) -> Any:
    """Return how often a node is there, or whether at all."""
    repeat = inference.network.nodes[id].repeat
    return repeat if isinstance(repeat, int) else evaluate(repeat, inference.scope)


@settings(max_examples=cases(24, 400), database=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_every_value_that_is_told_is_the_interpreters(project: Project) -> None:
    inference = infer_project(project, KNOWN)
    watch = Watch()
    program = lower(inference, one_by_one=True)
    model = build_watched(program, watch, KNOWN).make().eval()
    inputs = example_inputs(inference)
    seen: dict[str, Tensor] = {}

    def look(spot: Spot, port: str, value: Tensor) -> None:
        seen[named(spot, port, inference)] = value.clone()

    watch.look = look
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    run(model, inputs.values())
    expected = interpreted(project, weights, inputs)
    assert len(seen) >= len(inputs)
    assert_same(seen, {name: expected[name] for name in seen})


@settings(max_examples=cases(12, 200), database=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_node_by_node_it_computes_what_the_exported_text_does(project: Project) -> None:
    inference = infer_project(project, KNOWN)
    inputs = example_inputs(inference)
    exported = build(source(inference), KNOWN).make().eval()
    watched = build_watched(lower(inference, one_by_one=True), Watch(), KNOWN).make().eval()
    watched.load_state_dict(as_called_now(exported.state_dict(), watched))
    results = []
    for model in (exported, watched):
        torch.manual_seed(0)
        results.append(as_tuple(model(*(each.clone() for each in inputs.values()))))
    for one, other in zip(*results, strict=True):
        assert torch.equal(one.isnan(), other.isnan())
        torch.testing.assert_close(one, other, rtol=0, atol=0, equal_nan=True)
