"""Equal parts that were drawn one by one are a list and a loop, and compute the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
import torch

from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.recipe import Choice
from tests.codegen.blocks import Line, network

ROWS: Line = ("Input", {"shape": ("N", 8)}, "")
Lines = Mapping[str, Line]


def text_of(lines: Lines) -> str:
    return source(infer(network({}, "main", "Main", lines))).text


def statements(lines: Lines) -> list[str]:
    body = text_of(lines).split("def forward")[1].split("\n\n\n")[0]
    return [line.split("  #")[0].strip() for line in body.splitlines()[1:]]


def made(lines: Lines) -> str:
    return next(line.strip() for line in text_of(lines).splitlines() if "ModuleList" in line)


def numbered(kind: str, stem: str, count: int, source: str = "x", **arguments: int) -> Lines:
    return {f"{stem}{at}": (kind, arguments, source) for at in range(1, count + 1)}


def joined(kind: str, stem: str, count: int, before: str = "") -> Lines:
    sources = " ".join([*before.split(), *(f"{stem}{at}" for at in range(1, count + 1))])
    return {
        "all_of_them": (kind, {"inputs": len(sources.split())}, sources),
        "out": ("Output", {}, "all_of_them"),
    }


def chain(count: int, kind: str = "Linear", **arguments: int) -> Lines:
    lines: dict[str, Line] = {"x": ROWS}
    for at in range(1, count + 1):
        lines[f"step{at}"] = (kind, arguments, [*lines][-1])
    return {**lines, "out": ("Output", {}, f"step{count}")}


def test_parts_side_by_side_are_a_list() -> None:
    lines = {"x": ROWS, **numbered("Linear", "expert", 5, out_features=3)}
    lines |= joined("Stack", "expert", 5)
    assert made(lines) == "self.experts = nn.ModuleList([nn.Linear(8, 3) for _ in range(5)])"
    assert statements(lines) == [
        "experts = [expert(x) for expert in self.experts]",
        "return torch.stack(experts, dim=1)",
    ]


def test_the_first_may_be_made_otherwise() -> None:
    lines = {**chain(6), "x": ("Input", {"shape": ("N", 5)}, "")}
    dilated = {
        name: ("Conv1d", {"out_channels": 4, "padding": 2**at, "dilation": 2**at}, line[2])
        for at, (name, line) in enumerate(list(chain(6).items())[1:-1])
    }
    assert made(lines) == (
        "self.steps = nn.ModuleList([nn.Linear(5, 128), *[nn.Linear(128, 128) for _ in range(5)]])"
    )
    text = text_of({**chain(6), "x": ("Input", {"shape": ("N", 3, 80)}, ""), **dilated})
    assert "padding=2**i, dilation=2**i) for i in range(1, 6)" in " ".join(text.split())
    assert statements(lines) == ["for step in self.steps:", "x = step(x)", "return x"]


def test_others_may_stand_beside_them() -> None:
    lines = {"x": ROWS, **numbered("Linear", "expert", 4, out_features=8)}
    lines |= joined("Concatenate", "expert", 4, "x")
    assert statements(lines)[-1] == "return torch.cat((x, *experts), dim=1)"


def test_each_may_have_its_own_part_of_a_value() -> None:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 5), "dtype": "int64"}, "")}
    for at in range(5):
        lines[f"column{at}"] = ("Select", {"index": at}, "x")
        sizes = {"num_embeddings": 9, "embedding_dim": 2}
        lines[f"table{at + 1}"] = ("Embedding", sizes, f"column{at}")
    lines |= joined("Stack", "table", 5)
    assert statements(lines)[0] == (
        "tables = [table(x[:, i]) for i, table in enumerate(self.tables)]"
    )
    backwards = {**lines, "column0": ("Select", {"index": 4}, "x")}
    assert "self.table1(" in text_of(backwards)


def test_parts_one_after_the_other_are_a_loop() -> None:
    lines = chain(6, out_features=8)
    assert made(lines) == "self.steps = nn.ModuleList([nn.Linear(8, 8) for _ in range(6)])"
    assert statements(lines) == ["for step in self.steps:", "x = step(x)", "return x"]


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ((2, 3, 4, 5), "[nn.Linear(8, 2 + i) for i in range(4)]"),
        ((2, 4, 6, 8), "[nn.Linear(8, 2 + i * 2) for i in range(4)]"),
        ((1, 2, 4, 8), "[nn.Linear(8, 2**i) for i in range(4)]"),
        ((3, 6, 12, 3, 6, 12), "[nn.Linear(8, 3 * 2 ** (i % 3)) for i in range(6)]"),
        ((5, 2, 9, 4), "[nn.Linear(8, size) for size in (5, 2, 9, 4)]"),
    ],
)
def test_what_differs_from_part_to_part_is_a_loop_as_well(
    sizes: tuple[int, ...], text: str
) -> None:
    lines: dict[str, Line] = {"x": ROWS}
    for at, size in enumerate(sizes, 1):
        lines[f"head{at}"] = ("Linear", {"out_features": size}, "x")
    lines |= joined("Concatenate", "head", len(sizes))
    assert made(lines) == f"self.heads = nn.ModuleList({text})"
    found = build(source(infer(network({}, "main", "Main", lines)))).make()
    assert found(torch.zeros(2, 8)).shape == (2, sum(sizes))


def _second_outputs(add: str = "{total} {skip}") -> Lines:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", "T", 8)}, "")}
    total = ""
    for at in range(1, 5):
        last = "x" if at == 1 else f"pool{at - 1}"
        lines[f"pool{at}"] = ("[split]", {}, last)
        skip = f"pool{at}.skip"
        if total:
            lines[f"sum{at}"] = ("Add", {}, add.format(total=total, skip=skip))
        total = f"sum{at}" if total else skip
    return {**lines, "out": ("Output", {}, total)}


def _with_block(lines: Lines) -> str:
    block = network({}, "split", "Split", {
        "x": ("Input", {"shape": ("N", "T", 8)}, ""),
        "fc": ("Linear", {"out_features": 8}, "x"),
        "act": ("Tanh", {}, "fc"),
        "on": ("Output", {}, "fc"),
        "skip": ("Output", {}, "act"),
    })  # fmt: skip
    blocks = {"split": block}
    return source(infer(network(blocks, "main", "Main", lines), blocks=blocks)).text


def test_second_results_are_added_up_in_the_loop() -> None:
    text = _with_block(_second_outputs())
    assert (
        "        sum = 0\n"
        "        for pool in self.pools:\n"
        "            x, skip = pool(x)\n"
        "            sum = sum + skip\n"
        "        return sum\n"
    ) in text
    assert "self.pool4(" in _with_block(_second_outputs("{skip} {total}"))
    lines = _second_outputs()
    for other in ("pool3.skip", "pool3", "sum2"):
        assert "self.pool4(" in _with_block({**lines, "other": ("Output", {}, other)})


def test_a_number_may_differ_in_one_way_alone() -> None:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 3, 9)}, "")}
    for at in range(1, 5):
        sizes = {"out_channels": at + 1, "kernel_size": 2 * at + 1, "padding": at}
        lines[f"conv{at}"] = ("Conv1d", sizes, "x")
    assert "self.conv4(" in text_of({**lines, **joined("Concatenate", "conv", 4)})


def test_a_part_that_is_taken_twice_stays() -> None:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 4, 8)}, "")}
    for at in range(4):
        lines[f"row{at}"] = ("Select", {"index": at}, "x")
        lines[f"fc{at + 1}"] = ("Linear", {"out_features": 2}, f"row{at}")
    lines["other"] = ("Output", {}, "row1")
    assert "self.fc4(" in text_of({**lines, **joined("Stack", "fc", 4)})


def test_what_the_first_is_given_besides_is_given_to_all() -> None:
    lines: dict[str, Line] = {"x": ROWS, "y": ROWS, "z": ROWS}
    for at in range(1, 5):
        last = "x" if at == 1 else f"mix{at - 1}"
        lines[f"mix{at}"] = ("Bilinear", {"out_features": 8}, f"{last} y")
    lines["out"] = ("Output", {}, "mix4")
    assert statements(lines) == ["for mix in self.mixes:", "x = mix(x, y)", "return x"]
    assert "self.mix4(" in text_of({**lines, "mix3": ("Bilinear", {"out_features": 8}, "mix2 z")})
    assert "self.mix4(" in text_of({**lines, "mix2": ("Bilinear", {"out_features": 8}, "y mix1")})


@pytest.mark.parametrize(
    "lines",
    [
        chain(3, out_features=8),
        {**chain(4, out_features=8), "other": ("Output", {}, "step2")},
        {"x": ROWS, **numbered("Linear", "fc", 4, out_features=8), "more": ("Linear", {}, "fc2"),
         **joined("Stack", "fc", 4), "other": ("Output", {}, "more")},
        {"x": ROWS, "fcs": ("Linear", {"out_features": 8}, "x"),
         **numbered("Linear", "fc", 4, "fcs", out_features=8), **joined("Stack", "fc", 4)},
        {"x": ROWS, "y": ROWS, **numbered("Linear", "fc", 3, out_features=8),
         "fc4": ("Linear", {"out_features": 8}, "y"), **joined("Stack", "fc", 4)},
        {"x": ROWS, **numbered("Linear", "fc", 3, out_features=8),
         "fc4": ("Linear", {"out_features": 8, "bias": False}, "x"), **joined("Stack", "fc", 4)},
        {"x": ROWS, **numbered("Dropout", "drop", 2), "other": ("Dropout", {}, "x"),
         "drop3": ("Dropout", {}, "x"), "drop4": ("Dropout", {}, "x"),
         **joined("Stack", "drop", 4), "more": ("Output", {}, "other")},
    ],
)  # fmt: skip
def test_what_is_not_equal_or_used_otherwise_stays_apart(lines: Lines) -> None:
    assert "ModuleList" not in text_of(lines)


def test_what_begins_as_it_says_itself_stays_apart() -> None:
    drawn = network({}, "main", "Main", chain(4, out_features=8))
    begun = replace(drawn.nodes["step2"], init={"weight": Choice("zeros_", {})})
    text = source(infer(replace(drawn, nodes={**drawn.nodes, "step2": begun}))).text
    assert "nn.init.zeros_(self.step2.weight)" in text


def test_a_comprehension_that_is_too_long_is_broken_before_its_for() -> None:
    stem = "a_rather_long_column"
    lines = {"x": ROWS, **numbered("Linear", stem, 4, out_features=3)}
    text = text_of({**lines, **joined("Stack", stem, 4)})
    assert max(map(len, text.splitlines())) <= 100
    assert f"            {stem}(x)\n            for {stem} in self.{stem}s\n        ]\n" in text
