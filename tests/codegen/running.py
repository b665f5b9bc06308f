"""What the tests of generated modules share: example tensors, runs with gradients, comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import torch
from torch import Tensor, nn

from graph_model.dims import evaluate
from graph_model.inference.infer import Inference
from graph_model.tensors import TensorSpec
from tests.interpreter import seed_for
from tests.suitable_layers import SIZES


def real_shape(spec: TensorSpec) -> tuple[int, ...]:
    """Return the shape with the sizes that all tests use."""
    return tuple(evaluate(dim, SIZES) for dim in spec.shape)


def example_inputs(inference: Inference, seed: int = 0) -> dict[str, Tensor]:
    """Return a tensor for each Input, by name, in the order of ``forward``."""
    torch.default_generator.manual_seed(seed)
    return {
        node.name: _example(inference.nodes[node.id].outputs["output"])
        for node in inference.of_kind("Input")
    }


def _example(spec: TensorSpec) -> Tensor:
    shape, dtype = real_shape(spec), getattr(torch, spec.dtype)
    if dtype == torch.bool:
        masked = torch.rand(shape) < 0.3
        if shape:
            masked[..., 0] = False  # attention to nothing at all is not a number
        return masked
    has_fractions = dtype.is_floating_point or dtype.is_complex
    return torch.randn(shape, dtype=dtype) if has_fractions else torch.randint(2, shape)


def as_tuple(result: Tensor | tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Return the outputs of a module as a tuple, one or several."""
    return result if isinstance(result, tuple) else (result,)


def run(model: nn.Module, inputs: Iterable[Tensor]) -> tuple[Tensor, ...]:
    """Call a module, each of its layers seeded by its name, those within blocks by the path."""
    for name, layer in _layers(model, ""):
        layer.register_forward_pre_hook(lambda *_, name=name: seed_for(name))
    return as_tuple(model(*inputs))


def _layers(module: nn.Module, path: str) -> Iterator[tuple[str, nn.Module]]:
    """Yield the layers of PyTorch within a module, but not what those are made of."""
    for name, child in module.named_children():
        is_ours = not type(child).__module__.startswith("torch.")
        if is_ours or isinstance(child, nn.Sequential | nn.ModuleList):
            yield from _layers(child, f"{path}{name}.")
        else:
            yield f"{path}{name}", child


def backward(outputs: Iterable[Tensor]) -> None:
    """Run the gradients of a loss in which every element of every output counts differently."""
    real = [
        torch.view_as_real(each.resolve_conj()) if each.is_complex() else each for each in outputs
    ]
    losses = [(each * _weighting(each)).sum() for each in real if each.requires_grad]
    if losses:
        torch.stack(losses).sum().backward()


def _weighting(output: Tensor) -> Tensor:
    return torch.arange(output.numel()).cos().reshape(output.shape)


def gradients(model: nn.Module) -> dict[str, Tensor | None]:
    """Return the gradient of every parameter."""
    return {name: parameter.grad for name, parameter in model.named_parameters()}


def assert_same(actual: Mapping[str, Tensor | None], expected: Mapping[str, Tensor | None]) -> None:
    """Compare tensors by name, gradients that are missing included."""
    assert actual.keys() == expected.keys()
    for name, tensor in actual.items():
        other = expected[name]
        if tensor is None or other is None:
            assert tensor is other, name
        else:
            torch.testing.assert_close(
                tensor, other, equal_nan=True, msg=lambda text, name=name: f"{name}: {text}"
            )
