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
from tests.interpreter import make

MODULES: Final = tuple(kind for kind in LAYERS.values() if isinstance(kind.form, Module))

_OLD: Final = {"size_average", "reduce"}  # deprecated names of what "reduction" says
_YOUNG: Final = {"bias"}  # older versions of torch, on which exported files run, lack it
LEFT_OUT: Final = {
    "BatchNorm1d": _YOUNG,
    "BatchNorm2d": _YOUNG,
    "BatchNorm3d": _YOUNG,
    "InstanceNorm1d": _YOUNG,
    "InstanceNorm2d": _YOUNG,
    "InstanceNorm3d": _YOUNG,
    "GroupNorm": _YOUNG,
    "FractionalMaxPool2d": {"_random_samples"},  # for torch's own tests
    "FractionalMaxPool3d": {"_random_samples"},
    "TransformerEncoder": {"mask_check"},  # looks at the values of a mask, for nested tensors
    "Transformer": {"custom_encoder", "custom_decoder"},  # modules, which are drawn instead
    **{kind.name: _OLD for kind in MODULES if kind.family == "loss"},
    "ConvTranspose1d": {"padding_mode"},  # torch takes no other than "zeros"
    "ConvTranspose2d": {"padding_mode"},
    "ConvTranspose3d": {"padding_mode"},
    "Embedding": {"_weight", "_freeze"},  # a table made elsewhere
    "EmbeddingBag": {"_weight"},
    "Hardtanh": {"min_value", "max_value"},  # deprecated names of min_val and max_val
    "DropPath": {"inplace"},
    "Upsample": {"size", "recompute_scale_factor"},
}
"""What torch's constructor takes and the catalogue does not offer."""

_SPELLED_OTHERWISE: Final = {"activation", "align_corners"}
"""Parameters whose default is torch's, as a choice."""

OTHER_DEFAULTS: Final = {
    *_SPELLED_OTHERWISE,
    # torch's default asks for trouble
    "batch_first", "dim", "scale_factor", "output_ratio", "enable_nested_tensor",
    "p",  # of DropPath, which is a Dropout
    "reduction",  # for KLDivLoss, as torch warns
    "num_heads", "nhead",  # a small model to begin with
}  # fmt: skip
"""Parameters whose default is deliberately not torch's, where torch has one."""


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_parameters_are_those_of_torch(kind: LayerKind) -> None:
    assert isinstance(kind.form, Module)
    theirs = torch_defaults(kind)
    left_out = LEFT_OUT.get(kind.name, set())
    if kind.name in {"RNN", "GRU"}:
        left_out = left_out | {"proj_size"}  # torch takes it for LSTM alone
    inner = {each.argument for each in kind.form.inner}
    ours = inner | set(kind.by_name) - set(kind.form.omitted)
    assert ours == set(theirs) - left_out
    for each in kind.form.inner:
        if each.only_with:
            assert set(each.takes) <= set(inspect.signature(getattr(nn, each.target)).parameters)
        else:
            assert set(each.takes) == set(torch_defaults(LAYERS[each.target]))


@pytest.mark.parametrize("kind", MODULES, ids=lambda kind: kind.name)
def test_what_is_not_written_has_torchs_default(kind: LayerKind) -> None:
    assert isinstance(kind.form, Module)
    theirs = torch_defaults(kind)
    for name, parameter in kind.by_name.items():
        if name in kind.form.omitted or parameter.inferred:
            continue
        if theirs[name] is inspect.Parameter.empty:
            assert name in kind.form.always
        elif parameter.default != theirs[name]:
            assert name in kind.form.always or name in _SPELLED_OTHERWISE
            assert name in OTHER_DEFAULTS


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
    inner = _inner_modules(kind, {**kind.defaults, **sizes})
    made = getattr(nn, kind.form.target)(**written, **inner)
    assert str(made) == str(make(kind.name, {**kind.defaults, **sizes}))


def _inner_modules(kind: LayerKind, values: Mapping[str, Any]) -> dict[str, nn.Module]:
    """Make the modules that are arguments of this one, of what is always written."""
    assert isinstance(kind.form, Module)
    return {
        each.argument: getattr(nn, each.target)(
            **{name: values[own] for name, own in each.takes.items() if name in each.always}
        )
        for each in kind.form.inner
        if not each.only_with or values[each.only_with]
    }


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
    for inner in getattr(form, "inner", ()):
        named |= {*inner.takes.values(), *([inner.only_with] if inner.only_with else [])}
        named.discard(inner.argument)
        assert {*inner.positional, *inner.always} <= set(inner.takes)
    assert named <= set(kind.by_name)
    assert kind.optional_inputs <= set(kind.inputs(kind.defaults))


def test_functions_and_methods_exist_in_torch() -> None:
    for kind in LAYERS.values():
        if isinstance(kind.form, Function):
            path = kind.form.target.removeprefix("torch.")
            assert callable(operator.attrgetter(path)(torch))
        if isinstance(kind.form, Method):
            assert callable(getattr(torch.Tensor, kind.form.name))
