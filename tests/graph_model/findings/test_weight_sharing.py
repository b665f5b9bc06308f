"""Weights of several uses: counted once, refused where their sizes differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.inference.infer import infer
from graph_model.network import (
    Network,
    Node,
    add_nodes,
    remove_nodes,
    set_arguments,
    share_weights,
    stop_sharing,
)
from tests.graph_model.small_blocks import BLOCKS, codes, main


def test_shared_weights_count_once() -> None:
    lines = {
        "part": ("[layer]", {"features": 4}, "input"),
        "twice": ("part again", {}, "part"),
        "output": ("Output", {}, "twice"),
    }
    inference = infer(main(lines), blocks=BLOCKS)
    assert codes(inference) == []
    assert inference.parameter_count == 5 * 4
    assert sum(weight.count * many for weight, many in inference.weights()) == 5 * 4


def test_plain_layers_share_weights_as_well() -> None:
    lines = {
        "fc": ("Linear", {"out_features": 4}, "input"),
        "again": ("fc again", {}, "fc"),
        "output": ("Output", {}, "again"),
    }
    before = infer(main(lines))
    assert codes(before) == []
    assert before.parameter_count == 20
    # What the owner is given, the other has as well.
    after = infer(set_arguments(before.network, "fc", {"bias": False}), before)
    assert after.nodes["again"].arguments["bias"] is False
    assert after.parameter_count == 16


def test_what_shares_must_need_the_same_sizes() -> None:
    lines = {
        "part": ("[layer] x 2", {"features": 6}, "input"),
        "again": ("part again", {}, "part"),
        "fc": ("Linear", {"out_features": 6}, "input"),
        "fc2": ("fc again", {}, "again"),
        "output": ("Output", {}, "fc2"),
        "rest": ("Output", {}, "fc"),
    }
    inference = infer(main(lines), blocks=BLOCKS)
    assert [problem.message for problem in inference.problems] == [
        "again shares the weights of part, which would need other sizes here: fc: in_features = 6.",
        "fc2 shares the weights of fc, which would need other sizes here: in_features = 6.",
    ]
    mended = infer(stop_sharing(inference.network, "again"), inference)
    assert mended.nodes["again"].repeat == 2
    assert codes(mended) == ["shares_other_sizes"]


def test_repeats_that_share_are_compared_turn_by_turn() -> None:
    lines = {
        "wide": ("Linear", {"out_features": 6}, "input"),
        "part": ("[layer] x 3", {"features": 6}, "input"),
        "again": ("part again", {}, "wide"),
        "same": ("[layer] x 3", {"features": 4}, "input"),
        "fine": ("same again", {}, "same"),
        "output": ("Output", {}, "part"),
        "output2": ("Output", {}, "again"),
        "output3": ("Output", {}, "fine"),
    }
    inference = infer(main(lines), blocks=BLOCKS)
    assert [each.node for each in inference.problems if each.is_error] == ["again"]
    swapped = share_weights(stop_sharing(inference.network, "again"), "part", "again")
    found = infer(swapped, inference).problems
    assert [each.node for each in found if each.is_error] == ["part"]


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ("nowhere", "shares_with_nothing"),
        ("again", "shares_with_nothing"),
        ("act", "shares_with_other_kind"),
    ],
)
def test_what_cannot_be_shared_is_told(shares: str, code: str) -> None:
    lines = {
        "fc": ("Linear", {"out_features": 4}, "input"),
        "again": ("fc again", {}, "fc"),
        "third": ("fc again", {}, "again"),
        "act": ("ReLU", {}, "third"),
        "output": ("Output", {}, "act"),
    }
    drawn = main(lines)
    drawn = add_nodes(drawn, [replace(drawn.nodes["third"], shares=shares)])
    inference = infer(drawn)
    assert codes(inference) == [code]
    assert inference.problems[0].fixes[0].message == "Give third weights of its own"


def test_an_operation_has_nothing_to_share() -> None:
    lines = {
        "add": ("Add", {}, "input input"),
        "again": ("add again", {}, "add add"),
        "output": ("Output", {}, "again"),
    }
    assert codes(infer(main(lines))) == ["shares_without_weights"]


def test_a_node_with_a_problem_of_its_own_is_not_compared() -> None:
    lines = {
        "fc": ("Linear", {"out_features": 0}, "input"),
        "again": ("fc again", {}, "input"),
        "output": ("Output", {}, "again"),
        "output2": ("Output", {}, "fc"),
    }
    assert codes(infer(main(lines))) == ["below_minimum", "below_minimum"]


def test_removing_the_owner_leaves_the_weights_to_the_next() -> None:
    lines = {
        "fc": ("Linear", {"out_features": 4}, "input"),
        "second": ("fc again", {}, "input"),
        "third": ("fc again", {}, "input"),
        "other": ("Linear", {}, "input"),
    }
    left = remove_nodes(main(lines), ["fc"])
    assert (left.nodes["second"].shares, left.nodes["third"].shares) == ("", "second")
    assert left.nodes["second"].arguments == {"out_features": 4}
    assert left.nodes["second"].name == "second"


def test_a_node_stops_sharing_with_what_is_gone() -> None:
    orphan = Node("a", "Linear", "a", shares="gone")
    alone = stop_sharing(Network("main", "Main", {"a": orphan}), "a")
    assert alone.nodes["a"] == replace(orphan, shares="")


def test_uses_whose_batches_differ_may_share() -> None:
    lines = {
        "other": ("Input", {"shape": ("M", 4)}, ""),
        "part": ("[layer]", {}, "input"),
        "again": ("part again", {}, "other"),
        "output": ("Output", {}, "part"),
        "output2": ("Output", {}, "again"),
    }
    assert codes(infer(main(lines), blocks=BLOCKS)) == []
