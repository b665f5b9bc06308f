"""What follows what is seen across the edges of blocks, from turn to turn and level to level."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import Inference, infer
from graph_model.network import Network, set_repeat
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import classification
from tests.codegen.blocks import Line, network

LINEAR: Line = ("Linear", {"out_features": 8}, "x")
PLAIN = {"Linear": {"out_features": 8}, "Softmax": {"dim": -1}, "BatchNorm2d": {}, "Conv2d": {}}


def chain(*kinds: str, shape: tuple[str | int, ...] = ("N", 8)) -> dict[str, Line]:
    """Return an Input, nodes called by their kinds one after the other, and an Output."""
    lines: dict[str, Line] = {"x": ("Input", {"shape": shape}, "")}
    before = "x"
    for kind in kinds:
        name = kind.strip("[]").partition("]")[0].lower()
        lines[name] = (kind, PLAIN.get(kind, {}), before)
        before = name
    return {**lines, "y": ("Output", {}, before)}


def said(main: Mapping[str, Line], **blocks: Mapping[str, Line]) -> tuple[Inference, list[str]]:
    """Return what is known of a network with blocks, and what is said at which node."""
    known: dict[str, Network] = {}
    for id, lines in blocks.items():
        known[id] = network(known, id, id, lines)
    found = infer(network(known, "main", "Main", main), blocks=known)
    return found, [f"{each.node} {each.code}" for each in found.problems]


IMAGE = ("N", 3, 8, 8)


@pytest.mark.parametrize(
    ("main", "block", "expected"),
    [
        (chain("Linear", "[part]"), chain("Linear", "ReLU"), ["part no_activation_between"]),
        (chain("[part]", "Linear"), chain("ReLU", "Linear"), ["linear no_activation_between"]),
        (chain("Linear", "[part]"), chain("ReLU", "Linear"), []),
        (chain("[part] x 3"), chain("Linear"), ["part no_activation_between"]),
        (chain("[part] x 3"), chain("Linear", "ReLU"), []),
        (chain("[part]"), chain("Linear"), []),
        (chain("Linear", "[part]"), chain("Flatten", "Linear"), ["part no_activation_between"]),
        (chain("Conv2d", "[part]", shape=IMAGE), chain("BatchNorm2d", shape=IMAGE),
            ["conv2d bias_before_norm"]),
        (chain("[part]", "BatchNorm2d", shape=IMAGE), chain("Conv2d", shape=IMAGE),
            ["part bias_before_norm"]),
        (chain("[part]", "Softmax"), chain("Softmax"), ["softmax softmax_twice"]),
        (chain("ReLU", "[part]"), chain("Softmax"), ["part activation_before_softmax"]),
        (chain("[part] x 2"), chain("ReLU"), ["part activation_twice"]),
        (chain("[part]"), chain("Dropout"), ["part dropout_last"]),
        (chain("[part]", "BatchNorm2d", shape=IMAGE), chain("Dropout", shape=IMAGE),
            ["batchnorm2d dropout_before_norm"]),
    ],
)  # fmt: skip
def test_layers_are_seen_across_the_edge_of_a_block(
    main: dict[str, Line], block: dict[str, Line], expected: list[str]
) -> None:
    _, found = said(main, part=block)
    assert found == expected


def test_what_lies_within_is_told_within_only() -> None:
    found, at = said(chain("[part]"), part=chain("Linear", "Softmax", "Dropout"))
    assert at == ["part dropout_last"]
    twice = {**chain("Softmax"), "again": ("Softmax", {"dim": -1}, "softmax"),
             "y": ("Output", {}, "again")}  # fmt: skip
    found, at = said(chain("[part]"), part=twice)
    assert at == []
    inside = found.inside("part")
    assert inside is not None
    assert [each.code for each in inside.problems] == ["softmax_twice"]


def test_it_is_seen_through_blocks_in_blocks() -> None:
    inner = chain("Linear")
    _, at = said(chain("Linear", "[outer]"), inner=inner, outer=chain("[inner]", "ReLU"))
    assert at == ["outer no_activation_between"]
    _, at = said(chain("[outer]", "Linear"), inner=inner, outer=chain("ReLU", "[inner]"))
    assert at == ["linear no_activation_between"]
    _, at = said(chain("[first]", "[second]"), first=inner, second=chain("Linear"))
    assert at == ["second no_activation_between"]
    _, at = said(chain("[outer]"), inner=inner, outer=chain("[inner] x 2"))
    assert at == []  # that is within outer


def test_it_says_which_layers_are_meant() -> None:
    found, _ = said(chain("Linear", "[part] x 4"), part=chain("Linear"))
    assert [each.message.partition(" with ")[0] for each in found.problems] == [
        "Linear part.linear follows linear",
        "Linear part.linear follows part.linear",
    ]


def test_several_readers_are_no_one_after_the_other() -> None:
    main = {**chain("Linear", "[part]"), "z": ("Output", {}, "linear")}
    assert said(main, part=chain("Linear"))[1] == []
    forked = {**chain("Linear"), "z": ("Output", {}, "x")}
    assert said(chain("Linear", "[part]"), part=forked)[1] == []


def test_a_fix_goes_where_it_can_be_applied() -> None:
    found, _ = said(chain("Linear", "[part]"), part=chain("Linear"))
    (problem,) = found.problems
    (fix,) = problem.fixes
    assert fix.message == "Insert ReLU before it"
    mended = infer(apply_fix(found.network, fix), found)
    assert mended.problems == ()
    found, _ = said(chain("[part] x 2"), part=chain("Linear"))
    assert [each.fixes for each in found.problems] == [()]


def test_an_edit_changes_what_is_said_beyond_a_block() -> None:
    found, at = said(chain("[part]"), part=chain("Linear"))
    assert at == []
    repeated = infer(set_repeat(found.network, "part", 3), found)
    assert [each.code for each in repeated.problems] == ["no_activation_between"]
    once = infer(set_repeat(repeated.network, "part", 1), repeated)
    assert once.problems == ()


def test_a_block_of_several_inputs_has_no_one_place_to_insert_before() -> None:
    two = {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "other": ("Input", {"shape": ("N", 8)}, ""),
        "linear": ("Linear", {"out_features": 8}, "x"),
        "add": ("Add", {}, "linear other"),
        "y": ("Output", {}, "add"),
    }  # fmt: skip
    main = chain("Linear", "[part]")
    main["part"] = ("[part]", {}, "linear x")
    found, at = said(main, part=two)  # type: ignore[arg-type]
    assert at == ["part no_activation_between"]
    assert found.problems[0].fixes == ()
    main["part"] = ("[part] x 2", {}, "x linear")
    assert said(main, part=two)[1] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("repeat", ["", " x 2"])
def test_probabilities_at_the_end_of_a_block_are_no_raw_scores(repeat: str) -> None:
    found, _ = said(chain(f"[head]{repeat}"), head=chain("Linear", "Softmax"))
    data = classification(90, (8,), tuple("abcdefgh"))
    recipe = Recipe(objectives=(Objective("y", "target", Choice("CrossEntropyLoss")),))
    (problem,) = recipe_problems(recipe, found, data)
    assert (problem.code, problem.node, problem.fixes) == ("wrong_activation", "head", ())
    assert problem.message.endswith("the output comes from Softmax head.softmax.")
