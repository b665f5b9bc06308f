"""What is said of sizes that are rounded, held against the sizes that real torch gives."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from app.project.examples import load_example
from codegen.emit import source
from graph_model.dims import Dim, evaluate, symbol, with_multiples
from graph_model.files.project_format import dumps, loads
from graph_model.inference.example_sizes import example_sizes
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.inference.rounding import state_multiples, unrounded
from graph_model.network import Network, Node, Project, add_nodes, set_arguments, with_network
from tests.graph_model.test_dims import dims
from tools.mistakes import drawn

H, W, N = symbol("H"), symbol("W"), symbol("N")
STAGES: Final = 5


@given(dims, st.dictionaries(st.sampled_from("NTH"), st.integers(1, 24)), st.data())
def test_known_multiples_change_how_a_size_is_written_and_not_what_it_is(
    dim: Dim, multiples: dict[str, int], data: st.DataObject
) -> None:
    values = {name: multiples.get(name, 1) * data.draw(st.integers(1, 9)) for name in "NTH"}
    known = with_multiples(dim, multiples)
    assert evaluate(known, values) == evaluate(dim, values)
    assert eval(str(known), {}, dict(values)) == evaluate(dim, values)


@pytest.mark.parametrize(
    ("dim", "text"),
    [
        ((H + 1) // 2, "H/2"),
        ((H + 31) // 32, "H/32"),
        (H // 64, "H//64"),
        (2 * (H // 2), "H"),
        (3 * (H // 32), "3*H/32"),
        ((H // 2) * (W // 2), "H*W/4"),
        (H // 2 - 2, "H/2 - 2"),
        (1 - H // 2, "-H/2 + 1"),
        (H // 3, "H//3"),
        ((H + 1) // 6, "H//6"),
        (N * (H // 4) + N, "H*N/4 + N"),
    ],
)
def test_where_the_sizes_are_multiples_of_32_no_floor_is_left(dim: Dim, text: str) -> None:
    known = with_multiples(dim, {"H": 32, "W": 32})
    assert str(known) == text
    values = {"H": 96, "W": 64, "N": 5}
    assert evaluate(known, values) == evaluate(dim, values)


def _stages(
    kernel: int, padding: int, shape: tuple[int | str, ...] = ("N", 3, "H", "W")
) -> Network:
    """Draw stages that halve a picture."""
    conv = {"out_channels": 4, "kernel_size": kernel, "stride": 2, "padding": padding}
    convs = ((f"conv{n}", "Conv2d", conv) for n in range(STAGES))
    return drawn(("x", "Input", {"shape": shape}), *convs, ("y", "Output", {}))


def _result(inference: Inference) -> str:
    return str(inference.shown(inference.nodes["y"].inputs["input"]))


@pytest.mark.parametrize(("kernel", "padding"), [(3, 1), (7, 3), (2, 0), (4, 1), (1, 0)])
def test_what_is_stated_of_the_input_is_read_in_every_shape(kernel: int, padding: int) -> None:
    network = _stages(kernel, padding)
    before = infer(network)
    assert "//" in _result(before)
    offered = unrounded(before)
    assert offered == {"H": 32, "W": 32}
    after = infer(state_multiples(network, "x", offered), before)
    assert not any(each.is_error for each in after.problems)
    assert _result(after) == "N×4×H/32×W/32"
    assert not unrounded(after)
    assert [str(words) for words in after.required_of("x")] == [
        "H divisible by 32",
        "W divisible by 32",
    ]
    layers = [nn.Conv2d(4 if n else 3, 4, kernel, 2, padding) for n in range(STAGES)]
    with torch.no_grad():
        found = nn.Sequential(*layers)(torch.zeros(1, 3, 96, 64)).shape
    assert found == (1, 4, 96 // 32, 64 // 32)


def test_a_window_that_is_not_padded_makes_the_picture_smaller_all_the_same() -> None:
    network = state_multiples(_stages(3, 0), "x", {"H": 32})
    inference = infer(network)
    first = inference.nodes["conv0"].outputs["output"]
    assert str(inference.shown(first)) == "N×4×(H/2 - 1)×((W + 1)//2 - 1)"
    assert nn.Conv2d(3, 4, 3, 2)(torch.zeros(1, 3, 64, 9)).shape == (1, 4, 31, 4)


def test_a_size_that_is_a_number_or_the_batch_is_not_asked_for() -> None:
    assert not unrounded(infer(_stages(3, 1, ("N", 3, 33, 33))))
    halved = drawn(
        ("x", "Input", {"shape": ("N", 6)}),
        ("half", "Slice", {"dim": 0, "step": 2}),
        ("y", "Output", {}),
    )
    assert "(N + 1)//2" in str(infer(halved).nodes["half"].outputs["output"])
    assert not unrounded(infer(halved))


def test_what_the_network_rules_out_is_not_offered() -> None:
    odd = drawn(
        ("x", "Input", {"shape": ("N", 8, "L")}),
        ("other", "MaxPool1d", {"kernel_size": 3, "stride": 2}),
        ("back", "ConvTranspose1d", {"out_channels": 8, "stride": 2}),
        ("odd", "Add", {}, "back x"),
        ("y", "Output", {}),
    )
    inference = infer(odd)
    assert [str(words) for words in inference.required_of("x")] == ["L odd", "L at least 3"]
    assert not unrounded(inference)
    stated = infer(state_multiples(odd, "x", {"L": 2}))
    assert [each.code for each in stated.problems] == ["sizes_contradict"]


def test_two_inputs_of_one_symbol_keep_to_what_is_stated_at_either() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "H"), "multiples": ("H", 4)}),
        ("other", "Input", {"shape": ("N", 3, "H"), "multiples": ("H", 6, "K", 5)}),
        ("pool", "MaxPool1d", {"kernel_size": 12}, "other"),
        ("add", "Add", {}, "x other"),
        ("y", "Output", {}, "add"),
        ("z", "Output", {}, "pool"),
    )
    inference = infer(network)
    assert inference.multiples == {"H": 12}
    assert str(inference.shown(inference.nodes["pool"].outputs["output"])) == "N×3×H/12"
    assert example_sizes(inference)["H"] % 12 == 0


def test_a_problem_names_sizes_as_the_cards_do() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "L"), "multiples": ("L", 4)}),
        ("pool1", "MaxPool1d", {}),
        ("pool2", "MaxPool1d", {}),
        ("sum1", "Add", {}, "pool1 pool2"),
        ("y", "Output", {}),
    )
    (problem,) = (each for each in infer(network).problems if each.is_error)
    assert (problem.node, problem.code) == ("sum1", "cannot_broadcast")
    assert "N×3×L/2" in problem.message
    assert "N×3×L/4" in problem.message
    assert "//" not in problem.message


def test_taking_a_statement_back_leaves_none() -> None:
    network = state_multiples(_stages(3, 1), "x", {"H": 32, "W": 8})
    network = state_multiples(network, "x", {"H": 1})
    assert network.nodes["x"].arguments["multiples"] == ("W", 8)
    again = loads(dumps(Project({"main": network}, "main")))
    assert again.network == network


@pytest.mark.parametrize("wrong", [("H",), ("H", "W"), (32, "H"), ("h", 32), 32, ("H", 32, "W")])
def test_a_statement_that_is_none_is_refused(wrong: object) -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "H"), "multiples": wrong}), ("y", "Output", {})
    )
    (problem,) = (each for each in infer(network).problems if each.is_error)
    assert (problem.code, problem.parameter) == ("wrong_type", "multiples")


@pytest.mark.parametrize(("wrong", "code"), [(0, "below_minimum"), (4096, "above_maximum")])
def test_a_multiple_has_bounds(wrong: int, code: str) -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 3, "H"), "multiples": ("H", wrong)}), ("y", "Output", {})
    )
    (problem,) = (each for each in infer(network).problems if each.is_error)
    assert problem.code == code


def test_five_halvings_in_blocks_are_found() -> None:
    """ResNet-50 halves a picture of any size five times, with odd sizes rounded up."""
    project = load_example("resnet-50")
    main = project.network
    (node,) = (each for each in main.nodes.values() if each.kind == "Input")
    network = set_arguments(main, node.id, {"shape": ("N", 3, "H", "W")})
    inference = infer_project(with_network(project, network))
    assert not inference.has_errors
    assert unrounded(inference) == {"H": 32, "W": 32}
    stated = infer_project(
        with_network(project, state_multiples(network, node.id, unrounded(inference)))
    )
    specs = [spec for each in stated.nodes.values() for spec in each.outputs.values()]
    assert "N×2048×H/32×W/32" in {str(stated.shown(spec)) for spec in specs}
    assert "//" not in source(stated).text


def test_a_network_in_blocks_is_read_by_what_all_of_it_needs() -> None:
    """U-Net halves a picture four times and joins each half with what it was."""
    project = load_example("u-net")
    main = project.network
    (node,) = (each for each in main.nodes.values() if each.kind == "Input")
    network = set_arguments(main, node.id, {"shape": ("N", 3, "H", "W")})
    inference = infer_project(with_network(project, network))
    assert inference.multiples == {"H": 16, "W": 16}
    assert not unrounded(inference)
    shown = {
        str(inference.shown(spec))
        for result in inference.nodes.values()
        for spec in result.outputs.values()
    }
    assert "N×1024×H/16×W/16" in shown
    assert not any("//" in text for text in shown)
    code = source(inference).text
    assert "# (N, 1024, H/16, W/16)" in code
    assert "//" not in code
    assert "    Needs: H divisible by 16, W divisible by 16" in code


def test_an_input_that_is_not_right_has_no_example_sizes() -> None:
    network = drawn(("x", "Input", {"shape": ("N", "T")}), ("y", "Output", {}))
    network = add_nodes(network, [Node("z", "Input", "z", {"shape": ("N", -1)})])
    assert set(example_sizes(infer(network))) == {"N", "T"}


def test_the_batch_of_an_example_is_a_multiple_too() -> None:
    shape = {"shape": ("N", 3, "H", "H"), "multiples": ("N", 4, "H", 3)}
    network = drawn(
        ("x", "Input", shape), ("conv", "Conv2d", {"out_channels": 8}), ("y", "Output", {})
    )
    sizes = example_sizes(infer(network))
    assert (sizes["N"] % 4, sizes["H"] % 3) == (0, 0)
    assert sizes["H"] < 20
