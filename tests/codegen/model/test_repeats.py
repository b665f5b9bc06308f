"""Repeats of a block that differ by which of them it is: held against the interpreter."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build
from codegen.emit import source
from codegen.model.safety import check
from graph_model.editing.ungrouping import ungroup
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.values import Parameter, integer, number
from tests.codegen.blocks import Line, network
from tests.codegen.running import assert_same, backward, example_inputs, gradients, run
from tests.graph_model.small_blocks import codes
from tests.interpreter import Interpreter

DILATED = network({}, "dilated", "Dilated", {
    "x": ("Input", {"shape": ("N", 4, "T")}, ""),
    "conv": ("Conv1d", {"out_channels": 4, "kernel_size": 3, "dilation": "=dilation",
        "padding": "=dilation"}, "x"),
    "drop": ("Dropout", {"p": "=drop"}, "conv"),
    "add": ("Add", {}, "x drop"),
    "y": ("Output", {}, "add"),
}, integer("dilation", 1), number("drop", 0.0, minimum=0, maximum=1))  # fmt: skip
WIDENING = network({}, "widening", "Widening", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc": ("Linear", {"out_features": "=width"}, "x"),
    "y": ("Output", {}, "fc"),
}, integer("width", 4))  # fmt: skip
Networks = dict[str, Network]


def main(block: Network, arguments: dict[str, object], repeat: str = "x 4") -> Networks:
    """Return a network that repeats a block."""
    shape = block.nodes["x"].arguments["shape"]
    lines: dict[str, Line] = {
        "input": ("Input", {"shape": shape}, ""),
        "layers": (f"[{block.id}] {repeat}".rstrip(), arguments, "input"),  # type: ignore[dict-item]
        "output": ("Output", {}, "layers"),
    }
    return {block.id: block, "main": network({block.id: block}, "main", "Main", lines)}


def within(networks: Networks, *parameters: Parameter, **given: object) -> Networks:
    """Return a network that uses another, which becomes a block with parameters, once or more."""
    inner = networks["main"]
    outer = Network("outer", "Outer", inner.nodes, inner.edges, "block", parameters)
    blocks = {**networks, "outer": outer}
    shape = inner.nodes["input"].arguments["shape"]
    lines: dict[str, Line] = {
        "input": ("Input", {"shape": shape}, ""),
        "part": ("[outer]", given, "input"),  # type: ignore[dict-item]
        "output": ("Output", {}, "part"),
    }
    return {**blocks, "main": network(blocks, "main", "Main", lines)}


def assert_is_interpreted(networks: Networks) -> str:
    """Hold the generated module against the interpreter; return its text."""
    inference = infer(networks["main"], blocks=networks)
    assert codes(inference) == [], [each.message for each in inference.problems]
    made = source(inference)
    check(made.text)
    module = build(made).make()
    assert sum(each.numel() for each in module.parameters()) == inference.parameter_count
    x = example_inputs(inference)
    interpreter = Interpreter(
        networks["main"], dict(module.state_dict()), training=True, blocks=networks
    )
    expected = interpreter.run(x)
    actual = run(module, x.values())
    assert_same(dict(zip(expected, actual, strict=True)), expected)
    backward(actual)
    backward(expected.values())
    assert_same(gradients(module), interpreter.gradients())
    return made.text


@pytest.mark.parametrize(
    ("networks", "line"),
    [
        (main(DILATED, {"dilation": "=2 ** i"}), "*[Dilated(2 ** i) for i in range(4)]"),
        (main(DILATED, {"dilation": "=2 ** (i % 2)", "drop": "=0.2 * i / 3"}),
            "*[Dilated(dilation=2 ** (i % 2), drop=0.2 * i / 3) for i in range(4)]"),
        (main(DILATED, {"dilation": "=i + 1"}, ""), "self.layers = Dilated()"),
        (main(WIDENING, {"width": "=6 + i"}),
            "Widening(4, 6), Widening(6, 7), Widening(7, 8), Widening(8, 9)"),
        (main(WIDENING, {"width": "=6 if i == 0 else 6"}, "x 2"),
            "nn.Sequential(Widening(4), Widening(6))"),
        (main(WIDENING, {"width": "=min(6, 9 - i)"}),
            "Widening(4), *[Widening(6, width=min(6, 9 - i)) for i in range(1, 4)]"),
        (within(main(DILATED, {"dilation": "=base ** i"}, "x depth"), integer("base", 2),
            integer("depth", 3)), "*[Dilated(base ** i) for i in range(depth)]"),
        (within(main(DILATED, {"dilation": "=i"}, "x 3"), integer("i", 2)),
            "*[Dilated(dilation=i) for _ in range(3)]"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_repeats_differ_by_which_they_are(networks: Networks, line: str) -> None:
    assert line in assert_is_interpreted(networks)


def test_ungrouped_each_has_the_value_that_it_had() -> None:
    networks = main(DILATED, {"dilation": "=2 ** i"})
    project = ungroup(Project(networks, "main"), "main", "layers")
    dilations = [
        node.arguments["dilation"]
        for node in infer(project.network, blocks=project.networks).of_kind("block:dilated")
    ]
    assert dilations == [1, 2, 4, 8]
    once = ungroup(Project(main(DILATED, {"dilation": "=i + 3"}, ""), "main"), "main", "layers")
    (conv,) = infer(once.network).of_kind("Conv1d")
    assert conv.arguments["dilation"] == 3


def test_a_value_that_does_not_suit_is_told_at_the_first_repeat_that_has_it() -> None:
    networks = main(DILATED, {"drop": "=0.4 * i"})
    (problem,) = infer(networks["main"], blocks=networks).problems
    assert (problem.code, problem.node, problem.parameter) == ("above_maximum", "layers", "drop")
    networks = main(DILATED, {"dilation": "=4 // (2 - i)"})
    (problem,) = infer(networks["main"], blocks=networks).problems
    assert (problem.code, problem.parameter) == ("formula_division_by_zero", "dilation")


def test_the_number_of_repeats_is_not_one_of_them() -> None:
    networks = main(DILATED, {}, "x i + 1")
    (problem,) = infer(networks["main"], blocks=networks).problems
    assert (problem.code, problem.parameter) == ("formula_unknown_name", "repeat")


def test_what_is_learned_is_the_same_as_with_single_layers() -> None:
    networks = main(DILATED, {"dilation": "=2 ** i"})
    module = build(source(infer(networks["main"], blocks=networks))).make()
    x = torch.randn(2, 4, 40)
    expected = x
    for turn in range(4):
        convolution = torch.nn.Conv1d(4, 4, 3, dilation=2**turn, padding=2**turn)
        convolution.load_state_dict(module.layers[turn].conv.state_dict())
        expected = expected + convolution(expected)
    torch.testing.assert_close(module(x), expected)
