"""What runs in the process of its own that tries custom layers, called without one."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.custom_layers import probe

LAYER = """
import torch
from torch import nn


class Scale(nn.Module):
    def __init__(self, sizes=(1,)):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(*sizes))
        self.register_buffer("seen", torch.zeros((), dtype=torch.int64))

    def forward(self, x, bias=None):
        return x * self.weight if bias is None else x * self.weight + bias
"""


def request(text: str, entry: str, *inputs: list[Any], **more: Any) -> dict[str, Any]:
    """Return a request to try a text on one set of inputs."""
    return {
        "text": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "entry": entry,
        "arguments": {},
        "inputs": [list(inputs)],
        "optional": [],
        "seconds": 60,
        **more,
    }


def tried(body: str, **more: Any) -> dict[str, Any]:
    text = f"import torch\nfrom torch import nn\n\n\ndef tried(x):\n    {body}\n"
    return trial(request(text, "tried", ["x", [3, 4], "float32"], **more))


def trial(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the only trial of a request."""
    (found,) = probe.answer(asked)["trials"]
    return found


def test_a_module_gives_its_outputs_and_weights() -> None:
    inputs = (["x", [3, 4], "float32"], ["bias", [4], "float32"])
    found = trial(request(LAYER, "Scale", *inputs, arguments={"sizes": [4]}, optional=["bias"]))
    assert found == {
        "outputs": [[[3, 4], "float32"]],
        "weights": [["weight", [4], False, "float32"], ["seen", [], True, "int64"]],
    }


@pytest.mark.parametrize(
    ("body", "outputs"),
    [
        ("return x.chunk(2, dim=1)", [[[3, 2], "float32"], [[3, 2], "float32"]]),
        ("return x > 0", [[[3, 4], "bool"]]),
        ("return x.flatten()[int(x.sum()):]", [[[12], "float32"]]),  # not on the meta device
    ],
)
def test_a_function_gives_its_outputs(body: str, outputs: list[Any]) -> None:
    assert tried(body) == {"outputs": outputs, "weights": []}


@pytest.mark.parametrize(
    ("body", "code", "values"),
    [
        ("return 3", "custom_not_tensors", {"got": "int"}),
        ("raise ValueError('too\\nlong')", "custom_failed", {"line": "6"}),
        ("raise ValueError", "custom_failed", {"line": "6", "reason": "ValueError"}),
        ("return x +", "custom_failed", {"line": "6"}),
        ("return nn.LazyLinear(3)(x), 5", "custom_not_tensors", {"got": "int"}),
    ],
)
def test_what_a_text_does_wrong_is_told(body: str, code: str, values: dict[str, str]) -> None:
    found = tried(body)
    assert found["code"] == code
    assert values.items() <= found["values"].items()


def test_what_fails_outside_of_the_text_is_told_so() -> None:
    found = trial(request(LAYER, "Scale", ["x", [3], "float32"], arguments={"size": 1}))
    assert found["code"] == "custom_failed_outside"


def test_a_lazy_module_is_refused() -> None:
    text = LAYER.replace(
        "self.weight = nn.Parameter(torch.ones(*sizes))", "self.fc = nn.LazyLinear(3)"
    )
    found = trial(request(text, "Scale", ["x", [3, 4], "float32"]))
    assert (found["code"], found["values"]) == ("custom_lazy", {"module": "LazyLinear"})


def test_a_backward_of_its_own_is_tried_as_well() -> None:
    text = """
import torch


class Broken(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        raise RuntimeError("no way back")


def tried(x):
    return Broken.apply(x)
"""
    found = trial(request(text, "tried", ["x", [3], "float32"]))
    assert found["code"] == "custom_backward_failed"
    assert found["values"] == {"line": "12", "reason": "RuntimeError: no way back"}


def test_another_text_than_was_allowed_is_not_run() -> None:
    with pytest.raises(ValueError, match="not the text"):
        probe.answer(request(LAYER, "Scale", digest="0"))


