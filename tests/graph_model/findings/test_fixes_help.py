"""What a fix leads to is never worse than what it mends, and following the first ones ends well."""

from __future__ import annotations

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import Network, set_arguments, share_weights
from graph_model.problems import Problem
from graph_model.values import Type
from tests.codegen.blocks import network
from tools.mistakes import drawn

TRIED = (0, 1, 3, 7, 99)
STEPS = 6


def chain() -> Network:
    """Convolutions and pools down to a classifier."""
    return drawn(
        ("x", "Input", {"shape": ("N", 1, 28, 28)}),
        ("conv", "Conv2d", {"out_channels": 8, "padding": 1}),
        ("pool", "MaxPool2d", {}),
        ("conv2", "Conv2d", {"out_channels": 8}),
        ("pool2", "MaxPool2d", {}),
        ("flat", "Flatten", {}),
        ("fc", "Linear", {"out_features": 10}),
        ("y", "Output", {}),
    )


def skip() -> Network:
    """A convolution, and a way around a second one that keeps its size."""
    return drawn(
        ("x", "Input", {"shape": ("N", 4, 16, 16)}),
        ("conv", "Conv2d", {"out_channels": 8, "padding": 1}),
        ("conv2", "Conv2d", {"out_channels": 8, "padding": 1}),
        ("sum", "Add", {}, "conv2 conv"),
        ("y", "Output", {}),
    )


def errors(network: Network) -> list[Problem]:
    return [each for each in infer(network).problems if each.is_error]


def spoiled(network: Network) -> list[tuple[str, str, int, Network]]:
    """Return the network with one argument altered, in every way that makes errors."""
    found = []
    for id, node in network.nodes.items():
        for parameter in LAYERS[node.kind].parameters:
            if parameter.type not in {Type.INTEGER, Type.SIZES}:
                continue
            for value in TRIED:
                altered = set_arguments(network, id, {parameter.name: value})
                if errors(altered):
                    found.append((id, parameter.name, value, altered))
    return found


@pytest.mark.parametrize("network", [chain(), skip()], ids=["chain", "skip"])
def test_following_the_first_fixes_never_leads_to_more_errors_or_round_in_a_circle(network):
    cases = spoiled(network)
    assert len(cases) > 20
    for *what, altered in cases:
        found, trail = errors(altered), []
        for _ in range(STEPS):
            offered = next((each for each in found if each.fixes), None)
            if offered is None:
                break
            trail.append(offered.fixes[0].message)
            altered = apply_fix(altered, offered.fixes[0])
            left = errors(altered)
            assert len(left) <= len(found), (what, trail)
            found = left
        assert len(trail) < STEPS, (what, trail)


def test_a_kernel_far_too_large_goes_back_to_the_usual_one_and_all_is_well():
    for id in ("conv", "conv2"):
        altered = set_arguments(chain(), id, {"kernel_size": 99})
        (problem,) = errors(altered)
        assert problem.fixes[0].message == "Set kernel_size to 3"
        assert not infer(apply_fix(altered, problem.fixes[0])).problems


def test_a_fix_of_one_more_use_alters_what_it_shares():
    network = drawn(
        ("x", "Input", {"shape": ("N", 1, 16, 16)}),
        ("pool", "MaxPool2d", {"kernel_size": 5}),
        ("pool2", "MaxPool2d", {}),
        ("y", "Output", {}),
    )
    network = share_weights(network, "pool2", "pool")
    (problem,) = errors(network)
    assert (problem.node, problem.fixes[0].message) == ("pool2", "Set kernel_size to 2")
    assert not errors(apply_fix(network, problem.fixes[0]))


def test_what_feeds_both_branches_is_not_altered_for_one_of_them():
    network = set_arguments(skip(), "conv2", {"kernel_size": 1})
    (problem,) = errors(network)
    assert problem.code == "cannot_broadcast"
    assert not any("conv to" in each.message for each in problem.fixes)


def test_a_flatten_that_takes_the_batch_as_well_is_set_right():
    network = set_arguments(chain(), "flat", {"start_dim": 0})
    (problem,) = errors(network)
    assert problem.fixes[0].message == "Set start_dim of flat to 1"
    assert not infer(apply_fix(network, problem.fixes[0])).problems


def test_a_way_around_a_layer_with_a_stride_is_projected_whichever_input_it_takes():
    for sources in ("conv x", "x conv"):
        network = drawn(
            ("x", "Input", {"shape": ("N", 16, 28, 28)}),
            ("conv", "Conv2d", {"out_channels": 32, "stride": 2, "padding": 1}),
            ("sum", "Add", {}, sources),
            ("y", "Output", {}),
        )
        (problem,) = errors(network)
        assert [each.message for each in problem.fixes] == ["Insert Conv2d before it"]
        assert not infer(apply_fix(network, problem.fixes[0])).problems


def test_heads_that_no_group_fits_are_told_as_heads_with_no_fix():
    network = drawn(
        ("q", "Input", {"shape": ("N", 8, "T", 16)}),
        ("k", "Input", {"shape": ("N", 3, "T", 16)}),
        ("attention", "ScaledDotProductAttention", {}, "q k k"),
        ("y", "Output", {}),
    )
    (problem,) = errors(network)
    assert (problem.code, problem.port, problem.fixes) == ("heads_differ", "key", ())


@pytest.mark.parametrize(
    ("shape", "first"),
    [
        ((3, 224, 224), "Set shape of x to N×3×224×224"),
        (("N", 28, 28), "Insert Unsqueeze before it"),
        (("N", "H", "H"), "Insert Unsqueeze before it"),
        (("N", 16, 100), "Use Conv1d instead"),
        (("N", 3, 8, 32, 32), "Use Conv3d instead"),
    ],
)
def test_a_picture_without_a_batch_or_channel_is_no_series(
    shape: tuple[str | int, ...], first: str
):
    network = drawn(("x", "Input", {"shape": shape}), ("conv", "Conv2d", {}), ("y", "Output", {}))
    (problem,) = errors(network)
    assert problem.fixes[0].message == first
    assert not errors(apply_fix(network, problem.fixes[0]))


@pytest.mark.parametrize("shape", [(), ("N",)])
def test_a_number_or_a_list_of_them_is_told_as_of_a_wrong_rank(shape: tuple[str, ...]) -> None:
    wrong = network({}, "main", "Main", {
        "x": ("Input", {"shape": shape}, ""),
        "conv": ("Conv2d", {}, "x"),
        "y": ("Output", {}, "conv"),
    })  # fmt: skip
    assert [each.node for each in infer(wrong).errors] == ["conv"]
