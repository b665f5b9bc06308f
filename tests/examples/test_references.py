"""What is exported computes what one would write by hand, and is about as long."""

from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor, nn

from app.project.examples import load_example
from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer
from tests.references import REFERENCES
from tools.code_length import PAGE, length_of_example, page

Inputs = Callable[[], list[Tensor]]

MOST_MORE = 1.25
"""How many times as long as the one by hand an exported file may be."""
MOST_MORE_ALTOGETHER = 1.05
"""And how many times as long as all by hand all exported files are at most."""

each_network = pytest.mark.parametrize("name", REFERENCES)


def _image(*shape: int) -> Inputs:
    return lambda: [torch.randn(2, *shape)]


def _tokens(most: int, *lengths: int) -> Inputs:
    return lambda: [torch.randint(1, most, (2, length)) for length in lengths]


def _with_padding() -> list[Tensor]:
    """Return the ids of tokens and of their types, and a mask with padding at the end of one."""
    mask = torch.ones(2, 9, dtype=torch.int64)
    mask[1, 6:] = 0
    return [torch.randint(1, 30522, (2, 9)), torch.randint(0, 2, (2, 9)), mask]


INPUTS: dict[str, Inputs] = {
    "lenet-5": _image(1, 28, 28),
    "vgg-16": lambda: [torch.randn(1, 3, 224, 224)],
    "u-net": _image(3, 32, 32),
    "vit-b-16": lambda: [torch.randn(1, 3, 224, 224)],
    "text-classifier": _tokens(20000, 11),
    "seq2seq-transformer": _tokens(8000, 7, 9),
    "bert-base": _with_padding,
    "gpt-2": _tokens(50257, 9),
}
"""What the networks are given; those that are not named take small images."""

FEW = 15_000_000
"""With fewer parameters than these, gradients are compared as well."""


@each_network
def test_it_computes_what_the_one_by_hand_does(name: str) -> None:
    torch.manual_seed(0)
    project = load_example(name)
    ours = build(source(infer(project.network, blocks=project.networks))).make().eval()
    _stir(ours)
    with torch.device("meta"):
        theirs = REFERENCES[name].make().eval()
    counts = [sum(each.numel() for each in net.parameters()) for net in (ours, theirs)]
    assert counts[0] == counts[1]
    pairs = _paired(ours, theirs)
    inputs = INPUTS.get(name, _image(3, 64, 64))()
    with torch.set_grad_enabled(counts[0] < FEW):
        results = [ours(*inputs), theirs(*inputs)]
    for one, other in zip(*map(_tensors, results), strict=True):
        _assert_same(one, other)
    if counts[0] < FEW:
        for each in results:
            each.square().sum().backward()
        for layers in pairs:
            for one, other in zip(*(each.parameters(False) for each in layers), strict=True):
                _assert_same(one.grad, other.grad)


def _stir(module: nn.Module) -> None:
    """Make the layers differ that all begin alike: biases, norms and their statistics."""
    for value in module.state_dict().values():
        if value.is_floating_point() and value.dim() in {1, 3}:
            value += 0.1 * torch.rand_like(value)


def _tensors(result: Tensor | tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    return (result,) if isinstance(result, Tensor) else result


def _assert_same(one: Tensor, other: Tensor) -> None:
    """Compare two tensors by the measure of their largest value."""
    largest = float(other.detach().abs().max())
    assert largest > 0
    torch.testing.assert_close(one, other, rtol=0, atol=1e-5 * largest + 1e-7)


def _paired(ours: nn.Module, theirs: nn.Module) -> list[tuple[nn.Module, nn.Module]]:
    """Give theirs our weights, layer by layer in the order of their shapes; return the pairs.

    Names differ, and so do the places of layers within a class.
    """
    left = [*_holders(theirs)]
    found: list[tuple[nn.Module, nn.Module]] = []
    for one in _holders(ours):
        other = next(each for each in left if _shapes(each) == _shapes(one))
        left.remove(other)
        other.load_state_dict(_own(one), strict=False, assign=True)
        found.append((one, other))
    assert not left
    return found


def _holders(module: nn.Module) -> Iterator[nn.Module]:
    """Yield the modules that hold weights themselves."""
    if _own(module):
        yield module
    for child in () if isinstance(module, nn.MultiheadAttention) else module.children():
        yield from _holders(child)


def _own(module: nn.Module) -> dict[str, Tensor]:
    """Return the weights and buffers of a module without those of the modules within."""
    state: dict[str, Tensor] = module.state_dict()
    whole = isinstance(module, nn.MultiheadAttention)
    return {key: value for key, value in state.items() if whole or "." not in key}


def _shapes(module: nn.Module) -> list[str]:
    own = _own(module)
    kind = type(module).__name__ if type(module).__module__.startswith("torch.") else ""
    return [kind, *(f"{key} {tuple(own[key].shape)}" for key in own)]


@each_network
def test_it_is_about_as_long(name: str) -> None:
    assert length_of_example(name).ratio <= MOST_MORE


def test_all_together_are_as_long() -> None:
    lengths = [length_of_example(name) for name in REFERENCES]
    by_hand = sum(each.by_hand for each in lengths)
    assert sum(each.exported for each in lengths) <= MOST_MORE_ALTOGETHER * by_hand


def test_the_page_of_lengths_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