def test_the_process_answers_line_by_line_until_its_input_ends() -> None:
    broken = request("import torch\n\ndef f(x):\n    torch.ones = None\n    return x\n", "f",
                     ["x", [2], "float32"])  # fmt: skip
    lines = ["{}", json.dumps(broken), json.dumps(request(LAYER, "Scale", ["x", [2], "float32"]))]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "codegen.custom_layers.probe"],
        input="\n".join([*lines, ""]),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(probe.__file__).parents[2])},
    )
    told = list(map(json.loads, done.stdout.splitlines()))
    assert [each.get("status") for each in told] == [0, None, 0, None, 0]
    assert told[3]["trials"][0]["outputs"] == [[[2], "float32"]]


def test_trials_go_on_to_the_first_that_fails_or_works() -> None:
    text = "def tried(x):\n    return x.view(-1, 4)\n"
    sets = [[["x", [size], "float32"]] for size in (8, 4, 5, 6, 12)]
    asked = {**request(text, "tried"), "inputs": sets}
    assert ["code" in each for each in probe.answer(asked)["trials"]] == [False, False, True]
    asked["inputs"] = [[["x", [0], "float32"]], *sets[2:]]  # of nothing, nothing comes out
    found = probe.answer({**asked, "search": True})["trials"]
    assert ["code" in each for each in found] == [True, True, True, False]


NOTHING_KNOWN = """
import torch

torch.library.define("layerweft_tests::twice", "(Tensor x) -> Tensor")


@torch.library.impl("layerweft_tests::twice", "CompositeExplicitAutograd")
def _twice(x):
    return x.repeat(2)


def tried(x):
    return torch.ops.layerweft_tests.twice(x)
"""


@pytest.mark.parametrize(
    ("body", "multiply_adds", "kept", "ports"),
    [
        ("return x @ x.transpose(0, 1)", 3 * 3 * 4, 0, (["x"], [])),
        ("return torch.sigmoid(x).exp()", 0, 4 * 12, ([], [0])),
        ("return x + x.sum().item()", 0, 0, ([], [])),  # on the CPU
        ("return nn.LSTM(4, 2)(x)[0]", 3 * 4 * 2 * (4 + 2), None, (["x"], [])),
    ],
)
def test_costs(body: str, multiply_adds: int, kept: int | None, ports: object) -> None:
    found = tried(body, measure=True)
    assert found["multiply_adds"] == multiply_adds
    assert found["kept"] == kept or "LSTM" in body
    assert (found["kept_inputs"], found["kept_outputs"]) == ports or "LSTM" in body


def test_what_a_module_with_an_lstm_keeps_is_not_known() -> None:
    text = LAYER.replace("self.weight =", "self.lstm = nn.LSTM(1, 1)\n        self.weight =")
    for each, is_known in ((LAYER, True), (text, False)):
        found = trial(request(each, "Scale", ["x", [3], "float32"], measure=True))
        assert (found["kept"] is not None) == is_known


def test_what_the_counter_does_not_know_is_not_known() -> None:
    statement = NOTHING_KNOWN.replace("torch.library.define(", "_ = torch.library.define(")
    found = trial(request(statement, "tried", ["x", [3], "float32"], measure=True))
    assert found["multiply_adds"] is None


@pytest.mark.parametrize(
    "body", ["return x[x > 0]", "return x.nonzero()", "return torch.zeros(int(x.abs().sum()) + 2)"]
)
def test_a_size_that_depends_on_the_numbers_is_refused(body: str) -> None:
    assert tried(body)["code"] == "custom_depends_on_numbers"


def test_an_index_that_only_nought_will_do_for() -> None:
    text = "import torch\n\ndef tried(x):\n    return torch.zeros(1, 3)[x.tolist()]\n"
    found = trial(request(text, "tried", ["x", [4], "int64"]))
    assert found["outputs"] == [[[4, 3], "float32"]]


def test_gradients_that_torch_refuses_are_told_at_their_function() -> None:
    text = """
import torch


class Two(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        return x * factor

    @staticmethod
    def backward(ctx, gradient):
        return gradient


def tried(x):
    return Two.apply(x, 3)
"""
    found = trial(request(text, "tried", ["x", [3], "float32"]))
    assert found["code"] == "custom_backward_failed"
    assert found["values"]["line"] == "5"
    assert "number of gradients" in found["values"]["reason"]
