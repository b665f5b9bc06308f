"""What torch itself does with a use of a layer kind."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn

from graph_model.dims import data_symbols
from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.weight import Weight
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.interpreter import OPERATIONS, SIZES, call, make
from tests.operations import FUNCTIONS

HARMLESS = (
    "enable_nested_tensor",
    "Initializing zero-element tensors",
    "LSTM with projections is not supported with oneDNN",
    "with even kernel lengths and odd dilation may require a zero-padded copy",
)
"""What torch warns of though nothing is wrong."""


@dataclass(frozen=True)
class Answer:
    """What torch gave: specs in order, weights in order of name, and what it warned of."""

    outputs: tuple[TensorSpec, ...]
    weights: tuple[Weight, ...]
    warnings: tuple[str, ...]


def ask(kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]) -> Answer:
    """Make the layer and call it once while training; raises whatever torch raises."""
    tensors = {port: example(spec, arguments) for port, spec in inputs.items()}
    if "var" in tensors:  # torch looks at its values
        tensors["var"] = tensors["var"].abs()
    if kind.name == "BCELoss":  # of probabilities
        tensors = {port: each.clamp(0, 1) for port, each in tensors.items()}
    if kind.name in {"FloorDivide", "Remainder"} and "other" in tensors:
        tensors["other"].fill_(1)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if isinstance(kind.form, Module):
            module = make(kind.name, constructor(kind, arguments, tensors))
            given = call(kind.name, module, arguments, tensors)
            weights = weights_of(module)
        elif kind.name in FUNCTIONS:
            computed = FUNCTIONS[kind.name](tensors, arguments)
            given = computed if isinstance(computed, tuple) else (computed,)
            weights = ()
        elif kind.name in {"Parameter", "Buffer"}:
            given = (torch.zeros(arguments["shape"]),)
            shape = tuple(given[0].shape)
            weights = (Weight("", shape, is_buffer=kind.name == "Buffer"),)
        else:
            given = (OPERATIONS[kind.name](list(tensors.values()), arguments),)
            weights = ()
    said = [str(each.message) for each in caught]
    return Answer(
        tuple(map(spec_of, given)),
        weights,
        tuple(text for text in said if not any(each in text for each in HARMLESS)),
    )


def example(spec: TensorSpec, arguments: Arguments) -> Tensor:
    """Make a tensor; whole numbers are indices that every table has."""
    shape, dtype = tuple(int(str(dim)) for dim in spec.shape), getattr(torch, spec.dtype)
    return torch.randn(shape).to(dtype) if spec.has_fractions else torch.zeros(shape, dtype=dtype)


def constructor(
    kind: LayerKind, arguments: Arguments, tensors: Mapping[str, Tensor]
) -> dict[str, Any]:
    """Return the arguments of the torch class, sizes that follow from the inputs filled in."""
    assert isinstance(kind.form, Module)
    found: dict[str, Any] = dict(arguments)
    for size, (port, dim) in SIZES.get(kind.name, {}).items():
        if found[size] is None:
            found[size] = tensors[port].shape[dim]
    if "normalized_shape" in found and found["normalized_shape"] is None:
        shape = tensors["input"].shape
        found["normalized_shape"] = [shape[-n] for n in range(found["dims"], 0, -1)]
    return found


def weights_of(module: nn.Module) -> tuple[Weight, ...]:
    """Return all parameters and buffers of a module, sorted by name."""
    found = [
        *((name, tensor, False) for name, tensor in module.named_parameters()),
        *((name, tensor, True) for name, tensor in module.named_buffers()),
    ]
    return tuple(
        sorted(
            (
                Weight(name, tuple(tensor.shape), is_buffer, dtype_of(tensor))
                for name, tensor, is_buffer in found
            ),
            key=lambda weight: weight.name,
        )
    )


def as_told(spec: TensorSpec, given: TensorSpec) -> TensorSpec:
    """Return what a rule states, with the numbers that torch gave where only the data tell."""
    if spec.rank != given.rank:
        return spec
    pairs = zip(spec.shape, given.shape, strict=True)
    return spec.with_shape(*(size if data_symbols(dim) else dim for dim, size in pairs))


def spec_of(tensor: Tensor) -> TensorSpec:
    """Return a tensor's shape and dtype."""
    return TensorSpec(tuple(tensor.shape), dtype_of(tensor))


def dtype_of(tensor: Tensor) -> str:
    """Return a tensor's dtype by name."""
    return str(tensor.dtype).removeprefix("torch.")


_RECURRENT: Final = ("input_size", "hidden_size", "num_layers", "nonlinearity", "bias",
    "batch_first", "dropout", "bidirectional", "proj_size")  # fmt: skip


def torch_defaults(kind: LayerKind) -> Mapping[str, Any]:
    """Return torch's default for each constructor parameter, in order."""
    assert isinstance(kind.form, Module)
    made = getattr(nn, kind.form.target)
    found = {
        name: parameter.default
        for name, parameter in inspect.signature(made.__init__).parameters.items()
        if name not in {"self", "args", "kwargs", "device", "dtype"}
    }
    if kind.name not in {"RNN", "LSTM", "GRU"}:
        return found
    # RNN, LSTM and GRU take *args and **kwargs on to RNNBase, which names them all.
    base = inspect.signature(nn.modules.rnn.RNNBase.__init__).parameters
    known = {name: base[name].default for name in _RECURRENT if name in base}
    return known | ({"nonlinearity": "tanh"} if kind.name == "RNN" else {})
