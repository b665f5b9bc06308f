"""What is exported computes what one would write by hand, and is about as long."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import nn

from app.project.examples import load_example
from codegen.build import build
from codegen.emit import Source, source
from graph_model.infer import infer
from tests.references import resnet, seq2seq, text_classifier, unet

REFERENCES: dict[str, type[nn.Module]] = {
    "u-net": unet.UNet,
    "text-classifier": text_classifier.TextClassifier,
    "seq2seq-transformer": seq2seq.Seq2seq,
    "resnet-50": resnet.ResNet,
}
INPUTS = {
    "u-net": lambda: [torch.randn(2, 3, 32, 32)],
    "text-classifier": lambda: [torch.randint(1, 20000, (3, 11))],
    "seq2seq-transformer": lambda: [torch.randint(1, 8000, (2, length)) for length in (7, 9)],
    "resnet-50": lambda: [torch.randn(2, 3, 64, 64)],
}
MOST_MORE = 1.25
"""How much longer an exported file may be than the one by hand."""


def exported(name: str) -> Source:
    project = load_example(name)
    return source(infer(project.network, blocks=project.networks))


@pytest.mark.parametrize("name", REFERENCES)
def test_it_computes_what_the_one_by_hand_does(name: str) -> None:
    torch.manual_seed(0)
    ours, theirs = build(exported(name)).make().eval(), REFERENCES[name]().eval()
    weights = list(ours.parameters()), list(theirs.parameters())
    assert sum(each.numel() for each in weights[0]) == sum(each.numel() for each in weights[1])
    _copy(ours, theirs)
    inputs = INPUTS[name]()
    with torch.no_grad():
        torch.testing.assert_close(ours(*inputs), theirs(*inputs), rtol=1e-4, atol=1e-4)


def _copy(ours: nn.Module, theirs: nn.Module) -> None:
    """Copy weights in the order of their shapes, for names and places within a class differ."""
    kept = [[*_holders(ours)], [*_holders(theirs)]]
    assert sorted(map(_shapes, kept[0])) == sorted(map(_shapes, kept[1]))
    for one in kept[0]:
        other = next(each for each in kept[1] if _shapes(each) == _shapes(one))
        other.load_state_dict(one.state_dict())
        kept[1].remove(other)


def _holders(module: nn.Module) -> Iterator[nn.Module]:
    """Yield the layers of torch that hold weights."""
    is_attention = isinstance(module, nn.MultiheadAttention)
    if is_attention or (not list(module.children()) and module.state_dict()):
        yield module
    else:
        for child in module.children():
            yield from _holders(child)


def _shapes(module: nn.Module) -> tuple[str, ...]:
    state = module.state_dict()
    return (type(module).__name__, *(f"{key} {tuple(state[key].shape)}" for key in state))


@pytest.mark.parametrize("name", REFERENCES)
def test_it_is_about_as_long(name: str, root: Path) -> None:
    path = root / "tests" / "references" / f"{REFERENCES[name].__module__.split('.')[-1]}.py"
    assert _lines(exported(name).text) <= MOST_MORE * _lines(path.read_text(encoding="utf-8"))


def _lines(text: str) -> int:
    """Count the lines of code without docstrings, as far as the example of use at the end."""
    tree = ast.parse(text)
    counted = set()
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_example = isinstance(node, ast.If) and node in tree.body
        if isinstance(node, ast.stmt) and not is_text and not is_example:
            last = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno
            counted |= set(range(node.lineno, max(node.lineno, last or 0) + 1))
    example = [node.lineno for node in tree.body if isinstance(node, ast.If)]
    blank = {n for n, line in enumerate(text.splitlines(), 1) if not line.strip()}
    return len([n for n in counted - blank if not example or n < example[0]])
