"""What runs in the process of its own that tries custom layers, called without one."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest

from codegen import probe

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
    return probe.answer(request(text, "tried", ["x", [3, 4], "float32"], **more))


def test_a_module_gives_its_outputs_and_weights() -> None:
    inputs = (["x", [3, 4], "float32"], ["bias", [4], "float32"])
    found = probe.answer(
        request(LAYER, "Scale", *inputs, arguments={"sizes": [4]}, optional=["bias"])
    )
    assert found == {
        "outputs": [[[[3, 4], "float32"]]],
        "weights": [["weight", [4], False, "float32"], ["seen", [], True, "int64"]],
    }


@pytest.mark.parametrize(
    ("body", "outputs"),
    [
        ("return x.chunk(2, dim=1)", [[[3, 2], "float32"], [[3, 2], "float32"]]),
        ("return x > 0", [[[3, 4], "bool"]]),
        ("return torch.zeros(int(x.sum()) + 2)", [[[2], "float32"]]),  # not on the meta device
    ],
)
def test_a_function_gives_its_outputs(body: str, outputs: list[Any]) -> None:
    assert tried(body) == {"outputs": [outputs], "weights": []}


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
    assert (found["code"], found["set"]) == (code, 0)
    assert values.items() <= found["values"].items()


def test_what_fails_outside_of_the_text_is_told_so() -> None:
    found = probe.answer(request(LAYER, "Scale", ["x", [3], "float32"], arguments={"size": 1}))
    assert found["code"] == "custom_failed_outside"


def test_a_lazy_module_is_refused() -> None:
    text = LAYER.replace(
        "self.weight = nn.Parameter(torch.ones(*sizes))", "self.fc = nn.LazyLinear(3)"
    )
    found = probe.answer(request(text, "Scale", ["x", [3, 4], "float32"]))
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
    found = probe.answer(request(text, "tried", ["x", [3], "float32"]))
    assert found["code"] == "custom_backward_failed"
    assert found["values"] == {"line": "12", "reason": "RuntimeError: no way back"}


def test_another_text_than_was_allowed_is_not_run() -> None:
    with pytest.raises(ValueError, match="not the text"):
        probe.answer(request(LAYER, "Scale", digest="0"))


def test_the_process_answers_line_by_line_until_its_input_ends() -> None:
    lines = ["", json.dumps(request(LAYER, "Scale", ["x", [2], "float32"]))]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "codegen.probe"],
        input="\n".join([*lines, ""]),
        capture_output=True,
        text=True,
        check=True,
    )
    ready, told = done.stdout.splitlines()
    assert ready == "ready"
    assert json.loads(told)["outputs"] == [[[[2], "float32"]]]
