"""What has to hold for symbolic sizes, held against the sizes that real torch takes."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graph_model.constraints import (
    AtLeast,
    Equal,
    agreeing,
    contradicted,
    holds,
    requirements,
    smallest,
)
from graph_model.dims import Dim, Expression, evaluate, symbol
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.network import Edge, Network, Node, Port, add_nodes, connect
from graph_model.values import Arguments
from tests.untrained import Untrained
from tools.mistakes import drawn

H, W, N = symbol("H"), symbol("W"), symbol("N")
LONGEST: Final = 40
REFUSALS: Final = (RuntimeError, ValueError)

STEPS: Final = st.one_of(
    st.builds(
        lambda k, s, p, d: ("Conv1d", {"kernel_size": k, "stride": s, "padding": p, "dilation": d}),
        st.integers(1, 5),
        st.integers(1, 3),
        st.integers(0, 2),
        st.integers(1, 2),
    ),
    st.builds(
        lambda k, s: ("MaxPool1d", {"kernel_size": k, "stride": s}),
        st.integers(1, 4),
        st.integers(1, 4),
    ),
    st.builds(
        lambda k, s: ("ConvTranspose1d", {"kernel_size": k, "stride": s}),
        st.integers(1, 4),
        st.integers(1, 3),
    ),
    st.builds(lambda p: ("ReflectionPad1d", {"padding": (p, p)}), st.integers(1, 4)),
    st.just(("Upsample", {})),
    st.just(("Concatenate", {})),
)


def _step(network: Network, kind: str, arguments: Arguments, skip: str) -> Network:
    """Add a layer behind the last one; a Concatenate also reads an earlier one."""
    last = list(network.nodes)[-1]
    channels = {"out_channels": 2} if "out_channels" in LAYERS[kind].by_name else {}
    id = f"n{len(network.nodes)}"
    network = add_nodes(network, [Node(id, kind, id, {**arguments, **channels})])
    ports = ("input1", "input2") if kind == "Concatenate" else ("input",)
    for port, source in zip(ports, (last, skip), strict=False):
        network = connect(network, Port(source, "output"), Port(id, port))
    return network


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw layers over a sequence of any length, those that suit no length left out."""
    network = drawn(("x", "Input", {"shape": (2, 2, "L")}))
    for kind, arguments in draw(st.lists(STEPS, min_size=2, max_size=7)):
        skip = draw(st.sampled_from(list(network.nodes)))
        longer = _step(network, kind, arguments, skip)
        if not any(each.is_error for each in infer(longer).problems if each.code != "no_output"):
            network = longer
    return network


