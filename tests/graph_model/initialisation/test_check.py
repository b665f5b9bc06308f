"""What is said of an initialisation that cannot be, or that has nothing to fill."""

from __future__ import annotations

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.editing.initialising import set_init
from graph_model.inference.infer import infer
from graph_model.initialisation.groups import filled, group_of
from graph_model.layers.weight import Weight
from graph_model.network import Network, Node, share_weights
from graph_model.recipe import Choice
from graph_model.values import Arguments
from tests.codegen.blocks import Line, network

LINES: dict[str, Line] = {
    "x": ("Input", {"shape": ("N", 8, 16)}, ""),
    "conv": ("Conv1d", {"out_channels": 6}, "x"),
    "norm": ("BatchNorm1d", {}, "conv"),
    "act": ("ReLU", {}, "norm"),
    "y": ("Output", {}, "act"),
}


def drawn(node: str, group: str, kind: str, arguments: Arguments | None = None) -> Network:
    plain = network({}, "main", "Net", LINES)
    return set_init(plain, node, group, Choice(kind, arguments or {}))


@pytest.mark.parametrize(
    ("node", "group", "kind", "arguments", "code", "words"),
    [
        ("conv", "weight", "eye_", {}, "init_dims_between", "conv.weight has 3"),
        ("norm", "weight", "xavier_normal_", {}, "init_dims", "at least 2 dimensions, but norm.w"),
        ("conv", "weight", "dirac_", {"groups": 4}, "init_groups", "6 output channels"),
        ("conv", "bias", "magic_", {}, "unknown_init", "magic_ is none"),
        ("conv", "bias", "normal_", {"std": -1.0}, "below_minimum", "std must be at least 0"),
        ("conv", "bias", "normal_", {"size": 1}, "unknown_parameter", "size"),
        ("conv", "bias", "uniform_", {"a": 2.0}, "init_bounds", "a = 2 must not be above"),
        ("act", "weight", "ones_", {}, "nothing_to_initialise", "act has no weight"),
        ("", "weight", "eye_", {}, "init_dims_between", "conv.weight has 3"),
        ("", "bias", "magic_", {}, "unknown_init", "magic_ is none"),
    ],
)
def test_a_mistake_is_told_at_its_place_and_mended(
    node: str, group: str, kind: str, arguments: Arguments, code: str, words: str
) -> None:
    wrong = drawn(node, group, kind, arguments)
    problems = [each for each in infer(wrong).problems if each.parameter == f"init.{group}"]
    assert [(each.code, each.node) for each in problems] == [(code, node)]
    assert words in problems[0].message
    (fix,) = problems[0].fixes
    mended = apply_fix(wrong, fix)
    assert code not in {each.code for each in infer(mended).problems}
    assert mended == network({}, "main", "Net", LINES)


@pytest.mark.parametrize(
    ("node", "group", "kind"),
    [
        ("conv", "weight", "kaiming_normal_"),
        ("conv", "weight", "dirac_"),
        ("norm", "weight", "zeros_"),
        ("", "weight", "orthogonal_"),
        ("", "bias", "zeros_"),
    ],
)
def test_what_fits_is_no_problem(node: str, group: str, kind: str) -> None:
    plain = {each.code for each in infer(network({}, "main", "Net", LINES)).problems}
    assert {each.code for each in infer(drawn(node, group, kind)).problems} == plain


def test_what_goes_for_all_layers_has_to_fit_those_within_blocks() -> None:
    block = network({}, "stem", "Stem", LINES)
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8, 16)}, ""),
        "stem": ("[stem]", {}, "x"),
        "y": ("Output", {}, "stem"),
    }
    whole = network({"stem": block}, "main", "Net", lines)
    assert not infer(whole, blocks={"stem": block}).has_errors
    wrong = infer(set_init(whole, "", "weight", Choice("eye_")), blocks={"stem": block})
    (problem,) = [each for each in wrong.problems if each.parameter == "init.weight"]
    assert (problem.code, problem.node) == ("init_dims_between", "")
    assert "stem.conv.weight has 3" in problem.message


def test_an_edit_of_it_is_found_anew() -> None:
    before = infer(network({}, "main", "Net", LINES))
    wrong = infer(drawn("conv", "weight", "eye_"), before)
    assert {each.code for each in wrong.problems} >= {"init_dims_between"}
    assert infer(network({}, "main", "Net", LINES), wrong).problems == before.problems


def test_what_is_shared_is_told_once_at_its_owner() -> None:
    lines = {**LINES, "again": ("Conv1d", {}, "x"), "z": ("Output", {}, "again")}
    both = share_weights(network({}, "main", "Net", lines), "again", "conv")
    wrong = infer(set_init(both, "conv", "weight", Choice("eye_")))
    assert [each.node for each in wrong.problems if each.code == "init_dims_between"] == ["conv"]


def test_a_refused_layer_is_not_said_to_lack_weights() -> None:
    wrong = set_init(drawn("conv", "weight", "ones_"), "conv", "bias", Choice("ones_"))
    conv = Node("conv", "Conv1d", "conv", {"kernel_size": 99}, init=wrong.nodes["conv"].init)
    refused = Network("main", "Net", {**wrong.nodes, "conv": conv}, wrong.edges)
    codes = [each.code for each in infer(refused).nodes["conv"].problems]
    assert codes == ["kernel_too_large"]


def test_tensors_are_grouped_by_their_names() -> None:
    names = ("weight", "bias", "weight_ih_l0", "bias_hh_l0", "out_proj.bias", "in_proj_weight", "")
    assert [group_of(each) for each in names] == [
        "weight", "bias", "weight", "bias", "bias", "weight", "weight",
    ]  # fmt: skip
    held = [Weight("w", (2, 2)), Weight("norm.weight", (2,)), Weight("seen", (), is_buffer=True)]
    assert [each.name for each in filled(held, "weight")] == ["w"]
    assert [each.name for each in filled(held[1:], "weight")] == ["norm.weight"]
