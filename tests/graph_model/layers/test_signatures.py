"""Every entry is held to torch's own signature."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Mapping
from typing import Any, Final

import pytest
import torch
from torch import nn

from graph_model.layers import LAYERS
from graph_model.layers.kind import Function, LayerKind, Method, Module
from tests.graph_model.layers.oracle import torch_defaults

MODULES: Final = tuple(kind for kind in LAYERS.values() if isinstance(kind.form, Module))

_YOUNG: Final = {"bias"}  # older versions of torch, on which exported files run, lack it
LEFT_OUT: Final = {
    "BatchNorm1d": _YOUNG,
    "BatchNorm2d": _YOUNG,
    "BatchNorm3d": _YOUNG,
    "InstanceNorm1d": _YOUNG,
    "InstanceNorm2d": _YOUNG,
    "InstanceNorm3d": _YOUNG,
    "GroupNorm": _YOUNG,
    "MaxPool1d": {"return_indices"},  # indices go with MaxUnpool, which is no layer here
    "MaxPool2d": {"return_indices"},
    "MaxPool3d": {"return_indices"},
    "AdaptiveMaxPool1d": {"return_indices"},
    "AdaptiveMaxPool2d": {"return_indices"},
    "AdaptiveMaxPool3d": {"return_indices"},
    "ConvTranspose1d": {"padding_mode"},  # torch takes no other than "zeros"
    "ConvTranspose2d": {"padding_mode"},
    "ConvTranspose3d": {"padding_mode"},
    "Embedding": {"norm_type", "_weight", "_freeze"},
    "Hardtanh": {"min_value", "max_value"},  # deprecated names of min_val and max_val
    "MultiheadAttention": {"add_zero_attn"},
    "Upsample": {"size", "recompute_scale_factor"},
}
"""What torch's constructor takes and the catalogue does not offer."""

OTHER_DEFAULTS: Final = {
    # torch has no default: a good one to begin with
    "out_features", "out_channels", "kernel_size", "output_size", "hidden_size", "num_heads",
    "nhead", "num_groups", "num_embeddings", "embedding_dim", "upscale_factor",
    "downscale_factor", "unflattened_size",
    # torch's default asks for trouble
    "batch_first", "dim", "scale_factor",
    # torch's own default, spelled in another way
    "activation", "align_corners",
}  # fmt: skip
"""Parameters whose default is deliberately not torch's."""


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_parameters_are_those_of_torch(kind: LayerKind) -> None:
    assert isinstance(kind.form, Module)
    theirs = torch_defaults(kind)
    left_out = LEFT_OUT.get(kind.name, set())
    if kind.family == "recurrent" and kind.name != "LSTM":
        left_out = left_out | {"proj_size"}  # torch takes it for LSTM alone
    ours = set(kind.by_name) - set(kind.form.omitted)
    assert ours == set(theirs) - left_out


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_what_is_not_written_has_torchs_default(kind: LayerKind) -> None:
    assert isinstance(kind.form, Module)
    theirs = torch_defaults(kind)
    for name, parameter in kind.by_name.items():
        if name in kind.form.omitted or parameter.inferred:
            continue
        if parameter.default != theirs[name]:
            assert name in OTHER_DEFAULTS
        if theirs[name] is inspect.Parameter.empty:
            assert name in kind.form.always


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_a_module_of_the_written_arguments_is_that_of_all_arguments(kind: LayerKind) -> None:
    """Leaving defaults unwritten changes nothing: torch describes both modules alike."""
    assert isinstance(kind.form, Module)
    sizes = {name: 8 for name, each in kind.by_name.items() if each.inferred}
    arguments = {
        name: value
        for name, value in {**kind.defaults, **sizes}.items()
        if name not in kind.form.omitted
    }
    written = {name: arguments[name] for name in arguments if name in {*kind.form.always, *sizes}}
    made = getattr(nn, kind.form.target)
    assert str(made(**written)) == str(made(**_as_torch(arguments)))


def _as_torch(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    if arguments.get("mode") == "nearest":
        return {**arguments, "align_corners": None}
    return arguments


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_positional_arguments_come_first_in_torch_too(kind: LayerKind) -> None:
    assert isinstance(kind.form, Module)
    order = tuple(torch_defaults(kind))
    assert kind.form.positional == order[: len(kind.form.positional)]


@pytest.mark.parametrize("kind", LAYERS.values(), ids=lambda kind: kind.name)
def test_a_form_names_parameters_and_ports_of_its_kind(kind: LayerKind) -> None:
    form = kind.form
    named: set[str] = set()
    for attribute in ("always", "positional", "omitted", "call_keywords"):
        named |= set(getattr(form, attribute, ()))
    assert named <= set(kind.by_name)
    assert kind.optional_inputs <= set(kind.inputs(kind.defaults))


def test_functions_and_methods_exist_in_torch() -> None:
    for kind in LAYERS.values():
        if isinstance(kind.form, Function):
            path = kind.form.target.removeprefix("torch.")
            assert callable(operator.attrgetter(path)(torch))
        if isinstance(kind.form, Method):
            assert callable(getattr(torch.Tensor, kind.form.name))