@settings(max_examples=40, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_torch_takes_exactly_the_sizes_that_meet_the_constraints(network: Network) -> None:
    inference = infer(network)
    note(f"{[(n.kind, n.arguments) for n in network.nodes.values()]} {inference.constraints}")
    for length in range(1, LONGEST):
        met = all(holds(each, {"L": length}) for each in inference.constraints)
        assert _runs(inference, length) == met, length
    first = smallest(inference.constraints, "L")
    sizes = [n for n in range(1, LONGEST) if _met(inference, n)]
    assert first is not None
    assert sizes[:1] == ([first] if first < LONGEST else [])


def _met(inference: Inference, length: int) -> bool:
    return all(holds(each, {"L": length}) for each in inference.constraints)


def _runs(inference: Inference, length: int) -> bool:
    """Tell whether torch computes it; then the shapes must be those inferred."""
    network = inference.network
    last = list(network.nodes)[-1]
    target = Port("y", "input")
    nodes = {**network.nodes, "y": Node("y", "Output", "y")}
    edges = {**network.edges, target: Edge(Port(last, "output"), target)}
    computed = Untrained(Network("main", "", nodes, edges), {}, training=False)
    try:
        with torch.no_grad():
            result = computed.run({"x": torch.zeros(2, 2, length)})["y"]
    except REFUSALS:
        return False
    shape = inference.nodes[last].outputs["output"].shape
    assert tuple(result.shape) == tuple(evaluate(dim, {"L": length}) for dim in shape)
    return True


def _words(*constraints: Equal | AtLeast) -> list[str]:
    return [str(each.words) for each in requirements(tuple(constraints))]


def _half(dim: Dim, times: int = 1) -> Dim:
    for _ in range(times):
        dim = dim // 2
    return dim


def _expression(dim: Dim) -> Expression:
    assert isinstance(dim, Expression)
    return dim


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        ([Equal(2 * _half(H), H)], ["H divisible by 2"]),
        ([Equal(2 * _half(H, n + 1), _half(H, n)) for n in range(5)], ["H divisible by 32"]),
        ([Equal(2 * _half(H - 1) + 1, H)], ["H odd"]),
        ([Equal(3 * ((H + 2) // 3), H + 1)], ["H divided by 3 leaves 2"]),
        ([AtLeast(_expression(H // 32), 1)], ["H at least 32"]),
        ([Equal(32 * (H // 32), H), AtLeast(_expression(H // 32), 1)], ["H divisible by 32"]),
        ([Equal(4 * (H // 4), H), AtLeast(_expression(H - 6), 1)],
            ["H divisible by 4", "H at least 8"]),
        ([Equal(H, W)], ["H equal to W"]),
        ([AtLeast(_expression(H * W), 2)], ["H*W at least 2"]),
        ([Equal(2 * _half(H), H), Equal(2 * _half(H - 1) + 1, H)], ["no H fits"]),
    ],
)  # fmt: skip
def test_it_is_said_as_briefly_as_can_be(
    constraints: list[Equal | AtLeast], words: list[str]
) -> None:
    assert _words(*constraints) == words


@pytest.mark.parametrize(
    ("left", "right"),
    [(H, H - 1), (N, W), (2 * (N // 2), N), (H, 5), (H // 2, W // 2), (H * (W // 2), H * W)],
)
def test_what_never_agrees_is_no_constraint(left: Dim, right: Dim) -> None:
    assert agreeing(left, right) is None


def test_what_takes_too_long_to_work_out_is_said_as_it_was_stated() -> None:
    stated = (Equal(64 * (H // 64), H), Equal(81 * (H // 81), H))
    assert not contradicted(stated)
    assert _words(*stated) == ["64*(H//64) equal to H", "81*(H//81) equal to H"]


def test_a_constraint_holds_where_a_size_is_not_given() -> None:
    assert holds(Equal(2 * (H // 2), H), {"W": 3})
    assert not holds(Equal(2 * (H // 2), H), {"H": 3})
    assert not holds(AtLeast(_expression(H - 4), 1), {"H": 4})


def test_no_size_fits_two_layers_that_contradict_each_other() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 8, "L")}),
        ("down", "MaxPool1d", {}),
        ("up", "ConvTranspose1d", {"out_channels": 8, "kernel_size": 2, "stride": 2}),
        ("even", "Add", {}, "up x"),
        ("other", "MaxPool1d", {"kernel_size": 3, "stride": 2}, "x"),
        ("back", "ConvTranspose1d", {"out_channels": 8, "stride": 2}),
        ("odd", "Add", {}, "back even"),
        ("y", "Output", {}),
    )
    (problem,) = (each for each in infer(network).problems if each.is_error)
    assert (problem.code, problem.node) == ("sizes_contradict", "odd")
    assert smallest(infer(network).constraints, "L") is None


def test_a_unet_says_at_its_input_what_it_needs() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "H", "W")}),
        ("pool1", "MaxPool2d", {}),
        ("pool2", "MaxPool2d", {}),
        ("up2", "Upsample", {}),
        ("cat2", "Concatenate", {}, "up2 pool1"),
        ("up1", "Upsample", {}),
        ("cat1", "Concatenate", {}, "up1 x"),
        ("y", "Output", {}),
    )
    inference = infer(network)
    assert not inference.problems
    assert str(inference.nodes["cat1"].outputs["output"]) == "N×9×H×W"
    words = {str(each.words) for each in inference.requirements}
    assert words == {"H divisible by 4", "W divisible by 4"}
    assert smallest(inference.constraints, "H", start=30) == 32


def test_an_input_is_told_what_its_own_symbols_need() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "H", 8)}),
        ("pool", "MaxPool2d", {}),
        ("up", "Upsample", {}),
        ("add", "Add", {}, "up x"),
        ("other", "Input", {"shape": ("N", "T", 4)}),
        ("y", "Output", {}, "add"),
        ("z", "Output", {}, "other"),
    )
    inference = infer(network)
    assert [str(words) for words in inference.required_of("x")] == ["H divisible by 2"]
    assert inference.required_of("other") == inference.required_of("add") == ()
