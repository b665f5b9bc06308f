"""Which tensor of a file goes to which weight: by name, prefix, shape, and order where asked."""

from __future__ import annotations

import math
import re

import pytest

from app.project.examples import load_example
from app.training.fitting import own_shapes
from app.weight_matching.match import Matching, Shape, Shapes, match
from app.weight_matching.names import WRAPPERS, common_prefix, kind_of, unwrapped
from tests.app.weight_matching.torchvision_names import PUBLISHED

OURS: Shapes = {"body.fc1.weight": (8, 4), "body.fc1.bias": (8,), "head.weight": (3, 8)}
PARAMETERS = {
    "resnet-18": 11_689_512,
    "resnet-50": 25_557_032,
    "resnet-152": 60_192_808,
    "alexnet": 61_100_840,
    "vgg-16": 138_357_544,
    "squeezenet-1-0": 1_248_424,
    "densenet-121": 7_978_856,
    "googlenet": 13_004_888,
    "mobilenet-v2": 3_504_872,
    "efficientnet-b0": 5_288_548,
    "vit-b-16": 86_567_656,
}
"""As torchvision states them with each file."""


def hows(found: Matching) -> list[str]:
    return [found.pairs[name].how if name in found.pairs else "" for name in found.ours]


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_weight_of_a_published_network_is_found(name: str) -> None:
    theirs = dict(PUBLISHED[name]())
    count = sum(math.prod(shape) for each, shape in theirs.items() if is_parameter(each))
    assert count == PARAMETERS[name]  # so the names are those of the real file
    ours = own_shapes(load_example(name))
    found = match(ours, theirs).by_order()
    assert not found.left
    assert all(each.startswith("aux") for each in found.unused)
    for mine, other in found.names.items():
        assert ours[mine] == theirs[other]
        assert kind_of(mine) == kind_of(other)


def is_parameter(name: str) -> bool:
    return kind_of(name) in ("weight", "bias", "")


@pytest.mark.parametrize("name", ["resnet-18", "resnet-50", "resnet-152"])
def test_blocks_of_a_resnet_are_those_at_the_same_place(name: str) -> None:
    theirs = dict(PUBLISHED[name]())
    for mine, other in match(own_shapes(load_example(name)), theirs).by_order().names.items():
        assert ("shortcut" in mine) == ("downsample" in other)
        if "shortcut" not in mine:
            assert mine.split(".")[-2:] == other.split(".")[-2:]  # conv2.weight
        stages = [
            re.match(r"layer(\d)\.(first|rest\.\d+|second|\d+)", each) for each in (mine, other)
        ]
        if stages[0] and stages[1]:
            assert stages[0][1] == stages[1][1]
            assert place(stages[0][2]) == int(stages[1][2])


def place(word: str) -> int:
    """Return the number of a block in its stage, from 0."""
    words = {"first": 0, "second": 1}
    return words[word] if word in words else 1 + int(word.removeprefix("rest."))


@pytest.mark.parametrize("wrapper", [*WRAPPERS, "module.model.", "_orig_mod.module."])
def test_wrappers_are_left_out(wrapper: str) -> None:
    found = match(OURS, {wrapper + name: shape for name, shape in OURS.items()})
    assert hows(found) == ["name", "name", "name"]
    assert found.names["head.weight"] == f"{wrapper}head.weight"
    assert not found.is_plain
    assert match(OURS, OURS).is_plain


def test_what_our_names_begin_with_is_no_wrapper() -> None:
    ours = {"model.weight": (1,)}
    assert unwrapped(ours, ours) == {"model.weight": "model.weight"}
    assert match(ours, ours).is_plain


def test_a_prefix_of_either_side_is_found() -> None:
    theirs = {f"vision.tower.{name}": shape for name, shape in OURS.items()} | {"text.w": (8, 4)}
    assert hows(match(OURS, theirs)) == ["prefix"] * 3
    backbone = {"fc1.weight": (8, 4), "fc1.bias": (8,), "fc.weight": (1000, 8)}
    found = match(OURS, backbone)
    assert hows(found) == ["prefix", "prefix", ""]
    assert found.names["body.fc1.bias"] == "fc1.bias"
    assert not found.free("head.weight")


def test_of_two_prefixes_none_is_guessed() -> None:
    theirs = {f"{side}.{name}": shape for side in ("left", "right") for name, shape in OURS.items()}
    found = match(OURS, theirs)
    assert common_prefix(OURS, theirs) == ""
    assert not found.pairs
    assert found.free("head.weight") == ["left.head.weight", "right.head.weight"]
    assert set(found.by_order().names.values()) == {f"left.{name}" for name in OURS}


def test_the_only_one_of_its_shape_needs_no_name_but_two_are_told() -> None:
    ours: Shapes = {"a.weight": (3, 8), "b.weight": (4, 4), "c.weight": (4, 4)}
    theirs: Shapes = {"x.weight": (4, 4), "y.weight": (3, 8), "z.weight": (4, 4)}
    found = match(ours, theirs)
    assert hows(found) == ["shape", "", ""]
    assert found.free("b.weight") == ["x.weight", "z.weight"]
    assert found.by_order().names == {
        "a.weight": "y.weight",
        "b.weight": "x.weight",
        "c.weight": "z.weight",
    }


def test_order_passes_over_what_only_one_side_has() -> None:
    norm: Shape = (4,)
    ours = {f"{layer}.{each}": norm for layer in "abc" for each in ("weight", "bias")}
    theirs = {
        "0.weight": norm,
        "0.bias": norm,
        "aux.weight": (9, 9),
        "1.weight": norm,
        "1.bias": norm,
    }
    found = match(ours, theirs).by_order()
    assert found.names == {
        "a.weight": "0.weight",
        "a.bias": "0.bias",
        "b.weight": "1.weight",
        "b.bias": "1.bias",
    }
    assert found.left == ["c.weight", "c.bias"]


def test_the_same_name_with_another_shape_is_told() -> None:
    found = match(OURS, {"module.head.weight": (10, 8), "module.body.fc1.bias": (8,)})
    assert hows(found) == ["", "name", ""]
    assert found.same_name("head.weight") == (10, 8)
    assert found.same_name("body.fc1.weight") is None


def test_a_row_is_changed_by_choosing_and_takes_from_another() -> None:
    ours: Shapes = {"a.weight": (4,), "b.weight": (4,)}
    found = match(ours, {"a.weight": (4,), "c.weight": (4,)})
    assert found.names == {"a.weight": "a.weight", "b.weight": "c.weight"}
    changed = found.chosen("b.weight", "a.weight")
    assert changed.names == {"b.weight": "a.weight"}
    assert changed.pairs["b.weight"].how == "chosen"
    assert changed.candidates("a.weight") == ["c.weight", "a.weight"]
    assert changed.chosen("b.weight", "").names == {}


def test_very_many_tensors_that_are_alike_take_no_time_to_speak_of() -> None:
    ours = {f"layers.{number}.weight": (4, 4) for number in range(3000)}
    theirs = {f"h.{number}.w.weight": (4, 4) for number in range(2999)} | {"z.weight": (5,)}
    found = match(ours, theirs).by_order()
    assert len(found.left) == 1
