"""Identifiers, literals and line breaks of generated text."""

from __future__ import annotations

import ast
import keyword
import math
import subprocess
import sys
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from codegen.build import build_network
from codegen.emit import source
from codegen.line_breaks import wrapped
from codegen.literals import literal, plain
from codegen.names import class_name, class_names
from graph_model.inference.infer import infer
from graph_model.naming import RESERVED
from graph_model.network import Network, rename
from graph_model.problems import GraphError
from tests.codegen.samples import LINEAR


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tiny net", "TinyNet"),
        ("ResNet-18", "ResNet18"),
        ("3d U-Net", "Network_3dUNet"),
        ("", "Network"),
        ("!?", "Network"),
        ("none", "Network"),
        ("tensor", "Network"),
        ("小网络", "Network"),
        ("我的 ResNet", "ResNet"),
        ("Réseau à trous", "ReseauATrous"),
        ("ｆｕｌｌ width", "FullWidth"),
    ],
)
def test_a_class_is_named_after_its_network(name: str, expected: str) -> None:
    assert class_name(name) == expected


def test_classes_of_names_in_another_script_are_told_by_their_docstrings() -> None:
    block = Network("b", "残差块", role="block")
    assert dict(class_names([block, replace(block, id="c"), Network("n", "网络")])) == {
        "n": "Network",
        "c": "Block",
        "b": "Block1",
    }
    text = source(infer(replace(LINEAR, name="网络"))).text
    assert "class Network(nn.Module):" in text
    assert '"""网络.' in text


@given(st.text())
def test_every_class_name_is_an_identifier(name: str) -> None:
    found = class_name(name)
    assert found.isidentifier()
    assert found.isascii()
    assert not keyword.iskeyword(found)
    assert found not in RESERVED
    assert ast.parse(f"class {found}: pass").body[0].name == found  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        (True, "True"),
        (3, "3"),
        (1e-5, "1e-5"),
        (1.5e-7, "1.5e-7"),
        (1e-12, "1e-12"),
        (math.inf, 'float("inf")'),
        (-math.inf, 'float("-inf")'),
        ((1, -1), "(1, -1)"),
        ((1,), "(1,)"),
        ((), "()"),
        ("same", '"same"'),
        ('"); import os  # \n', '"\\"); import os  # \\n"'),
    ],
)
def test_literals(value: object, expected: str) -> None:
    assert literal(value) == expected  # type: ignore[arg-type]


