"""Blocks in generated code: kept examples, what is passed in, names, where a line stems from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from codegen.build import build_network
from codegen.emit import source
from codegen.line_breaks import wrapped
from codegen.model.safety import check
from codegen.names import class_names
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Name
from graph_model.inference.infer import infer
from graph_model.network import Network, Node, Port, connect, rename, set_formula
from graph_model.problems import GraphError
from graph_model.values import Value, choice, integer, integers, number, sizes
from tests.codegen.blocks import SAMPLES, Line, network

UPDATE = "LAYERWEFT_UPDATE_GOLDEN"
Lines = Mapping[str, Line]


def text_of(networks: Mapping[str, Network]) -> str:
    inference = infer(networks["main"], blocks=networks)
    assert not inference.has_errors, inference.problems
    return source(inference).text


def using(block: Network, *uses: Line, shape: tuple[int | str, ...] = ("N", 4)) -> str:
    """Return the text of a network that uses a block so, one after the other."""
    lines: dict[str, Line] = {"input": ("Input", {"shape": shape}, "")}
    last = "input"
    for number_, (kind, arguments, _) in enumerate(uses, 1):
        lines[f"part{number_}"] = (kind, arguments, last)
        last = f"part{number_}"
    lines["output"] = ("Output", {}, last)
    blocks = {block.id: block}
    return text_of({**blocks, "main": network(blocks, "main", "Main", lines)})


@pytest.mark.parametrize("name", SAMPLES)
def test_files_are_those_kept(name: str, root: Path) -> None:
    text = text_of(SAMPLES[name])
    kept = root / "tests" / "golden" / f"{name}.py"
    if UPDATE in os.environ:
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8"), f"if that is better, run with {UPDATE}=1"
    check(text)


@pytest.mark.parametrize("name", SAMPLES)
def test_modules_have_the_inferred_weights(name: str) -> None:
    networks = SAMPLES[name]
    inference = infer(networks["main"], blocks=networks)
    with torch.device("meta"):
        model = build_network(networks["main"], networks).make()
    assert sum(each.numel() for each in model.parameters()) == inference.parameter_count
    expected = sum(weight.count * many for weight, many in inference.weights())
    assert sum(each.numel() for each in model.state_dict().values()) == expected


def linear(out_features: Value, *parameters: object) -> Network:
    return network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fc": ("Linear", {"out_features": out_features}, "x"),
        "y": ("Output", {}, "fc"),
    }, *parameters)  # type: ignore[arg-type]  # fmt: skip


def test_what_is_the_same_in_all_uses_is_not_passed_in() -> None:
    text = using(linear(4), ("[layer]", {}, ""), ("[layer] x 3", {}, ""))
    assert "def __init__(self) -> None:" in text
    assert "self.fc = nn.Linear(4, 4)" in text
    assert "self.part2 = nn.Sequential(*[Layer() for _ in range(3)])" in text


def test_what_differs_is_passed_in() -> None:
    block = linear("=width", integer("width", 4))
    text = using(block, ("[layer]", {"width": 6}, ""), ("[layer]", {"width": 2}, ""))
    assert "def __init__(self, in_features: int, width: int) -> None:" in text
    assert "self.part1 = Layer(4, 6)" in text
    assert "self.part2 = Layer(6, 2)" in text


def test_one_use_has_numbers_and_defaults() -> None:
    text = using(linear("=width * 2", integer("width", 4)), ("[layer]", {"width": 3}, ""))
    assert "def __init__(self, width: int = 3) -> None:" in text
    assert "self.fc = nn.Linear(4, width * 2)" in text
    assert "self.part1 = Layer()" in text


def test_sizes_that_happen_to_be_equal_are_not_mixed_up() -> None:
    text = using(linear("=width", integer("width", 4)), ("[layer]", {}, ""))
    assert "nn.Linear(4, width)" in text


def test_parameters_that_nothing_uses_are_left_out() -> None:
    text = using(linear(3, integer("spare", 1)), ("[layer]", {"spare": 2}, ""))
    assert "def __init__(self) -> None:" in text
    assert "Layer()" in text


def test_repeats_that_grow_in_no_regular_way_are_listed() -> None:
    doubling = network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "norm": ("LayerNorm", {}, "x"),
        "cat": ("Concatenate", {}, "norm norm"),
        "y": ("Output", {}, "cat"),
    })  # fmt: skip
    text = using(doubling, ("[layer] x 3", {}, ""))
    assert "nn.Sequential(Layer(4), Layer(8), Layer(16))" in text
    stage = network({"layer": doubling}, "stage", "Stage", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "layers": ("[layer] x depth", {}, "x"),
        "y": ("Output", {}, "layers"),
    }, integer("depth", 3))  # fmt: skip
    blocks = {"layer": doubling, "stage": stage}
    lines: dict[str, Line] = {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "first": ("[stage]", {}, "input"),
        "second": ("[stage]", {"depth": 1}, "first"),
        "third": ("[stage]", {"depth": 4}, "second"),
        "output": ("Output", {}, "third"),
    }
    drawn = network(blocks, "main", "Main", lines)
    text = text_of({**blocks, "main": drawn})
    assert "*[Layer(normalized_shape[i]) for i in range(depth)]" in text
    assert "def __init__(self, normalized_shape: tuple[int, ...], depth: int) -> None:" in text
    assert "self.first = Stage(normalized_shape=(4, 8, 16), depth=3)" in text
    model = build_network(drawn, blocks).make()
    assert model(torch.zeros(2, 4)).shape == (2, 4 * 2**8)


def test_the_first_of_several_may_differ_by_a_formula() -> None:
    stage = network({"layer": linear("=width", integer("width", 4))}, "stage", "Stage", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "layers": ("[layer] x depth + 1", {"width": "=width"}, "x"),
        "y": ("Output", {}, "layers"),
    }, integer("depth", 3), integer("width", 8))  # fmt: skip
    blocks = {"layer": linear("=width", integer("width", 4)), "stage": stage}
    drawn = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "first": ("[stage]", {}, "input"),
        "second": ("[stage]", {"depth": 1, "width": 5}, "first"),
        "output": ("Output", {}, "second"),
    })  # fmt: skip
    text = text_of({**blocks, "main": drawn})
    assert "Layer(in_features, width), *[Layer(width, width) for _ in range(depth)]\n" in text


def test_all_but_the_first_may_be_a_difference() -> None:
    layer = linear("=width", integer("width", 4))
    stage = network({"layer": layer}, "stage", "Stage", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "layers": ("[layer] x depth", {"width": 8}, "x"),
        "y": ("Output", {}, "layers"),
    }, integer("depth", 3))  # fmt: skip
    text = text_of({"layer": layer, "main": stage})
    assert "nn.Sequential(Layer(4), *[Layer(8) for _ in range(depth - 1)])" in text


def test_a_repeat_that_is_only_one_lacks_the_sizes_of_the_next() -> None:
    layer = linear("=width", integer("width", 4))
    stage = network({"layer": layer}, "stage", "Stage", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "layers": ("[layer] x depth", {"width": 8}, "x"),
        "y": ("Output", {}, "layers"),
    }, integer("depth", 3))  # fmt: skip
    blocks = {"layer": layer, "stage": stage}
    drawn = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "first": ("[stage]", {}, "input"),
        "second": ("[stage]", {"depth": 1}, "first"),
        "output": ("Output", {}, "second"),
    })  # fmt: skip
    text = text_of({**blocks, "main": drawn})
    assert "Layer(in_features), *[Layer(8) for _ in range(depth - 1)]" in text
    alone = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "first": ("[stage]", {"depth": 2}, "input"),
        "second": ("[stage]", {"depth": 3}, "input"),
        "a": ("Output", {}, "first"),
        "b": ("Output", {}, "second"),
    })  # fmt: skip
    assert "Layer(4), *[Layer(8)" in text_of({**blocks, "main": alone})


def test_sizes_passed_in_have_names_of_their_own() -> None:
    block = network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "z": ("Input", {"shape": ("N", 4)}, ""),
        "fc1": ("Linear", {"out_features": "=in_features"}, "x"),
        "fc2": ("Linear", {"out_features": "=fc2_in_features"}, "z"),
        "y": ("Output", {}, "fc1"),
        "w": ("Output", {}, "fc2"),
    }, integer("in_features", 2), integer("fc2_in_features", 3))  # fmt: skip
    blocks = {"layer": block}
    drawn = network(blocks, "main", "Main", {
        "a": ("Input", {"shape": ("N", 5)}, ""),
        "b": ("Input", {"shape": ("N", 7)}, ""),
        "first": ("[layer]", {}, "a b"),
        "second": ("[layer]", {}, "b first.w"),
        "output": ("Output", {}, "second"),
        "other": ("Output", {}, "second.w"),
        "more": ("Output", {}, "first"),
    })  # fmt: skip
    text = text_of({**blocks, "main": drawn})
    assert "self.fc1 = nn.Linear(fc1_in_features, in_features)" in text
    assert "self.fc2 = nn.Linear(in_features1, fc2_in_features)" in text


def test_formulas_that_are_not_in_force_do_not_matter() -> None:
    block = linear("=width", integer("width", 4))
    again = Node("again", "Linear", "again", {}, {"out_features": Name("gone")}, 1, "fc")
    block = replace(block, nodes={**block.nodes, "again": again})
    block = connect(block, Port("x", "output"), Port("again", "input"))
    text = using(block, ("[layer]", {"width": 3}, ""))
    assert "nn.Linear(4, width)" in text


def test_formulas_in_forward_are_kept_as_attributes() -> None:
    block = network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "start": ("Slice", {"start": "=start"}, "x"),
        "end": ("Slice", {"end": "=start * 2", "step": 2}, "x"),
        "both": ("Slice", {"start": "=start", "end": 7, "step": 3, "dim": -1}, "x"),
        "cat": ("Concatenate", {"inputs": 3}, "start end both"),
        "y": ("Output", {}, "cat"),
    }, integer("start", 2))  # fmt: skip
    text = using(block, ("[layer]", {}, ""), shape=("N", 8))
    assert "self.start_ = start\n" in text
    assert "x[:, self.start_ :]" in text
    assert "x[:, : self.start_ * 2 : 2]" in text
    assert "x[..., self.start_ : 7 : 3]" in text
    check(text)


def test_parameters_of_every_type() -> None:
    block = network({}, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4, 8, 8)}, ""),
        "conv": ("Conv2d", {"out_channels": 4, "kernel_size": "=kernel", "padding": "=kernel // 2",
                            "padding_mode": "=mode"}, "x"),
        "act": ("LeakyReLU", {"negative_slope": "=slope"}, "conv"),
        "order": ("Permute", {"dims": "=dims"}, "act"),
        "y": ("Output", {}, "order"),
    }, sizes("kernel", 2, 3), choice("mode", ("zeros", "reflect"), "zeros"),
       number("slope", 1), integers("dims", (0, 2, 3, 1)))  # fmt: skip
    text = using(block, ("[layer]", {}, ""), shape=("N", 4, 8, 8))
    for setting in (
        "kernel: int | tuple[int, ...] = 3",
        'mode: str = "zeros"',
        "slope: float = 1.0",
        "dims: tuple[int, ...] = (0, 2, 3, 1)",
    ):
        assert setting in text
    assert "x.permute(self.dims)" in text
    check(text)


def test_a_block_alone_is_written_with_its_defaults() -> None:
    block = SAMPLES["resnet18"]["plain"]
    text = source(infer(block)).text
    assert "class BasicBlock(nn.Module):" in text
    assert "def __init__(self, channels: int = 64) -> None:" in text


def test_optional_sizes_are_told_apart_from_none() -> None:
    parameter = integer("width", None)
    block = set_formula(linear(4, parameter), "fc", "in_features", parse_formula("width"))
    text = using(block, ("[layer]", {"width": 4}, ""))
    assert "width: int | None = 4" in text
    assert "width: int | None = None" in using(block, ("[layer]", {}, ""))


def test_no_two_classes_have_one_name_nor_that_of_a_parameter() -> None:
    first = Network("a", "Part", parameters=(integer("Main", 1),))
    names = class_names([first, Network("b", "part"), Network("c", "Main")])
    assert names == {"c": "Main1", "b": "Part", "a": "Part1"}


def test_lines_of_blocks_lead_to_their_nodes() -> None:
    networks = SAMPLES["resnet18"]
    made = source(infer(networks["main"], blocks=networks))
    lines = made.text.splitlines()
    within = [lines[number - 1] for number in made.lines_of("conv2", "plain")]
    assert [line.split(" = ")[0].strip() for line in within] == [
        "self.conv2",
        "return self.relu(self.bn2(self.conv2(y)) + x)",
    ]
    assert [lines[number - 1].split("(")[0].strip() for number in made.lines_of("fc")] == [
        "self.fc = nn.Linear",
        "return self.fc",
    ]


def test_an_error_within_a_block_is_that_of_its_use() -> None:
    networks = SAMPLES["resnet18"]
    built = build_network(networks["main"], networks)
    model = built.make()
    model.layer1[1].conv2 = torch.nn.Linear(3, 3)  # type: ignore[index, union-attr, operator]
    with pytest.raises(RuntimeError) as raised:
        model(torch.zeros(1, 3, 64, 64))
    assert built.node_at_fault(raised.value) == "layer1"


def test_bad_names_of_parameters_have_no_text() -> None:
    drawn = SAMPLES["resnet18"]["plain"]
    inference = infer(drawn)
    bad = replace(drawn, parameters=(replace(drawn.parameters[0], name="x y"),))
    for changed in (bad, rename(drawn, "bn1", "a b")):
        with pytest.raises(GraphError):
            source(infer(changed))
        forged = replace(inference, network=changed)
        with pytest.raises(GraphError, match="is no identifier"):
            source(forged)


@pytest.mark.parametrize(
    "text",
    [
        "[print for x in y]",
        "[x for x in range(3) if x]",
        "nn.Sequential(*x)",
        "def f(self, x=torch): return x",
        "def f(self, x=-y): return x",
        "def f(self, x=(1, print)): return x",
        "def f(self, x=float(y)): return x",
        "for layer in layers:\n    layer(1)",
        "for print in self.x:\n    eval(1)",
        "{x for x in range(3)}",
    ],
)
def test_safety_lets_no_more_pass_than_blocks_need(text: str) -> None:
    with pytest.raises(GraphError, match="generated text has an unknown"):
        check(text)


def test_safety_lets_defaults_and_repeats_pass() -> None:
    check('def f(self, a=1, b=-2, c=(1, -1), d=float("inf")):\n    return a')
    check("nn.ModuleList([nn.Linear(i, 1) for i in range(3)])")


def test_many_results_are_broken_into_lines() -> None:
    names = ", ".join(f"a_rather_long_name_{letter}" for letter in "abcd")
    assert wrapped(f"    {names} = self.part(x)")[0].endswith(" = (")
    broken = wrapped(f"    {names}, {names} = self.part(x)")
    assert (broken[0], broken[-1]) == ("    (", "    ) = self.part(x)")
    returned = ", ".join(["Tensor"] * 13)
    broken = wrapped(f"    def forward(self, x: Tensor) -> tuple[{returned}]:")
    assert (broken[-15], broken[-1]) == ("    ) -> tuple[", "    ]:")
