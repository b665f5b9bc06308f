"""Whatever a file says, it is read in bounded time and memory, and nothing of it is run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from codegen.importing.source import read_source
from graph_model.problems import Refusal

MODULE = """
import os
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
        {init}

    def forward(self, x):
        {forward}
        return self.fc(x)
"""

BAD = {
    "endless": ("while True: pass", "pass"),
    "recursion": ("self.again()", "pass\n\n    def again(self):\n        return self.again()"),
    "power": ("n = 9 ** 9 ** 9", "pass"),
    "long range": ("a = [i for i in range(10 ** 12)]", "pass"),
    "long text": ("a = 'x' * 10 ** 9", "pass"),
    "long list": ("a = [0] * 10 ** 9", "pass"),
    "system": ("os.system('touch {place}')", "pass"),
    "written": ("open('{place}', 'w').write('x')", "pass"),
    "eval": ("eval('1')", "pass"),
    "import": ("__import__('os').system('touch {place}')", "pass"),
    "subclasses": ("a = ().__class__.__bases__[0].__subclasses__()", "pass"),
    "format": ("a = '{{:>1000000000}}'.format(1)", "pass"),
    "shift": ("a = 1 << 10 ** 9", "pass"),
    "a layer of the wrong kind": ("self.fc = nn.Linear('4', [])", "pass"),
    "nan": ("self.fc = nn.Linear(float('nan'), 2)", "pass"),
    "a huge layer": ("pass", "x = x.repeat(10 ** 9, 10 ** 9)"),
    "values": ("pass", "if x.sum() > 0: x = -x"),
    "writes": ("pass", "x[:, 0] = 1"),
    "unknown": ("pass", "x = torch.nothing_of_this_name(x)"),
    "stars": ("nn.Linear(*[1] * 50)", "pass"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_sentence_and_nothing_else(name: str, tmp_path: Path) -> None:
    place = tmp_path / "touched"
    init, forward = (each.format(place=place) for each in BAD[name])
    with suppress(Refusal):
        read_source(MODULE.format(init=init, forward=forward))
    assert not place.exists()


@pytest.mark.parametrize(
    "text",
    ["", "class", "\0", "(" * 5000, "x = " + "-" * 100_000 + "1", "import torch\n" * 1000,
     "class Net: pass", "lambda: 0", "[" * 90 + "]" * 90, "if True:\n" * 50],
)  # fmt: skip
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_source(text)


def test_lists_within_lists_are_not_unfolded() -> None:
    doubled = "\n        ".join(
        ["a = [0]", *["a = [a, a, a, a]"] * 60, "self.pad = nn.ZeroPad2d(a)"]
    )
    with pytest.raises(Refusal):
        read_source(MODULE.format(init=doubled, forward="x = self.pad(x)"))
