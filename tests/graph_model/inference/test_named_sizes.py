"""Sizes that arguments name: what is known of them, and what is said where it is not."""

import pytest

from graph_model.inference.infer import infer
from graph_model.network import set_arguments
from graph_model.values import Value
from tests.codegen.samples import network

NETWORK = network("Main", {
    "x": ("Input", {"shape": ("N", "T", 8)}, ""),
    "made": ("Constant", {"shape": ("N", 16)}, ""),
    "parted": ("Reshape", {"shape": ("N", "T", 4, 2)}, "x"),
    "y": ("Output", {}, "made"),
    "z": ("Output", {}, "parted"),
})  # fmt: skip


def test_what_no_input_has_is_said_with_what_there_is() -> None:
    found = infer(set_arguments(NETWORK, "made", {"shape": ("B", 16)}))
    (problem,) = (each for each in found.problems if each.is_error)
    assert (problem.node, problem.parameter) == ("made", "shape")
    assert problem.message == (
        "shape names the size B, which no Input of this network has. Known are: N, T."
    )


@pytest.mark.parametrize("shape", [("B", "T", 8), ("N", "T", "T"), (3, 5, 8), ("N", 8, "T")])
def test_a_size_that_changes_its_place_is_news_to_all_that_name_it(
    shape: tuple[int | str, ...],
) -> None:
    before = infer(NETWORK)
    changed = set_arguments(NETWORK, "x", {"shape": shape})
    after, anew = infer(changed, before), infer(changed)
    assert after.nodes == anew.nodes
    assert after.problems == anew.problems
    assert infer(NETWORK, after).nodes == before.nodes


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (("N", "T", 8), "N×T×8"),
        (("N", "8 * T"), "N×8*T"),
        (("N", -1, 4), "N×2*T×4"),
        (("N", "T // 2", 16), "N×T//2×16"),
        (("N", "T // 2", 8), "cannot_reshape"),
        (("N", "T"), "cannot_reshape"),
        (("N", "U"), "unknown_size"),
        (("N", "T - 9", -1), "cannot_reshape"),
        ((-1, "T"), "8*N×T"),
    ],
)
def test_reshape_fills_what_comes(shape: Value, expected: str) -> None:
    found = infer(set_arguments(NETWORK, "parted", {"shape": shape}))
    told = [each.code for each in found.problems if each.is_error]
    spec = found.nodes["z"].inputs.get("input")
    assert (told[0] if told else str(spec)) == expected


def test_a_range_may_be_empty_only_for_sizes_that_are_too_small() -> None:
    lines = {
        "x": ("Input", {"shape": ("N", "T")}, ""),
        "steps": ("Arange", {"start": 3, "end": "T"}, ""),
        "y": ("Output", {}, "steps"),
    }
    found = infer(network("Main", lines))
    assert [str(each.words) for each in found.requirements] == ["T at least 4"]
