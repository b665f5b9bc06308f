"""The generated file: kept examples, line maps, hostile names."""

from __future__ import annotations

import ast
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.emit import source
from codegen.model.expressions import MOST_POSITIONAL, expression
from codegen.model.safety import check
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.network import Network, rename
from graph_model.problems import GraphError
from tests.codegen.samples import CNN, LINEAR, RESIDUAL, SAMPLES, network
from tests.graph_model.layers.oracle import torch_defaults

NEXT = "\n            "
UPDATE = "LAYERWEFT_UPDATE_GOLDEN"


@pytest.mark.parametrize("name", SAMPLES)
def test_files_are_those_kept(name: str, root: Path) -> None:
    inference = infer(SAMPLES[name])
    assert not inference.has_errors, inference.problems
    text = source(inference).text
    kept = root / "tests" / "golden" / f"{name}.py"
    if UPDATE in os.environ:
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8"), f"if that is better, run with {UPDATE}=1"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_network_gives_the_same_text_whatever_the_order_of_its_edges(name: str) -> None:
    network = SAMPLES[name]
    shuffled = replace(network, edges=dict(reversed(network.edges.items())))
    assert source(infer(shuffled)).text == source(infer(network)).text


def test_lines_know_their_nodes() -> None:
    made = source(infer(RESIDUAL))
    lines = made.text.splitlines()

    def of(node: str) -> list[str]:
        return [lines[number - 1].split("  #")[0].strip() for number in made.lines_of(node)]

    assert of("bn1") == [
        "self.bn1 = nn.BatchNorm2d(16)",
        "x = self.relu1(x + self.bn1(self.conv1(x)))",
    ]
    assert of("add1") == ["x = self.relu1(x + self.bn1(self.conv1(x)))"]
    assert of("image") == [
        "Input: image (N, 3, H, W) float32",
        "def forward(self, image: Tensor) -> Tensor:",
        "image = torch.zeros(2, 3, 8, 8)",
    ]
    assert of("logits") == [
        "Output: logits (N, 10) float32",
        "return self.fc(self.flatten(self.pool(x)))",
    ]
    assert of("no such node") == []


def test_a_network_with_errors_has_no_text() -> None:
    with pytest.raises(GraphError, match="with errors"):
        source(infer(Network("main", "Empty")))


def test_a_name_that_was_not_checked_is_refused() -> None:
    inference = infer(CNN)
    renamed = rename(CNN, "fc", "import os")
    with pytest.raises(GraphError, match="'import os' is no identifier"):
        source(replace(inference, network=renamed))


def test_an_input_computes_nothing() -> None:
    with pytest.raises(GraphError, match="computes nothing"):
        expression(LAYERS["Input"], "x", {}, {}, [])


def test_an_input_may_be_called_model() -> None:
    text = source(infer(rename(LINEAR, "x", "model"))).text
    assert "    model_ = LinearRegression()\n    model = torch.zeros(2, 1)\n" in text


def test_long_lines_are_broken_where_ruff_breaks_them() -> None:
    names = [f"a_rather_long_name_for_output_number_{number}" for number in range(4)]
    long = network(
        "Long",
        {
            **{name: ("Input", {"shape": ("N", 1)}, "") for name in names},
            **{f"output{number}": ("Output", {}, name) for number, name in enumerate(names)},
        },
    )
    text = source(infer(long)).text
    assert (
        "        return (\n" + "".join(f"            {n},\n" for n in names) + "        )\n" in text
    )


def test_what_nothing_uses_is_computed_and_not_kept() -> None:
    unused = network(
        "Unused",
        {
            "x": ("Input", {"shape": ("N", 4, 8)}, ""),
            "linear": ("Linear", {}, "x"),
            "lstm": ("LSTM", {}, "x"),
            "output": ("Output", {}, "x"),
        },
    )
    text = source(infer(unused)).text
    assert "        _ = self.linear(x)  # (N, 4, 128)\n" in text
    assert "        _, _ = self.lstm(x)  # (N, 4, 64), (1, N, 64), (1, N, 64)\n" in text
    assert text.count("return x\n") == 1


