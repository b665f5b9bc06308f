"""What generated text may hold, and what is refused before it would be executed."""

from __future__ import annotations

import pytest

from codegen.emit import source
from codegen.model.safety import check
from graph_model.inference.infer import infer
from graph_model.problems import GraphError
from tests.codegen.samples import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_emitted_passes(name: str) -> None:
    check(source(infer(SAMPLES[name])).text)


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "import torch as nn",
        "import torch, os",
        "from os import nn",
        "from torch import hub",
        "from torch import load as model",
        "from . import nn",
        "from torch.nn import *\nwhile True: pass",
        "torch.load('x')",
        "torch.hub.load('x')",
        "torch.ops.load_library('x')",
        "nn.Buffer()",
        "nn.modules.module.os.system('x')",
        "nn.functional.os.system('x')",
        "nn.functional.torch.load('x')",
        "nn.functional.handle_torch_function(x)",
        "torch.nn.functional.pad(x)",
        "torch.full.__globals__",
        "x.functional.pad",
        "self.register_buffer.__func__",
        "x in y",
        "x is y",
        "x.__class__",
        "x.__class__.__bases__[0].__subclasses__()",
        "self._modules",
        "x.tofile('x')",
        "eval('1')",
        "open('x')",
        "__import__('os')",
        "__builtins__",
        "lambda: 0",
        "@print\ndef f(self): return 0",
        "@print\nclass A: x = 1",
        "class A(metaclass=print): x = 1",
        "def f(self, x=print('now')): return 0",
        "x = [y for y in z]",
        "f'{x}'",
        "print(*x)",
        "global x",
        "with x: y = 1",
        "x()()",
        "x[0]()",
        "del x",
        "x: print('now') = 1",
        "assert x",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(GraphError, match="generated text has an unknown"):
        check(text)
