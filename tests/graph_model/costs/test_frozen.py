"""Frozen weights: written so in the file, left alone by training, and counted apart."""

from __future__ import annotations

import pytest

from codegen.build import build_network
from graph_model.costs.cost import cost
from graph_model.costs.sizes import sizes_for
from graph_model.editing.ungrouping import ungroup
from graph_model.files.storage import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Project, freeze
from graph_model.recipe import Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import classification
from tests.codegen.blocks import SAMPLES as WITH_BLOCKS
from tests.codegen.samples import CNN, LINEAR, TOKENS
from tests.graph_model.costs.test_cost import make, saved_bytes


@pytest.mark.parametrize("id", ["conv1", "bn1", "fc"])
def test_a_frozen_layer_has_no_gradients_and_fewer_activations(id: str) -> None:
    frozen = freeze(CNN, id, frozen=True)
    found = cost(infer(frozen), sizes_for(infer(frozen), 2)).total
    model, inputs = make({"main": frozen})
    rest = [weight for weight in model.parameters() if weight.requires_grad]
    assert sum(each.numel() for each in rest) == found.parameters - found.frozen
    assert sum(each.nbytes for each in rest) == found.trained
    assert all(weight.requires_grad != name.startswith(id) for name, weight in
               model.named_parameters())  # fmt: skip
    assert found.activations == pytest.approx(saved_bytes(model, inputs), rel=0.02)


def test_a_frozen_backbone_keeps_nothing() -> None:
    networks = WITH_BLOCKS["resnet18"]
    main = networks["main"]
    for node in main.nodes.values():
        if node.kind not in {"Input", "Output"} and node.name != "fc":
            main = freeze(main, node.id, frozen=True)
    inference = infer(main, blocks=networks)
    found = cost(inference, sizes_for(inference, 2))
    assert found.total.parameters - found.total.frozen == 513_000
    assert found.total.activations == 2 * 512 * 4
    model, inputs = make({**networks, "main": main})
    assert saved_bytes(model, inputs) == found.total.activations


def test_a_frozen_parameter() -> None:
    id = next(node.id for node in TOKENS.nodes.values() if node.kind == "Parameter")
    model = build_network(freeze(TOKENS, id, frozen=True)).make()
    assert not model.get_parameter(id).requires_grad
    assert any(weight.requires_grad for weight in model.parameters())


def test_where_all_is_frozen_nothing_can_be_trained() -> None:
    data = classification(100, (1,), ("a", "b"))
    one = infer(freeze(LINEAR, "linear", frozen=True))
    assert "all_frozen" in {problem.code for problem in recipe_problems(Recipe(), one, data)}
    free = infer(LINEAR)
    assert "all_frozen" not in {problem.code for problem in recipe_problems(Recipe(), free, data)}


def test_dissolving_a_frozen_block_freezes_its_layers() -> None:
    networks = WITH_BLOCKS["resnet18"]
    use = next(node for node in networks["main"].nodes.values() if node.kind.startswith("block:"))
    project = Project({**networks, "main": freeze(networks["main"], use.id, frozen=True)}, "main")
    before = networks["main"].nodes.keys()
    after = ungroup(project, "main", use.id).networks["main"]
    fresh = [node for id, node in after.nodes.items() if id not in before]
    assert fresh
    assert all(node.frozen for node in fresh)


def test_a_file_keeps_it() -> None:
    frozen = freeze(CNN, "fc", frozen=True)
    again = loads(dumps(Project({"main": frozen}, "main")))
    assert again.network == frozen
