"""A module runs in a process of its own, which ends in time and whatever the text does."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from codegen.archives.reading import read_archive
from codegen.archives.weights import by_parameter
from codegen.emit import source
from codegen.importing.inputs import read_input
from codegen.tracing.tracer import Asked, Compared, Tracer
from graph_model.custom_layers.known import Known, digest
from graph_model.inference.infer import infer_project
from graph_model.problems import GraphError, Problem, Refusal

ENDLESS = "import torch\n\nwhile True:\n    pass\n"
ENDING = "import os\n\nos._exit(7)\n"
BESIDE = (
    "import torch\nfrom torch import nn\nfrom sizes import SIZE\nfrom .near import Near\n\n"
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.near = Near(SIZE)\n\n    def forward(self, x):\n        return self.near(x)\n"
)
NEAR = (
    "from torch import nn\n\nclass Near(nn.Module):\n    def __init__(self, size):\n"
    "        super().__init__()\n        self.fc = nn.Linear(4, size)\n\n"
    "    def forward(self, x):\n        return self.fc(x).relu()\n"
)


def _asked(text: str, path: Path | None = None) -> Asked:
    return Asked(text, path, "Net", (read_input("3,4", is_whole=True),))


def _known(text: str) -> Known:
    return Known(frozenset({digest(text)}))


def _refused(text: str, seconds: float = 60) -> Problem:
    with Tracer(seconds) as tracer, pytest.raises(Refusal) as refused:
        tracer.trace(_asked(text), _known(text))
    return refused.value.problem


def test_what_is_not_allowed_does_not_run() -> None:
    with Tracer() as tracer, pytest.raises(GraphError):
        tracer.trace(_asked(ENDING), Known())


def test_what_does_not_end_is_ended_at_its_line() -> None:
    problem = _refused(ENDLESS, 1)
    assert problem.code == "module_too_slow_at"
    assert problem.values["line"] in ("3", "4")


def test_a_process_that_ends_is_told() -> None:
    problem = _refused(ENDING)
    assert (problem.code, problem.values["reason"]) == ("module_ended", "exit status 7")


def test_it_can_be_cancelled() -> None:
    with Tracer() as tracer:
        timer = threading.Timer(0.5, tracer.cancel)
        timer.start()
        with pytest.raises(Refusal) as refused:
            tracer.trace(_asked(ENDLESS), _known(ENDLESS))
    assert refused.value.problem.code == "module_cancelled"


def test_a_module_of_a_package_is_drawn_and_compared(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (tmp_path / "sizes.py").write_text("SIZE = 3\n", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "near.py").write_text(NEAR, encoding="utf-8")
    path = package / "net.py"
    path.write_text(BESIDE, encoding="utf-8")
    with Tracer(60) as tracer:
        found = tracer.trace(_asked(BESIDE, path), _known(BESIDE))
        archive = read_archive(found.archive)
        inference = infer_project(archive.project)
        made = source(inference)
        assert [*by_parameter(archive, inference)] == ["near_fc.weight", "near_fc.bias"]
        # with weights of its own it gives something else, which the comparison has to see
        compared = tracer.compare(made.text, made.class_name, None)
    assert archive.name == "Net"
    assert isinstance(compared, Compared)
    assert compared.difference
    assert not compared.is_equal
