"""A block that is there only under a condition, and a head tied to an embedding."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from codegen.build import build
from codegen.emit import source
from graph_model.editing.block_edits import BOUNDARY
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.formula_parser import parse_formula
from graph_model.inference.infer import infer
from graph_model.network import (
    Network,
    Project,
    add_nodes,
    remove_nodes,
    rename,
    set_arguments,
    set_repeat,
    share_weights,
    stop_sharing,
)
from graph_model.values import boolean, integer
from tests.codegen.blocks import Line, network
from tests.graph_model.small_blocks import BLOCKS, LAYER, codes, used
from tests.interpreter import Interpreter

WIDTH = integer("width", 4)
DEEP = boolean("deep", False)
MAYBE = network(BLOCKS, "maybe", "Maybe", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "extra": ("[layer] x deep", {"features": "=width"}, "x"),
    "fc": ("Linear", {"out_features": 4}, "extra"),
    "y": ("Output", {}, "fc"),
}, WIDTH, DEEP)  # fmt: skip


def using(*deep: bool) -> dict[str, Network]:
    """Return a network that uses the block so, one after the other."""
    blocks = {**BLOCKS, "maybe": MAYBE}
    lines = {"input": ("Input", {"shape": ("N", 4)}, "")}
    last = "input"
    for turn, is_deep in enumerate(deep, 1):
        lines[f"part{turn}"] = ("[maybe]", {"deep": is_deep, "width": 4 + turn}, last)
        last = f"part{turn}"
    lines["output"] = ("Output", {}, last)
    return {**blocks, "main": network(blocks, "main", "Main", lines)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "deep", [(True,), (False,), (True, False), (False, True), (False, False), (True, True)]
)
def test_it_computes_what_the_interpreter_does(deep: tuple[bool, ...]) -> None:
    networks = using(*deep)
    inference = infer(networks["main"], blocks=networks)
    assert codes(inference) == []
    module = build(source(inference)).make()
    assert sum(each.numel() for each in module.parameters()) == inference.parameter_count
    x = torch.randn(3, 4)
    weights = dict(module.state_dict())
    found = Interpreter(networks["main"], weights, training=True, blocks=networks).run({"input": x})
    torch.testing.assert_close(module(x), found["output"])


def test_it_is_written_as_a_choice_where_some_use_has_it() -> None:
    networks = using(False, True)
    text = source(infer(networks["main"], blocks=networks)).text
    assert "self.extra = Layer(features=width) if deep else nn.Identity()" in text
    networks = using(False, False)
    text = source(infer(networks["main"], blocks=networks)).text
    assert "self.extra = nn.Identity()" in text
    assert "class Layer" not in text


@pytest.mark.parametrize("name", ["import os", "if"])
def test_names_in_a_block_that_is_left_out_stand_in_the_way_of_nothing(name: str) -> None:
    networks = using(False, False)
    layer = networks["layer"]
    bad = replace(layer.parameters[0], name=name)
    inner = next(id for id, node in layer.nodes.items() if node.kind not in BOUNDARY)
    renamed = rename(layer, inner, name)
    for changed in (replace(layer, parameters=(*layer.parameters, bad)), renamed):
        inference = infer(networks["main"], blocks={**networks, "layer": changed})
        assert codes(inference) == []
        assert "class Layer" not in source(inference).text


def test_a_block_of_more_outputs_than_inputs_cannot_be_left_out() -> None:
    two = network({}, "two", "Two", {
        "a": ("Input", {"shape": ("N", 4)}, ""),
        "add": ("Add", {}, "a a"),
        "y": ("Output", {}, "add"),
        "z": ("Output", {}, "a"),
    })  # fmt: skip
    drawn = network({"two": two}, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "part": ("[two]", {}, "input"),
        "output": ("Output", {}, "part"),
    })  # fmt: skip
    drawn = set_repeat(drawn, "part", parse_formula("1 == 2"))
    assert codes(infer(drawn, blocks={"two": two})) == ["repeat_does_not_fit"]


@pytest.mark.parametrize(("condition", "count"), [("1 == 1", 40), ("1 == 2", 0)])
def test_ungrouping_keeps_what_is_there(condition: str, count: int) -> None:
    drawn = set_repeat(used(), "part", parse_formula(condition))
    project = Project({"main": drawn, "layer": LAYER}, "main")
    assert infer(drawn, blocks=project.networks).parameter_count == count
    assert loads(dumps(project)) == project
    dissolved = ungroup(project, "main", "part").network
    found = infer(dissolved)
    assert not found.has_errors
    assert found.parameter_count == count


def test_dissolving_the_block_around_it_keeps_the_condition() -> None:
    networks = using(False, True)
    project = Project(networks, "main")
    before = infer(project.network, blocks=networks).parameter_count
    for part in ("part1", "part2"):
        project = ungroup(project, "main", part)
    assert infer(project.network, blocks=networks).parameter_count == before


TIED = network({}, "main", "Main", {
    "tokens": ("Input", {"shape": ("N", "T"), "dtype": "int64"}, ""),
    "embedding": ("Embedding", {"num_embeddings": 20, "embedding_dim": 6}, "tokens"),
    "head": ("Linear", {"out_features": 20, "bias": False}, "embedding"),
    "again": ("embedding again", {}, "tokens"),
    "logits": ("Output", {}, "head"),
    "second": ("Output", {}, "again"),
})  # fmt: skip


def test_a_head_is_tied_to_an_embedding() -> None:
    tied = share_weights(TIED, "head", "embedding")
    inference = infer(tied)
    assert codes(inference) == []
    assert inference.parameter_count == 20 * 6
    module = build(source(inference)).make()
    assert [*module.state_dict()] == ["embedding.weight"]
    tokens = torch.randint(0, 20, (2, 3))
    weight = module.state_dict()["embedding.weight"]
    torch.testing.assert_close(module(tokens)[0], weight[tokens] @ weight.T)
    found = Interpreter(tied, {"embedding.weight": weight}, training=True).run({"tokens": tokens})
    torch.testing.assert_close(module(tokens)[0], found["logits"])


def test_weights_of_other_sizes_are_not_tied() -> None:
    tied = share_weights(TIED, "head", "embedding")
    for change in ({"out_features": 30}, {"bias": True}):
        assert codes(infer(set_arguments(tied, "head", change))) == ["shares_other_sizes"]
    conv = add_nodes(tied, [replace(tied.nodes["head"], kind="Flatten", arguments={})])
    assert "shares_with_other_kind" in codes(infer(conv))


def test_a_tied_head_keeps_its_own_arguments() -> None:
    tied = share_weights(TIED, "head", "embedding")
    assert stop_sharing(tied, "head") == TIED
    left = remove_nodes(tied, ["embedding"])
    assert left.nodes["head"].shares == "again"
    assert left.nodes["again"].arguments == TIED.nodes["embedding"].arguments
    left = remove_nodes(tied, ["embedding", "again"])
    assert left.nodes["head"] == TIED.nodes["head"]


@pytest.mark.parametrize(
    ("condition", "made"), [("1 == 1", "Layer()"), ("1 == 2", "nn.Identity()")]
)
def test_what_no_parameter_decides_is_decided_where_it_is_written(
    condition: str, made: str
) -> None:
    drawn = network(BLOCKS, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "first": ("[layer]", {"features": 4}, "input"),
        "second": ("[layer]", {"features": "=2 * 2"}, "first"),
        "output": ("Output", {}, "second"),
    })  # fmt: skip
    drawn = set_repeat(drawn, "second", parse_formula(condition))
    text = source(infer(drawn, blocks=BLOCKS)).text
    assert f"self.second = {made}" in text


@pytest.mark.parametrize(("layers", "first"), [("", "Part(6, 6"), ("flat", "Part(0, 6")])
def test_a_size_is_passed_where_it_is_missing_as_well(layers: str, first: str) -> None:
    """What comes in is told even to a use that leaves out what needs it; else it is 0."""
    shape = ("N", 2, 3) if layers else ("N", 6)
    lines: dict[str, Line] = {"x": ("Input", {"shape": shape}, "")}
    if layers:
        lines["flat"] = ("Flatten", {}, "x")
    lines |= {
        "extra": ("[layer] x deep", {"features": 4}, layers or "x"),
        "fc": ("Linear", {"out_features": 4}, "extra"),
        "y": ("Output", {}, "fc"),
    }
    blocks = {**BLOCKS, "part": network(BLOCKS, "part", "Part", lines, DEEP)}
    uses: dict[str, Line] = {}
    for number, deep in enumerate((False, True, True), 3):
        shape = ("N", 2, number) if layers else ("N", 2 * number)
        uses[f"input{number}"] = ("Input", {"shape": shape}, "")
        uses[f"part{number}"] = ("[part]", {"deep": deep}, f"input{number}")
        uses[f"output{number}"] = ("Output", {}, f"part{number}")
    inference = infer(network(blocks, "main", "Main", uses), blocks=blocks)
    made = source(inference)
    assert f"self.part3 = {first}" in made.text
    module = build(made).make()
    assert sum(each.numel() for each in module.parameters()) == inference.parameter_count


def test_a_switch_that_is_the_same_everywhere_is_written_as_it_is() -> None:
    for deep, extra in ((True, "Layer(width)"), (False, "nn.Identity()")):
        networks = using(deep, deep)
        text = source(infer(networks["main"], blocks=networks)).text
        assert f"self.extra = {extra}" in text
        assert "deep" not in text


def test_repeats_that_all_differ_are_no_more_than_can_be_gone_through() -> None:
    drawn = used("[layer] x 20000", features="=i % 997 + 1")
    (problem,) = infer(drawn, blocks=BLOCKS).nodes["part"].problems
    assert problem.code == "too_many_differ"
    assert "20,000 repeats of part differ" in problem.message
    assert "2,048" in problem.message


def test_repeats_that_are_alike_may_be_far_more() -> None:
    drawn = used("[layer] x 20000", features="=8")
    assert not infer(drawn, blocks=BLOCKS).has_errors
