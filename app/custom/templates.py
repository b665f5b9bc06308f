"""The texts from which a custom layer begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from string import Template
from textwrap import wrap
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from graph_model.network import free_name

_FUNCTION: Final = '''\
import torch
from torch import Tensor

$hint


def $name(x: Tensor, *, beta: float = 1.0) -> Tensor:
    """Multiplies by a sigmoid of itself."""
    return x * torch.sigmoid(beta * x)
'''

_MODULE: Final = '''\
import torch
from torch import Tensor, nn

$hint


class $name(nn.Module):
    """Scales each feature by a weight."""

    def __init__(self, features: int = 16, start: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((features,), start))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.weight
'''

_GRADIENT: Final = '''\
import torch
from torch import Tensor

$hint


class ${helper}(torch.autograd.Function):
    """The sign, whose gradient goes straight through between -1 and 1."""

    @staticmethod
    def forward(ctx, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x.sign()

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= 1)


def $name(x: Tensor) -> Tensor:
    """Makes every element -1 or 1."""
    return ${helper}.apply(x)
'''

TEMPLATES: Final[Mapping[str, tuple[Any, str, str]]] = {
    "module": (QT_TRANSLATE_NOOP("Template", "Module with weights"), "Scale", _MODULE),
    "function": (QT_TRANSLATE_NOOP("Template", "Function"), "swish", _FUNCTION),
    "gradient": (QT_TRANSLATE_NOOP("Template", "Own gradient"), "binarize", _GRADIENT),
}
"""Title, name and text of each template."""
_HINTS: Final[Mapping[str, Any]] = {
    "module": QT_TRANSLATE_NOOP(
        "Template",
        "The last class or function is the layer. The arguments of __init__ are its parameters, "
        "and need defaults; those of forward are its inputs. Return a tuple for several outputs.",
    ),
    "function": QT_TRANSLATE_NOOP(
        "Template",
        "The last function or class is the layer. Its arguments without a default are inputs, the "
        "others parameters. Shapes and errors show once you allow it.",
    ),
    "gradient": QT_TRANSLATE_NOOP(
        "Template",
        "The last function or class is the layer; it uses the torch.autograd.Function above it, "
        "whose backward is tried out as well.",
    ),
}
"""What each template begins with, as a comment."""
_COLUMNS: Final = 96
"""How long a line of a comment may be; Chinese characters take two columns."""


def from_template(id: str, taken: Collection[str]) -> str:
    """Return the text of a template, with a name that no other custom layer has."""
    _, name, text = TEMPLATES[id]
    if name in taken:
        name = free_name(name, taken)
    helper = f"_{name.title()}"  # two layers of one file may not define the same name
    return Template(text).substitute(name=name, helper=helper, hint=_comment(_HINTS[id]))


def _comment(text: str) -> str:
    """Return a hint as a comment, in the language in use."""
    told = QCoreApplication.translate("Template", text)
    lines = wrap(told, _COLUMNS if told.isascii() else _COLUMNS // 2)
    return "\n".join(f"# {line}" for line in lines)
