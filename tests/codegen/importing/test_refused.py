"""What cannot be drawn says why, at its line."""

from __future__ import annotations

import pytest

from codegen.importing.limits import LONGEST
from codegen.importing.source import read_source
from graph_model.problems import Refusal

MODULE = """
import torch
from torch import nn


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x, skip=None):
        y = self.fc(x)
        return y if skip is None else y + skip


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()

    def forward(self, x):
        {forward}
"""


@pytest.mark.parametrize(
    ("forward", "code"),
    [
        ("return self.part(self.part(x), x)", "import_used_otherwise"),
        ("return torch.frobnicate(x)", "import_unknown_call"),
        ("return x if x.sum() > 0 else -x", "import_depends_on_values"),
        ("return self.nothing(x)", "import_unknown_name"),
        ("return 3", "import_gives_no_tensor"),
        ("return x.view(-1, 3)", "import_cannot_reshape"),
        ("return self.part(x, y=x)", "import_bad_argument"),
        ("return self.part()", "import_missing_argument"),
        ("raise NotImplementedError", "import_raises"),
    ],
)
def test_the_line_is_named(forward: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_source(MODULE.format(forward=forward))
    problem = refused.value.problem
    assert problem.code == code
    assert problem.values["line"] == "22"


def test_a_module_that_is_called_twice_alike_shares_its_weights() -> None:
    found = read_source(MODULE.format(forward="return self.part(self.part(x))"))
    uses = [each for each in found.project.network.nodes.values() if each.kind == "block:part"]
    assert [each.shares for each in uses] == ["", uses[0].id]


def test_a_text_that_is_too_long_is_not_read_in_part() -> None:
    with pytest.raises(Refusal) as refusal:
        read_source(MODULE + "#" * LONGEST)
    assert refusal.value.problem.code == "import_file_too_long"
