"""What cannot be run or traced is said with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.tracing.exporting import traced
from codegen.tracing.failures import Failure
from codegen.tracing.making import make
from graph_model.custom_layers.known import digest
from graph_model.problems import Problem

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch's exporters, about themselves

HEAD = "import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n"
FORWARD = "    def forward(self, x):\n"
ROW = [{"name": "", "shape": [3, 4], "dtype": "float32"}]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return what runs a text and tells its problem, the notes where there is none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def run(text: str, expression: str = "Net", inputs: Any = ROW, **arguments: str) -> Any:
        path = tmp_path / "mine.py"
        path.write_text(text, encoding="utf-8")
        request = {"text": text, "digest": digest(text), "path": str(path),
                   "expression": expression, "arguments": arguments}  # fmt: skip
        try:
            return [each["code"] for each in traced(make(request), inputs, path).notes]
        except Failure as failure:
            problem = Problem(failure.answer["code"], failure.answer["values"])
            assert problem.message
            return problem.code, problem.values.get("line"), problem.message

    return run


def test_a_line_that_fails_at_import(told) -> None:
    code, line, message = told("import torch\n\nx = 1 / 0\n")
    assert (code, line) == ("module_import_failed_at", "3")
    assert "x = 1 / 0" in message
    assert "ZeroDivisionError: division by zero" in message


def test_no_python(told) -> None:
    assert told("import torch\nclass Net(:\n")[:2] == ("module_import_failed_at", "2")


def test_what_is_missing_or_none(told) -> None:
    assert told(HEAD + FORWARD + "        return x\n", "Nett")[0] == "module_no_class"
    assert told("def Net():\n    return 3\n")[0] == "module_is_none"


def test_arguments_that_do_not_suit(told) -> None:
    text = HEAD + "    def __init__(self, size):\n        super().__init__()\n"
    text += "        self.fc = nn.Linear(4, size)\n\n" + FORWARD + "        return self.fc(x)\n"
    assert told(text)[0] == "module_not_made"
    assert told(text, size="-1")[:2] == ("module_not_made_at", "7")
    assert told(text, size="2") == []


def test_inputs_that_do_not_suit(told) -> None:
    text = HEAD + FORWARD + "        return x @ torch.ones(5, 2)\n"
    assert told(text)[:2] == ("module_forward_failed_at", "6")


@pytest.mark.parametrize("condition", ["x.sum() > 0", "x[0, 0].item() > 1", "bool((x > 0).any())"])
def test_a_condition_on_values(told, condition: str) -> None:
    text = HEAD + FORWARD + f"        if {condition}:\n            x = x * 2\n        return x\n"
    code, line, message = told(text)
    assert (code, line) == ("module_depends_on_values", "6")
    assert condition in message


def test_what_torch_does_not_follow(told) -> None:
    text = HEAD + FORWARD + "        return torch.from_numpy(x.numpy() * 2)\n"
    code, line, _ = told(text)
    assert (code, line) == ("module_not_traced_at", "6")


def test_a_batch_of_one_size_is_noted(told) -> None:
    text = HEAD + FORWARD + "        return x.reshape(3, 2, 2)\n"
    assert told(text) == ["module_fixed_size"]


def test_what_is_asserted_of_values_is_left_out(told) -> None:
    text = HEAD + FORWARD + "        assert x.max() < 1e9\n        return torch.relu(x)\n"
    assert told(text) == ["module_by_fx"]


def test_another_text_than_was_allowed_does_not_run(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allowed"):
        make({"text": "x = 1", "digest": digest("x = 2"), "path": str(tmp_path / "a.py")})