@given(st.text())
def test_text_survives_as_a_literal(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


def test_what_is_no_value_has_no_literal() -> None:
    with pytest.raises(GraphError, match="no literal"):
        literal(object())  # type: ignore[arg-type]


@given(st.text())
def test_plain_text_stays_within_a_docstring(text: str) -> None:
    shown = plain(text)
    tree = ast.parse(f'"""{shown}."""\n# {shown}\n')
    assert len(tree.body) == 1
    assert ast.literal_eval(tree.body[0].value) == f"{shown}."  # type: ignore[attr-defined]


def test_a_line_without_a_place_to_break_stays() -> None:
    line = "x" * 200
    assert wrapped(line) == [line]


@pytest.mark.parametrize("start", ['    """', "    # "])
def test_words_are_no_code_and_stay_however_long(start: str) -> None:
    for words in ("Return (a, b) of = " * 400, "(" * 600 + "x" + ")" * 600, "a, " * 2000):
        assert wrapped(start + words) == [start + words]


def test_what_has_no_value_to_break_stays() -> None:
    line = f"{'x' * 50}[{'y' * 50}, z].s"
    assert wrapped(line) == [line]


def test_long_repeats_are_broken_where_ruff_breaks_them() -> None:
    layer = "DenseLayer(in_channels + i * layers_growth, growth=layers_growth)"
    longer = layer.replace(")", ", kernel_size=kernel_size, stride=stride)")
    repeats = [f"*[{made} for i in range(depth)]" for made in (layer, longer)]
    lines = [
        *(f"        self.layers = nn.Sequential({repeat})" for repeat in repeats),
        *(f"        self.layers = nn.Sequential(self.first, {repeat})" for repeat in repeats),
        *(f"        self.layers = nn.ModuleList({repeat[1:]})" for repeat in repeats),
        *(f"        self.layers = nn.ModuleList([self.first, {repeat}])" for repeat in repeats),
    ]
    head = "class Block:\n    def __init__(self):\n"
    broken = head + "".join(f"{each}\n" for line in lines for each in wrapped(line))
    ruff = [sys.executable, "-m", "ruff", "format", "--line-length", "100", "-"]
    formatted = subprocess.run(ruff, input=broken, capture_output=True, text=True, check=True)
    assert formatted.stdout == broken
    assert ast.dump(ast.parse(broken)) == ast.dump(ast.parse(head + "\n".join(lines)))


@pytest.mark.parametrize("given", ["", "state, ", "state[:, i], memory[:, i], "])
def test_a_long_sum_of_repeats_is_broken_where_ruff_breaks_it(given: str) -> None:
    parts = f"i, layer in enumerate(self.{'p' * 40})"
    line = f"        {'x' * 30} = sum(layer({given}{'y' * 30}) for {parts})"
    head = "class Block:\n    def forward(self):\n"
    broken = head + "".join(f"{each}\n" for each in wrapped(line))
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=100", "-"]
    formatted = subprocess.run(ruff, input=broken, capture_output=True, text=True, check=True)
    assert formatted.stdout == broken
    assert ast.dump(ast.parse(broken)) == ast.dump(ast.parse(f"{head}{line}"))


@pytest.mark.parametrize("sizes", ["1", "1, 1"])
def test_a_product_with_a_long_call_is_broken_at_its_operator_first(sizes: str) -> None:
    x, layer = "x" * 32, "self." + "p" * 30
    line = f"        {'z' * 30} = {x} * {layer}({x}.new_ones({x}.shape[0], {sizes}))"
    head = "class Block:\n    def forward(self):\n"
    broken = head + "".join(f"{each}\n" for each in wrapped(line))
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=100", "-"]
    formatted = subprocess.run(ruff, input=broken, capture_output=True, text=True, check=True)
    assert formatted.stdout == broken
    assert ast.dump(ast.parse(broken)) == ast.dump(ast.parse(f"{head}{line}"))


@pytest.mark.parametrize("count", [3, 4, 8])
def test_a_long_choice_is_broken_where_ruff_breaks_it(count: int) -> None:
    sizes = ", ".join(f"size{number}={number * 10**6}" for number in range(1, count + 1))
    line = f"        self.shortcut = Shortcut({sizes}) if is_downsampling else nn.Identity()"
    head = "class Block:\n    def __init__(self):\n"
    broken = head + "".join(f"{each}\n" for each in wrapped(line))
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=100", "-"]
    formatted = subprocess.run(ruff, input=broken, capture_output=True, text=True, check=True)
    assert formatted.stdout == broken
    assert ast.dump(ast.parse(broken)) == ast.dump(ast.parse(f"{head}{line}"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            f"        {'x' * 50} = {'y' * 40} + {'z' * 20}",
            [f"        {'x' * 50} = (", f"            {'y' * 40} + {'z' * 20}", "        )"],
        ),
        (
            f"        {'x' * 50} = {'y' * 60}",
            [f"        {'x' * 50} = (", f"            {'y' * 60}", "        )"],
        ),
        (
            f"        {'x' * 50}, {'y' * 50} = {'z' * 90}, w",
            [
                "        (",
                f"            {'x' * 50},",
                f"            {'y' * 50},",
                "        ) = (",
                f"            {'z' * 90},",
                "            w,",
                "        )",
            ],
        ),
        (
            f"        made = Schedule(optimizer, starts=[{'x' * 50}, {'y' * 50}])",
            [
                "        made = Schedule(",
                "            optimizer,",
                "            starts=[",
                f"                {'x' * 50},",
                f"                {'y' * 50},",
                "            ],",
                "        )",
            ],
        ),
    ],
)
def test_long_lines_are_broken_as_ruff_does(line: str, expected: list[str]) -> None:
    assert wrapped(line) == expected
    written = "\n".join(["def f():", *(each[4:] for each in expected), ""])
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length=96", "-"]
    done = subprocess.run(ruff, input=written, capture_output=True, text=True, check=True)
    assert done.stdout == written


def test_whatever_a_module_calls_its_own_an_input_may_be_called() -> None:
    ids = {node.kind: id for id, node in LINEAR.nodes.items()}
    for name in sorted(each for each in dir(nn.Module()) if not each.startswith("_")):
        if name == "float":  # which the file itself uses
            continue
        network = rename(rename(LINEAR, ids["Input"], name), ids["Linear"], "zeros")
        built = build_network(network)
        assert f"def forward(self, {name}: Tensor)" in built.source.text
        model = built.make().half()
        shape = infer(network).nodes[ids["Input"]].outputs["output"].shape[1:]
        assert model(torch.zeros(2, *shape, dtype=torch.float16)).shape[0] == 2
