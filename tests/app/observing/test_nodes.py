"""Every module and weight of a generated model is found in the drawing it was made of."""

from __future__ import annotations

from collections import Counter

import pytest
import torch

from app.observing.nodes import Nodes
from app.project.examples import load_example
from codegen.build import build
from codegen.emit import emit
from codegen.model.lower import lower
from graph_model.inference.infer import infer_project
from graph_model.layers import LAYERS
from graph_model.recipes.within import everything, find


@pytest.mark.parametrize(
    "name", ["digits-resnet", "densenet-121", "vit-b-16", "seq2seq-transformer", "digits-gan"]
)
def test_all_weights_of_a_node_are_found_at_it(name: str) -> None:
    inference = infer_project(load_example(name))
    program = lower(inference)
    with torch.device("meta"):
        model = build(emit(program)).make()
    nodes = Nodes(inference, program)
    counts: Counter[str] = Counter()
    for weight, value in model.named_parameters():
        found = nodes.find(weight)
        assert found is not None, weight
        assert found.path.count("/") <= len(found.turns)
        counts[found.path] += value.numel()
    leaves = [each for each in everything(inference) if each.is_leaf]
    assert counts.keys() == {each.path for each in leaves}
    assert counts.total() == inference.parameter_count
    for module_name, module in model.named_modules():
        found = nodes.find(module_name)
        if found is not None and not found.rest and not [*module.children()]:
            inner = find(found.path, inference)
            if inner is not None and inner.is_leaf and inner.node.kind in LAYERS:
                assert type(module).__name__ == inner.node.kind


def test_a_name_of_no_node_is_not_found() -> None:
    inference = infer_project(load_example("digits-resnet"))
    nodes = Nodes(inference, lower(inference))
    assert nodes.find("") is None
    assert nodes.find("nothing.weight") is None


def test_what_is_seen_of_all_repeats_is_seen_of_the_node() -> None:
    inference = infer_project(load_example("vit-b-16"))
    program = lower(inference)
    with torch.device("meta"):
        model = build(emit(program)).make()
    nodes = Nodes(inference, program)
    by_node = nodes.by_node(dict(model.named_parameters()))
    assert sum(map(len, by_node.values())) == len([*model.parameters()])
    assert max(map(len, by_node.values())) >= 12  # the encoder's layers