def test_what_has_the_same_name_outside_goes_by_position() -> None:
    """The order of the catalogue is that of torch as far as this is done."""
    modules = [(kind, kind.form) for kind in LAYERS.values() if isinstance(kind.form, Module)]
    checked = 0
    for kind, form in modules:
        own = tuple(name for name in kind.by_name if name not in form.omitted)
        if form.positional and form.positional == own[: len(form.positional)]:
            theirs = [*torch_defaults(kind)]
            if kind.name == "RNN":  # whose constructor takes it out of its arguments by place
                theirs.insert(3, theirs.pop(theirs.index("nonlinearity")))
            by_place = [*own][:MOST_POSITIONAL]
            assert by_place == theirs[: len(by_place)], kind.name
            checked += 1
    assert checked > 40


def test_numbers_are_written_in_the_type_of_their_parameter() -> None:
    odd = network(
        "Odd",
        {
            "x": ("Input", {"shape": ("N", 4, 8, 8)}, ""),
            "tanh": ("Hardtanh", {"min_val": -1, "max_val": math.inf}, "x"),
            "pool": ("MaxPool2d", {"kernel_size": (2, 2), "padding": (0, 0)}, "tanh"),
            "norm": ("LayerNorm", {"dims": 2}, "pool"),
            "flat": ("Reshape", {"shape": (-1,)}, "norm"),
            "output": ("Output", {}, "flat"),
        },
    )
    text = source(infer(odd)).text
    assert 'nn.Hardtanh(max_val=float("inf"))' in text
    assert "nn.MaxPool2d(2)\n" in text
    assert "nn.LayerNorm((4, 4))\n" in text
    assert "return self.norm(x).reshape(-1)\n" in text


def test_an_example_has_sizes_that_every_layer_accepts() -> None:
    deep = network(
        "Deep",
        {
            "image": ("Input", {"shape": ("N", 1, "H", "W")}, ""),
            "conv": ("Conv2d", {"kernel_size": 7, "stride": 3}, "image"),
            "pool": ("MaxPool2d", {"kernel_size": 5}, "conv"),
            "output": ("Output", {}, "pool"),
        },
    )
    assert "image = torch.zeros(2, 1, 32, 32)\n" in source(infer(deep)).text


def test_an_example_without_suitable_sizes_is_still_written() -> None:
    vast = network(
        "Vast",
        {
            "x": ("Input", {"shape": (3, "T")}, ""),
            "part": ("Slice", {"start": 5000}, "x"),
            "output": ("Output", {}, "part"),
        },
    )
    assert "x = torch.zeros(3, 63)\n" in source(infer(vast)).text


@given(st.text(), st.text())
def test_no_name_gets_out_of_its_place(network_name: str, node_name: str) -> None:
    """A network may be called anything; a node that may not be called so has no text."""
    honest = ast.parse(source(infer(CNN)).text)
    nodes = {**CNN.nodes, "fc": replace(CNN.nodes["fc"], name=node_name)}
    inference = infer(replace(CNN, name=network_name, nodes=nodes))
    if inference.has_errors:
        return
    made = ast.parse(source(inference).text)
    assert [type(node) for node in ast.walk(made)] == [type(node) for node in ast.walk(honest)]


@pytest.mark.parametrize(
    "name",
    [
        '"""\nimport os\nos.system("true")\n"""',
        "\\",
        "a\r\nimport os",
        "a\x0cb\x00c\u2028import os",
        "\u202edesrever",
        "x" * 5000,
        "\ud800",
    ],
)
def test_hostile_network_names_are_harmless(name: str) -> None:
    text = source(infer(replace(CNN, name=name))).text
    assert "import os" not in text.splitlines()
    assert max(map(len, text.splitlines())) <= 100
    check(text)
    text.encode()


def test_a_dtype_is_written_as_torch_names_it() -> None:
    text = source(infer(network("Whole", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "whole": ("Cast", {"dtype": "int64"}, "x"),
        "y": ("Output", {}, "whole"),
    }))).text  # fmt: skip
    assert "return x.to(torch.int64)" in text
