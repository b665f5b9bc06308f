"""Repeats side by side, in a loop of the same weights, and blocks that are there or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from codegen.build import build
from codegen.emit import source
from graph_model.arrangement import Arrangement
from graph_model.editing.repeating import arrange
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Project, add_nodes, freeze, share_weights
from graph_model.problems import Refusal
from graph_model.values import boolean, integer
from tests.codegen.blocks import Line, network
from tests.codegen.model.test_repeats import Networks, assert_is_interpreted, main, within
from tests.codegen.running import example_inputs, run
from tests.graph_model.small_blocks import codes
from tests.interpreter import Interpreter

HEAD = network({}, "head", "Head", {
    "x": ("Input", {"shape": ("N", "T", 8)}, ""),
    "norm": ("LayerNorm", {}, "x"),
    "fc": ("Linear", {"out_features": "=width"}, "norm"),
    "y": ("Output", {}, "fc"),
}, integer("width", 8))  # fmt: skip
CELL = network({}, "cell", "Cell", {
    "x": ("Input", {"shape": ("N", 6)}, ""),
    "given": ("Input", {"shape": ("N", 3)}, ""),
    "both": ("Concatenate", {"dim": -1}, "x given"),
    "fc": ("Linear", {"out_features": 6}, "both"),
    "act": ("Tanh", {}, "fc"),
    "y": ("Output", {}, "act"),
})  # fmt: skip
PLUS = network({}, "plus", "Plus", {
    "x": ("Input", {"shape": ("N", 6)}, ""),
    "skip": ("Input", {"shape": ("N", 6)}, ""),
    "scale": ("Linear", {"out_features": 6}, "skip"),
    "add": ("Add", {}, "x scale"),
    "y": ("Output", {}, "add"),
})  # fmt: skip


def arranged(networks: Networks, how: Arrangement, along: int = 1, name: str = "main") -> Networks:
    """Return networks in which the repeats of the only block of one lie so."""
    return {**networks, name: arrange(networks[name], "layers", how, along)}


def loop(repeat: str = "x 4") -> Networks:
    """Return a network that repeats a cell which is given the same each time."""
    lines: dict[str, Line] = {
        "input": ("Input", {"shape": ("N", 6)}, ""),
        "given": ("Input", {"shape": ("N", 3)}, ""),
        "layers": (f"[cell] {repeat}", {}, "input given"),
        "output": ("Output", {}, "layers"),
    }
    return {"cell": CELL, "main": network({"cell": CELL}, "main", "Main", lines)}


SIDE_BY_SIDE = {
    Arrangement.CONCATENATED: "torch.cat([layer(input) for layer in self.layers], dim=-1)",
    Arrangement.STACKED: "torch.stack([layer(input) for layer in self.layers], dim=-1)",
    Arrangement.SUMMED: "sum(layer(input) for layer in self.layers)",
}


@pytest.mark.parametrize("how", SIDE_BY_SIDE, ids=str)
def test_repeats_lie_side_by_side(how: Arrangement) -> None:
    networks = arranged(main(HEAD, {}), how, -1)
    text = assert_is_interpreted(networks)
    assert "self.layers = nn.ModuleList([Head() for _ in range(4)])" in text
    assert SIDE_BY_SIDE[how] in text.replace("each", "layer")


@pytest.mark.parametrize("how", SIDE_BY_SIDE, ids=str)
def test_so_many_as_a_parameter_says(how: Arrangement) -> None:
    for depth in (1, 3):
        inner = arranged(main(HEAD, {}, "x depth"), how, 0)
        networks = within(inner, integer("depth", 2), depth=depth)
        assert "for _ in range(depth)" in assert_is_interpreted(networks)


def test_parallel_repeats_may_give_different_widths_to_be_concatenated() -> None:
    networks = arranged(main(HEAD, {"width": "=2 ** i"}), Arrangement.CONCATENATED, 2)
    inference = infer(networks["main"], blocks=networks)
    assert str(inference.nodes["layers"].outputs["y"]) == "N×T×15"
    assert "[Head(2 ** i) for i in range(4)]" in assert_is_interpreted(networks)


@pytest.mark.parametrize(
    ("how", "along", "shape"),
    [
        (Arrangement.CONCATENATED, 1, "N×4*T×8"),
        (Arrangement.CONCATENATED, -1, "N×T×32"),
        (Arrangement.STACKED, 1, "N×4×T×8"),
        (Arrangement.STACKED, 3, "N×T×8×4"),
        (Arrangement.SUMMED, 9, "N×T×8"),
    ],
)
def test_shapes_are_those_that_torch_gives(how: Arrangement, along: int, shape: str) -> None:
    networks = arranged(main(HEAD, {}), how, along)
    inference = infer(networks["main"], blocks=networks)
    assert str(inference.nodes["layers"].outputs["y"]) == shape
    module = build(source(inference)).make()
    given = module(torch.zeros(7, 5, 8)).shape
    sizes = {"N": 7, "T": 5, "4*T": 20}
    assert list(given) == [sizes.get(each) or int(each) for each in shape.split("×")]


@pytest.mark.parametrize(
    ("how", "along", "arguments", "code"),
    [
        (Arrangement.STACKED, 4, {}, "dim_out_of_range"),
        (Arrangement.CONCATENATED, -4, {}, "dim_out_of_range"),
        (Arrangement.STACKED, 1, {"width": "=i + 1"}, "repeats_differ"),
        (Arrangement.SUMMED, 1, {"width": "=i + 1"}, "repeats_differ"),
        (Arrangement.CONCATENATED, 1, {"width": "=i + 1"}, "repeats_differ"),
        (Arrangement.SHARED, 1, {"width": "=i + 1"}, "formula_unknown_name"),
        (Arrangement.SHARED, 1, {"width": 9}, "loop_changes"),
    ],
)
def test_what_does_not_go_together_is_told_at_the_block(
    how: Arrangement, along: int, arguments: dict[str, object], code: str
) -> None:
    networks = arranged(main(HEAD, arguments), how, along)
    (problem,) = infer(networks["main"], blocks=networks).problems
    assert (problem.code, problem.node) == (code, "layers")


def test_truth_values_are_not_added_up() -> None:
    asking = network({}, "asking", "Asking", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "less": ("Less", {}, "x x"),
        "y": ("Output", {}, "less"),
    })  # fmt: skip
    networks = arranged(main(asking, {}), Arrangement.SUMMED)
    assert codes(infer(networks["main"], blocks=networks)) == ["needs_numbers"]
    assert_is_interpreted(arranged(main(asking, {}), Arrangement.STACKED))


def test_only_one_output_can_be_joined() -> None:
    two = network({}, "two", "Two", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "act": ("ReLU", {}, "x"),
        "y": ("Output", {}, "act"),
        "z": ("Output", {}, "x"),
    })  # fmt: skip
    networks = arranged(main(two, {}), Arrangement.STACKED)
    assert codes(infer(networks["main"], blocks=networks)) == ["parallel_outputs"]
    networks = main(two, {})
    assert "repeat_does_not_fit" in codes(infer(networks["main"], blocks=networks))


def test_a_loop_uses_the_same_weights_each_time() -> None:
    networks = arranged(loop(), Arrangement.SHARED)
    inference = infer(networks["main"], blocks=networks)
    assert inference.parameter_count == 9 * 6 + 6
    text = assert_is_interpreted(networks)
    assert "self.layers = Cell()" in text
    assert "for _ in range(4):\n            x = self.layers(x, given)" in text
    one = arranged(main(HEAD, {}), Arrangement.SHARED)
    assert "for _ in range(4):" in assert_is_interpreted(one)


def test_a_loop_has_as_many_turns_as_a_parameter_says() -> None:
    networks = within(arranged(main(HEAD, {}, "x steps"), Arrangement.SHARED),
        integer("steps", 2), steps=3)  # fmt: skip
    text = assert_is_interpreted(networks)
    assert "self.steps = steps" in text
    assert "for _ in range(self.steps):" in text


def test_a_loop_may_change_sizes_that_its_weights_do_not_depend_on() -> None:
    shrinking = network({}, "shrinking", "Shrinking", {
        "x": ("Input", {"shape": ("N", 4, "T")}, ""),
        "conv": ("Conv1d", {"out_channels": 4, "kernel_size": 3}, "x"),
        "y": ("Output", {}, "conv"),
    })  # fmt: skip
    networks = arranged(main(shrinking, {}, "x 2"), Arrangement.SHARED)
    networks["main"] = replace(networks["main"], nodes={
        **networks["main"].nodes,
        "input": replace(networks["main"].nodes["input"], arguments={"shape": ("N", 4, 20)}),
    })  # fmt: skip
    assert infer(networks["main"], blocks=networks).parameter_count == 4 * 4 * 3 + 4
    assert_is_interpreted(networks)


def using_plus(*residual: bool, frozen: bool = False) -> Networks:
    """Return a network of blocks that add what goes around them, or do not."""
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 6)}, ""),
        "fc": ("Linear", {"out_features": 6}, "x"),
        "plus": ("[plus] x residual", {}, "fc x"),
        "act": ("Tanh", {}, "plus"),
        "y": ("Output", {}, "act"),
    }
    flag = boolean("residual", True)
    blocks = {"plus": PLUS}
    part = network(blocks, "part", "Part", lines, flag)
    part = freeze(part, "plus", frozen=frozen)
    blocks["part"] = part
    outer: dict[str, Line] = {"input": ("Input", {"shape": ("N", 6)}, "")}
    last = "input"
    for number, value in enumerate(residual):
        outer[f"part{number}"] = ("[part]", {"residual": value}, last)
        last = f"part{number}"
    outer["output"] = ("Output", {}, last)
    return {**blocks, "main": network(blocks, "main", "Main", outer)}


@pytest.mark.parametrize(
    ("residual", "lines"),
    [
        ((False,), []),
        ((True,), ["self.plus = Plus()\n", "y = self.plus(y, x)"]),
        ((True, False), ["self.plus = Plus() if residual else None\n",
            "if self.plus is not None:\n            y = self.plus(y, x)\n"]),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("frozen", [False, True], ids=["trained", "frozen"])
def test_a_block_of_several_inputs_is_there_or_not(
    residual: tuple[bool, ...], lines: list[str], frozen: bool
) -> None:
    networks = using_plus(*residual, frozen=frozen)
    text = assert_is_interpreted(networks)
    for line in lines:
        assert line in text.replace(".requires_grad_(False)", "")
    if not lines:
        assert "Plus" not in text


def test_what_only_a_left_out_block_would_read_is_read_by_nothing() -> None:
    blocks = {"plus": PLUS}
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 6)}, ""),
        "fc": ("Linear", {"out_features": 6}, "x"),
        "unread": ("Linear", {"out_features": 6}, "x"),
        "first": ("[plus] x 1 == 2", {}, "fc unread"),
        "second": ("[plus] x 1 == 2", {}, "first first"),
        "y": ("Output", {}, "second"),
    }
    text = assert_is_interpreted({**blocks, "main": network(blocks, "main", "Main", lines)})
    assert "_ = self.unread(x)" in text
    assert "Plus" not in text


def test_a_block_without_inputs_gives_what_it_makes() -> None:
    table = network({}, "table", "Table", {
        "place": ("Arange", {"end": "=n"}, ""),
        "rows": ("Parameter", {"shape": "=(n, 4)"}, ""),
        "picked": ("Lookup", {}, "rows place"),
        "y": ("Output", {}, "picked"),
    }, integer("n", 7))  # fmt: skip
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 5, 4)}, ""),
        "layers": ("[table]", {"n": 5}, ""),
        "add": ("Add", {}, "x layers"),
        "y": ("Output", {}, "add"),
    }
    networks = {"table": table, "main": network({"table": table}, "main", "Main", lines)}
    assert "self.layers()" in assert_is_interpreted(networks)
    lines["layers"] = ("[table] x 3", {"n": 5}, "")
    networks["main"] = network({"table": table}, "main", "Main", lines)
    assert "sum(layer() for layer in" in assert_is_interpreted(
        arranged(networks, Arrangement.SUMMED)
    )


ALL = [*Arrangement]


@pytest.mark.parametrize("how", ALL, ids=str)
@pytest.mark.parametrize("repeat", ["x 1 + 0", "x 3"])
def test_ungrouping_keeps_what_is_computed(how: Arrangement, repeat: str) -> None:
    networks = arranged(main(HEAD, {}, repeat), how, 2)
    project = Project(networks, "main")
    assert loads(dumps(project)) == project
    before = infer(project.network, blocks=networks)
    assert codes(before) == []
    dissolved = ungroup(project, "main", "layers").network
    after = infer(dissolved, blocks=networks)
    assert codes(after) == []
    assert after.parameter_count == before.parameter_count
    x = example_inputs(before)
    weights = dict(build(source(after)).make().state_dict())
    interpreter = Interpreter(dissolved, weights, training=True, blocks=networks)
    (expected,) = interpreter.run(x).values()
    module = build(source(before)).make()
    module.load_state_dict(dict(zip(module.state_dict(), weights.values(), strict=True)))
    (actual,) = run(module, x.values())
    torch.testing.assert_close(actual, expected)


def test_too_many_side_by_side_stay_a_block() -> None:
    networks = arranged(main(HEAD, {}, "x 70"), Arrangement.SUMMED)
    with pytest.raises(Refusal, match="at most 64"):
        ungroup(Project(networks, "main"), "main", "layers")


def test_ungrouping_what_is_left_out_keeps_what_goes_around_it() -> None:
    networks = using_plus(False)
    part = networks["part"]
    project = Project({**networks, "part": replace(part, parameters=(boolean("residual", False),))},
        "part")  # fmt: skip
    dissolved = ungroup(project, "part", "plus").networks["part"]
    (edge,) = (edge for edge in dissolved.edges.values() if edge.target.node == "act")
    assert edge.source.node == "fc"


def test_another_use_has_the_weights_in_the_same_arrangement() -> None:
    networks = arranged(main(HEAD, {}), Arrangement.SUMMED)
    network_ = networks["main"]
    again = add_nodes(network_, [replace(network_.nodes["layers"], id="again", name="again")])
    again = share_weights(again, "again", "layers")
    inference = infer(again, blocks=networks)
    assert inference.parameter_count == infer(network_, blocks=networks).parameter_count
