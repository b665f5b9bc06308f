"""Further fixes of problems, of whatever shape what arrives is."""

from __future__ import annotations

import pytest

from graph_model.inference.infer import infer
from graph_model.network import Network, Node
from graph_model.values import Arguments
from tests.codegen.blocks import Line, network


@pytest.mark.parametrize("shape", [("N",), ()])
def test_a_tensor_of_fewer_dimensions_than_a_picture_is_told_like_any_other(
    shape: tuple[str, ...],
) -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": shape}, ""),
        "conv": ("Conv1d", {"out_channels": 2}, "x"),
        "y": ("Output", {}, "conv"),
    }
    found = infer(network({}, "main", "Net", lines)).problems
    assert "wrong_rank" in {each.code for each in found}


@pytest.mark.parametrize(
    ("layers", "fix"),
    [
        ([("Conv2d", {"kernel_size": 27}), ("ReLU", {}), ("Conv2d", {})],
         "Set kernel_size of layer1 to 3"),
        ([("Conv2d", {"stride": 20}), ("ReLU", {}), ("MaxPool2d", {"kernel_size": 3})],
         "Set stride of layer1 to 1"),
        ([("Conv2d", {"kernel_size": 5, "dilation": 11})], "Set dilation to 1"),
        ([*4 * [("MaxPool2d", {})], ("Conv2d", {})], "Take layer4 out"),
        ([("Conv2d", {"kernel_size": 14, "stride": 14}), ("Conv2d", {})], "Set padding to 1"),
        ([("Flatten", {"start_dim": 2}), ("LayerNorm", {"dims": 5})], "Set dims to 1"),
    ],
)  # fmt: skip
def test_what_left_so_little_is_mended_first(layers: list[tuple[str, Arguments]], fix: str) -> None:
    lines: dict[str, Line] = {"layer0": ("Input", {"shape": ("N", 1, 28, 28)}, "")}
    for at, (kind, arguments) in enumerate(layers, 1):
        lines[f"layer{at}"] = (kind, arguments, f"layer{at - 1}")
    lines["y"] = ("Output", {}, f"layer{len(layers)}")
    problems = infer(network({}, "main", "Net", lines)).problems
    assert next(each for each in problems if each.is_error).fixes[0].message == fix


@pytest.mark.parametrize(
    ("lines", "fixes"),
    [
        ({"cat": ("Concatenate", {"inputs": 9}, "x x")}, ["Set inputs to 2"]),
        ({"two": ("Constant", {"shape": (2, 3)}, ""), "add": ("Add", {}, "x two")}, []),
    ],
)
def test_no_fix_gives_the_batch_a_number_or_asks_for_more_than_there_is(
    lines: dict[str, Line], fixes: list[str]
) -> None:
    drawn: dict[str, Line] = {"x": ("Input", {"shape": ("N", 8)}, ""), **lines}
    drawn["y"] = ("Output", {}, [*lines][-1])
    problems = infer(network({}, "main", "Net", drawn)).problems
    found = [fix.message for each in problems if each.is_error for fix in each.fixes]
    assert found[: len(fixes)] == fixes
    assert not [each for each in found if each.startswith("Set shape of x")]


class Shown(list[str]):
    """A list that counts how many of its entries are handed out."""

    count = 0

    def __getitem__(self, key):
        found = super().__getitem__(key)
        self.count += len(found) if isinstance(key, slice) else 1
        return found


@pytest.mark.parametrize("size", [100, 400])
def test_of_many_loose_nodes_each_problem_looks_at_the_nearest_alone(size):
    drawn = Network("main", "0", {f"n{i}": Node(f"n{i}", "ReLU", f"r{i}") for i in range(size)})
    inference = infer(drawn)
    structure = inference.structure
    structure.__dict__["loose_ends"] = loose = Shown(structure.loose_ends)
    told = inference.problems_by_node
    assert [fix.values["name"] for fix in told["n7"][0].fixes if fix.code == "connect"] == ["r6"]
    assert loose.count < 20 * size  # a search by halves for each, and one or two beside it
